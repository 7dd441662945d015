import type { EventId, HoldId, TicketId } from '../../../contract/ids.ts';
import { ticketOfPass } from '../../../contract/pass-tickets.ts';
import type { App } from '../../app.ts';
import type { Outcome } from '../inventory/inventory.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { isOpen } from './keep-places.ts';
import { resize } from './set-pass-places.ts';
import {
  insertSettled,
  type PassDate,
  selectDates,
  selectKept,
  selectPassesAhead,
  selectStates,
  selectUnsettled,
  type UnsettledTicket,
} from './store.ts';

const portion = 100;

/**
 * Gives each ticket of a pass a ticket of each open date, out of the places that the date keeps, and ends the tickets of passes that
 * have ended or were passed on. Each step can be repeated: a ticket of a date has an id that follows from the ticket of the pass.
 */
export async function settlePass(app: App, passId: EventId): Promise<void> {
  const sale = await readEventSale(app, passId);
  if (!sale?.isPass) return;
  const dates = (await selectDates(app.db, passId)).filter((date) => isOpen(date, app.clock.now()));
  const failed: TicketId[] = [];
  for (;;) {
    const found = await selectUnsettled(app.db, passId, failed, portion);
    if (found.length === 0) break;
    // The others may need the places of those that have ended.
    const ended = found.filter((ticket) => ticket.ended);
    const some = ended.length > 0 ? ended : found;
    const done = await Promise.all(some.map((ticket) => settleTicket(app, passId, dates, ticket)));
    for (const [i, isDone] of done.entries()) if (!isDone) failed.push((some[i] as UnsettledTicket).id);
  }
  if (sale.status === 'cancelled' && (await keepsAny(app, passId))) await resize(app, passId);
  if (failed.length > 0) app.log.warn({ passId, tickets: failed.length }, 'a date has no place for a pass');
}

/** Job: settles every pass whose last date is not over. It finds what no other job was told of, like a pass that was passed on. */
export async function settlePasses(app: App): Promise<void> {
  for (const { passId } of await selectPassesAhead(app.db, app.clock.now())) await settlePass(app, passId);
}

const keepsAny = async (app: App, passId: EventId): Promise<boolean> =>
  (await selectKept(app.db, passId)).some(({ lines }) => (lines[0]?.quantity ?? 0) > 0);

/** False if a date had no place. Then the next run tries again. */
async function settleTicket(
  app: App,
  passId: EventId,
  dates: PassDate[],
  ticket: UnsettledTicket,
): Promise<boolean> {
  const results = await Promise.all(dates.map((date) => settleDate(app, passId, date, ticket)));
  const isDone = results.every((result) => result);
  if (isDone) await insertSettled(app.db, passId, ticket);
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
  { buyerId, name, email, language }: UnsettledTicket,
  ticketId: TicketId,
): Promise<Outcome> {
  return app.ledger.submit(eventId, {
    kind: 'issue',
    holdId: holdOf(ticketId),
    buyerId,
    wants: { kind: 'items', items: [{ ticketTypeId, quantity: 1 }] },
    blockHoldId: null,
    ofPass: { passId, keptBy: holdId, ticketId },
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
