import { type Check, ofEvents } from './check.ts';

// Old messages are deleted after every sink has had them (outbox-retention.ts). Events before that are not checked.
const keptSince = `coalesce((select since from outbox_kept), '-infinity')`;
const kept = (table: string) => `${table}.created_at >= ${keptSince}`;

export const outbox: Check[] = [
  {
    name: 'each version of an event is told once',
    sql: `
      select event_id || ': version ' || version || ', told ' || coalesce(told, 0) || ' times, of them ' || coalesce(distinct_versions, 0)
        || ' different ones up to ' || coalesce(last, 0)
      from (select * from ledgers where ${ofEvents('ledgers')}) as ledgers
      left join (
        select event_id, count(*) as told, count(distinct (payload ->> 'version')::bigint) as distinct_versions,
          min((payload ->> 'version')::bigint) as first, max((payload ->> 'version')::bigint) as last
        from outbox where type = 'admit.availability.changed.v1' and ${ofEvents('outbox')} group by event_id
      ) as told using (event_id)
      -- Of old versions only the last ones are left, without a gap.
      where told <> distinct_versions or last <> version or told <> last - first + 1
        or (exists (select from outbox_kept) is false and version <> coalesce(told, 0))`,
  },
  {
    // By the number of the transaction that wrote each.
    name: 'whoever changed a hold last has told of it',
    sql: `
      select min(holds.id) || ' in ' || holds.event_id || ', transaction ' || tx from (
        select event_id, xmin as tx, min(id) as id from holds where ${ofEvents('holds')} group by event_id, xmin
      ) as holds
      where (not exists (select from outbox_kept where age(holds.tx) >= age(outbox_kept.tx::xid))) and not exists (
        select from (
          select distinct event_id, tx::xid as tx from outbox
          where type in ('admit.availability.changed.v1', 'admit.holds.moved.v1', 'admit.holds.erased.v1') and ${ofEvents('outbox')}
        ) as told where told.event_id = holds.event_id and told.tx = holds.tx)
      group by holds.event_id, tx`,
  },
  {
    name: 'the end of each order is told once',
    sql: `
      select id || ' is ' || coalesce(status, 'missing') || ', told ' || coalesce(told.types, 'nothing')
      from (
        select event_id, id, status, concat_ws(',',
          case when status not in ('pending', 'confirmed') and closed_at >= ${keptSince} then 'admit.order.' || status || '.v1' end,
          case when confirmed_at >= ${keptSince} then 'admit.order.confirmed.v1' end) as due
        from orders where ${ofEvents('orders')}
      ) as orders
      full join (
        select event_id, payload ->> 'orderId' as id, string_agg(type, ',' order by type) as types
        from outbox where topic = 'order_events' and type not in ('admit.order.tickets_cancelled.v1', 'admit.ticket.transferred.v1') and ${kept('outbox')} and ${ofEvents('outbox')} group by event_id, payload ->> 'orderId'
      ) as told using (event_id, id)
      -- What had expired or failed and was confirmed late was told both.
      where coalesce(regexp_replace(told.types, ',admit.order.(expired|failed).v1$', ''), '') <> coalesce(due, 'no order')`,
  },
  {
    name: 'each movement at the door and each refund is told once',
    sql: `
      select id || ': told ' || coalesce(times, 0) || ' times' from (
        select event_id, id from check_ins where is_told and ${kept('check_ins')} and ${ofEvents('check_ins')}
        union all select event_id, id from refunds
        where status = 'succeeded' and settled_at >= ${keptSince} and ${ofEvents('refunds')}
      ) as done
      full join (
        select event_id, coalesce(payload ->> 'checkInId', payload ->> 'refundId') as id, count(*) as times
        from outbox where type in ('admit.ticket.admitted.v1', 'admit.ticket.left.v1', 'admit.ticket.handed_out.v1', 'admit.payment.refunded.v1')
          and ${kept('outbox')} and ${ofEvents('outbox')}
        group by 1, 2
      ) as told using (event_id, id)
      left join refunds using (event_id, id)
      where coalesce(times, 0) <> case when refunds.status = 'failed' and times is null then 0 else 1 end`,
  },
];

export const told: Check[] = [
  {
    // Only if no message was deleted, because missing ones can't be counted.
    name: 'the places that were told of add up to those that are sold',
    sql: `
      select event_id || ': sold ' || coalesce(sold.places, 0) || ', told ' || coalesce(told.places, 0)
      from (
        select event_id, sum(places - returned) as places from holds
        where status = 'confirmed' and ${ofEvents('holds')} group by event_id
      ) as sold
      full join (
        select event_id, sum((change ->> 'quantity')::int * case change ->> 'kind' when 'sold' then 1 else -1 end) as places
        from outbox cross join lateral jsonb_array_elements(payload -> 'changes') as change
        where type = 'admit.availability.changed.v1' and change ->> 'kind' in ('sold', 'returned') and ${ofEvents('outbox')}
          and not exists (select from ticket_types where ticket_types.event_id = outbox.event_id
            and ticket_types.id = change ->> 'ticketTypeId' and product_id is not null)
        group by event_id
      ) as told using (event_id)
      where coalesce(sold.places, 0) <> coalesce(told.places, 0) and not exists (select from outbox_kept)`,
  },
  {
    name: 'each charge is told once',
    sql: `
      select order_id || ': told ' || coalesce(times, 0) || ' times' from (
        select distinct event_id, order_id from transfers
        where kind in ('charge', 'late_charge') and ${kept('transfers')} and ${ofEvents('transfers')}
      ) as charged
      full join (
        select event_id, payload ->> 'orderId' as order_id, count(*) as times from outbox
        where type = 'admit.payment.succeeded.v1' and ${kept('outbox')} and ${ofEvents('outbox')} group by 1, 2
      ) as told using (event_id, order_id)
      where coalesce(times, 0) <> 1`,
  },
];
