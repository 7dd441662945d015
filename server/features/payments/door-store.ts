import type { EventId, UserId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { DoorMethod } from '../../../contract/order-origins.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { Charge } from './payment.ts';

// Open for as long as it takes: the charge of the same transaction marks them as succeeded.
const insertSql = `
  insert into payments (id, event_id, order_id, provider, intent_ref, client_secret, status, amount_minor, currency, expires_at,
    created_at, updated_at, taken_by)
  select id, event_id, order_id, method, id, '', 'open', amount_minor, currency, $8::timestamptz, $8, $8, taken_by
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[])
    as taken (id, event_id, order_id, method, amount_minor, currency, taken_by)`;

/** Writes the payments of money that the team took at the door. */
export function insertDoorPayments(
  trx: Writes,
  taken: (Charge & { door: NonNullable<Charge['door']> })[],
  now: Date,
): void {
  trx.write(insertSql, [
    taken.map(({ paymentId }) => paymentId),
    taken.map(({ eventId }) => eventId),
    taken.map(({ orderId }) => orderId),
    taken.map(({ door }) => door.method),
    taken.map(({ amountMinor }) => amountMinor),
    taken.map(({ currency }) => currency),
    taken.map(({ door }) => door.takenBy),
    now,
  ]);
}

const handedSql = `update refunds set handed_by = $3 where id = $1 and event_id = $2`;

/** Notes who gave the money of a refund back. */
export function noteHandedBy(trx: Transaction, id: string, eventId: EventId, userId: UserId): void {
  trx.write(handedSql, [id, eventId, userId]);
}

const totalsSql = `
  select to_char(at at time zone $2, 'YYYY-MM-DD') as day, "memberId", method, currency, count(taken)::int as sales,
    coalesce(sum(taken), 0)::bigint as "takenMinor", coalesce(sum(returned), 0)::bigint as "returnedMinor"
  from (
    select created_at as at, taken_by as "memberId", provider as method, currency, amount_minor as taken, null::bigint as returned
    from payments where event_id = $1 and taken_by is not null and status in ('succeeded', 'refunded')
    union all
    select settled_at, handed_by, provider, refunds.currency, null, refunds.amount_minor
    from payments join refunds on refunds.payment_id = payments.id and refunds.event_id = payments.event_id
    where payments.event_id = $1 and taken_by is not null and handed_by is not null
  ) as moved
  group by 1, 2, 3, 4
  order by 1 desc, 2, 3`;

export interface DoorTotalRow {
  day: string;
  memberId: UserId;
  method: DoorMethod;
  currency: Currency;
  sales: number;
  takenMinor: number;
  returnedMinor: number;
}

/** What each member of the team took and gave back on each day of `timeZone`. */
export const selectDoorTotals = (db: Queryable, eventId: EventId, timeZone: string) =>
  db.query<DoorTotalRow>(totalsSql, [eventId, timeZone]);
