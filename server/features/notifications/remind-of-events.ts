import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { listConfirmedOrders } from '../orders/list-confirmed-orders.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { findStartingEvents } from '../sale/starting-events.ts';
import { listHeld } from '../transfers/list-held.ts';
import { writeTransferMails } from '../transfers/transfer-mails.ts';
import { lockReminders, moveReminders, takeEventsToRemind } from './store.ts';

const aheadMs = 24 * 3_600_000;

/** The last start of an event that people are reminded of at `now`. */
export const remindedAhead = (now: Date): Date => new Date(now.getTime() + aheadMs);

/** False if the event was cancelled, or moved to another day, after its reminders were enqueued. */
export const isAhead = ({ status, startsAt }: Pick<EventSale, 'status' | 'startsAt'>, now: Date): boolean =>
  status !== 'cancelled' && startsAt <= remindedAhead(now);

/** Orders per transaction: some milliseconds of work, so that nothing waits for it. */
const ordersPerTransaction = 500;

/**
 * Finds the events that begin within a day and enqueues one `remind-buyers` job for each, in the transaction that
 * marks the event as done. Each event is handled once: people who buy later have just got their tickets by mail.
 */
export async function remindOfEvents(app: Pick<App, 'db' | 'clock'>): Promise<void> {
  const now = app.clock.now();
  const starting = await findStartingEvents(app.db, now, remindedAhead(now));
  if (starting.length === 0) return;
  await app.db.transaction(async (trx) => {
    const taken = await takeEventsToRemind(trx, starting, now);
    await enqueueJobs(
      trx,
      taken.map((eventId) => ({ task: 'remind-buyers', payload: { eventId } })),
    );
  });
}

/**
 * Enqueues the reminders of every confirmed order of an event, one portion per transaction. An interrupted job
 * continues after the last portion that committed. Whether the buyer wants reminders is checked when the mail is
 * sent.
 */
export async function remindBuyers(
  app: Pick<App, 'db' | 'clock'>,
  { eventId }: { eventId: EventId },
  portion = ordersPerTransaction,
): Promise<void> {
  for (;;) {
    const enqueued = await app.db.transaction(async (trx) => {
      const reminders = await lockReminders(trx, eventId);
      if (!reminders || reminders.finished) return 0;
      const orderIds = await listConfirmedOrders(trx, {
        eventId,
        after: reminders.remindedTo,
        limit: portion,
      });
      writeOrderMails(
        trx,
        eventId,
        orderIds.map((orderId) => ({ kind: 'event-reminder', orderId })),
      );
      const held = await listHeld(trx, eventId, orderIds);
      writeTransferMails(
        trx,
        held.map((transferId) => ({ kind: 'held-ticket-reminder', transferId })),
      );
      const finishedAt = orderIds.length < portion ? app.clock.now() : null;
      moveReminders(trx, eventId, { remindedTo: orderIds.at(-1) ?? reminders.remindedTo, finishedAt });
      return orderIds.length;
    });
    if (enqueued < portion) return;
  }
}
