import type { EventId } from '../../../../contract/ids.ts';
import type { Queryable } from '../../../data/db.ts';

// Counts everything in one plain statement over the tables and the books. It shares nothing with the counters.
const sql = `
  select (select count(*) from orders where event_id = $1 and origin = 'online') as orders,
    (select count(*) from holds where event_id = $1 and id not in (select hold_id from blocks)
      and id not in (select hold_id from orders where origin <> 'online')) as holds,
    count(*) filter (where confirmed_at is not null and origin = 'online') as paid,
    (select count(*) from tickets join orders on orders.id = order_id
      where tickets.event_id = $1 and origin <> 'online' and tickets.cancelled_at is null) as given,
    (select coalesce(sum(blocked), 0) from pools where event_id = $1) as blocked,
    coalesce(sum(total_minor) filter (where confirmed_at is not null), 0) as gross,
    coalesce(sum(refunded_minor), 0) as refunds, coalesce(sum(disputed_minor), 0) as disputed,
    (select count(*) from tickets where event_id = $1 and cancelled_at is null) as tickets,
    (select count(*) from tickets where event_id = $1 and status = 'used') as admitted,
    (select coalesce(sum(tax_minor), 0) from tickets where event_id = $1) as tax,
    (select coalesce(sum(sold), 0) from pools where event_id = $1
      and id in (select pool_ids[1] from ticket_types where ticket_types.event_id = $1)) as sold,
    (select coalesce(sum(amount_minor), 0) from refunds
      join orders using (event_id) where event_id = $1 and orders.id = refunds.order_id and orders.confirmed_at is not null
        and refunded_minor > 0 and refunds.status = 'pending') as pending
  from orders where event_id = $1`;

/** Counts an event from the tables of orders, tickets, refunds and holds. */
export async function countFromTables(db: Queryable, eventId: EventId): Promise<Record<string, number>> {
  const [row] = await db.query<Record<string, string | number>>(sql, [eventId]);
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));
}

// The organiser's share as the money ledger has it.
const earnedSql = `
  select coalesce(sum(case when credit like 'organiser%' then amount_minor else 0 end)
    - sum(case when debit like 'organiser%' then amount_minor else 0 end), 0) as earned
  from transfers where event_id = $1 and order_id <> ''`;

/** What the books owe to the organiser of the event. */
export async function earnedInBooks(db: Queryable, eventId: EventId): Promise<number> {
  const [row] = await db.query<{ earned: string | number }>(earnedSql, [eventId]);
  return Number(row?.earned ?? 0);
}
