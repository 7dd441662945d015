import { Refused } from '../../../contract/errors.ts';
import type { PublicCancellation } from '../../../contract/event-cancellations.ts';
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { isDatabaseUnavailable } from '../../data/database-trouble.ts';
import { type Job, writeJobs } from '../../work/jobs.ts';
import { closeHolds } from '../inventory/close-holds.ts';
import { holdIdOf } from '../inventory/inventory.ts';
import { listConfirmedOrders } from '../orders/list-confirmed-orders.ts';
import { readEventSale } from '../sale/event-sale.ts';
import type { CancellationFailure } from './cancelled-event.ts';
import { findRun, insertFailures, lockRun, moveRun } from './store.ts';

/** Orders per portion: some milliseconds of the ledger's time, so that holds of other events do not wait for long. */
const ordersPerPortion = 50;

/** One job for each portion of an event, by the last order before it. A second job for the portion replaces the first. */
export const cancelOrdersJob = (eventId: EventId, after: OrderId | null): Job<'cancel-orders'> => ({
  task: 'cancel-orders',
  payload: { eventId },
  key: `cancel-orders:${eventId}:${after ?? ''}`,
});

/**
 * Cancels the next portion of the orders of a cancelled event, in the order of their ids, and enqueues the job of the portion
 * after it. So the worker can pause between two portions (workers.ts). The next portion does not wait for the refunds of this
 * one, so every ticket ends even if the provider does not answer. The event's ledger ends the tickets of an order and opens its
 * refund in one batch. It does so once for each order, because every attempt has the same key. So an interrupted job, or a
 * second process with the same job, continues behind the last portion and repeats nothing.
 */
export async function cancelOrders(
  app: App,
  { eventId }: { eventId: EventId },
  portion = ordersPerPortion,
): Promise<void> {
  const cancellation = (await readEventSale(app, eventId))?.cancellation;
  if (!cancellation) return;
  const run = await findRun(app.db, eventId);
  if (!run || run.finishedAt) return;
  if (run.handledTo === null) await closeHolds(app, eventId);
  const orderIds = await listConfirmedOrders(app.db, { eventId, after: run.handledTo, limit: portion });
  const results = await Promise.all(
    orderIds.map((orderId) => cancelOne(app, eventId, orderId, cancellation)),
  );
  const failures = results.flatMap((failure) => failure ?? []);
  await app.db.transaction(async (trx) => {
    const now = app.clock.now();
    const locked = await lockRun(trx, eventId);
    // Another process has handled this portion, or a person has started a retry. Either has enqueued the next job.
    if (!locked || locked.handledTo !== run.handledTo || locked.finishedAt) return;
    insertFailures(trx, eventId, failures, now);
    const finishedAt = orderIds.length < portion ? now : null;
    const handledTo = orderIds.at(-1) ?? run.handledTo;
    moveRun(trx, { eventId, handledTo, finishedAt });
    if (!finishedAt) writeJobs(trx, [cancelOrdersJob(eventId, handledTo)]);
  });
}

/** The key of a cancelled event's command for each of its orders. No client can send it: it has a space. */
const retry = { key: 'event cancelled', fingerprint: 'event cancelled' };

/** Refusals that say that an order has nothing to cancel or to refund any more. */
const nothingLeft = new Set<string>(['order_not_refundable', 'refund_exceeds_paid', 'not_found']);

/** Cancels one order. Returns why it could not. Throws if the whole job must wait and try again. */
async function cancelOne(
  app: App,
  eventId: EventId,
  orderId: OrderId,
  { refund, reason }: PublicCancellation,
): Promise<CancellationFailure | null> {
  try {
    const outcome = await app.ledger.submit(eventId, {
      kind: 'refund',
      holdId: holdIdOf(orderId),
      tickets: 'all',
      amountMinor: refund === 'full' ? null : 0,
      keepTickets: false,
      cause: 'event_cancelled',
      reason,
      by: { system: 'cancel-orders' },
      cancellationId: app.newId('cancellation'),
      retry,
    });
    if (outcome.kind !== 'refused' || nothingLeft.has(outcome.code)) return null;
    return { orderId, code: outcome.code, detail: new Refused(outcome.code, outcome.members).message };
  } catch (error) {
    if (error instanceof Refused || isDatabaseUnavailable(error)) throw error;
    app.log.error({ err: error, orderId }, 'an order of a cancelled event could not be cancelled');
    return { orderId, code: 'internal', detail: 'An error on our side. The log has the details.' };
  }
}
