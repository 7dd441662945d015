import { type Check, ofEvents } from './check.ts';

/** What the vouchers of an event promise (docs/codes.md), counted again from the holds. Their uses are counted with the pools. */
export const codes: Check[] = [
  {
    name: 'a code takes off what the tickets with it say, and never more than its budget',
    sql: `
      select vouchers.event_id || ' ' || code || ': ' || off_minor || ' off of ' || coalesce(budget_minor::text, 'any') || ', but its tickets say '
        || coalesce(counted.off, 0)
      from (select * from vouchers where ${ofEvents('vouchers')}) as vouchers
      left join (
        select event_id, pool_id, sum(off * places) as off
        from (
          select holds.event_id, line -> 'promo' ->> 'poolId' as pool_id,
            (line -> 'promo' ->> 'fullMinor')::bigint - (line ->> 'unitMinor')::bigint as off,
            (line ->> 'quantity')::int - (
              select count(*) from tickets
              where tickets.event_id = holds.event_id and tickets.order_id = 'ord_' || substr(holds.id, 5)
                and tickets.status = 'cancelled' and not tickets.owes_place
                and tickets.position >= upto - (line ->> 'quantity')::int and tickets.position < upto) as places
          from holds
          cross join lateral (
            select line, sum((line ->> 'quantity')::int) over (order by number) as upto
            from jsonb_array_elements(holds.lines) with ordinality as lines (line, number)
          ) as lines
          where holds.status in ('active', 'confirmed') and ${ofEvents('holds')}
            and line -> 'promo' ? 'isVoucher' and line -> 'pools' ? (line -> 'promo' ->> 'poolId')
        ) as reduced
        group by event_id, pool_id
      ) as counted using (event_id, pool_id)
      where off_minor <> coalesce(counted.off, 0) or off_minor > budget_minor`,
  },
  {
    name: 'a code keeps at most one place for each unused use, and none when it is revoked',
    sql: `
      select vouchers.event_id || ' ' || code || ': keeps ' || coalesce(holds.places, 0) || ' places by ' || coalesce(holds.status, 'no hold')
        || ' for ' || uses - held - sold || ' unused uses'
      from (select * from vouchers where keeps is not null and ${ofEvents('vouchers')}) as vouchers
      left join holds on holds.id = vouchers.hold_id and holds.event_id = vouchers.event_id
      where coalesce(holds.places, 0) > uses - held - sold
        or (hold_id is not null and (revoked_at is not null or holds.status is distinct from 'blocked'))`,
  },
  {
    name: 'a batch of codes has as many codes as it says',
    sql: `
      select batches.event_id || ' ' || batches.id || ': says ' || written || ', has ' || coalesce(counted.codes, 0)
      from (select * from voucher_batches where ${ofEvents('voucher_batches')}) as batches
      left join (
        select event_id, batch_id, count(*) as codes from vouchers where ${ofEvents('vouchers')} group by event_id, batch_id
      ) as counted on counted.event_id = batches.event_id and counted.batch_id = batches.id
      where written <> coalesce(counted.codes, 0)`,
  },
  {
    name: 'blocked places are a block of the team or kept for a code or a pass',
    sql: `
      select holds.id || ': ' || places || ' places' from holds
      where status = 'blocked' and ${ofEvents('holds')}
        and not exists (select from blocks where blocks.event_id = holds.event_id and blocks.hold_id = holds.id)
        and not exists (select from vouchers where vouchers.event_id = holds.event_id and vouchers.hold_id = holds.id)
        and not exists (select from pass_dates where pass_dates.event_id = holds.event_id and pass_dates.hold_id = holds.id)`,
  },
];
