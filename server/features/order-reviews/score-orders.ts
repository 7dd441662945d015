import { defaultAccountsPerNetwork } from '../../../contract/event-fields.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { gatherPer } from '../../gather.ts';
import type { Mark } from '../inventory/marks.ts';
import type { ConfirmedOrders } from '../orders/confirmed-jobs.ts';
import { confirmedMail, heldMail, writeOrderMails } from '../orders/order-mails.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { listHeldOrders, releaseTickets } from '../tickets/release-tickets.ts';
import { insertReviews } from './reviews-store.ts';
import { patternOf, scoreOrder } from './score-order.ts';
import {
  type BoughtOrder,
  countAccounts,
  insertMarks,
  insertScores,
  lockScores,
  type OrderScore,
  readUnscored,
} from './store.ts';
import { tellTeamLater } from './tell-team.ts';

/**
 * Scores bought orders, each once. The job runs after the commit of the sale, so that no buyer waits for it. A
 * repeated job finds that its orders have scores. The jobs of an event take turns, so those that come at once share a transaction:
 * each of its own would wait for the others with a connection in its hand.
 */
export const scoreOrders: (app: App, confirmed: ConfirmedOrders) => Promise<void> = gatherPer(
  async (app: App, jobs: ConfirmedOrders[]) => {
    // A failed batch is tried again in halves, so a job that cannot be done fails alone. What was scored is not scored again.
    await Promise.all(
      [...Map.groupBy(jobs, ({ eventId }) => eventId)].map(([eventId, of]) =>
        scoreTogether(app, { eventId, orders: of.flatMap(({ orders }) => orders) }),
      ),
    );
    return jobs.map(() => undefined);
  },
  16,
);

async function scoreTogether(app: App, { eventId, orders }: ConfirmedOrders): Promise<void> {
  const now = app.clock.now();
  const sale = await readEventSale(app, eventId);
  const terms = sale?.orderReview;
  await app.db.transaction(async (trx) => {
    await lockScores(trx, eventId);
    const bought = await readUnscored(
      trx,
      eventId,
      orders.map(({ orderId }) => orderId),
    );
    if (bought.length === 0) return;
    const known = new Map(orders.map((order) => [order.orderId, order]));
    const marked = bought.map((order) => ({
      order,
      marks: marksOf(app, eventId, order, known.get(order.id)),
    }));
    const all = marked.flatMap(({ order, marks }) =>
      Object.values(marks).flatMap((mark) => (mark === null ? [] : [{ mark, orderId: order.id }])),
    );
    insertMarks(trx, eventId, all);
    const accounts = await countAccounts(
      trx,
      eventId,
      all.map(({ mark }) => mark),
    );
    const countOf = (mark: Mark | null) => (mark === null ? 0 : (accounts.get(mark) ?? 0));
    const scores = marked.map(({ order: { id, secondsToOrder }, marks }) => {
      const seen = {
        accountsOfPattern: countOf(marks.pattern),
        accountsOfCard: countOf(marks.card),
        accountsOfBrowser: countOf(marks.browser),
        accountsOfNetwork: countOf(marks.network),
        secondsToOrder,
      };
      return { orderId: id, ...scoreOrder(seen, terms?.accountsPerNetwork ?? defaultAccountsPerNetwork) };
    });
    insertScores(trx, eventId, scores, now);
    if (sale) await openReviews(trx, sale, scores, now);
  });
}

/**
 * Of the orders whose tickets wait, those with a high score wait on for the team, and the others get their tickets. If the organiser
 * has switched reviews off meanwhile, none waits on.
 */
async function openReviews(
  trx: Transaction,
  { eventId, organisationId, orderReview }: EventSale,
  scores: OrderScore[],
  now: Date,
): Promise<void> {
  const held = await listHeldOrders(
    trx,
    eventId,
    scores.map(({ orderId }) => orderId),
  );
  if (held.length === 0) return;
  const byId = new Map(scores.map((each) => [each.orderId, each]));
  const [high, low] = [[], []] as [(OrderScore & { heldUntil: Date })[], OrderId[]];
  for (const { orderId, heldUntil } of held) {
    const found = byId.get(orderId);
    if (found && orderReview && found.score >= orderReview.fromScore) high.push({ ...found, heldUntil });
    else low.push(orderId);
  }
  insertReviews(trx, { eventId, organisationId }, high, now);
  if (high.length > 0) tellTeamLater(trx, eventId, now);
  await releaseTickets(trx, eventId, low);
  writeOrderMails(trx, eventId, [...high.map(({ orderId }) => heldMail(orderId)), ...low.map(confirmedMail)]);
}

/** A browser is known only together with its network. Admit sets no cookie and measures no device for this. */
function marksOf(
  { marks }: App,
  eventId: ConfirmedOrders['eventId'],
  { email, userAgent }: BoughtOrder,
  known: ConfirmedOrders['orders'][number] | undefined,
): Record<'pattern' | 'card' | 'network' | 'browser', Mark | null> {
  const mark = (kind: string, value: string | number | null | undefined) =>
    value == null ? null : marks.ofEvent(eventId, kind, String(value));
  const network = known?.network ?? null;
  return {
    pattern: mark('pattern', patternOf(email)),
    card: mark('card', known?.card),
    network: mark('network', network),
    browser: network === null || !userAgent ? null : mark('browser', `${network} ${userAgent}`),
  };
}
