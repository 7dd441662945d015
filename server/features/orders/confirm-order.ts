import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { holdIdOf, type Paid } from '../inventory/inventory.ts';

/**
 * Handles a payment that arrived for an order. While its places are held, they become sold. After the hold has ended,
 * the order takes the places again if they are free, or else the payment is refunded. It is safe to call this any
 * number of times.
 */
export async function confirmOrder(
  app: App,
  request: { eventId: EventId; orderId: OrderId; paid: Paid },
): Promise<'confirmed' | 'already_confirmed' | 'refund_due' | 'unknown_order'> {
  const { eventId, orderId, paid } = request;
  const outcome = await app.ledger.submit(eventId, { kind: 'confirm', holdId: holdIdOf(orderId), paid });
  if (outcome.kind === 'confirmed') return outcome.replayed ? 'already_confirmed' : 'confirmed';
  if (outcome.kind === 'refund_due') return 'refund_due';
  return 'unknown_order';
}
