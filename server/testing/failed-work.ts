import { recordUnmatched } from '../features/payments/record-unmatched.ts';
import { enqueueJobs } from '../work/jobs.ts';
import type { World } from './world.ts';

/**
 * A job whose last attempt failed. The payment that it should cancel does not exist, so it ends well if it runs again. Returns
 * its id.
 */
export async function failedJob({ app }: Pick<World, 'app'>): Promise<string> {
  const payload = { paymentId: app.newId('payment'), eventId: app.newId('event') };
  // Due later, so that no worker takes it before it has failed.
  const runAt = new Date(Date.now() + 86_400_000);
  await enqueueJobs(app.db, [{ task: 'cancel-payment', payload, key: payload.paymentId, runAt }]);
  const [job] = await app.db.query<{ id: string }>(
    `update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'the provider was away'
     where key = $1 returning id::text`,
    [payload.paymentId],
  );
  return (job as { id: string }).id;
}

/** A message about an event that the sink `find-orders` has refused for good. Returns its id. */
export async function parkedMessage({ app }: Pick<World, 'app'>, eventId: string): Promise<string> {
  const [message] = await app.db.query<{ id: string }>(
    `insert into outbox_parked (sink, id, topic, type, event_id, payload, created_at, error, parked_at)
     select 'find-orders', coalesce(max(id), 9000000) + 1, 'order_events', 'admit.order.cancelled.v1', $1,
       jsonb_build_object('orderId', 'ord_01K9ZC4V7R8W3T5XN2M6QHJDEF'), now(), 'the disk was full', now()
     from outbox_parked returning id::text`,
    [eventId],
  );
  return (message as { id: string }).id;
}

/** A payment of €1 for no order, which nobody can refund. Returns the provider's id for it. */
export async function unmatchedMoney({ app }: Pick<World, 'app'>): Promise<string> {
  const reference = `pi_${app.newId('payment')}`;
  await recordUnmatched(app, {
    reference,
    reason: 'unknown_order',
    direction: 'in',
    intentRef: null,
    orderId: null,
    eventId: null,
    amountMinor: 100,
    currency: 'EUR',
  });
  return reference;
}
