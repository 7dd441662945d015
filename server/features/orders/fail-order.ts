import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { holdIdOf } from '../inventory/inventory.ts';

/** Ends an order whose payment has failed for good, and frees its places at once. Safe to repeat. */
export async function failOrder(app: App, request: { eventId: EventId; orderId: OrderId }): Promise<void> {
  await app.ledger.submit(request.eventId, { kind: 'drop', holdId: holdIdOf(request.orderId) });
}
