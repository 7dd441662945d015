import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type AwaitedTransfer, findAwaited } from './awaited-store.ts';

/** What the buyer of an order has to pay, and where. */
export type WantedTransfer = Pick<
  AwaitedTransfer,
  'account' | 'reference' | 'amountMinor' | 'receivedMinor' | 'currency' | 'payUntil'
>;

/** What an order waits for; null if it is not paid by bank transfer. */
export const readAwaited = (app: App, orderId: OrderId): Promise<AwaitedTransfer | null> =>
  findAwaited(app.db, orderId);
