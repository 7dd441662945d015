import type { EventId, Id, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { cancelPositions } from './store.ts';

/** Tickets of one order, by their positions in it. */
export interface TicketsToCancel {
  cancellationId: Id<'cancellation'>;
  eventId: EventId;
  orderId: OrderId;
  positions: number[];
}

/**
 * Cancels tickets: from this commit on, the door refuses their codes. The caller has locked the tickets and checked
 * that they are valid, or issues them in the same transaction. If a ticket was used nevertheless, the transaction
 * fails.
 */
export function cancelTickets(trx: Writes, orders: TicketsToCancel[], now: Date): void {
  const tickets = orders.flatMap(({ positions, ...order }) =>
    positions.map((position) => ({ ...order, position })),
  );
  if (tickets.length > 0) cancelPositions(trx, tickets, now);
}
