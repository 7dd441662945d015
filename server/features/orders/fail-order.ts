import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { holdIdOf } from '../inventory/inventory.ts';

/** The payment has failed for good: the order has too, and its places are free at once. Safe to repeat. */
export async function failOrder(app: App, request: { eventId: EventId; orderId: OrderId }): Promise<void> {
  await app.ledger.submit(request.eventId, { kind: 'drop', holdId: holdIdOf(request.orderId) });
}
