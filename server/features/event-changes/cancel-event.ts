import type { EventCancellation, NewCancellation } from '../../../contract/event-cancellations.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';
import type { ActBy, ActingCall } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeJobs } from '../../work/jobs.ts';
import { refreshPassesOfEvent } from '../../work/pass-jobs.ts';
import { markCancelled } from '../catalog/mark-cancelled.ts';
import { closeHolds } from '../inventory/close-holds.ts';
import { countConfirmedOrders } from '../orders/list-confirmed-orders.ts';
import { cancelOrdersJob } from './cancel-orders.ts';
import { readProgress } from './get-event-cancellation.ts';
import { insertRun } from './store.ts';

type CancelEventCall = Pick<
  Call<{ eventId: EventId }, undefined, NewCancellation, 'team'>,
  'operation' | 'caller' | 'params' | 'body' | 'retry'
> &
  ActingCall;

/**
 * Cancels an event for good. One transaction sets the state, counts the orders, and enqueues the job that cancels them.
 * The state's new version locks the event's ledger. So every purchase is before the cancellation and is counted, or after
 * it and is refused.
 */
export async function cancelEvent(app: App, call: CancelEventCall): Promise<EventCancellation> {
  const { eventId } = call.params;
  await once(app, call, async (trx) => {
    await beginCancellation(app, trx, call, eventId, call.body);
    return null;
  });
  invalidate(app.caches, { kind: 'event_listed', eventId });
  // The job does this too, in case this process ends now.
  await closeHolds(app, eventId);
  return readProgress(app, eventId);
}

/** The part of it in the caller's transaction. An event that is cancelled in the same way stays as it is. */
export async function beginCancellation(
  app: App,
  trx: Transaction,
  by: ActBy,
  eventId: EventId,
  cancellation: NewCancellation,
): Promise<void> {
  if (!(await markCancelled(app, trx, by, eventId, cancellation))) return;
  insertRun(trx, eventId, await countConfirmedOrders(trx, eventId));
  writeJobs(trx, [cancelOrdersJob(eventId, null)]);
  refreshPassesOfEvent(trx, eventId);
}
