import type { EventId, Id, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { refreshPassesOfOrders } from '../../work/pass-jobs.ts';
import { changePositions, type TicketChange } from './store.ts';

/** Tickets of one order that one decision cancels or refunds, by their positions in the order. */
interface TicketsToCancel {
  cancellationId: Id<'cancellation'>;
  eventId: EventId;
  orderId: OrderId;
  /** The tickets that end. */
  positions: number[];
  /** The tickets whose price goes back, and how much of it. */
  shares: { position: number; minor: number }[];
}

/**
 * Cancels tickets and notes how much of each ticket's price goes back. From this commit on, the door refuses the codes of
 * cancelled tickets. The caller has locked the tickets and checked that those that end are valid, or issues them in the
 * same transaction. If one of them was used nevertheless, the transaction fails.
 */
export function cancelTickets(trx: Writes, orders: TicketsToCancel[], now: Date): void {
  const tickets = orders.flatMap(changesOf);
  if (tickets.length === 0) return;
  changePositions(trx, tickets, now);
  const ended = orders.filter(({ positions }) => positions.length > 0);
  if (ended.length > 0)
    refreshPassesOfOrders(
      trx,
      ended.map(({ orderId }) => orderId),
    );
}

function changesOf({ cancellationId, positions, shares, ...order }: TicketsToCancel): TicketChange[] {
  return [
    ...positions.map((position) => ({ ...order, position, cancellationId, refundMinor: 0 })),
    ...shares.map(({ position, minor }) => ({
      ...order,
      position,
      cancellationId: null,
      refundMinor: minor,
    })),
  ];
}
