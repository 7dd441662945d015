import type { EventId, OrderId, PaymentId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable } from '../../data/db.ts';
import type { NewPayment, ProviderMovement } from '../../features/payments/provider.ts';
import { gatherPerDb } from '../../gather.ts';
import type { CardOutcome, SandboxEventType } from './sandbox-cards.ts';

/** A payment in the sandbox's books. */
export interface SandboxPayment {
  intentRef: string;
  paymentId: PaymentId;
  orderId: OrderId;
  eventId: EventId;
  amountMinor: number;
  currency: Currency;
  description: string;
  returnUrl: string | null;
  status: CardOutcome['becomes'];
  refundedMinor: number;
  /** When the money arrives; for a late card only after the hold has expired. Null before it was paid. */
  settlesAt: Date | null;
  cardLast4: string | null;
}

/** A webhook in a job's payload: the event as it was when it happened, whatever happens to the payment later. */
export interface SandboxEvent {
  /** `evt_…`, the same on every delivery. */
  id: string;
  type: SandboxEventType;
  /** Seconds since 1970. */
  created: number;
  intentRef: string;
  paymentId: PaymentId;
  orderId: OrderId;
  eventId: EventId;
  amountMinor: number;
  currency: Currency;
  declineCode: string | null;
  /** Missing in older jobs. */
  cardLast4?: string | null;
  /** `id` is null for a refund that a person made at the sandbox. */
  refund: { id: string | null; ref: string; amountMinor: number; tickets?: string } | null;
  /** A dispute or a fraud warning as Stripe would show it. Missing in jobs about anything else. */
  dispute?: object;
}

const insertPayments = `
  insert into sandbox.payments
    (intent_ref, payment_id, order_id, event_id, amount_minor, currency, description, return_url, status, hold_ends_at, created_at)
  select distinct on (intent_ref) intent_ref, payment_id, order_id, event_id, amount_minor, currency, description,
    return_url, 'open', hold_ends_at, created_at
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[],
    $9::timestamptz[], $10::timestamptz[])
    as opened (intent_ref, payment_id, order_id, event_id, amount_minor, currency, description, return_url,
      hold_ends_at, created_at)
  order by intent_ref
  on conflict (intent_ref) do nothing`;

interface Opening {
  intentRef: string;
  request: NewPayment;
  at: Date;
}

/** Opens payments. An open payment stays unchanged. Concurrent calls share one statement. */
export const openSandboxPayment = gatherPerDb(async (db, openings: Opening[]) => {
  await db.run(insertPayments, [
    openings.map(({ intentRef }) => intentRef),
    openings.map(({ request }) => request.paymentId),
    openings.map(({ request }) => request.orderId),
    openings.map(({ request }) => request.eventId),
    openings.map(({ request }) => request.amountMinor),
    openings.map(({ request }) => request.currency),
    openings.map(({ request }) => request.description),
    openings.map(({ request }) => request.returnUrl),
    openings.map(({ request }) => request.expiresAt),
    openings.map(({ at }) => at),
  ]);
  return openings.map(() => undefined);
}, 200);

const selectPayment = `
  select intent_ref as "intentRef", payment_id as "paymentId", order_id as "orderId", event_id as "eventId",
    amount_minor as "amountMinor", currency, description, return_url as "returnUrl", status,
    refunded_minor as "refundedMinor", settles_at as "settlesAt", card_last4 as "cardLast4"
  from sandbox.payments where intent_ref = $1`;

export async function findSandboxPayment(
  db: Queryable,
  intentRef: string,
): Promise<SandboxPayment | undefined> {
  return (await db.query<SandboxPayment>(selectPayment, [intentRef]))[0];
}

// One round trip and one commit for all concurrent confirmations. It locks rows in the order of their ids, so that
// batches of several processes can't deadlock. If several changes concern one payment, the first wins. It enqueues a
// webhook exactly when its payment changed. Webhooks due together share one job, because enqueueing a job costs more
// than everything else here. add_jobs wakes the worker.
const changePayments = `
  with wanted as (
    select distinct on (intent_ref) * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
      $8::text[], $9::boolean[], $10::int[]) with ordinality
      as wanted (intent_ref, from_statuses, becomes, card_last4, event_ref, type, decline_code, late, copies, position)
    order by intent_ref, position
  ), locked as (
    select payment.intent_ref from sandbox.payments as payment
    where payment.intent_ref in (select intent_ref from wanted)
    order by payment.intent_ref for update
  ), changed as (
    update sandbox.payments as payment
    set status = wanted.becomes, card_last4 = coalesce(wanted.card_last4, payment.card_last4),
      settles_at = case when wanted.becomes <> 'succeeded' then null
        when wanted.late then greatest(payment.hold_ends_at, $1::timestamptz) + interval '5 seconds'
        else $1::timestamptz end
    from wanted, locked
    where payment.intent_ref = wanted.intent_ref and payment.intent_ref = locked.intent_ref
      and payment.status = any (string_to_array(wanted.from_statuses, ','))
    returning payment.*, wanted.event_ref, wanted.type, wanted.decline_code, wanted.late, wanted.copies, wanted.position
  ), delivery as (
    select case when late then settles_at end as run_at, json_agg(
      json_build_object('id', event_ref, 'type', type, 'created', floor(extract(epoch from $1::timestamptz)),
        'intentRef', intent_ref, 'paymentId', payment_id, 'orderId', order_id, 'eventId', event_id,
        'amountMinor', amount_minor, 'currency', currency, 'declineCode', decline_code, 'cardLast4', card_last4, 'refund', null)
      order by position) as events
    from changed, generate_series(1, copies)
    group by run_at
  ), job as (
    select array_agg(row('deliver-sandbox-webhooks', events, null, run_at, null, null, null, null)::graphile_worker.job_spec)
      as specs
    from delivery having count(*) > 0
  ), told as (
    select count(added.id) as jobs from job, graphile_worker.add_jobs(job.specs) as added
  )
  select array(select position from changed) as positions, (select jobs from told) as jobs`;

export interface Change {
  intentRef: string;
  from: CardOutcome['becomes'][];
  outcome: CardOutcome;
  cardLast4: string | null;
  /** The id of the webhook's event. */
  eventRef: string;
}

/**
 * Tells for each change whether it was made. A change of an unknown payment, or of one in another state, is not made.
 */
export async function changeSandboxPayments(db: Queryable, changes: Change[], now: Date): Promise<boolean[]> {
  const [row] = await db.query<{ positions: number[] }>(changePayments, [
    now,
    changes.map(({ intentRef }) => intentRef),
    changes.map(({ from }) => from.join(',')),
    changes.map(({ outcome }) => outcome.becomes),
    changes.map(({ cardLast4 }) => cardLast4),
    changes.map(({ eventRef }) => eventRef),
    changes.map(({ outcome }) => outcome.webhook?.type ?? null),
    changes.map(({ outcome }) => outcome.reply.declineCode ?? null),
    changes.map(({ outcome }) => outcome.webhook?.late ?? false),
    changes.map(({ outcome }) => outcome.webhook?.copies ?? 0),
  ]);
  const made = new Set(row?.positions.map(Number));
  return changes.map((_change, index) => made.has(index + 1));
}

// The check on refunded_minor turns a refund beyond the payment into an error, and then nothing is written.
const insertRefund = `
  with paid as (
    select * from sandbox.payments where intent_ref = $3 and status = 'succeeded'
  ), fresh as (
    insert into sandbox.refunds (refund_id, ref, intent_ref, amount_minor, created_at)
    select $1, $2, intent_ref, $4, $5 from paid
    on conflict (refund_id) do nothing
    returning *
  ), booked as (
    update sandbox.payments as payment set refunded_minor = payment.refunded_minor + fresh.amount_minor
    from fresh where payment.intent_ref = fresh.intent_ref
    returning payment.*
  ), told as (
    select (graphile_worker.add_job(
      'deliver-sandbox-refunds',
      json_build_array(json_build_object('id', $6::text, 'type', 'refund.updated', 'created', floor(extract(epoch from $5::timestamptz)),
        'intentRef', intent_ref, 'paymentId', payment_id, 'orderId', order_id, 'eventId', event_id,
        'amountMinor', amount_minor, 'currency', currency, 'declineCode', null,
        'refund', json_build_object('id', $1::text, 'ref', $2::text, 'amountMinor', $4::bigint))))).id
    from booked
  )
  select (select count(id) from told) > 0
    or exists (select from sandbox.refunds where refund_id = $1) as refunded`;

interface NewRefund {
  refundId: string;
  ref: string;
  intentRef: string;
  amountMinor: number;
  eventRef: string;
}

/** False if the payment did not succeed, or if less than this amount is left of it. */
export async function refundSandboxPayment(db: Queryable, refund: NewRefund, now: Date): Promise<boolean> {
  try {
    const { refundId, ref, intentRef, amountMinor, eventRef } = refund;
    const [row] = await db.query<{ refunded: boolean }>(insertRefund, [
      refundId,
      ref,
      intentRef,
      amountMinor,
      now,
      eventRef,
    ]);
    return row?.refunded === true;
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'refunded_no_more_than_paid') return false;
    throw error;
  }
}

const selectRefund = `select status from sandbox.refunds where ref = $1`;

/** What became of a refund; null if there is none. */
export async function findSandboxRefund(db: Queryable, ref: string): Promise<'succeeded' | 'failed' | null> {
  const [row] = await db.query<{ status: 'succeeded' | 'failed' }>(selectRefund, [ref]);
  return row?.status ?? null;
}

const movementsSql = `
  select 'charge' as kind, intent_ref as ref, amount_minor as "amountMinor", currency, true as "isOurs"
  from sandbox.payments where status = 'succeeded' and settles_at >= $1 and settles_at < $2
  union all
  select 'refund', refunds.ref, refunds.amount_minor, payments.currency, true
  from sandbox.refunds join sandbox.payments using (intent_ref)
  where refunds.status = 'succeeded' and refunds.created_at >= $1 and refunds.created_at < $2`;

export async function* listSandboxMovements(
  db: Queryable,
  from: Date,
  to: Date,
): AsyncGenerator<ProviderMovement> {
  yield* await db.query<ProviderMovement>(movementsSql, [from, to]);
}
