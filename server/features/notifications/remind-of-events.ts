import type { App } from '../../app.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { listConfirmedOrders } from '../orders/list-confirmed-orders.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { findDueReminders, type Reminder } from '../sale/starting-events.ts';
import { listHeld } from '../transfers/list-held.ts';
import { writeTransferMails } from '../transfers/transfer-mails.ts';
import { lockReminders, moveReminders, takeReminders } from './store.ts';

const hourMs = 3_600_000;

/**
 * Decision: whether a reminder is still true when it is sent. False if the event was cancelled, has begun, or was moved to a
 * later day after the reminder was enqueued, and if the organiser has switched this reminder off.
 */
export function isTimeToRemind(
  { status, startsAt, reminderHours }: Pick<EventSale, 'status' | 'startsAt' | 'reminderHours'>,
  hoursAhead: number,
  now: Date,
): boolean {
  const leftMs = startsAt.getTime() - now.getTime();
  return (
    status !== 'cancelled' &&
    reminderHours.includes(hoursAhead) &&
    leftMs > 0 &&
    leftMs <= hoursAhead * hourMs
  );
}

/** Orders per transaction: some milliseconds of work, so that nothing waits for it. */
const ordersPerTransaction = 500;

/**
 * Finds the events whose people must be reminded now and enqueues one `remind-buyers` job for each, in the transaction that
 * marks the reminder as done. Each reminder of an event is handled once: people who buy later have just got their tickets by
 * mail, and the next reminder finds them.
 */
export async function remindOfEvents(app: Pick<App, 'db' | 'clock'>): Promise<void> {
  const now = app.clock.now();
  const due = await findDueReminders(app.db, now);
  if (due.length === 0) return;
  await app.db.transaction(async (trx) => {
    const taken = await takeReminders(trx, due, now);
    await enqueueJobs(
      trx,
      taken.map((reminder) => ({ task: 'remind-buyers', payload: { ...reminder } })),
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
  reminder: Reminder,
  portion = ordersPerTransaction,
): Promise<void> {
  const { eventId, hoursAhead } = reminder;
  for (;;) {
    const enqueued = await app.db.transaction(async (trx) => {
      const position = await lockReminders(trx, reminder);
      if (!position || position.finished) return 0;
      const orderIds = await listConfirmedOrders(trx, {
        eventId,
        after: position.remindedTo,
        limit: portion,
      });
      writeOrderMails(
        trx,
        eventId,
        orderIds.map((orderId) => ({ kind: 'event-reminder', orderId, hoursAhead })),
      );
      const held = await listHeld(trx, eventId, orderIds);
      writeTransferMails(
        trx,
        held.map((transferId) => ({ kind: 'held-ticket-reminder', transferId, hoursAhead })),
      );
      const finishedAt = orderIds.length < portion ? app.clock.now() : null;
      moveReminders(trx, reminder, { remindedTo: orderIds.at(-1) ?? position.remindedTo, finishedAt });
      return orderIds.length;
    });
    if (enqueued < portion) return;
  }
}
