import type { EventId } from '../../../contract/ids.ts';
import type { Told } from '../../../contract/messages.ts';
import type { SaleTicketType } from '../sale/event-sale.ts';
import { type Pool, seatStatus } from './inventory.ts';
import { listMoved } from './moved.ts';
import type { Changes, LedgerState } from './state.ts';

interface Sold {
  eventId: EventId;
  ticketTypes: Pick<SaleTicketType, 'id' | 'poolIds'>[];
}

/** What everyone who looks at the event is told of a change: the counts after it and the seats it moved. */
export function availabilityEffect(
  sale: Sold,
  state: Pick<LedgerState, 'pools'>,
  changes: Pick<Changes, 'seats' | 'moved'>,
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
      ticketTypes: sale.ticketTypes.map((type) => ({
        id: type.id,
        available: availableIn(type.poolIds.map((id) => state.pools.get(id))),
      })),
      freed,
      taken,
      changes: listMoved(changes.moved),
    },
  };
}

/** Places that a ticket type can still sell: of all the pools it draws on, the one with the fewest left. */
export function availableIn(pools: (Pick<Pool, 'capacity' | 'held' | 'sold'> | undefined)[]): number {
  const left = pools.map((pool) => (pool ? pool.capacity - pool.held - pool.sold : 0));
  return Math.max(0, Math.min(...left));
}
