import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { CancelledTickets, HoldLine, HoldRecord, Outcome, Refusal } from './inventory.ts';
import { refuse, seatStatus } from './inventory.ts';
import { countMark, isOverLimit, livePlaces, markedNow, overBuyer } from './limits.ts';
import { noteMoved } from './moved.ts';
import { keepAgain } from './pass-places.ts';
import { linesAt } from './places.ts';
import { soldOrder } from './sold-order.ts';
import type { Batch } from './state.ts';
import type { SwapCommand } from './swap-command.ts';
import { change, count, movePools, setSeats } from './transitions.ts';

/*
 * An exchange for a place on another date: the ledger of the new place decides it. It has locked the order and the ticket of the
 * old place, as the door and the old event's ledger do, so its batch ends the old ticket and issues the new one together. The old
 * place belongs to another ledger. It stays sold, and the ticket owes it, until a job has that ledger free it.
 */

/** Frees the places of tickets that were exchanged for places of other events. */
export interface FreeOwedCommand {
  kind: 'free-owed';
  holdId: HoldId;
}

/** A hold of another event: this batch may end its tickets and give its money back, but only its own ledger changes its places. */
export const isElsewhere = (sale: Pick<EventSale, 'eventId'>, { eventId }: { eventId: EventId }): boolean =>
  eventId !== sale.eventId;

/** Decision: whether two events are dates of one run, so that a ticket of one can be exchanged for a place of the other. */
export const areDatesOfOneRun = (
  one: Pick<EventSale, 'eventId' | 'organisationId' | 'currency' | 'run'>,
  other: Pick<EventSale, 'eventId' | 'organisationId' | 'currency' | 'run'>,
): boolean =>
  one.eventId !== other.eventId &&
  one.run !== null &&
  one.run === other.run &&
  one.organisationId === other.organisationId &&
  one.currency === other.currency;

/**
 * Decision: why a ticket cannot be exchanged for any place of this date; null if it can. The old place is free for others on its own
 * date only, so the new place counts for the limits per buyer.
 */
export function whyNotThisDate(batch: Batch, command: SwapCommand): Refusal | null {
  const { sale, state, now } = batch;
  const { from, by, buyerId } = command;
  if (!from) return null;
  if (!areDatesOfOneRun(from, sale)) return refuse('not_another_date');
  if (sale.isPass) return refuse('not_another_date');
  if (sale.status === 'cancelled') return refuse('event_cancelled');
  if (sale.endsAt <= now) return refuse('event_over');
  if (by === 'organiser') return null;
  const have = (state.byBuyer.get(buyerId) ?? []).reduce((sum, hold) => sum + livePlaces(hold), 0);
  const { mailbox } = command.order;
  if (isOverLimit(batch, mailbox, 1))
    return refuse('email_limit_reached', { limit: sale.maxPerBuyer, have: markedNow(batch, mailbox) });
  return overBuyer(sale, have, 1);
}

/** Decision: frees what the tickets of this order owe. It frees nothing twice, because the ticket says whether it owes its place. */
export function freeOwed(batch: Batch, { holdId }: FreeOwedCommand): Outcome {
  const hold = batch.state.holds.get(holdId);
  if (hold?.status !== 'confirmed') return refuse('not_found');
  const owing = soldOrder(batch, hold).tickets.filter(({ owesPlace }) => owesPlace);
  if (owing.length === 0) return { kind: 'freed' };
  for (const ticket of owing) ticket.owesPlace = false;
  const positions = owing.map(({ position }) => position);
  freePlaces(batch, hold, positions);
  change(batch, hold);
  batch.facts.freed.push({ hold, positions });
  return { kind: 'freed' };
}

/** Frees sold places and extras of cancelled tickets. Extras count for no limit. */
export function freePlaces(batch: Batch, hold: HoldRecord, positions: number[]): void {
  const lines: HoldLine[] = linesAt(hold.lines, positions);
  const places = positions.filter((position) => position < hold.places).length;
  hold.returned += places;
  batch.freed = true;
  count(batch, hold, -places);
  countMark(batch, hold.card, -places);
  movePools(batch, lines, 'sold', -1);
  noteMoved(batch.changes.moved, lines, 'returned');
  setSeats(batch, { id: hold.id, lines }, seatStatus.free);
  keepAgain(batch, lines);
}

/** The tickets of other events that this batch has ended, whose places are owed. */
export const owedBy = (cancelled: CancelledTickets[], sale: Pick<EventSale, 'eventId'>): CancelledTickets[] =>
  cancelled.filter(({ hold, positions }) => positions.length > 0 && isElsewhere(sale, hold));
