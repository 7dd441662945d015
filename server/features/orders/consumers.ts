import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { returnPlaces } from './return-places.ts';

/** The places of a paid order that was cancelled come back even if the process died right after the commit. */
export function ordersConsumers(app: App): void {
  app.bus.subscribe('order_events', async (messages) => {
    for (const { type, eventId, payload } of messages) {
      if (type !== 'order.cancelled' || payload.paid !== true) continue;
      await returnPlaces(app, { eventId: eventId as EventId, orderId: payload.orderId as OrderId });
    }
  });
}
