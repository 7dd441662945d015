import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

// Repeats the condition of the index holds_settled word for word, so that PostgreSQL uses it.
const endedHolds = `
  delete from holds where event_id = $1 and id in (
    select id from holds
    where event_id = $1 and status <> 'active' and status in ('released', 'expired') and not ordered
    limit 1000 for update skip locked)`;
export const deleteEndedHolds = (db: Queryable, eventId: EventId): Promise<number> =>
  db.run(endedHolds, [eventId]);

const orderedHolds = `select id from holds where event_id = $1 and status <> 'active' and ordered`;
/** Lists the holds of an event that became orders, in any state. */
export const listOrderedHolds = async (db: Queryable, eventId: EventId): Promise<HoldId[]> =>
  (await db.query<{ id: HoldId }>(orderedHolds, [eventId])).map(({ id }) => id);

const lockToForget = `select from ledgers where event_id = $1 for update skip locked`;
/** Locks the ledger of an event until the transaction ends. False if somebody else has locked it. */
export const lockLedgerToForget = async (trx: Transaction, eventId: EventId): Promise<boolean> =>
  (await trx.query(lockToForget, [eventId])).length === 1;

// The places that a confirmed hold still has: those of its lines, without those of cancelled tickets. A cancelled ticket
// is given by its hold and its position among the places of the hold's lines.
const remaining = `
  with lines as (
    select id, line, (line ->> 'quantity')::int as quantity,
      sum((line ->> 'quantity')::int) over (partition by id order by number) as upto
    from holds cross join jsonb_array_elements(lines) with ordinality as lines (line, number)
    where event_id = $1 and id = any($2::text[]) and status = 'confirmed'
  ), remaining as (
    select line, quantity - (
      select count(*) from unnest($3::text[], $4::int[]) as cancelled (hold_id, position)
      where hold_id = lines.id and position >= upto - quantity and position < upto
    ) as places
    from lines
  )`;
const uncount = `${remaining}
  update pools set sold = sold - places
  from (
    select pool, sum(places)::int as places
    from remaining cross join jsonb_array_elements_text(line -> 'pools') as pool
    group by pool
  ) as freed
  where pools.event_id = $1 and pools.id = freed.pool`;
// A voucher counts as a pool that its lines name. It also counts what it took off.
const uncountVouchers = `${remaining}
  update vouchers set sold = sold - places, off_minor = off_minor - off
  from (
    select pool, sum(places)::int as places,
      coalesce(sum(places * ((line -> 'promo' ->> 'fullMinor')::bigint - (line ->> 'unitMinor')::bigint))
        filter (where line -> 'promo' ->> 'poolId' = pool), 0) as off
    from remaining cross join jsonb_array_elements_text(line -> 'pools') as pool
    group by pool
  ) as freed
  where vouchers.event_id = $1 and vouchers.pool_id = freed.pool`;
// Found by the names of the seats in the holds, because hold_id has no index: it would slow down every hold.
const deleteSeatsOfHolds = `
  delete from seats where event_id = $1 and hold_id = any($2::text[]) and index in (
    select seat::int from holds
    cross join jsonb_array_elements(lines) as line
    cross join jsonb_array_elements_text(line -> 'seats') as seat
    where event_id = $1 and id = any($2::text[]))`;
const deleteHolds = `delete from holds where event_id = $1 and id = any($2::text[])`;
// So that no process goes on with places that it remembers.
const countForgotten = `update ledgers set moves = moves + 1 where event_id = $1`;

/** Deletes holds with their seats and takes their places out of the pools' counts, under the lock of the ledger. */
export function deleteSoldHolds(
  trx: Writes,
  eventId: EventId,
  holdIds: HoldId[],
  cancelled: { holdId: HoldId; position: number }[],
): void {
  const ofBuyers = [
    eventId,
    holdIds,
    cancelled.map(({ holdId }) => holdId),
    cancelled.map(({ position }) => position),
  ];
  trx.write(uncount, ofBuyers);
  trx.write(uncountVouchers, ofBuyers);
  trx.write(deleteSeatsOfHolds, [eventId, holdIds]);
  trx.write(deleteHolds, [eventId, holdIds]);
  trx.write(countForgotten, [eventId]);
}

/** Holds that no order has: places that the team blocks or keeps for codes, and places that were given back. */
const unsold = `status in ('blocked', 'released', 'expired') and not ordered`;
// Each part uses its partial index.
const anyBuyer = `
  select exists (select from holds where event_id = $1 and status = 'active')
    or exists (select from holds where event_id = $1 and status <> 'active' and not (${unsold})) as any`;
/** Whether somebody buys or has bought places of the event. */
export const hasBuyers = async (db: Queryable, eventId: EventId): Promise<boolean> =>
  (await db.query<{ any: boolean }>(anyBuyer, [eventId]))[0]?.any === true;

// The seats go first: for each deleted hold, PostgreSQL looks through the seats that are left.
const deleteUnsold = [
  'delete from seats where event_id = $1',
  'delete from vouchers where event_id = $1',
  'delete from voucher_batches where event_id = $1',
  `delete from holds where event_id = $1 and status <> 'active' and ${unsold}`,
];
/** Deletes the seats of an event that has no buyers, its codes, and what the team blocked or kept, before the event goes. */
export function deleteUnsoldPlaces(trx: Writes, eventId: EventId): void {
  for (const sql of deleteUnsold) trx.write(sql, [eventId]);
}

const deleteSomeSeats = `
  delete from seats where event_id = $1 and index in (
    select index from seats where event_id = $1 limit 5000 for update skip locked)`;
export const deleteSeats = (db: Queryable, eventId: EventId): Promise<number> =>
  db.run(deleteSomeSeats, [eventId]);
