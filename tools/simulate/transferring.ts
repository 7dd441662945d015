import type { HoldId, TransferId } from '../../contract/ids.ts';
import { ticketIdOf } from './cancelling.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Model } from './model.ts';

/*
 * A ticket changes hands beside the ledger: the acceptance locks the ticket and not the event. The ledger only reads who holds
 * it, and every command about a ticket names the transfer that brought it to whoever asks.
 */

/** The id of a transfer follows from its ticket, so that a later step can name it. `n` tells those of one ticket apart. */
export const transferIdOf = (holdId: HoldId, position: number, n: number): TransferId =>
  `ttr_${holdId.slice(4)}_${position}_${n}`;

/** Somebody accepts a ticket: it must be valid and not on resale. */
export function passOn(
  { store, model }: { store: MemoryStore; model: Model },
  { holdId, position, n }: { holdId: HoldId; position: number; n: number },
): string | null {
  const ticket = store.sold.get(holdId)?.tickets[position];
  const hold = model.holds.find(({ id }) => id === holdId);
  const known = hold?.tickets[position];
  const id = ticketIdOf(holdId, position);
  const isOnResale = model.resales.some((each) => each.ticket === known && each.state === 'offered');
  if (ticket && (ticket.resaleId !== null) !== isOnResale)
    return `${id} is ${ticket.resaleId ? '' : 'not '}on resale`;
  if (ticket?.status !== 'valid' || !known || isOnResale || model.sale.status === 'cancelled') return null;
  const transferId = transferIdOf(holdId, position, n);
  ticket.transferId = transferId;
  known.heldBy = transferId;
  return null;
}
