import type { App } from './app.ts';
import { catalogConsumers } from './features/catalog/interest.ts';
import { notificationsConsumers } from './features/notifications/consumers.ts';
import { ordersConsumers } from './features/orders/consumers.ts';

/** Everyone who listens to what has happened, in the order they are told. */
export function subscribeConsumers(app: App): void {
  ordersConsumers(app);
  catalogConsumers(app);
  notificationsConsumers(app);
}
