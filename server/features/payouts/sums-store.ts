/**
 * What the orders of events brought. The sums are kept until an instant, and the later entries are read by their time. An event
 * without kept sums is counted by its orders. The statements name the table of catalog for the events, the table of orders for
 * theirs, and the table of payments for the entries, because the entries are what is owed.
 */
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

/** What a transfer adds to these accounts. */
export const gain = (...accounts: string[]): string =>
  `transfers.amount_minor * ((credit in (${accounts.join(', ')}))::int - (debit in (${accounts.join(', ')}))::int)`;
export const organisers = [`'organiser:' || organisation_id`, `'tax:' || organisation_id`];
const platforms = [`'fee:platform'`, `'tax:platform'`];

const names = ['sold', 'refunded', 'disputed', 'fees', 'earned', 'till'] as const;
const moved = `
  sum(part.share) filter (where kind = 'charge') as sold, -sum(part.share) filter (where kind like 'refund%') as refunded,
  -sum(part.share) filter (where kind <> 'charge' and kind not like 'refund%') as disputed,
  sum(part.fee) as fees, sum(part.share - part.fee) as earned, sum(part.till) as till`;
const shares = `
  cross join lateral (select
    ${gain(...organisers, ...platforms)} as share, ${gain(...platforms)} as fee, -${gain(`'till:' || organisation_id`)} as till
  ) as part`;

/**
 * The sums of the events that the condition selects, as a list of `with` named `sums`. $2 is an instant before which no later
 * entry lies: its value lets PostgreSQL read the index by time. Entries after $3 do not count.
 */
export const sumsOf = (condition: string): string => `
  listed as materialized (
    select events.id as event_id, organisation_id, title, ends_at, currency, until,
      ${names.map((name) => `coalesce(${name}_minor, 0) as ${name}`).join(', ')}
    from events left join payout_sums on payout_sums.event_id = events.id
    where ${condition}
  ), news as materialized (
    select listed.event_id, ${moved}
    from transfers join listed on listed.event_id = transfers.event_id and transfers.created_at > until
    ${shares}
    where transfers.created_at > $2 and transfers.created_at <= $3 and transfers.order_id <> ''
    group by listed.event_id
    union all
    select orders.event_id, ${moved}
    from listed
    join orders on orders.event_id = listed.event_id
    join transfers on transfers.order_id = orders.id and transfers.event_id = orders.event_id
      and transfers.created_at <= $3
    ${shares}
    where until is null
    group by orders.event_id
  ), sums as materialized (
    select event_id, organisation_id, title, ends_at, currency,
      ${names.map((name) => `listed.${name} + coalesce(news.${name}, 0) as ${name}`).join(', ')}
    from listed left join news using (event_id)
  )`;

const keptSql = `
  select organisation_id as "organisationId", min(until) as since,
    bool_or(until is null or until < $2) as "isStale"
  from events left join payout_sums on payout_sums.event_id = events.id
  where organisation_id = any($1::text[])
  group by organisation_id`;

interface KeptSums {
  organisationId: OrganisationId;
  /** The earliest instant until which sums of an event are kept; null if none are. */
  since: Date | null;
  /** The sums of an event are not kept, or not up to this instant. */
  isStale: boolean;
}

export const selectKept = (
  db: Queryable,
  organisationIds: OrganisationId[],
  staleBefore: Date,
): Promise<KeptSums[]> => db.query<KeptSums>(keptSql, [organisationIds, staleBefore]);

const staleSql = `
  select events.id, until from events left join payout_sums on payout_sums.event_id = events.id
  where organisation_id = $1 and (until is null or until < $2) order by events.id`;

/** The events of an organisation whose sums are not kept up to an instant. */
export const selectStale = (
  db: Queryable,
  organisationId: OrganisationId,
  staleBefore: Date,
): Promise<{ id: EventId; until: Date | null }[]> => db.query(staleSql, [organisationId, staleBefore]);

// What deleted orders brought is a sum of its own. Its row is the lock between keeping sums and deleting orders.
const lockSql = `
  insert into payout_carried (event_id, amount_minor) select id, 0 from unnest($1::text[]) as id order by id
  on conflict (event_id) do update set amount_minor = payout_carried.amount_minor`;

export const lockSums = (trx: Transaction, eventIds: EventId[]): Promise<number> =>
  trx.run(lockSql, [eventIds]);

const keepSql = `
  with ${sumsOf('events.id = any($1::text[])')}
  insert into payout_sums (event_id, until, ${names.map((name) => `${name}_minor`).join(', ')})
  select event_id, $3, ${names.join(', ')} from sums order by event_id
  on conflict (event_id) do update
  set until = excluded.until, ${names.map((name) => `${name}_minor = excluded.${name}_minor`).join(', ')}
  where payout_sums.until < excluded.until`;

/** Keeps the sums of events until an instant. The caller has their lock. */
export const keepSums = (
  trx: Transaction,
  eventIds: EventId[],
  { since, until }: { since: Date; until: Date },
): Promise<number> => trx.run(keepSql, [eventIds, since, until]);

const dropSql = `delete from payout_sums where event_id = $1`;

/** Forgets the kept sums of an event, whose orders are deleted in the same transaction. */
export const dropSums = (trx: Writes, eventId: EventId): void => trx.write(dropSql, [eventId]);
