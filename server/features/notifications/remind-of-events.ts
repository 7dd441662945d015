import type { App } from '../../app.ts';
import { writeOrderMails } from './order-mails.ts';
import { takeOrdersToRemind } from './store.ts';

const aheadMs = 24 * 3_600_000;

/**
 * Writes to those who have tickets for an event that begins within a day and want to be reminded. An event is
 * taken once, in the transaction that enqueues its mails: those who buy later have had a mail just now.
 */
export async function remindOfEvents(app: Pick<App, 'db' | 'clock'>): Promise<void> {
  const now = app.clock.now();
  await app.db.transaction(async (trx) => {
    const orderIds = await takeOrdersToRemind(trx, now, new Date(now.getTime() + aheadMs));
    writeOrderMails(
      trx,
      orderIds.map((orderId) => ({ kind: 'event-reminder', orderId })),
    );
  });
}
