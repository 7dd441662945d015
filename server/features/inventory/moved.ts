import type { TicketTypeId } from '../../../contract/ids.ts';
import { type PlaceChange, placeChanges, type Told } from '../../../contract/messages.ts';
import type { HoldLine } from './inventory.ts';

/** How many places of each ticket type a batch has locked, unlocked, sold and taken back. */
export type Moved = Map<TicketTypeId, Record<PlaceChange, number>>;

/** Counts the places of a hold. A promo code uses a pool and no place, so it is not counted. */
export function noteMoved(moved: Moved, lines: HoldLine[], kind: PlaceChange): void {
  for (const { ticketTypeId, quantity } of lines) {
    let counts = moved.get(ticketTypeId);
    if (!counts) {
      counts = { locked: 0, unlocked: 0, sold: 0, returned: 0 };
      moved.set(ticketTypeId, counts);
    }
    counts[kind] += quantity;
  }
}

type Listed = Told<'admit.availability.changed.v1'>['data']['changes'];

/** The same counts for the message, without zeros. */
export function listMoved(moved: Moved): Listed {
  const listed: Listed = [];
  for (const [ticketTypeId, counts] of moved) {
    for (const kind of placeChanges) {
      if (counts[kind] > 0) listed.push({ kind, ticketTypeId, quantity: counts[kind] });
    }
  }
  return listed;
}
