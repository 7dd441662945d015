import type { EventId, Id, OrderId, PaymentId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
import type { RefundReason } from '../orders/order-mails.ts';
import { type Charge, type NewRefund, type PaymentRecord, paymentIdOf } from './payment.ts';

export const paymentColumns = `
  payment.id, payment.event_id as "eventId", payment.order_id as "orderId", payment.provider,
  payment.intent_ref as "intentRef", payment.checkout_ref as "checkoutRef", payment.client_secret as "clientSecret",
  payment.checkout_url as "checkoutUrl", payment.status, payment.amount_minor as "amountMinor", payment.currency,
  payment.expires_at as "expiresAt"`;

// A webhook may have written the row before us (adoptPayment), without the fields that only the buyer gets. Two
// requests may open an order's payment at the same instant. They get the same payment.
const insertPayments = `
  insert into payments as payment (id, event_id, order_id, provider, intent_ref, checkout_ref, client_secret,
    checkout_url, status, amount_minor, currency, expires_at, created_at, updated_at)
  select distinct on (id) id, event_id, order_id, provider, intent_ref, checkout_ref, client_secret, checkout_url, 'open',
    amount_minor, currency, expires_at, created_at, created_at
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[],
    $10::text[], $11::timestamptz[], $12::timestamptz[])
    as opened (id, event_id, order_id, provider, intent_ref, checkout_ref, client_secret, checkout_url, amount_minor,
      currency, expires_at, created_at)
  order by id`;
const upsertPayments = `${insertPayments}
  on conflict (id, event_id) do update
  set intent_ref = case payment.status when 'open' then excluded.intent_ref else payment.intent_ref end,
    checkout_ref = excluded.checkout_ref, client_secret = excluded.client_secret, checkout_url = excluded.checkout_url
  where payment.provider = excluded.provider`;
const adoptPayments = `${insertPayments} on conflict (id, event_id) do nothing`;

type NewPaymentRow = Omit<PaymentRecord, 'id' | 'status'> & { createdAt: Date };

/** Saves the provider's answer. Saving the same payment again changes nothing. */
export const savePayment = gatherPerDb(async (db, rows: NewPaymentRow[]) => {
  await db.run(upsertPayments, columnsOf(rows));
  return rows.map(() => undefined);
}, 200);

/** Saves a payment that a webhook reported before we could. It leaves an existing one unchanged. */
export const insertUnknownPayment = (db: Queryable, row: NewPaymentRow) =>
  db.run(adoptPayments, columnsOf([row]));

const columnsOf = (rows: NewPaymentRow[]) => [
  rows.map((row) => paymentIdOf(row.orderId)),
  rows.map((row) => row.eventId),
  rows.map((row) => row.orderId),
  rows.map((row) => row.provider),
  rows.map((row) => row.intentRef),
  rows.map((row) => row.checkoutRef),
  rows.map((row) => row.clientSecret),
  rows.map((row) => row.checkoutUrl),
  rows.map((row) => row.amountMinor),
  rows.map((row) => row.currency),
  rows.map((row) => row.expiresAt),
  rows.map((row) => row.createdAt),
];

const selectPayment = `select ${paymentColumns} from payments as payment where id = $1 and event_id = $2`;
const cardSql = `select card_last4 from payments where id = $1 and event_id = $2`;
export const selectCardLast4 = async (
  db: Queryable,
  id: PaymentId,
  eventId: EventId,
): Promise<string | null> =>
  (await db.query<{ card_last4: string | null }>(cardSql, [id, eventId]))[0]?.card_last4 ?? null;

const selectByIntent = `select ${paymentColumns} from payments as payment where provider = $1 and $2 in (intent_ref, checkout_ref)`;

export async function findPayment(
  db: Queryable,
  id: PaymentId,
  eventId: EventId,
): Promise<PaymentRecord | null> {
  return (await db.query<PaymentRecord>(selectPayment, [id, eventId]))[0] ?? null;
}

export async function findPaymentByIntent(
  db: Queryable,
  provider: string,
  intentRef: string,
): Promise<PaymentRecord | null> {
  return (await db.query<PaymentRecord>(selectByIntent, [provider, intentRef]))[0] ?? null;
}

// Selects payments that are open shortly before their places are released, or after. The webhook may never have
// arrived. After a day, asking again changes nothing.
const selectUnsettled = `
  select ${paymentColumns} from payments as payment
  where status = 'open' and provider = $1
    and expires_at between $2::timestamptz - interval '1 day' and $2::timestamptz + interval '90 seconds'
    and created_at < $2::timestamptz - interval '20 seconds'
  order by expires_at
  limit $3`;

export const listUnsettledPayments = (db: Queryable, provider: string, now: Date, limit: number) =>
  db.query<PaymentRecord>(selectUnsettled, [provider, now, limit]);

// A movement of money is a set of transfers with one id, numbered by `part` (docs/money.md). The id follows from the
// payment's id, so a charge is entered once however often it is reported.
const insertCharges = `
  with charge as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::boolean[],
        $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[])
      as charge (payment_id, event_id, order_id, organisation_id, amount_minor, currency, late, organiser_minor, tax_minor,
        fee_minor, fee_tax_minor, card_last4)
  ), locked as materialized (
    select payments.id, payments.event_id, charge.card_last4
    from charge join payments on payments.id = charge.payment_id and payments.event_id = charge.event_id
    where payments.status in ('open', 'cancelled')
    order by payments.id for no key update of payments
  ), marked as (
    update payments set status = 'succeeded', updated_at = $9, card_last4 = locked.card_last4
    from locked where payments.id = locked.id and payments.event_id = locked.event_id
  )
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select 'trf_' || substr(payment_id, 5), part, event_id, order_id, case when late then 'late_charge' else 'charge' end,
    $8::text, account, minor, currency, $9
  from charge
  cross join lateral (values
    (0, case when late then 'buyer:' || order_id else 'organiser:' || organisation_id end,
      case when late then amount_minor else organiser_minor end),
    (1, 'tax:' || organisation_id, case when late then 0 else tax_minor end),
    (2, 'fee:platform', case when late then 0 else fee_minor end),
    (3, 'tax:platform', case when late then 0 else fee_tax_minor end)
  ) as share (part, account, minor)
  where minor > 0
  on conflict (id, event_id, part) do nothing`;

/** `account` has the money now. */
export function insertChargeTransfers(trx: Writes, account: string, charges: Charge[], now: Date): void {
  trx.write(insertCharges, [
    charges.map((charge) => charge.paymentId),
    charges.map((charge) => charge.eventId),
    charges.map((charge) => charge.orderId),
    charges.map((charge) => charge.organisationId),
    charges.map((charge) => charge.amountMinor),
    charges.map((charge) => charge.currency),
    charges.map((charge) => charge.late),
    account,
    now,
    charges.map((charge) => charge.split.organiserMinor),
    charges.map((charge) => charge.split.taxMinor),
    charges.map((charge) => charge.split.feeMinor),
    charges.map((charge) => charge.split.feeTaxMinor),
    charges.map((charge) => charge.cardLast4),
  ]);
}

// Takes each part of the refund from the account that the charge gave it to. Money that was never anybody's but the buyer's
// comes from the buyer's account. The account refunds:<order> has the money until the provider has sent it.
const insertRefundsAndTransfers = `
  with refund as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[],
        $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::text[], $16::text[])
      as refund (id, payment_id, event_id, order_id, organisation_id, amount_minor, currency, reason, buyer_minor,
        organiser_minor, tax_minor, fee_minor, fee_tax_minor, cancellation_id, provider_ref)
  ), opened as (
    insert into refunds (id, event_id, order_id, payment_id, amount_minor, currency, reason, cancellation_id, provider_ref, status,
      created_at)
    select id, event_id, order_id, payment_id, amount_minor, currency, reason, cancellation_id, provider_ref, 'pending', $9
    from refund
  )
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select 'trf_' || substr(id, 5), part, event_id, order_id, 'refund', account, 'refunds:' || order_id, minor, currency, $9
  from refund
  cross join lateral (values
    (0, 'organiser:' || organisation_id, organiser_minor),
    (1, 'tax:' || organisation_id, tax_minor),
    (2, 'fee:platform', fee_minor),
    (3, 'tax:platform', fee_tax_minor),
    (4, 'buyer:' || order_id, buyer_minor)
  ) as share (part, account, minor)
  where minor > 0`;

export function insertRefunds(trx: Writes, refunds: (NewRefund & { id: string })[], now: Date): void {
  trx.write(insertRefundsAndTransfers, [
    refunds.map((refund) => refund.id),
    refunds.map((refund) => refund.paymentId ?? paymentIdOf(refund.orderId)),
    refunds.map((refund) => refund.eventId),
    refunds.map((refund) => refund.orderId),
    refunds.map((refund) => refund.organisationId),
    refunds.map((refund) => refund.amountMinor),
    refunds.map((refund) => refund.currency),
    refunds.map((refund) => refund.reason),
    now,
    refunds.map((refund) => (refund.split ? 0 : refund.amountMinor)),
    refunds.map((refund) => refund.split?.organiserMinor ?? 0),
    refunds.map((refund) => refund.split?.taxMinor ?? 0),
    refunds.map((refund) => refund.split?.feeMinor ?? 0),
    refunds.map((refund) => refund.split?.feeTaxMinor ?? 0),
    refunds.map((refund) => refund.cancellationId),
    refunds.map((refund) => refund.providerRef),
  ]);
}

// Closes the payments and enqueues the jobs for the provider in one statement. It writes nothing for orders without
// an open payment.
const closeOpen = `
  with locked as materialized (
    select id, event_id from payments where id = any ($1::text[]) and status = 'open' order by id for no key update
  ), closed as (
    update payments set status = 'cancelled', updated_at = $2
    from locked where payments.id = locked.id and payments.event_id = locked.event_id
    returning payments.id, payments.event_id
  ), job as (
    select array_agg(row('cancel-payment', json_build_object('paymentId', id, 'eventId', event_id), null, null, 25,
      'cancel-payment:' || id, null, null)::graphile_worker.job_spec) as specs
    from closed having count(*) > 0
  )
  select count(added.id) from job, graphile_worker.add_jobs(job.specs) as added`;

export function closeOpenPayments(trx: Writes, orderIds: OrderId[], now: Date): void {
  trx.write(closeOpen, [orderIds.map(paymentIdOf), now]);
}

export interface RefundRecord {
  id: Id<'refund'>;
  eventId: EventId;
  orderId: OrderId;
  paymentId: PaymentId;
  amountMinor: number;
  currency: string;
  reason: RefundReason;
  status: 'pending' | 'succeeded' | 'failed';
  providerRef: string | null;
  intentRef: string;
  provider: PaymentRecord['provider'];
}

const refundColumns = `
  refund.id, refund.event_id as "eventId", refund.order_id as "orderId", refund.payment_id as "paymentId",
  refund.amount_minor as "amountMinor", refund.currency, refund.reason, refund.status,
  refund.provider_ref as "providerRef", payment.intent_ref as "intentRef", payment.provider`;
const selectRefund = `
  select ${refundColumns}
  from refunds as refund
  join payments as payment on payment.id = refund.payment_id and payment.event_id = refund.event_id
  where refund.id = $1`;
const selectRefundByRef = selectRefund.replace('refund.id = $1', 'refund.provider_ref = $1');

export async function findRefund(db: Queryable, id: string): Promise<RefundRecord | null> {
  return (await db.query<RefundRecord>(selectRefund, [id]))[0] ?? null;
}

export async function findRefundByRef(db: Queryable, ref: string): Promise<RefundRecord | null> {
  return (await db.query<RefundRecord>(selectRefundByRef, [ref]))[0] ?? null;
}

const updateRefundRef = `update refunds set provider_ref = $2 where id = $1 and status = 'pending'`;

export const noteRefundRef = (db: Queryable, id: string, ref: string | null) =>
  db.run(updateRefundRef, [id, ref]);

// A refund that succeeded may fail days later, when the buyer's bank returns it. No other state goes backwards.
const updateRefund = `
  update refunds set status = $2, provider_ref = coalesce($3, provider_ref), settled_at = $4
  where id = $1 and (status = 'pending' or (status = 'succeeded' and $2 = 'failed'))`;

/** False if the refund already had this state. */
export async function markRefund(
  trx: Transaction,
  id: string,
  status: 'succeeded' | 'failed',
  ref: string | null,
  now: Date,
): Promise<boolean> {
  return (await trx.run(updateRefund, [id, status, ref, now])) > 0;
}

// `refunded` means that the whole payment was refunded, and only for as long as that is true.
const updateRefunded = `
  update payments set status = case when refunded.minor >= payments.amount_minor then 'refunded' else 'succeeded' end,
    updated_at = $3
  from (
    select coalesce(sum(amount_minor), 0) as minor from refunds
    where payment_id = $1 and event_id = $2 and status = 'succeeded'
  ) as refunded
  where id = $1 and event_id = $2 and status in ('succeeded', 'refunded')`;

export function markRefunded(trx: Transaction, refund: RefundRecord, now: Date): void {
  trx.write(updateRefunded, [refund.paymentId, refund.eventId, now]);
}

// It belongs to the refund's set, as its part 9.
const insertSent = `
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select 'trf_' || substr(id, 5), 9, event_id, order_id, 'refund_sent', 'refunds:' || order_id, $3::text,
    amount_minor, currency, $4
  from refunds where id = $1 and event_id = $2`;

/** The money has left `account`. */
export function enterSent(trx: Transaction, refund: RefundRecord, account: string, now: Date): void {
  trx.write(insertSent, [refund.id, refund.eventId, account, now]);
}

const insertReversal = `
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select $3, part, event_id, order_id, 'refund_reversal', credit, debit, amount_minor, currency, $4
  from transfers where id = 'trf_' || substr($1::text, 5) and event_id = $2`;

/** The money did not leave, or came back, so all entries of the refund are reversed. */
export function reverseRefund(
  trx: Transaction,
  refund: RefundRecord,
  transferId: Id<'transfer'>,
  now: Date,
): void {
  trx.write(insertReversal, [refund.id, refund.eventId, transferId, now]);
}
