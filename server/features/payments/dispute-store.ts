import type { EventId, Id, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import { type DisputedMoney, type DisputeId, type DisputeRecord, noDisputedMoney } from './dispute.ts';

const columns = `
  dispute.id, dispute.provider, dispute.ref, dispute.kind, dispute.status, dispute.event_id as "eventId",
  dispute.order_id as "orderId", dispute.organisation_id as "organisationId", dispute.amount_minor as "amountMinor",
  dispute.currency, dispute.reason, dispute.evidence_due_at as "evidenceDueAt", dispute.opened_at as "openedAt",
  dispute.withdrawn_at as "withdrawnAt", dispute.reinstated_at as "reinstatedAt",
  dispute.fee_minor as "feeMinor", dispute.fee_returned_minor as "feeReturnedMinor", dispute.fee_currency as "feeCurrency",
  dispute.seen_at as "seenAt"`;

const ofOrders = `select ${columns} from disputes as dispute where order_id = any($1::text[]) order by id`;
/** The disputes of these orders, the first first. */
export const selectDisputesOf = (db: Queryable, orderIds: OrderId[]): Promise<DisputeRecord[]> =>
  db.query<DisputeRecord>(ofOrders, [orderIds]);

// Never called for two states of one dispute at once, because the caller has locked the order.
const upsertSql = `
  insert into disputes (id, provider, ref, kind, status, event_id, order_id, organisation_id, amount_minor, currency, reason,
    evidence_due_at, opened_at, withdrawn_at, reinstated_at, seen_at, fee_minor, fee_returned_minor, fee_currency)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
  on conflict (provider, ref) do update set kind = $4, status = $5, amount_minor = $9, reason = $11, evidence_due_at = $12,
    withdrawn_at = $14, reinstated_at = $15, seen_at = $16, fee_minor = $17, fee_returned_minor = $18, fee_currency = $19`;

export const saveDispute = (trx: Transaction, dispute: DisputeRecord): void =>
  trx.write(upsertSql, [
    dispute.id,
    dispute.provider,
    dispute.ref,
    dispute.kind,
    dispute.status,
    dispute.eventId,
    dispute.orderId,
    dispute.organisationId,
    dispute.amountMinor,
    dispute.currency,
    dispute.reason,
    dispute.evidenceDueAt,
    dispute.openedAt,
    dispute.withdrawnAt,
    dispute.reinstatedAt,
    dispute.seenAt,
    dispute.feeMinor,
    dispute.feeReturnedMinor,
    dispute.feeCurrency,
  ]);

const moneySql = `
  select organiser_minor, tax_minor, fee_minor, fee_tax_minor, platform_minor, withdrawn_minor
  from disputed_money where order_id = $1 and event_id = $2`;

/** What was booked for the disputes of an order. The caller has locked the order. */
export async function selectDisputedMoney(
  trx: Transaction,
  orderId: OrderId,
  eventId: EventId,
): Promise<DisputedMoney> {
  const [row] = await trx.query<Record<string, number>>(moneySql, [orderId, eventId]);
  if (!row) return noDisputedMoney;
  const {
    organiser_minor: organiserMinor = 0,
    tax_minor: taxMinor = 0,
    fee_minor: feeMinor = 0,
    fee_tax_minor: feeTaxMinor = 0,
    platform_minor: platformMinor = 0,
    withdrawn_minor: withdrawnMinor = 0,
  } = row;
  return { split: { organiserMinor, taxMinor, feeMinor, feeTaxMinor }, platformMinor, withdrawnMinor };
}

// Books the difference: a positive amount is set aside or was taken by the provider, a negative one is released or was
// returned.
const bookSql = `
  with saved as (
    insert into disputed_money (order_id, event_id, organiser_minor, tax_minor, fee_minor, fee_tax_minor, platform_minor,
      withdrawn_minor)
    values ($1, $2, $7, $8, $9, $10, $11, $12)
    on conflict (order_id, event_id) do update set
      organiser_minor = disputed_money.organiser_minor + $7, tax_minor = disputed_money.tax_minor + $8,
      fee_minor = disputed_money.fee_minor + $9, fee_tax_minor = disputed_money.fee_tax_minor + $10,
      platform_minor = disputed_money.platform_minor + $11, withdrawn_minor = disputed_money.withdrawn_minor + $12
  )
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select $3, part, $2, $1, case when minor > 0 then taken else returned end,
    case when minor > 0 then debit else credit end, case when minor > 0 then credit else debit end, abs(minor), $5, $6
  from (values
    (0, 'dispute', 'dispute_released', 'organiser:' || $4::text, 'dispute:' || $1::text, $7::bigint),
    (1, 'dispute', 'dispute_released', 'tax:' || $4::text, 'dispute:' || $1::text, $8::bigint),
    (2, 'dispute', 'dispute_released', 'fee:platform', 'dispute:' || $1::text, $9::bigint),
    (3, 'dispute', 'dispute_released', 'tax:platform', 'dispute:' || $1::text, $10::bigint),
    (4, 'dispute', 'dispute_released', 'cost:' || $13::text, 'dispute:' || $1::text, $11::bigint),
    (9, 'dispute_withdrawn', 'dispute_reinstated', 'dispute:' || $1::text, 'provider:' || $13::text, $12::bigint)
  ) as entry (part, taken, returned, debit, credit, minor)
  where minor <> 0`;

export const bookDisputedMoney = (
  trx: Transaction,
  of: {
    orderId: OrderId;
    eventId: EventId;
    organisationId: OrganisationId;
    currency: Currency;
    provider: string;
    transferId: Id<'transfer'>;
  },
  difference: DisputedMoney,
  now: Date,
): void =>
  trx.write(bookSql, [
    of.orderId,
    of.eventId,
    of.transferId,
    of.organisationId,
    of.currency,
    now,
    difference.split.organiserMinor,
    difference.split.taxMinor,
    difference.split.feeMinor,
    difference.split.feeTaxMinor,
    difference.platformMinor,
    difference.withdrawnMinor,
    of.provider,
  ]);

const bookFeeSql = `
  insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select $1, $2, $3, case when $4::bigint > 0 then 'dispute_fee' else 'dispute_fee_returned' end,
    case when $4 > 0 then fee else provider end, case when $4 > 0 then provider else fee end, abs($4), $5, $6
  from (values ('dispute_fee:' || $7::text, 'provider:' || $7::text)) as account (fee, provider)`;

/** Books a fee that the provider took for a dispute; a negative amount is a fee that it returned. */
export const bookDisputeFee = (
  trx: Transaction,
  transferId: Id<'transfer'>,
  { eventId, orderId, feeCurrency, provider }: DisputeRecord,
  feeMinor: number,
  now: Date,
): void => trx.write(bookFeeSql, [transferId, eventId, orderId, feeMinor, feeCurrency, now, provider]);

// Joined with the title of the event (table of catalog), because a list of disputes without it names nothing that a person
// knows.
const listSql = `
  select ${columns}, events.title
  from disputes as dispute join events on events.id = dispute.event_id
  where dispute.organisation_id = $1 and ($2::text is null or dispute.id < $2) and ($5::text is null or dispute.order_id = $5)
    and ($3::text is null or (dispute.status in ('needs_response', 'under_review')) = ($3 = 'open'))
  order by dispute.id desc limit $4`;

/** Lists the disputes of an organisation, the latest first. */
export const listDisputesOf = (
  db: Queryable,
  organisationId: OrganisationId,
  wanted: { order: OrderId | null; cursor: DisputeId | null; state: 'open' | 'closed' | null; limit: number },
): Promise<(DisputeRecord & { title: string })[]> =>
  db.query(listSql, [organisationId, wanted.cursor, wanted.state, wanted.limit, wanted.order]);

const openSql = `
  select id, ref from disputes
  where provider = $1 and status in ('needs_response', 'under_review') and kind <> 'fraud_warning' and id > $2
  order by id limit 100`;
/** The provider's ids of open disputes, a page after the dispute `after`. */
export const selectOpenDisputes = (
  db: Queryable,
  provider: string,
  after: DisputeId | '',
): Promise<{ id: DisputeId; ref: string }[]> => db.query(openSql, [provider, after]);

const countSql = `
  select kind, count(*)::int as open,
    extract(epoch from min(evidence_due_at) filter (where status = 'needs_response') - $1::timestamptz)::float8 as "dueSeconds"
  from disputes where status in ('needs_response', 'under_review') group by kind`;
/** Counts open disputes, and the seconds until the first of them needs its evidence. */
export const countOpenDisputes = (
  db: Queryable,
  now: Date,
): Promise<{ kind: DisputeRecord['kind']; open: number; dueSeconds: number | null }[]> =>
  db.query(countSql, [now]);
