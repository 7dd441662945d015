import type { EventId, HoldId, TicketId } from '../../../contract/ids.ts';
import { ticketOfPass } from '../../../contract/pass-tickets.ts';
import type { App } from '../../app.ts';
import { gatherPerDb } from '../../gather.ts';
import type { Outcome } from '../inventory/inventory.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { isOpen } from './keep-places.ts';
import { resize } from './set-pass-places.ts';
import {
  beginSettling,
  endSettling,
  lockSettling,
  type PassDate,
  selectDates,
  selectKept,
  selectPassesAhead,
  selectStates,
  selectUnsettled,
  type UnsettledTicket,
} from './store.ts';

/** Tickets that are settled at once. Buyers wait behind their commands, one for each date, so there are few. */
const portion = 5;

/**
 * Gives each ticket of a pass a ticket of each open date, out of the places that the date keeps, and ends the tickets of passes that
 * have ended or were passed on. Each step can be repeated: a ticket of a date has an id that follows from the ticket of the pass.
 * A ticket that fails holds up no other. Throws the first failure at the end.
 */
export async function settlePass(app: App, passId: EventId): Promise<void> {
  const sale = await readEventSale(app, passId);
  if (!sale?.isPass) return;
  const dates = (await selectDates(app.db, passId)).filter((date) => isOpen(date, app.clock.now()));
  const failed: TicketId[] = [];
  const errors: unknown[] = [];
  while (await alone(app, passId, () => settleSome(app, { passId, dates, failed, errors })));
  if (failed.length > 0) app.log.warn({ passId, tickets: failed.length }, 'a date has no place for a pass');
  if (sale.status === 'cancelled' && (await keepsAny(app, passId, dates))) await resize(app, passId);
  if (errors.length > 0) throw errors[0];
}

/** Job: settles every pass whose last date is not over. It finds what no other job was told of, like a pass that was passed on. */
export async function settlePasses(app: App): Promise<void> {
  const errors: unknown[] = [];
  for (const { passId } of await selectPassesAhead(app.db, app.clock.now()))
    await settlePass(app, passId).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}

const keepsAny = async (app: App, passId: EventId, open: PassDate[]): Promise<boolean> => {
  const ids = new Set(open.map(({ eventId }) => eventId));
  const kept = await selectKept(app.db, passId);
  return kept.some(({ eventId, lines }) => ids.has(eventId) && (lines[0]?.quantity ?? 0) > 0);
};

/** Runs one work at a time. So one connection of a process at most holds or awaits the lock, while the works need others. */
const inTurn = gatherPerDb(
  (_db, works: (() => Promise<boolean>)[]) => Promise.all(works.map((work) => work())),
  1,
);

/**
 * Settles one portion of a pass at a time, in all processes. If two jobs had read a ticket before and after it was passed on, both holders
 * could get a ticket of the same date.
 */
const alone = (app: App, passId: EventId, work: () => Promise<boolean>): Promise<boolean> =>
  inTurn(app.db, () =>
    app.db.transaction(async (trx) => {
      await lockSettling(trx, passId);
      return work();
    }),
  );

interface Run {
  passId: EventId;
  dates: PassDate[];
  failed: TicketId[];
  errors: unknown[];
}

/** False if nothing was left. */
async function settleSome(app: App, { passId, dates, failed, errors }: Run): Promise<boolean> {
  const found = await selectUnsettled(app.db, passId, failed, portion);
  if (found.length === 0) return false;
  // The others may need the places of those that have ended.
  const ended = found.filter((ticket) => ticket.ended);
  const some = ended.length > 0 ? ended : found;
  // Before the first command: what a crash or a refusal leaves behind is found by this row.
  await beginSettling(app.db, passId, some);
  const done = await Promise.allSettled(some.map((ticket) => settleTicket(app, passId, dates, ticket)));
  for (const [i, result] of done.entries()) {
    if (result.status === 'rejected') errors.push(result.reason);
    if (result.status === 'rejected' || !result.value) failed.push((some[i] as UnsettledTicket).id);
  }
  return true;
}

/** False if a date had no place. Then the next run tries again. Throws the failure of a date after the others are done. */
async function settleTicket(
  app: App,
  passId: EventId,
  dates: PassDate[],
  ticket: UnsettledTicket,
): Promise<boolean> {
  const results = await Promise.allSettled(dates.map((date) => settleDate(app, passId, date, ticket)));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  const isDone = results.every((result) => result.status === 'fulfilled' && result.value);
  if (isDone) await endSettling(app.db, ticket);
  return isDone;
}

async function settleDate(
  app: App,
  passId: EventId,
  date: PassDate,
  ticket: UnsettledTicket,
): Promise<boolean> {
  const { eventId } = date;
  const ids = Array.from({ length: ticket.issue }, (_, i) => ticketOfPass(ticket.id, i + 1, eventId));
  const own = ids.at(-1) as TicketId;
  const states = await selectStates(app.db, ids);
  const gone = ids.filter((id) => states.get(id) === 'valid' && (ticket.ended || id !== own));
  for (const id of gone) await endTicket(app, eventId, id);
  if (ticket.ended) return true;
  // Somebody may have come in with the ticket before it could be ended.
  const now = gone.length > 0 ? await selectStates(app.db, ids) : states;
  if (now.has(own) || [...now.values()].includes('used')) return true;
  return isGiven(await issue(app, passId, date, ticket, own));
}

const isGiven = (outcome: Outcome): boolean =>
  outcome.kind !== 'refused' || outcome.code === 'event_cancelled' || outcome.code === 'sale_ended';

/** A ticket of a date is alone in its order, and the order has the ticket's id. */
const holdOf = (ticketId: TicketId): HoldId => `hld_${ticketId.slice(4)}`;

function issue(
  app: App,
  passId: EventId,
  { eventId, ticketTypeId, holdId }: PassDate,
  { orderId, buyerId, name, email, language }: UnsettledTicket,
  ticketId: TicketId,
): Promise<Outcome> {
  return app.ledger.submit(eventId, {
    kind: 'issue',
    holdId: holdOf(ticketId),
    buyerId,
    wants: { kind: 'items', items: [{ ticketTypeId, quantity: 1 }] },
    blockHoldId: null,
    ofPass: { passId, orderId, keptBy: holdId, ticketId },
    order: {
      buyerName: name,
      buyerEmail: email,
      mailbox: app.marks.ofMailbox(email),
      attendees: null,
      returnUrl: null,
      language,
    },
    note: null,
    actor: null,
    origin: 'pass',
    paid: null,
    retry: null,
  });
}

/** Ends a ticket of a date. One that was used stays used. */
async function endTicket(app: App, eventId: EventId, ticketId: TicketId): Promise<void> {
  await app.ledger.submit(eventId, {
    kind: 'refund',
    holdId: holdOf(ticketId),
    tickets: 'all',
    amountMinor: 0,
    keepTickets: false,
    cause: 'refunded_by_organiser',
    reason: null,
    by: { system: 'settle-pass' },
    cancellationId: app.newId('cancellation'),
    retry: null,
    followsPass: true,
  });
}
