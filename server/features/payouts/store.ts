import type { EventId, OrderId, OrganisationId, PayoutId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { EventBalance, LineRow, NewPayout, PayoutRow } from './payouts.ts';
import { gain, organisers, sumsOf } from './sums-store.ts';

const balancesSql = `
  with ${sumsOf('organisation_id = any($1::text[])')}
  select organisation_id as "organisationId", event_id as "eventId", title, ends_at as "endsAt", currency,
    sold::bigint as "soldMinor", refunded::bigint as "refundedMinor", disputed::bigint as "disputedMinor",
    fees::bigint as "feesMinor", (earned + carried)::bigint as "earnedMinor", till::bigint as "tillMinor",
    paid::bigint as "paidMinor", owed::bigint as "owedMinor"
  from sums
  cross join lateral (select
    coalesce((select sum(amount_minor) from payout_lines where event_id = sums.event_id and not is_returned), 0) as paid,
    coalesce((select amount_minor from payout_carried where event_id = sums.event_id), 0) as carried
  ) as before
  cross join lateral (select earned + carried - till - paid) as rest (owed)
  where owed <> 0
  order by ends_at, event_id`;

/** The events of these organisations for which something is owed, the earliest first. */
export const selectBalances = (
  db: Queryable,
  organisationIds: OrganisationId[],
  /** Before any entry that is in no kept sum of these events. */
  since: Date,
): Promise<EventBalance[]> => db.query<EventBalance>(balancesSql, [organisationIds, since, 'infinity']);

// Lists an organisation by its name (table of organisations) if an event of it is due (table of catalog).
const organisationsSql = `
  select id, name, seller ->> 'legalName' as "legalName" from organisations
  where ($1::text is null or id > $1)
    and exists (select from events where organisation_id = organisations.id and ends_at <= $2)
  order by id limit $3`;

interface DueOrganisation {
  id: OrganisationId;
  name: string;
  legalName: string | null;
}

/** Organisations with an event that ended before this instant. */
export const selectOrganisations = (
  db: Queryable,
  { after, endedBefore, limit }: { after: OrganisationId | null; endedBefore: Date; limit: number },
): Promise<DueOrganisation[]> => db.query<DueOrganisation>(organisationsSql, [after, endedBefore, limit]);

const paidSql = `
  select currency, sum(amount_minor)::bigint as "paidMinor" from payouts where organisation_id = $1 and state <> 'failed'
  group by currency order by currency`;

export const selectPaid = (
  db: Queryable,
  organisationId: OrganisationId,
): Promise<{ currency: Currency; paidMinor: number }[]> => db.query(paidSql, [organisationId]);

const payoutColumns = `
  id, organisation_id as "organisationId", currency, amount_minor as "amountMinor", reference, paid_at as "paidAt", state`;
const latestSql = `
  select ${payoutColumns} from payouts where organisation_id = $1 and ($2::text is null or id < $2)
  order by id desc limit $3`;
const earliestSql = `
  select ${payoutColumns} from payouts where organisation_id = $1 and ($2::text is null or id > $2) and state <> 'failed'
  order by id limit $3`;
const oneSql = `select ${payoutColumns} from payouts where organisation_id = $1 and id = $2 and state <> 'failed'`;
const byReferenceSql = `select ${payoutColumns} from payouts where organisation_id = $1 and reference = $2`;

/** Lists the latest first, beginning before `cursor`. */
export const selectLatestPayouts = (
  db: Queryable,
  organisationId: OrganisationId,
  { cursor, limit }: { cursor: PayoutId | null; limit: number },
): Promise<PayoutRow[]> => db.query<PayoutRow>(latestSql, [organisationId, cursor, limit]);

/** Lists those that did not fail, the earliest first, beginning after `after`. */
export const selectEarliestPayouts = (
  db: Queryable,
  organisationId: OrganisationId,
  { after, limit }: { after: PayoutId | null; limit: number },
): Promise<PayoutRow[]> => db.query<PayoutRow>(earliestSql, [organisationId, after, limit]);

export const findPayout = async (
  db: Queryable,
  organisationId: OrganisationId,
  id: PayoutId,
): Promise<PayoutRow | null> => (await db.query<PayoutRow>(oneSql, [organisationId, id]))[0] ?? null;

export const findByReference = async (
  db: Queryable,
  organisationId: OrganisationId,
  reference: string,
): Promise<PayoutRow | null> =>
  (await db.query<PayoutRow>(byReferenceSql, [organisationId, reference]))[0] ?? null;

const linesSql = `
  select payout_id as "payoutId", event_id as "eventId", title, sold_minor as "soldMinor",
    refunded_minor as "refundedMinor", disputed_minor as "disputedMinor", fees_minor as "feesMinor",
    earned_minor as "earnedMinor", till_minor as "tillMinor", paid_before_minor as "paidBeforeMinor",
    amount_minor as "amountMinor"
  from payout_lines where payout_id = any($1::text[]) order by payout_id, event_id`;

export const selectLines = (db: Queryable, payoutIds: PayoutId[]): Promise<LineRow[]> =>
  db.query<LineRow>(linesSql, [payoutIds]);

/** The lines of several payouts, by the payout's id. */
export const selectLinesOf = async (
  db: Queryable,
  payouts: Pick<PayoutRow, 'id'>[],
): Promise<Map<PayoutId, LineRow[]>> =>
  Map.groupBy(
    await selectLines(
      db,
      payouts.map(({ id }) => id),
    ),
    ({ payoutId }) => payoutId,
  );

const insertSql = `
  with payout as (
    insert into payouts (id, organisation_id, currency, amount_minor, reference, paid_by, paid_at, state, account_ref)
    values ($1, $2, $3, $4, $5, $6, $7, $18, $19)
  )
  insert into payout_lines (payout_id, event_id, title, sold_minor, refunded_minor, disputed_minor, fees_minor, earned_minor,
    till_minor, paid_before_minor, amount_minor)
  select $1, * from unnest($8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
    $15::bigint[], $16::bigint[], $17::bigint[])`;

export function insertPayout(trx: Writes, payout: NewPayout): void {
  const { id, organisationId, currency, amountMinor, reference, paidBy, paidAt, state, accountRef, lines } =
    payout;
  trx.write(insertSql, [
    id,
    organisationId,
    currency,
    amountMinor,
    reference,
    paidBy,
    paidAt,
    lines.map(({ eventId }) => eventId),
    lines.map(({ title }) => title),
    lines.map(({ soldMinor }) => soldMinor),
    lines.map(({ refundedMinor }) => refundedMinor),
    lines.map(({ disputedMinor }) => disputedMinor),
    lines.map(({ feesMinor }) => feesMinor),
    lines.map(({ earnedMinor }) => earnedMinor),
    lines.map(({ tillMinor }) => tillMinor),
    lines.map(({ paidMinor }) => paidMinor),
    lines.map(({ owedMinor }) => owedMinor),
    state,
    accountRef,
  ]);
}

// Sums what these orders (table of orders) of an event (table of catalog) brought, before their entries (table of payments) are
// deleted.
const carrySql = `
  insert into payout_carried (event_id, amount_minor)
  select $1, coalesce(sum(${gain(...organisers, `'till:' || organisation_id`)}), 0)
  from events
  join orders on orders.event_id = events.id and orders.id = any($2::text[])
  join transfers on transfers.order_id = orders.id and transfers.event_id = $1
  where events.id = $1
  on conflict (event_id) do update set amount_minor = payout_carried.amount_minor + excluded.amount_minor`;

export const carrySums = (trx: Transaction, eventId: EventId, orderIds: OrderId[]): Promise<number> =>
  trx.run(carrySql, [eventId, orderIds]);

const forgetSql = `
  with carried as (delete from payout_carried where event_id = $1)
  select payout_id as id from payout_lines where event_id = $1`;

/** Deletes what is carried for an event. Returns the payouts that had a line for it. */
export const deleteCarried = async (trx: Transaction, eventId: EventId): Promise<PayoutId[]> =>
  (await trx.query<{ id: PayoutId }>(forgetSql, [eventId])).map(({ id }) => id);
