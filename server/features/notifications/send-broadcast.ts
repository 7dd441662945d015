import type { Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { listConfirmedOrders } from '../orders/list-confirmed-orders.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { filterOf, recipientKey } from './broadcasts.ts';
import { lockBroadcast, moveBroadcast, selectHoldersOf } from './broadcasts-store.ts';

/** Orders per transaction: some milliseconds of work, so that nothing waits for it. */
const ordersPerTransaction = 500;

/**
 * Enqueues the mails of a broadcast, one portion of orders per transaction. An interrupted job continues after the last
 * portion that committed. An address in two portions gets one mail, because both jobs have the same key.
 */
export async function sendBroadcast(
  app: Pick<App, 'db' | 'clock' | 'caches'>,
  { broadcastId }: { broadcastId: Id<'broadcast'> },
  portion = ordersPerTransaction,
): Promise<void> {
  for (;;) {
    const isDone = await app.db.transaction(async (trx) => {
      const broadcast = await lockBroadcast(trx, broadcastId);
      if (!broadcast || broadcast.state === 'sent' || broadcast.state === 'withdrawn') return true;
      const { eventId, sendAt } = broadcast;
      const now = app.clock.now();
      if (sendAt > now) {
        await enqueueJobs(trx, [{ task: 'send-broadcast', payload: { broadcastId }, runAt: sendAt }]);
        return true;
      }
      const event = await readEventSale(app, eventId);
      if (!event) return true;
      const orderIds = await listConfirmedOrders(trx, { eventId, after: broadcast.toldTo, limit: portion });
      const filter = filterOf(event, broadcast.to);
      const holders = await selectHoldersOf(trx, { eventId, orderIds, filter });
      const kind = broadcast.about === 'news' ? 'event-news' : 'broadcast';
      writeOrderMails(
        trx,
        eventId,
        holders.map(({ orderId, heldBy, address }) => ({
          ...{ kind, orderId, heldBy, broadcastId },
          recipientKey: recipientKey(address),
        })),
      );
      const isLast = orderIds.length < portion;
      moveBroadcast(trx, broadcastId, {
        state: isLast ? 'sent' : 'sending',
        toldTo: orderIds.at(-1) ?? null,
        finishedAt: isLast ? now : null,
      });
      return isLast;
    });
    if (isDone) return;
  }
}
