import type { TicketId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable } from '../../data/db.ts';
import type { ReturnedMoney } from '../../features/payments/provider.ts';

/** A refund that a person makes at the sandbox, as in a provider's dashboard. */
interface DashboardRefund {
  ref: string;
  intentRef: string;
  /** Null means everything that is left. */
  amountMinor: number | null;
  tickets: TicketId[];
  status: 'succeeded' | 'failed';
  /** The ids of its webhooks' events: one that says that the money was sent, and one that says that it came back. */
  eventRefs: [created: string, failed: string];
}

// A refund that fails was sent before, so it has two webhooks. They may arrive in any order. The check on refunded_minor
// turns a refund beyond the payment into an error, and then nothing is written.
const insertSql = `
  with paid as (
    select * from sandbox.payments where intent_ref = $2 and status = 'succeeded' and settles_at <= $6
  ), fresh as (
    insert into sandbox.refunds (refund_id, ref, intent_ref, amount_minor, status, tickets, created_at)
    select 'dashboard:' || $1, $1, intent_ref, coalesce($3, amount_minor - refunded_minor), $4, $5, $6 from paid
    where coalesce($3, amount_minor - refunded_minor) <= amount_minor - refunded_minor and amount_minor > refunded_minor
    returning *
  ), booked as (
    update sandbox.payments as payment
    set refunded_minor = payment.refunded_minor + case fresh.status when 'succeeded' then fresh.amount_minor else 0 end
    from fresh where payment.intent_ref = fresh.intent_ref
    returning payment.*, fresh.amount_minor as refund_minor
  ), webhook as (
    select json_agg(json_build_object('id', event.id, 'type', event.type, 'created', floor(extract(epoch from $6::timestamptz)),
      'intentRef', intent_ref, 'paymentId', payment_id, 'orderId', order_id, 'eventId', event_id,
      'amountMinor', amount_minor, 'currency', currency, 'declineCode', null,
      'refund', json_build_object('id', null, 'ref', $1, 'amountMinor', refund_minor, 'status', event.status,
        'tickets', $5))) as events
    from booked, (values ($7, 'refund.created', 'succeeded'), ($8, 'refund.failed', 'failed')) as event (id, type, status)
    where event.status = 'succeeded' or $4 = 'failed'
    having count(*) > 0
  ), told as (
    select (graphile_worker.add_job('deliver-sandbox-refunds', events)).id from webhook
  )
  select refund_minor as "amountMinor", currency from booked left join told on true`;

/** Null if the payment did not succeed, or if less than this amount is left of it. */
export async function insertDashboardRefund(
  db: Queryable,
  refund: DashboardRefund,
  now: Date,
): Promise<{ amountMinor: number; currency: Currency } | null> {
  const { ref, intentRef, amountMinor, status, tickets, eventRefs } = refund;
  const values = [ref, intentRef, amountMinor, status, tickets.join(','), now, ...eventRefs];
  return (await db.query<{ amountMinor: number; currency: Currency }>(insertSql, values))[0] ?? null;
}

const listSql = `
  select refund_id as "refundId", ref, intent_ref as "intentRef", refunds.amount_minor as "amountMinor", currency, refunds.status, tickets
  from sandbox.refunds join sandbox.payments using (intent_ref)
  where ($1::text is null or intent_ref = $1) and ($2::timestamptz is null or refunds.created_at >= $2)
    and ($3::timestamptz is null or refunds.created_at < $3)
  order by refunds.created_at, ref`;

/** The refunds of a payment or of a time, as Stripe would list them. */
export async function* listSandboxRefunds(
  db: Queryable,
  of: { intentRef?: string; from?: Date; to?: Date },
): AsyncGenerator<ReturnedMoney> {
  const rows = await db.query<{
    refundId: string;
    ref: string;
    intentRef: string;
    amountMinor: number;
    currency: Currency;
    status: 'succeeded' | 'failed';
    tickets: string;
  }>(listSql, [of.intentRef ?? null, of.from ?? null, of.to ?? null]);
  yield* rows.map(
    ({ refundId, tickets, ...refund }): ReturnedMoney => ({
      ...refund,
      kind: 'refund_changed',
      refundId: refundId.startsWith('dashboard:') ? null : refundId,
      ticketIds: tickets === '' ? [] : (tickets.split(',') as TicketId[]),
    }),
  );
}
