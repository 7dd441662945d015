import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { insertOpening } from './access-store.ts';
import type { OrderRecord } from './orders.ts';

/** Notes that somebody has shown the secret of an order's link: from now on they act for the order (acts-for-order.ts). */
export const noteOpening = (
  app: Pick<App, 'db' | 'clock'>,
  userId: UserId,
  { id, eventId, linkVersion }: OrderRecord,
): Promise<number> => insertOpening(app.db, { orderId: id, eventId, userId, linkVersion }, app.clock.now());
