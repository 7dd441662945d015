/**
 * Searches orders by filters. One statement decides whether an order fits, because thousands of orders would be read for the few
 * that do. So it reads other tables: the table of catalog says whose an event is and when it ends, the table of tickets who was
 * admitted, and the table of dashboard by which link a buyer came.
 */
import type { EventId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { OrderFilters, OrderSort } from '../../../contract/order-search.ts';
import type { Queryable } from '../../data/db.ts';

interface Search {
  organisationId: OrganisationId;
  /** Only orders of these events; null for all. */
  events: readonly EventId[] | null;
  filters: OrderFilters;
  sort: OrderSort;
  now: Date;
  after: OrderId | null;
  limit: number;
}

// The status is that of `shownStatus` (orders.ts).
const fits = `(
  ($5::text is null or $5 = case
    when orders.status = 'pending' and orders.expires_at <= $6::timestamptz then 'expired'
    when orders.status = 'confirmed' and ends_at <= $6::timestamptz then 'completed'
    when orders.status = 'cancelled' and total_minor > 0 and refunded_minor = total_minor then 'refunded'
    else orders.status end)
  and ($7::text is null or lines @> jsonb_build_array(jsonb_build_object('ticketTypeId', $7::text)))
  and ($8::text is null or lines @> jsonb_build_array(jsonb_build_object('promo', jsonb_build_object('code', $8::text))))
  and ($9::text is null or exists (
    select from order_sources where order_id = orders.id and order_sources.event_id = orders.event_id and link = $9))
  and ($10::text is null or exists (
    select from order_tags where order_id = orders.id and lower(tag) = lower($10)))
  and ($11::timestamptz is null or orders.created_at >= $11)
  and ($12::timestamptz is null or orders.created_at < $12)
  and ($13::bigint is null or total_minor >= $13)
  and ($14::bigint is null or total_minor <= $14)
  and ($15::text is null or $15 = case
    when refunded_minor = 0 then 'none' when refunded_minor < total_minor then 'part' else 'whole' end)
  and ($17::text is null or origin = $17)
  and ($16::boolean is null or $16 = exists (
    select from tickets where order_id = orders.id and tickets.event_id = orders.event_id and status = 'used')))`;

const filterValues = ({ filters, now }: Search): unknown[] => [
  filters.status,
  now,
  filters.ticketType,
  filters.code?.toUpperCase(),
  filters.link,
  filters.tag,
  filters.from,
  filters.to,
  filters.minTotal,
  filters.maxTotal,
  filters.refunded,
  filters.checkedIn && filters.checkedIn === 'yes',
  filters.origin,
];

/** The events of a search: those of the member, and of them the one that is asked for. */
const eventsOf = ({ events, filters: { event } }: Search): EventId[] | null => {
  if (!event) return events && [...events];
  return !events || events.includes(event) ? [event] : [];
};

// Each event of the organisation gives its next orders from orders_of_event, and the search examines the first of all.
const windowSql = (comes: string, order: string) => `
  with orders as materialized (
    select following.*, events.ends_at from events cross join lateral (
      select id, event_id, status, total_minor, refunded_minor, lines, expires_at, created_at, origin from orders
      where event_id = events.id and total_minor >= 0 and ($2::text is null or orders.id ${comes} $2)
      order by orders.id ${order} limit $3
    ) as following
    where events.organisation_id = $1 and ($4::text[] is null or events.id = any($4))
    order by following.id ${order} limit $3
  )
  select id, ${fits} as fits from orders order by id ${order}`;
const windows = { latest: windowSql('<', 'desc'), oldest: windowSql('>', 'asc') };

/** The next orders of an organisation, and which of them fit. */
export const selectWindow = (db: Queryable, search: Search): Promise<{ id: OrderId; fits: boolean }[]> =>
  db.query<{ id: OrderId; fits: boolean }>(windows[search.sort], [
    search.organisationId,
    search.after,
    search.limit,
    eventsOf(search),
    ...filterValues(search),
  ]);

const amongSql = (comes: string, order: string) => `
  with found as materialized (
    select order_id from order_words where words @@ $18::tsquery union select unnest($19::text[])
  )
  select orders.id from found
  join orders on orders.id = found.order_id
  join events on events.id = orders.event_id and events.organisation_id = $1
  where ($2::text is null or orders.id ${comes} $2) and ($4::text[] is null or events.id = any($4)) and ${fits}
  order by orders.id ${order} limit $3`;
const among = { latest: amongSql('<', 'desc'), oldest: amongSql('>', 'asc') };

/** The orders with these words, and of these that wait for their payment, which fit. */
export const selectAmong = async (
  db: Queryable,
  { words, waiting }: { words: string; waiting: OrderId[] },
  search: Search,
): Promise<OrderId[]> => {
  const values = [
    search.organisationId,
    search.after,
    search.limit,
    eventsOf(search),
    ...filterValues(search),
  ];
  return (await db.query<{ id: OrderId }>(among[search.sort], [...values, words, waiting])).map(
    ({ id }) => id,
  );
};
