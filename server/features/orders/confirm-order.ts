import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { holdIdOf, type Paid } from '../inventory/inventory.ts';

/**
 * Money has come for an order. While its places are held they become sold; after that they are taken again
 * if they are still free, and otherwise the money goes back. Safe to call any number of times.
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
