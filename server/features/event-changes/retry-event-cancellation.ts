import { Refused } from '../../../contract/errors.ts';
import type { EventCancellation } from '../../../contract/event-cancellations.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeJobs } from '../../work/jobs.ts';
import { repeatRefunds } from '../payments/repeat-refunds.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { cancelOrdersJob } from './cancel-orders.ts';
import { readProgress } from './get-event-cancellation.ts';
import { lockRun, moveRun, takeFailures } from './store.ts';

type RetryCall = Pick<
  Call<{ eventId: EventId }, undefined, undefined, 'team'>,
  'operation' | 'caller' | 'params' | 'retry'
> &
  ActingCall;

/**
 * Tries the failed orders of a cancelled event again: those that could not be cancelled, and those whose refund the
 * provider refused. It also asks the provider at once for refunds that wait for their next attempt.
 */
export async function retryEventCancellation(app: App, call: RetryCall): Promise<EventCancellation> {
  const { eventId } = call.params;
  const sale = await readEventSale(app, eventId);
  if (!sale?.cancellation) throw new Refused('not_found', { detail: 'This event is not cancelled.' });
  await once(app, call, async (trx) => {
    const run = await lockRun(trx, eventId);
    if (!run) throw new Refused('not_found');
    const orders = await takeFailures(trx, eventId);
    // The job begins again with the first order. It skips the orders that are cancelled.
    const handledTo = orders.length > 0 ? null : run.handledTo;
    if (orders.length > 0) moveRun(trx, { eventId, handledTo, finishedAt: null });
    if (orders.length > 0 || !run.finishedAt) writeJobs(trx, [cancelOrdersJob(eventId, handledTo)]);
    const refunds = await repeatRefunds(app, trx, eventId, call.caller.userId);
    noteAct(app, trx, call, {
      act: 'event.cancellation_retried',
      organisationId: sale.organisationId,
      subject: { type: 'event', id: eventId, title: sale.title },
      before: null,
      after: { orders: orders.length, refunds: refunds.failed, waitingRefunds: refunds.waiting },
    });
    return null;
  });
  return readProgress(app, eventId);
}
