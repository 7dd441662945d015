import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { markDeclined } from './store.ts';

/** A card was declined. The places stay held, so that the buyer can try another one until the hold runs out. */
export async function noteDecline(app: App, request: { eventId: EventId; orderId: OrderId }): Promise<void> {
  await markDeclined(app.db, request.orderId);
}
