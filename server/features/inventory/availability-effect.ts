import type { EventId, SeatMapId } from '../../../contract/ids.ts';
import type { Told } from '../../../contract/messages.ts';
import type { SaleTicketType } from '../sale/event-sale.ts';
import { shownPlaces } from './free-places.ts';
import { seatStatus } from './inventory.ts';
import { listMoved } from './moved.ts';
import type { Changes, LedgerState } from './state.ts';

interface Sold {
  eventId: EventId;
  ticketTypes: (Pick<SaleTicketType, 'id' | 'poolIds' | 'steps'> & { hidden?: boolean })[];
  seats: { mapId: SeatMapId } | null;
}

/** The message that tells viewers of an event about a change: the new counts and the seats that changed. */
export function availabilityEffect(
  sale: Sold,
  state: Pick<LedgerState, 'pools'>,
  changes: Pick<Changes, 'seats' | 'moved'> & { placed: { size: number }; placedByTeam?: number },
  from: number,
): Told<'admit.availability.changed.v1'> {
  const freed: number[] = [];
  const taken: number[] = [];
  for (const [index, { status }] of changes.seats) (status === seatStatus.free ? freed : taken).push(index);
  return {
    type: 'admit.availability.changed.v1',
    eventId: sale.eventId,
    data: {
      from,
      version: from + 1,
      // Viewers are not told of hidden types.
      ticketTypes: sale.ticketTypes.flatMap((type) => (type.hidden ? [] : [shownPlaces(type, state.pools)])),
      seatMapId: sale.seats?.mapId ?? null,
      freed,
      taken,
      placed: changes.placed.size - (changes.placedByTeam ?? 0),
      changes: listMoved(changes.moved),
    },
  };
}
