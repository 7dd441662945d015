import { noSplit } from '../sale/split.ts';
import type { HoldRecord, SoldOrder, SoldTicket } from './inventory.ts';
import { placesOf } from './places.ts';
import type { Batch } from './state.ts';

/** Returns the order as it was read, or as this batch has just made it. */
export function soldOrder({ sale, state, facts }: Batch, hold: HoldRecord): SoldOrder {
  const known = state.sold.get(hold.id);
  if (known && known.tickets.length > 0) return known;
  if (!facts.confirmed.some((each) => each.hold === hold))
    throw new Error(`the tickets of ${hold.id} were not read`);
  const tickets = placesOf(hold.lines).map(
    (_, position): SoldTicket => ({
      id: null,
      position,
      status: 'valid',
      refundedMinor: 0,
      transferId: null,
      resaleId: null,
    }),
  );
  // An order that this same batch places has the terms of now.
  const fresh: SoldOrder = {
    soldAs: known?.soldAs ?? sale,
    refundedMinor: 0,
    refunded: noSplit,
    disputedMinor: 0,
    tickets,
    cancelledBy: new Map(),
  };
  state.sold.set(hold.id, fresh);
  return fresh;
}
