import { bank } from './bank-promises.ts';
import { type Check, ofEvents } from './check.ts';
import { codes } from './code-promises.ts';
import { documents } from './document-promises.ts';
import { door } from './door-promises.ts';
import { gifts } from './gift-promises.ts';
import { lines } from './line-promises.ts';
import { money } from './money-promises.ts';
import { passes } from './pass-promises.ts';
import { payouts } from './payout-promises.ts';
import { queues } from './queue-promises.ts';
import { resales } from './resale-promises.ts';
import { reviews } from './review-promises.ts';
import { outbox, told } from './told-promises.ts';

/** The ticket's order belongs to the hold. */
const ofHold = `tickets.order_id = 'ord_' || substr(holds.id, 5) and tickets.event_id = holds.event_id`;

/** A ticket that was exchanged for another date owes its place until the ledger of its own date frees it. */
const gaveItsPlaceBack = "tickets.status = 'cancelled' and not tickets.owes_place";

// Most holds of one event have the same lines. Counting equal lines before expanding them makes a million holds of
// general admission cost a handful of JSON arrays. Places of cancelled tickets are then subtracted one by one.
const placesOfPools = `
  select event_id, pool, sum(places) filter (where status = 'active') as held,
    sum(places) filter (where status = 'confirmed') as sold,
    sum(places) filter (where status = 'blocked') as blocked
  from (
    select event_id, status, line, holds * (line ->> 'quantity')::int as places
    from (
      select event_id, status, lines, count(*) as holds from holds
      where status in ('active', 'confirmed', 'blocked') and ${ofEvents('holds')} group by event_id, status, lines
    ) as alike
    cross join jsonb_array_elements(lines) as line
    union all
    select tickets.event_id, holds.status, lines.line, -1
    from tickets
    join holds on holds.id = 'hld_' || substr(tickets.order_id, 5) and holds.event_id = tickets.event_id
    cross join lateral (
      select line, sum((line ->> 'quantity')::int) over (order by number) as upto
      from jsonb_array_elements(holds.lines) with ordinality as lines (line, number)
    ) as lines
    where ${gaveItsPlaceBack} and ${ofEvents('tickets')}
      and tickets.position >= upto - (line ->> 'quantity')::int and tickets.position < upto
  ) as counted
  cross join jsonb_array_elements_text(line -> 'pools') as pool
  group by event_id, pool`;

const seatsOfHolds = `
  select holds.event_id, holds.id as hold_id, seat::int as index,
    case holds.status when 'active' then 'held' when 'blocked' then 'blocked' else 'sold' end as status
  from holds
  cross join jsonb_array_elements(lines) as line
  cross join jsonb_array_elements_text(line -> 'seats') as seat
  where holds.status in ('active', 'confirmed', 'blocked') and ${ofEvents('holds')}
    and event_id in (select event_id from ledgers where exists (select from seats where seats.event_id = ledgers.event_id))
    and not exists (
      select from tickets where ${ofHold} and tickets.seat_index = seat::int and ${gaveItsPlaceBack})`;

const inventory: Check[] = [
  {
    name: 'held + sold + kept + blocked is never more than the capacity',
    sql: `
      select event_id || ' ' || key || ': ' || held || ' + ' || sold || ' + ' || kept || ' + ' || blocked || ' of ' || capacity
      from pools
      where ${ofEvents('pools')} and (least(held, sold, kept, blocked) < 0 or held + sold + kept + blocked > capacity)`,
  },
  {
    name: 'counters are the sums of their holds',
    sql: `
      select event_id || ' ' || coalesce(pools.key, pool) || ': ' || coalesce(pools.held, 0) || ' held and ' || coalesce(pools.sold, 0)
        || ' sold and ' || coalesce(pools.blocked, 0) || ' blocked, but its holds say ' || coalesce(counted.held, 0)
        || ', ' || coalesce(counted.sold, 0) || ' and ' || coalesce(counted.blocked, 0)
      from (
        select event_id, id, key, held, sold, blocked from pools where ${ofEvents('pools')}
        union all
        select event_id, pool_id, 'voucher:' || code, held, sold, 0 from vouchers where ${ofEvents('vouchers')}
      ) as pools
      full join (${placesOfPools}) as counted (event_id, id, held, sold, blocked) using (event_id, id)
      cross join lateral (select coalesce(counted.id, pools.id)) as named (pool)
      where (coalesce(pools.held, 0), coalesce(pools.sold, 0), coalesce(pools.blocked, 0))
        <> (coalesce(counted.held, 0), coalesce(counted.sold, 0), coalesce(counted.blocked, 0))`,
  },
  {
    // Every seat of a live hold belongs to that hold, and the hold names every seat that it owns. So no seat has two
    // owners, and none is lost.
    name: 'a seat has one live owner, which names it',
    sql: `
      select event_id || ' seat ' || index || ': ' || coalesce(seats.status || ' by ' || seats.hold_id, 'free')
        || ', but named by ' || coalesce(named.hold_id || ' as ' || named.status, 'no live hold')
      from (select event_id, index, hold_id, status from seats where hold_id is not null and ${ofEvents('seats')}) as seats
      full join (${seatsOfHolds}) as named using (event_id, index, hold_id)
      where seats.status is distinct from named.status`,
  },
  {
    name: 'a hold is all or nothing',
    sql: `
      select id || ': ' || places || ' places, lines ' || lines from (
        select min(id) as id, lines, places from holds where ${ofEvents('holds')} group by lines, places
      ) as alike
      where places <> (select coalesce(sum((line ->> 'quantity')::int) filter (where not line ? 'collect'), 0) from jsonb_array_elements(lines) as line)
        or (select min(n) from jsonb_array_elements(lines) with ordinality as extra (line, n) where line ? 'collect')
          < (select max(n) from jsonb_array_elements(lines) with ordinality as place (line, n) where not line ? 'collect')
        or exists (
          select from jsonb_array_elements(lines) as line
          where line ? 'seats' and jsonb_array_length(line -> 'seats') <> (line ->> 'quantity')::int)`,
  },
];

const orders: Check[] = [
  {
    name: 'an order stands as its hold does',
    sql: `
      select holds.id || ' is ' || holds.status || ', ' || holds.returned || ' of ' || holds.places || ' returned, its order '
        || coalesce(orders.status, 'missing')
      from (select * from holds where ${ofEvents('holds')} and (ordered or status in ('confirmed', 'forfeited'))) as holds
      full join (select * from orders where ${ofEvents('orders')}) as orders on orders.hold_id = holds.id and orders.event_id = holds.event_id
      where not coalesce(holds.ordered and case orders.status
        when 'pending' then holds.status = 'active'
        when 'confirmed' then holds.status = 'confirmed' and (holds.returned < holds.places or exists (
          select from tickets where ${ofHold} and position >= holds.places and status <> 'cancelled'))
        when 'cancelled' then holds.status in ('released', 'forfeited') or (holds.status = 'confirmed' and holds.returned = holds.places - (
          select count(*) from tickets where ${ofHold} and owes_place))
        when 'expired' then holds.status in ('expired', 'forfeited')
        when 'failed' then holds.status in ('released', 'forfeited')
      end, false)
        or orders.lines <> holds.lines or orders.total_minor <> holds.total_minor`,
  },
  {
    name: 'the place of each cancelled ticket is given back, and no other',
    sql: `
      select holds.id || ': ' || holds.returned || ' places returned, ' || coalesce(cancelled, 0) || ' tickets cancelled'
      from (select * from holds where ${ofEvents('holds')}) as holds
      left join (
        select event_id, order_id, array_agg(position) as positions from tickets where ${gaveItsPlaceBack} and ${ofEvents('tickets')} group by 1, 2
      ) as tickets on ${ofHold}
      cross join lateral (select count(*) as cancelled from unnest(positions) as position where position < holds.places) as counted
      where holds.returned <> cancelled`,
  },
  {
    name: 'each cancelled ticket names its cancellation, which gave back what the order says',
    sql: `
      select coalesce(orders.id, made.order_id) || ': ' || coalesce(strays, 0) || ' tickets without a cancellation of their own, '
        || coalesce(given, 0) || ' given back of ' || coalesce(refunded_minor, 0)
      from (
        select orders.id, orders.event_id, orders.refunded_minor,
          count(*) filter (where (tickets.status = 'cancelled') <> (cancellations.id is not null)) as strays
        from orders
        left join tickets on tickets.order_id = orders.id and tickets.event_id = orders.event_id
        left join cancellations on cancellations.id = tickets.cancellation_id and cancellations.order_id = orders.id
        where ${ofEvents('orders')} group by orders.id, orders.event_id
      ) as orders
      full join (
        select event_id, order_id, sum(refund_minor) as given from cancellations where ${ofEvents('cancellations')} group by 1, 2
      ) as made on made.order_id = orders.id and made.event_id = orders.event_id
      where coalesce(strays, 0) > 0 or coalesce(given, 0) is distinct from refunded_minor`,
  },
  {
    name: 'one ticket per paid place',
    sql: `
      select orders.id || ' is ' || orders.status || ' with ' || due || ' paid places, ' || coalesce(issued, 0) || ' tickets, '
        || coalesce(cancelled, 0) || ' of them cancelled'
      from (
        select orders.*, case when confirmed_at is null then 0 else places + (
          select coalesce(sum((line ->> 'quantity')::int), 0) from jsonb_array_elements(holds.lines) as line where line ? 'collect'
        ) end as due from orders
        join holds on holds.id = orders.hold_id and holds.event_id = orders.event_id
        where ${ofEvents('orders')}
      ) as orders
      left join (
        select event_id, order_id, count(*) as issued, count(*) filter (where status = 'cancelled') as cancelled
        from tickets where ${ofEvents('tickets')} group by event_id, order_id
      ) as tickets on tickets.order_id = orders.id and tickets.event_id = orders.event_id
      where coalesce(issued, 0) <> due
        or (due > 0 and (orders.status = 'cancelled') <> (coalesce(cancelled, 0) = due))
        or (orders.confirmed_at is not null) <> (orders.status = 'confirmed' or (orders.status = 'cancelled' and due > 0))`,
  },
  {
    name: 'a sold seat has one ticket, of the order that bought it',
    sql: `
      select event_id || ' seat ' || index || ': sold by ' || coalesce(hold_id, 'nobody') || ', ticket ' || coalesce(ticket_id, 'missing')
      from (
        select event_id, index, 'ord_' || substr(hold_id, 5) as order_id, hold_id from seats
        where status = 'sold' and ${ofEvents('seats')}
      ) as seats
      full join (
        select event_id, seat_index as index, order_id, id as ticket_id from tickets
        where seat_index is not null and not (${gaveItsPlaceBack}) and ${ofEvents('tickets')}
      ) as tickets using (event_id, index, order_id)
      where (hold_id is null) <> (ticket_id is null)`,
  },
  {
    name: 'a ticket that was exchanged for another date has ended, and one order at most replaces it',
    sql: `
      select tickets.id || ' is ' || tickets.status || ', for ' || coalesce(moved_event_id, 'its own date') || ', replaced '
        || coalesce(times, 0) || ' times'
      from tickets
      left join (
        select ticket_id, count(*) as times from ticket_exchanges exchange
        join orders paid on paid.id = exchange.order_id and paid.event_id = exchange.event_id
        where exchange.event_id <> exchange.from_event_id and paid.confirmed_at is not null group by ticket_id
      ) as replaced on replaced.ticket_id = tickets.id
      where ${ofEvents('tickets')} and (moved_event_id is not null or owes_place or times > 0)
        and (tickets.status <> 'cancelled' or moved_event_id is null or times > 1)`,
  },
];

const kinds = {
  hld: 'holds',
  ord: 'orders',
  pay: 'payments',
  tkt: 'tickets',
  rfd: 'refunds',
  chk: 'check_ins',
};
const acknowledged: Check = {
  name: 'what was acknowledged is there',
  sql: Object.entries(kinds)
    .map(
      ([prefix, table]) => `
        select told from unnest($2::text[]) as told
        where left(told, 3) = '${prefix}' and not exists (select from ${table} where ${table}.id = told)`,
    )
    .join(' union all '),
};

export const promises: Check[] = [
  ...inventory,
  ...codes,
  ...passes,
  ...lines,
  ...resales,
  ...queues,
  ...reviews,
  ...door,
  ...orders,
  ...outbox,
  ...told,
  ...gifts,
  ...money,
  ...bank,
  ...payouts,
  ...documents,
  acknowledged,
];
