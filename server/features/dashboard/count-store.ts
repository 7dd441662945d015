/**
 * Counts orders. One statement reads all of an order as it is in one moment: the table of orders and the table of tickets, and
 * from the table of payments what is refunded and disputed. The table of catalog tells whether an event still exists and whose it
 * is. The table of inventory has the holds and the version of the ledger, which must be of the same moment.
 */
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import { type CountedOrder, counters, type Entry } from './order-entries.ts';

const lockSql = `
  with known as materialized (
    select event_id from figure_states where event_id = any($1::text[]) order by event_id for update
  )
  select event_id from known`;

/** Locks the counters of events, in the order of their ids. Returns those events that were counted before. */
export const lockCounted = async (trx: Transaction, eventIds: EventId[]): Promise<EventId[]> =>
  (await trx.query<{ event_id: EventId }>(lockSql, [eventIds])).map(({ event_id }) => event_id);

// An event that was deleted meanwhile has no counters.
const openSql = `
  insert into figure_states (event_id, counted_at, changed_at, counting_after)
  select id, $2, $2, '' from events where id = $1
  on conflict (event_id) do update set counted_at = $2, changed_at = $2, counting_after = ''
  where figure_states.counting_after is null`;

/**
 * Begins a count and locks the event's counters. Returns 0 if a count that began before is not finished, or if the event is
 * deleted, which a table of catalog tells.
 */
export const openCounters = (trx: Transaction, eventId: EventId, now: Date): Promise<number> =>
  trx.run(openSql, [eventId, now]);

const nextSql = `
  select counting_after as "countingAfter" from figure_states
  where event_id = $1 and counting_after is not null for update`;

/** Locks the counters of an event that is being counted. Returns the last order that is counted; null if the count is finished. */
export const lockCounting = async (trx: Transaction, eventId: EventId): Promise<OrderId | '' | null> =>
  (await trx.query<{ countingAfter: OrderId | '' }>(nextSql, [eventId]))[0]?.countingAfter ?? null;

const countedSql = `update figure_states set counting_after = $2 where event_id = $1`;

/** Notes up to which order an event is counted; null if it is counted as a whole. */
export const noteCounted = (trx: Transaction, eventId: EventId, after: OrderId | null): Promise<number> =>
  trx.run(countedSql, [eventId, after]);

// Reads the tables of orders, tickets and payments, because the counters are sums over all of them, and one statement reads them
// as they are in one moment. The tag of a voucher is in the table of inventory. Each order's rows are looked up by its id.
const readSql = `
  select orders.id, orders.event_id as "eventId", orders.lines, confirmed_at as "confirmedAt", total_minor as "totalMinor",
    refunded_minor as "refundedMinor",
    refunded_tax_minor + refunded_fee_minor + refunded_fee_tax_minor as "refundedOthersMinor",
    orders.disputed_minor as "disputedMinor", coalesce(taken.organiser_minor, 0) as "disputedNetMinor",
    coalesce(under_way.minor, 0) as "pendingMinor", link, country, device, origin,
    voucher.tag as "codeTag", coalesce(sold.tickets, '[]') as tickets
  from unnest((select $1::text[])) as wanted (id)
  cross join lateral (select * from orders where orders.id = wanted.id offset 0) as orders
  left join lateral (
    select jsonb_agg(jsonb_build_object('type', type, 'count', count, 'cancelled', cancelled, 'admitted', admitted,
      'gross', gross, 'tax', tax, 'fees', fees, 'refunded', refunded) order by type) as tickets
    from (
      select ticket_type_id as type, count(*) as count, count(*) filter (where status = 'cancelled') as cancelled,
        count(*) filter (where status = 'used') as admitted, sum(net_minor::bigint + tax_minor + fee_minor) as gross,
        sum(tax_minor) as tax, sum(fee_minor) as fees, sum(refunded_minor) as refunded
      from tickets where order_id = orders.id and event_id = orders.event_id group by ticket_type_id
    ) as types
  ) as sold on confirmed_at is not null
  left join lateral (
    select sum(amount_minor) as minor from refunds
    where order_id = orders.id and event_id = orders.event_id and status = 'pending'
  ) as under_way on confirmed_at is not null and refunded_minor > 0
  left join disputed_money taken on has_disputes and taken.order_id = orders.id and taken.event_id = orders.event_id
  left join order_sources source on source.order_id = orders.id and source.event_id = orders.event_id
  left join lateral (
    select tag from vouchers where vouchers.event_id = orders.event_id and pool_id in (
      select line -> 'promo' ->> 'poolId' from jsonb_array_elements(orders.lines) as line) limit 1
  ) as voucher on orders.lines @> '[{"promo": {"isVoucher": true}}]'
  where orders.status <> 'pending'`;

/** Reads orders that no longer wait for their payment, with everything that is counted of them. */
export const readOrders = (db: Queryable, orderIds: OrderId[]): Promise<CountedOrder[]> =>
  db.query<CountedOrder>(readSql, [orderIds]);

const cast = (of: string) =>
  counters.map((name) => `sum((${of} ->> '${name}')::bigint) as ${name}`).join(', ');

// Takes off what these orders have added before, and adds what they are now. Orders that are the same are left alone.
const applySql = `
  with now as materialized (
    select id, event_id, entries from unnest($1::text[], $2::text[], $3::jsonb[]) as now (id, event_id, entries)
  ), changed as materialized (
    select now.id, now.event_id, now.entries, coalesce(before.entries, '[]') as before
    from now left join lateral (
      select entries from order_figures where order_id = now.id and event_id = now.event_id offset 0
    ) as before on true
    where before.entries is distinct from now.entries
  ), kept as (
    insert into order_figures (order_id, event_id, entries) select id, event_id, entries from changed
    on conflict (order_id, event_id) do update set entries = excluded.entries
  ), moved as (
    select event_id, entry ->> 'by' as by, entry ->> 'key' as key, ${cast("entry -> 'counts'")}
    from (
      select event_id, entry from changed cross join jsonb_array_elements(entries) as entry
      union all
      select event_id, jsonb_set(entry, '{counts}', (
        select coalesce(jsonb_object_agg(name, -value::bigint), '{}') from jsonb_each_text(entry -> 'counts') as was (name, value)))
      from changed cross join jsonb_array_elements(before) as entry
    ) as parts
    group by 1, 2, 3
  )
  insert into event_figures (event_id, by, key, ${counters.join(', ')})
  select event_id, by, key, ${counters.map((name) => `coalesce(${name}, 0)`).join(', ')} from moved
  order by event_id, by, key
  on conflict (event_id, by, key) do update set ${counters.map((name) => `${name} = event_figures.${name} + excluded.${name}`).join(', ')}`;

/** Counts these orders as they are now. The caller has locked the counters of their events. Returns how many counters changed. */
export const applyEntries = (
  trx: Transaction,
  orders: { id: OrderId; eventId: EventId; entries: Entry[] }[],
): Promise<number> =>
  trx.run(applySql, [
    orders.map(({ id }) => id),
    orders.map(({ eventId }) => eventId),
    orders.map(({ entries }) => JSON.stringify(entries)),
  ]);

const holdsSql = `
  update figure_states set holds = figure_states.holds + moved.holds, version = moved.version
  from (
    select state.event_id, max(told.version) as version, sum(told.holds) as holds
    from unnest($1::text[], $2::bigint[], $3::bigint[]) as told (event_id, version, holds)
    join figure_states state on state.event_id = told.event_id and told.version > state.version
    group by state.event_id
  ) as moved
  where figure_states.event_id = moved.event_id`;

/** Counts the holds that messages tell. A version that was counted before changes nothing. */
export const addHolds = (
  trx: Transaction,
  told: { eventId: EventId; version: number; holds: number }[],
): Promise<number> =>
  trx.run(holdsSql, [
    told.map(({ eventId }) => eventId),
    told.map(({ version }) => version),
    told.map(({ holds }) => holds),
  ]);

// `version` of the same moment says which messages are in the count. Tables of inventory and of orders. The team's own holds,
// of blocks, of places kept for codes, of tickets that it gave away and of door sales, are no buyer's. A code counts the holds that
// have kept its places. The number never falls: holds are deleted some time after the event.
const recountHoldsSql = `
  update figure_states set version = ledgers.version,
    holds = greatest(holds, (select count(*) from holds where holds.event_id = figure_states.event_id)
      - (select count(*) from blocks where blocks.event_id = figure_states.event_id)
      - (select coalesce(sum(hold_number), 0) from vouchers where vouchers.event_id = figure_states.event_id)
      - (select count(*) from orders
          where orders.event_id = figure_states.event_id and total_minor >= 0 and origin <> 'online'))
  from ledgers where figure_states.event_id = $1 and ledgers.event_id = figure_states.event_id`;

export const recountHolds = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(recountHoldsSql, [eventId]);

// Views and clicks are not of orders. They stay.
const clearSql = [
  `delete from order_figures where event_id = $1`,
  `delete from event_figures where event_id = $1`,
] as const;

export async function clearCounters(trx: Transaction, eventId: EventId): Promise<void> {
  for (const sql of clearSql) await trx.run(sql, [eventId]);
}

const portionSql = `
  select id from orders where event_id = $1 and id > $2 and total_minor >= 0 order by id limit $3`;

/** The next orders of an event, from the table of orders by its index orders_of_event, in any state. */
export const selectIds = async (
  db: Queryable,
  eventId: EventId,
  after: OrderId | '',
  limit: number,
): Promise<OrderId[]> =>
  (await db.query<{ id: OrderId }>(portionSql, [eventId, after, limit])).map(({ id }) => id);

const touchSql = `update figure_states set changed_at = $2 where event_id = any($1::text[])`;
const tellSql = `
  select pg_notify('figures', json_build_object('eventId', events.id, 'organisationId', organisation_id)::text)
  from events where id = any($1::text[])`;

/** Notes that the figures of these events have changed, and tells every process when the transaction commits. Reads a table of catalog: listeners are asked by organisation. */
export async function tellChanged(trx: Transaction, eventIds: EventId[], now: Date): Promise<void> {
  await trx.run(touchSql, [eventIds, now]);
  await trx.query(tellSql, [eventIds]);
}
