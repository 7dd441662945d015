/**
 * Reads counters, and beside them what no counter has. One statement is needed for each, because an answer that a team watches
 * live should cost few round trips: the table of catalog has titles and dates of events, the table of sale says which pools count
 * places, the table of inventory has pools, open holds and the waitlist, and the tables of tickets and orders say which seat was
 * sold when: table of tickets, table of orders.
 */
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Reads } from '../../data/db.ts';
import type { LiveCounters } from './live-counters.ts';
import { type Counts, counters, mostRows } from './order-entries.ts';

export type CounterRow = Counts & { by: string; key: string };

const columns = counters.join(', ');

// The hours are summed to days by another statement, because an event may sell for thousands of hours. An event may also have codes
// with thousands of tags: the figures show those with the most money.
const countersSql = `
  select by, key, ${columns} from event_figures where event_id = $1 and by not in ('hour', 'tag')
  union all
  (select by, key, ${columns} from event_figures where event_id = $1 and by = 'tag' order by gross desc, key limit ${mostRows})`;

export const selectCounters = (db: Reads, eventId: EventId): Promise<CounterRow[]> =>
  db.query<CounterRow>(countersSql, [eventId]);

/** How far the count of the event behind `state` is. */
const progress = `state.event_id is not null and state.counting_after is null as counted,
  state.counting_after is not null as "isCounting"`;

// The open orders are the active holds with an order (table of inventory), of which an index has the few there are. The line is in
// the table of inventory too.
const stateSql = `
  select state.holds, state.changed_at as "changedAt", ${progress},
    (select count(*)::int from holds where event_id = $1 and status = 'active' and ordered) as pending,
    (select count(*)::int from waitlist_entries where event_id = $1 and status in ('waiting', 'offered')) as waiting
  from (select $1::text as id) as asked left join figure_states state on state.event_id = asked.id`;

interface FigureState {
  holds: number | null;
  changedAt: Date | null;
  counted: boolean;
  /** A job is counting the event as a whole. */
  isCounting: boolean;
  pending: number;
  waiting: number;
}

export async function selectState(db: Reads, eventId: EventId): Promise<FigureState> {
  const [row] = await db.query<FigureState>(stateSql, [eventId]);
  return row as FigureState;
}

const hoursSql = `
  select to_char(date_trunc($2, (key || ':00:00Z')::timestamptz, $3) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
    sum(tickets - cancelled)::int as tickets, sum(gross) as gross
  from event_figures where event_id = $1 and by = 'hour'
  group by 1 having sum(tickets) > 0 order by 1`;

interface SalesPoint {
  at: string;
  tickets: number;
  gross: number;
}

/** Sums the sales of an event by hour or by day of the time zone, the earliest first. */
export const selectSales = (
  db: Reads,
  eventId: EventId,
  unit: 'hour' | 'day',
  timeZone: string,
): Promise<SalesPoint[]> => db.query<SalesPoint>(hoursSql, [eventId, unit, timeZone]);

const spanSql = `
  select min(key) as first, max(key) as last from event_figures where event_id = $1 and by = 'hour'`;

/** The first and the last hour with a sale; null without sales. */
export async function selectSpan(
  db: Reads,
  eventId: EventId,
): Promise<{ first: string; last: string } | null> {
  const [row] = await db.query<{ first: string | null; last: string | null }>(spanSql, [eventId]);
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

// Reads the table of catalog: which event is like this one follows from its category and dates.
const comparableSql = `
  select earlier.id, earlier.title, earlier.time_zone as "timeZone", earlier.published_at as "onSaleAt"
  from events this join events earlier on earlier.organisation_id = this.organisation_id
    and earlier.id <> this.id and earlier.starts_at < this.starts_at and earlier.currency = this.currency
  where this.id = $1 and exists (
    select from event_figures where event_id = earlier.id and by = 'all' and key = '' and tickets > 0)
  order by earlier.category = this.category desc, earlier.starts_at desc, earlier.id desc limit 1`;

interface Comparable {
  id: EventId;
  title: string;
  timeZone: string;
  onSaleAt: Date | null;
}

export async function selectComparable(db: Reads, eventId: EventId): Promise<Comparable | null> {
  const [row] = await db.query<Comparable>(comparableSql, [eventId]);
  return row ?? null;
}

const publishedSql = `select published_at as "publishedAt" from events where id = $1`;

/** When the event was first published, from the table of catalog. */
export async function selectPublishedAt(db: Reads, eventId: EventId): Promise<Date | null> {
  const [row] = await db.query<{ publishedAt: Date | null }>(publishedSql, [eventId]);
  return row?.publishedAt ?? null;
}

// Reads tables of tickets and orders: which seats are sold, and since when, is only there.
const seatsSql = `
  select seat_index as index, floor(extract(epoch from confirmed_at))::int8 as at
  from tickets join orders on orders.id = tickets.order_id and orders.event_id = tickets.event_id
  where tickets.event_id = $1 and seat_index is not null and cancelled_at is null and confirmed_at is not null
  order by seat_index`;

export const selectSoldSeats = (db: Reads, eventId: EventId): Promise<{ index: number; at: number }[]> =>
  db.query<{ index: number; at: number }>(seatsSql, [eventId]);

export interface OrganisationEventRow extends Counts {
  eventId: EventId;
  title: string;
  status: 'draft' | 'published' | 'cancelled';
  startsAt: Date;
  timeZone: string;
  currency: Currency;
  counted: boolean;
  isCounting: boolean;
  capacity: number;
  sold: number;
  held: number;
  kept: number;
  blocked: number;
  waiting: number;
}

// Events come from the table of catalog, places from the tables of sale and inventory. A ticket takes one place from the first
// pool of its type, so those pools together have each place once.
const organisationSql = `
  with listed as materialized (
    select id, title, status, starts_at, time_zone, currency from events
    where organisation_id = $1 and ($2::text[] is null or id = any($2))
    order by ends_at < $3, case when ends_at < $3 then $3 - starts_at else starts_at - $3 end, id limit 200
  )
  select listed.id as "eventId", title, status, starts_at as "startsAt", time_zone as "timeZone", currency,
    ${progress}, capacity, sold, held, kept, blocked, waiting,
    ${counters.map((name) => `coalesce(figures.${name}, 0) as ${name}`).join(', ')}
  from listed
  left join figure_states state on state.event_id = listed.id
  left join event_figures figures on figures.event_id = listed.id and figures.by = 'all' and figures.key = ''
  cross join lateral (
    select coalesce(sum(capacity), 0)::int as capacity, coalesce(sum(sold), 0)::int as sold,
      coalesce(sum(held), 0)::int as held, coalesce(sum(kept), 0)::int as kept,
      coalesce(sum(blocked), 0)::int as blocked
    from pools where event_id = listed.id
      and pools.id in (select pool_ids[1] from ticket_types where ticket_types.event_id = listed.id and product_id is null)
  ) as places
  cross join lateral (
    select count(*)::int as waiting from waitlist_entries
    where event_id = listed.id and waitlist_entries.status in ('waiting', 'offered')
  ) as line
  order by starts_at, listed.id`;

/** The events of an organisation with their counters; only some of them if `only` is a list. */
export const selectOrganisation = (
  db: Reads,
  organisationId: OrganisationId,
  only: readonly EventId[] | null,
  now: Date,
): Promise<OrganisationEventRow[]> =>
  db.query<OrganisationEventRow>(organisationSql, [organisationId, only, now]);

const organisationSalesSql = `
  select currency, left(key, 10) || 'T00:00:00Z' as at, sum(figures.tickets - figures.cancelled)::int as tickets,
    sum(gross) as gross
  from unnest($1::text[], $2::text[]) as listed (id, currency)
  join event_figures figures on figures.event_id = listed.id and by = 'hour' and key >= $3
  group by 1, 2 having sum(figures.tickets) > 0 order by 1, 2`;

/** Sums the sales of these events by day, per currency, from this day on (2026-11-29). */
export const selectOrganisationSales = (
  db: Reads,
  events: { eventId: EventId; currency: Currency }[],
  from: string,
): Promise<(SalesPoint & { currency: Currency })[]> =>
  db.query<SalesPoint & { currency: Currency }>(organisationSalesSql, [
    events.map(({ eventId }) => eventId),
    events.map(({ currency }) => currency),
    from,
  ]);

// The count of a ticket type's places is the one of its first pool, as for all figures (figures.ts).
const liveCountersSql = `
  select asked.event_id as "eventId",
    (select coalesce(sum(count), 0) from visit_days where event_id = asked.event_id and kind = 'view') as views,
    (select coalesce(sum(admitted), 0) from event_figures
      where event_id = asked.event_id and by = 'all' and key = '') as "checkIns",
    (select coalesce(sum(sold), 0) from pools where event_id = asked.event_id
      and id in (select pool_ids[1] from ticket_types where ticket_types.event_id = asked.event_id and product_id is null)) as sold
  from unnest($1::text[]) as asked (event_id)
  where exists (select from events where id = asked.event_id)`;

/** Counts views, check-ins and sold places of these events. */
export const selectLiveCounters = (
  db: Reads,
  eventIds: EventId[],
): Promise<(LiveCounters & { eventId: EventId })[]> =>
  db.query<LiveCounters & { eventId: EventId }>(liveCountersSql, [eventIds]);
