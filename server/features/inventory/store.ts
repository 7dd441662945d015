import type { EventId, HoldId, PoolId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
import type { HoldLine, HoldRecord, HoldStatus, Pool } from './inventory.ts';
import { moveEntries, selectEventsOf } from './line-store.ts';
import type { Mark } from './marks.ts';
import { keepClockSql } from './marks-store.ts';
import { moveSeller, selectResalesOfSeller } from './resale-store.ts';

interface HoldRow {
  id: HoldId;
  event_id: EventId;
  buyer_id: UserId;
  status: HoldStatus;
  ordered: boolean;
  expires_at: Date;
  places: number;
  returned: number;
  lines: HoldLine[];
  total_minor: number;
  currency: Currency;
  idempotency_key: string | null;
  fingerprint: string | null;
  network: Mark | null;
  mailbox: Mark | null;
  card: Mark | null;
}

const holdColumns = `id, event_id, buyer_id, status, ordered, expires_at, places, returned, lines, total_minor,
  currency, idempotency_key, fingerprint, network, mailbox, card`;

const toHold = (row: HoldRow): HoldRecord => ({
  id: row.id,
  eventId: row.event_id,
  buyerId: row.buyer_id,
  status: row.status,
  ordered: row.ordered,
  expiresAt: row.expires_at,
  places: row.places,
  returned: row.returned,
  lines: row.lines,
  totalMinor: row.total_minor,
  currency: row.currency,
  idempotencyKey: row.idempotency_key,
  fingerprint: row.fingerprint,
  network: row.network,
  mailbox: row.mailbox,
  card: row.card,
});

// This lock makes all changes of one event serial across processes. Every batch takes the locks in the order of the
// ids, so that two batches that share events can't deadlock.
const lockLedgersSql = `
  select event_id, version, sale_version, moves, line, last_place, line_due_at, resales, codes_end_at from ledgers
  where event_id = any($1::text[]) order by event_id for update`;

export interface LedgerRow {
  event_id: EventId;
  version: number;
  /** The event's version, which tells whether the cached sale is current. */
  sale_version: number;
  /** How often holds of the event have changed their buyer. */
  moves: number;
  /** How many wait in the waitlist or have an offer. */
  line: number;
  /** The highest number in the line that was given. */
  last_place: number;
  line_due_at: Date | null;
  /** How many tickets are offered for resale. */
  resales: number;
  /** When the first voucher ends that keeps places; null if none does. */
  codes_end_at: Date | null;
}

export const lockLedgers = (trx: Transaction, eventIds: EventId[]): Promise<LedgerRow[]> =>
  trx.query<LedgerRow>(lockLedgersSql, [eventIds]);

// The earliest expiry is one look-up in holds_to_expire; null if nothing is held.
const nextExpirySql = `
  select event_id, (select expires_at from holds where holds.event_id = wanted.event_id and status = 'active'
    order by expires_at limit 1) as next_expiry
  from unnest($1::text[]) as wanted (event_id)`;

export async function selectNextExpiries(
  db: Queryable,
  eventIds: EventId[],
): Promise<Map<EventId, Date | null>> {
  const rows = await db.query<{ event_id: EventId; next_expiry: Date | null }>(nextExpirySql, [eventIds]);
  return new Map(rows.map((row) => [row.event_id, row.next_expiry]));
}

// Two parts, because each has its own index: holds_to_expire and holds_settled.
const placesByBuyerSql = `
  select event_id, buyer_id, sum(places)::int as places
  from (
    select event_id, buyer_id, places - returned as places
    from holds where event_id = any($1::text[]) and status = 'active'
    union all
    select event_id, buyer_id, case status when 'confirmed' then places - returned else 0 end
    from holds where event_id = any($1::text[]) and status <> 'active'
  ) as holds
  group by event_id, buyer_id
  limit $2`;

interface BuyerRow {
  event_id: EventId;
  buyer_id: UserId;
  places: number;
}

/** Reads every buyer who ever held a place of these events, with their present number of places. */
export const selectPlacesByBuyer = (db: Queryable, eventIds: EventId[], limit: number): Promise<BuyerRow[]> =>
  db.query<BuyerRow>(placesByBuyerSql, [eventIds, limit]);

const readPoolsSql = `
  select event_id, id, key, name, capacity, held, sold, kept, blocked from pools where event_id = any($1::text[]) order by event_id, id`;

type PoolRow = Pool & { event_id: EventId };

export function selectPools(db: Reads, eventIds: EventId[]): Promise<PoolRow[]> {
  return db.query<PoolRow>(readPoolsSql, [eventIds]);
}

// Three small index look-ups: due holds (holds_to_expire), the holds that commands name (the primary key), and the
// buyers' live holds and retried keys (holds_of_buyer).
const readHoldsSql = `
  select ${holdColumns} from holds
  where event_id = any($1::text[]) and status = 'active' and expires_at <= $2
  union all
  select ${holdColumns} from holds where id = any($3::text[])
  union all
  select ${holdColumns} from holds
  where (event_id, buyer_id) in (select * from unnest($4::text[], $5::text[]))
    and (status in ('active', 'confirmed') or idempotency_key = any($6::text[]))`;

interface HoldsWanted {
  eventIds: EventId[];
  now: Date;
  holdIds: HoldId[];
  /** One entry per place command, parallel to `buyerEvents`. */
  buyerIds: UserId[];
  buyerEvents: EventId[];
  keys: string[];
}

export async function selectHolds(db: Queryable, wanted: HoldsWanted): Promise<HoldRecord[]> {
  const { eventIds, now, holdIds, buyerEvents, buyerIds, keys } = wanted;
  const rows = await db.query<HoldRow>(readHoldsSql, [eventIds, now, holdIds, buyerEvents, buyerIds, keys]);
  return rows.map(toHold);
}

export interface SeatRow {
  event_id: EventId;
  index: number;
  status: number;
}

// Reads only the seats that changed since the cached version: none, unless another process sells the event. Seats of
// version 0 have never changed and are free. The condition is the one of the index seats_changed.
const readSeatsSql = `
  select seats.event_id, index, array_position(array['free', 'held', 'sold', 'blocked'], status) - 1 as status
  from unnest($1::text[], $2::bigint[]) as known (event_id, version)
  join seats on seats.event_id = known.event_id and seats.version > known.version and seats.version > 0`;

// A hold that has expired keeps its seats until the sweep.
const takenSeatsSql = `
  select index, seats.status from seats left join holds on holds.id = hold_id and holds.event_id = seats.event_id
  where seats.event_id = $1 and seats.status <> 'free'
    and not (seats.status = 'held' and holds.status = 'active' and holds.expires_at <= $2)`;

export const selectTakenSeats = (
  db: Queryable,
  eventId: EventId,
  now: Date,
): Promise<{ index: number; status: 'held' | 'sold' | 'blocked' }[]> =>
  db.query(takenSeatsSql, [eventId, now]);

export function selectSeatsSince(db: Queryable, eventIds: EventId[], versions: number[]): Promise<SeatRow[]> {
  return db.query<SeatRow>(readSeatsSql, [eventIds, versions]);
}

const findHoldsSql = `select ${holdColumns} from holds where id = any($1::text[])`;

/** Concurrent calls share one query. */
export const findHold = gatherPerDb(async (db, holdIds: HoldId[]): Promise<(HoldRecord | null)[]> => {
  const rows = await db.query<HoldRow>(findHoldsSql, [holdIds]);
  const holds = new Map(rows.map((row) => [row.id, toHold(row)]));
  return holdIds.map((holdId) => holds.get(holdId) ?? null);
}, 200);

// One look-up in holds_of_buyer.
const liveHoldsOfSql = `
  select ${holdColumns} from holds
  where buyer_id = $1 and event_id = $2 and status = 'active' and expires_at > $3
  order by expires_at desc, id limit 100`;

/** Reads the active holds of a buyer for an event. */
export async function findLiveHoldsOf(
  db: Queryable,
  { buyerId, eventId, now }: { buyerId: UserId; eventId: EventId; now: Date },
): Promise<HoldRecord[]> {
  return (await db.query<HoldRow>(liveHoldsOfSql, [buyerId, eventId, now])).map(toHold);
}

const theirHoldsSql = `select id, event_id from holds where buyer_id = $1`;
// If the account has used the same key for the same event, the key stays with the account's own hold.
const moveHoldsSql = `
  update holds set buyer_id = $2, idempotency_key = kept.key, fingerprint = kept.fingerprint
  from (
    select theirs.id, theirs.event_id,
      case when mine.id is null then theirs.idempotency_key end as key,
      case when mine.id is null then theirs.fingerprint end as fingerprint
    from holds as theirs
    left join holds as mine on mine.buyer_id = $2 and mine.event_id = theirs.event_id
      and mine.idempotency_key = theirs.idempotency_key
    where theirs.id = any($3::text[]) and theirs.buyer_id = $1
  ) as kept
  where holds.id = kept.id and holds.event_id = kept.event_id
  returning holds.id, holds.event_id`;
// A clock keeps running when its buyer opens an account.
const moveClocksSql = `
  with theirs as (
    delete from hold_clocks where owner = $1 and event_id = any($3::text[]) returning *
  )
  insert into hold_clocks (event_id, owner, what, ends_at, rests_until)
  select event_id, $2, what, ends_at, rests_until from theirs
  ${keepClockSql}`;
// A person with other places may need the places of the line, or not need them any more, so the sweep wakes the ledger.
const countMoveSql = `
  update ledgers set moves = moves + 1,
    line_due_at = case when line > 0 then to_timestamp(0) else line_due_at end
  where event_id = any($1::text[])`;

/** Gives a guest's holds to the account that the guest opened. Returns the moved holds. */
export async function updateBuyer(
  trx: Transaction,
  from: UserId,
  to: UserId,
  now: Date,
): Promise<{ id: HoldId; event_id: EventId }[]> {
  const holds = await trx.query<{ id: HoldId; event_id: EventId }>(theirHoldsSql, [from]);
  const waits = await selectEventsOf(trx, from);
  const offers = (await selectResalesOfSeller(trx, from)).map(({ eventId }) => eventId);
  const eventIds = [...new Set([...holds.map((hold) => hold.event_id), ...waits, ...offers])];
  await lockLedgers(trx, eventIds);
  const ids = holds.map((hold) => hold.id);
  const moved = await trx.query<{ id: HoldId; event_id: EventId }>(moveHoldsSql, [from, to, ids]);
  await trx.run(moveClocksSql, [from, to, eventIds]);
  await moveEntries(trx, from, to, now);
  await moveSeller(trx, from, to);
  await trx.run(countMoveSql, [eventIds]);
  return moved;
}

const eventsDueSql = `select distinct event_id from holds where status = 'active' and expires_at <= $1 limit 500`;

export async function selectEventsDue(db: Queryable, now: Date): Promise<EventId[]> {
  const rows = await db.query<{ event_id: EventId }>(eventsDueSql, [now]);
  return rows.map((row) => row.event_id);
}

const activeSql = `select id from holds where event_id = $1 and status = 'active' order by expires_at limit $2`;

export const selectActiveHolds = async (db: Queryable, eventId: EventId, limit: number): Promise<HoldId[]> =>
  (await db.query<{ id: HoldId }>(activeSql, [eventId, limit])).map(({ id }) => id);

const duePlacesSql = `
  select pool.value as pool_id, sum((line ->> 'quantity')::int)::int as places
  from holds, jsonb_array_elements(lines) as line, jsonb_array_elements_text(line -> 'pools') as pool
  where event_id = any($1::text[]) and status = 'active' and expires_at <= $2
  group by pool.value`;

/** Reads the places of expired holds that are not swept yet. These places are free. */
export async function selectDuePlaces(
  db: Reads,
  eventIds: EventId[],
  now: Date,
): Promise<Map<PoolId, number>> {
  const rows = await db.query<{ pool_id: PoolId; places: number }>(duePlacesSql, [eventIds, now]);
  return new Map(rows.map((row) => [row.pool_id, row.places]));
}

// A hold's lines name its ticket types, with the prices and pools of that moment.
const usedTypesSql = `
  select line ->> 'ticketTypeId' as id
  from holds, jsonb_array_elements(holds.lines) as line
  where holds.event_id = $1 and holds.status = 'active' and holds.expires_at > $2
  union
  select line ->> 'ticketTypeId'
  from holds, jsonb_array_elements(holds.lines) as line
  where holds.event_id = $1 and holds.status <> 'active' and holds.status = 'confirmed'`;

/** Reads the ticket types with a place that is held at `now` or was ever sold. */
export async function selectUsedTicketTypes(
  db: Queryable,
  eventId: EventId,
  now: Date,
): Promise<Set<TicketTypeId>> {
  const rows = await db.query<{ id: TicketTypeId }>(usedTypesSql, [eventId, now]);
  return new Set(rows.map((row) => row.id));
}
