import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { holdIdOf } from '../inventory/inventory.ts';

/** Gives the places of a cancelled order back to the event. Safe to repeat: the ledger returns them once. */
export async function returnPlaces(app: App, request: { eventId: EventId; orderId: OrderId }): Promise<void> {
  await app.ledger.submit(request.eventId, { kind: 'return', holdId: holdIdOf(request.orderId) });
}
