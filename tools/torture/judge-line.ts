import type { Db } from '../../server/data/db.ts';
import type { Journal } from './journal.ts';

// The messages of an event have the order of its batches, whatever the clocks said. Nobody leaves the line here before an offer,
// so whoever joined first must have been offered a place first. Only nobody is offered their own ticket.
const passedOverSql = `
  with offers as (
    select outbox.id, event_id, payload ->> 'entryId' as entry_id, payload ->> 'holdId' as hold_id
    from outbox where type = 'admit.waitlist.offered.v1'
  )
  select distinct format('%s waits before %s, who was offered a place first', earlier.id, later.id) as said
  from offers
  join waitlist_entries as later on later.id = offers.entry_id and later.event_id = offers.event_id
  join waitlist_entries as earlier on earlier.event_id = later.event_id and earlier.ticket_type_id = later.ticket_type_id
    and earlier.place < later.place
  where not exists (select from offers as own where own.entry_id = earlier.id and own.id < offers.id)
    and not exists (select from resales where resales.event_id = earlier.event_id and seller_id = earlier.user_id
      and buyer_hold_id = offers.hold_id)`;
const wrongSql = `
  select 'was resold, and nobody has bought it: ' || resales.id as said from resales
  where status = 'sold' and not exists (select from holds where holds.id = buyer_hold_id and holds.status = 'confirmed')
  union all
  select 'was resold, and is valid: ' || resales.id from resales join tickets on tickets.id = ticket_id
  where resales.status = 'sold' and tickets.status <> 'cancelled'
  union all
  select format('was resold, and %s of %s went back: %s', coalesce(back, 0), back_minor, resales.id) from resales
    left join lateral (select sum(refund_minor)::int as back from cancellations
      where cause = 'resold' and cancellations.order_id = 'ord_' || substr(resales.hold_id, 5)) as decided on true
  where status = 'sold' and back is distinct from back_minor
  union all
  select 'was accepted, and is not: ' || known.id from unnest($1::text[]) as known (id)
  where not exists (select from ticket_transfers where ticket_transfers.id = known.id and ended_as = 'accepted')
  union all
  select 'was offered a place, and waits: ' || known.id from unnest($2::text[]) as known (id)
  where not exists (select from waitlist_entries where waitlist_entries.id = known.id and status <> 'left')`;

/** Checks the order of the line, and tickets that were resold or passed on. */
export async function findWrongInLine(db: Db, { passedOn, offers }: Journal): Promise<string[]> {
  const rows = [
    ...(await db.query<{ said: string }>(passedOverSql)),
    ...(await db.query<{ said: string }>(wrongSql, [passedOn, offers])),
  ];
  return rows.map(({ said }) => said);
}

export async function countResold(db: Db): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::int as count from resales where status = 'sold'`,
  );
  return row?.count ?? 0;
}
