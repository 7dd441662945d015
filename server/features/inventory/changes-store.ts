import type { EventId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import { memoPer } from '../../memo.ts';
import { writeBlocks } from './block-store.ts';
import { type HoldLine, type HoldRecord, seatStatusNames } from './inventory.ts';
import { writeLines } from './line-store.ts';
import { writeClocks } from './marks-store.ts';
import { writeResales } from './resale-store.ts';
import type { EventChanges } from './state.ts';
import { writeVouchers } from './voucher-store.ts';

const moveFromSql = `select move_ledgers($1::text[], $2::bigint[], $3::int[], $4::int[], $5::bigint[])`;

/** The version that a process expects a ledger to have. */
interface Belief {
  eventId: EventId;
  version: number;
  saleVersion: number;
  moves: number;
}

const columnsOf = (beliefs: Belief[]) => [
  beliefs.map((belief) => belief.eventId),
  beliefs.map((belief) => belief.version),
  beliefs.map((belief) => belief.saleVersion),
  beliefs.map((belief) => belief.moves),
];

/** The expected version and the one after this batch. They are equal if nothing has changed. */
export interface Step extends Belief {
  next: number;
}

/**
 * Sets the ledgers' new versions. If a ledger does not have the expected version, the transaction fails with
 * `ledgerMoved`.
 */
export function moveLedgers(trx: Writes, steps: Step[]): void {
  // Every transaction locks ledgers in the order of their ids.
  const inOrder = steps.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1));
  trx.write(moveFromSql, [...columnsOf(inOrder), inOrder.map((step) => step.next)]);
}

/** The error code for a ledger that another process has changed. */
export const ledgerMoved = 'AD001';

const countUnmovedSql = `
  select count(*)::int as unmoved
  from unnest($1::text[], $2::bigint[], $3::int[], $4::int[]) as believed (event_id, version, sale_version, moves)
  join ledgers using (event_id, version, sale_version, moves)`;

/** True if all ledgers have the versions that the caller expects, at the time of the answer. */
export async function areUnmoved(db: Queryable, beliefs: Belief[]): Promise<boolean> {
  const [row] = await db.query<{ unmoved: number }>(countUnmovedSql, columnsOf(beliefs));
  return row?.unmoved === beliefs.length;
}

// The arrays come out of sub-selects, which hides their length from the planner. So it plans once instead of for each
// batch, which took longer than running the statements.
const setVersionsSql = `
  update ledgers set version = moved.version
  from unnest((select $1::text[]), (select $2::bigint[])) as moved (event_id, version)
  where ledgers.event_id = moved.event_id`;

// The statement of events with a waitlist or with blocks, because only they keep places off sale.
const updateKeptSql = `
  update pools set held = changed.held, sold = changed.sold, kept = changed.kept, blocked = changed.blocked
  from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::int[], $6::int[])
    as changed (event_id, id, held, sold, kept, blocked)
  where pools.event_id = changed.event_id and pools.id = changed.id`;

const updatePoolsSql = `
  update pools set held = changed.held, sold = changed.sold
  from unnest((select $1::text[]), (select $2::text[]), (select $3::int[]), (select $4::int[]))
    as changed (event_id, id, held, sold)
  where pools.event_id = changed.event_id and pools.id = changed.id`;

// The holds of a batch differ mostly in their buyers, so their common columns travel once. An array of ids costs our
// process a tenth, and PostgreSQL two thirds, of the same holds as JSON.
const insertHoldsSql = `
  insert into holds (id, event_id, buyer_id, status, ordered, expires_at, places, lines, total_minor, currency,
    idempotency_key, fingerprint, network, mailbox, card, created_at)
  select hold.id, event_id, buyer_id, status, ordered, expires_at, places, lines, total_minor, currency, key,
    fingerprint, network, mailbox, card, $17
  from unnest((select $1::text[]), (select $2::text[]), (select $3::text[]), (select $4::text[]), (select $5::int[]),
      (select $6::bigint[]))
    as hold (id, buyer_id, key, fingerprint, kind, network)
  join unnest((select $7::text[]), (select $8::text[]), (select $9::bool[]), (select $10::timestamptz[]),
      (select $11::int[]), (select $12::jsonb[]), (select $13::bigint[]), (select $14::text[]), (select $15::bigint[]),
      (select $16::bigint[]))
    with ordinality as kind (event_id, status, ordered, expires_at, places, lines, total_minor, currency, mailbox, card,
      number)
    on kind.number = hold.kind`;

const updateHoldsSql = `
  update holds set status = changed.status, ordered = changed.ordered, expires_at = changed.expires_at,
    places = changed.places, returned = changed.returned, lines = changed.lines, total_minor = changed.total_minor, network = changed.network,
    mailbox = changed.mailbox, card = changed.card
  from unnest($1::text[], $2::text[], $3::text[], $4::bool[], $5::timestamptz[], $6::int[], $7::int[], $8::jsonb[],
    $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[])
    as changed (id, event_id, status, ordered, expires_at, places, returned, lines, total_minor, network, mailbox, card)
  where holds.id = changed.id and holds.event_id = changed.event_id`;

// The only possible plan looks up each seat by its primary key. With a plain join PostgreSQL scanned a freshly filled
// table, which has no statistics yet, for each seat: 84 ms for fifty pairs.
const updateSeatsSql = `
  update seats set status = found.status, hold_id = found.hold_id, version = found.version
  from (
    select changed.*, seat.row
    from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::bigint[])
      as changed (event_id, index, status, hold_id, version)
    cross join lateral (
      select ctid as row from seats where seats.event_id = changed.event_id and seats.index = changed.index offset 0
    ) as seat
  ) as found
  where seats.ctid = found.row`;

/** Sets the versions of locked ledgers. */
export const setVersions = (trx: Writes, events: EventChanges[]): void =>
  trx.write(setVersionsSql, [events.map((event) => event.eventId), events.map((event) => event.version)]);

/** Writes a batch's changes, one statement per table. All of them travel with the COMMIT. */
export function writeChanges(trx: Writes, events: EventChanges[], now: Date): void {
  const pools = events.flatMap(({ eventId, changes }) =>
    [...changes.pools.keys()].map((pool) => ({ eventId, pool })),
  );
  if (pools.length > 0) {
    const columns = [
      pools.map(({ eventId }) => eventId),
      pools.map(({ pool }) => pool.id),
      pools.map(({ pool }) => pool.held),
      pools.map(({ pool }) => pool.sold),
    ];
    if (events.some(({ line, changes }) => line || changes.movesBlocked))
      trx.write(updateKeptSql, [
        ...columns,
        pools.map(({ pool }) => pool.kept),
        pools.map(({ pool }) => pool.blocked),
      ]);
    else trx.write(updatePoolsSql, columns);
  }
  insertHolds(
    trx,
    events.flatMap(({ changes }) => [...changes.placed]),
    now,
  );
  updateHolds(
    trx,
    events.flatMap(({ changes }) => [...changes.changed]),
  );
  writeClocks(trx, events);
  writeLines(trx, events);
  writeResales(trx, events);
  writeBlocks(trx, events, now);
  writeVouchers(trx, events, now);
  const seats = events.flatMap(({ eventId, version, changes }) =>
    [...changes.seats].map(([index, seat]) => ({ eventId, version, index, ...seat })),
  );
  if (seats.length > 0) {
    trx.write(updateSeatsSql, [
      seats.map((seat) => seat.eventId),
      seats.map((seat) => seat.index),
      seats.map((seat) => seatStatusNames[seat.status]),
      seats.map((seat) => seat.holdId),
      seats.map((seat) => seat.version),
    ]);
  }
}

/** Lines never change: a hold with other lines gets another array. */
const linesJson = memoPer((lines: readonly HoldLine[]) => JSON.stringify(lines));

interface Kind {
  number: number;
  hold: HoldRecord;
}

const isAlike = ({ hold }: Kind, other: HoldRecord): boolean =>
  hold.lines === other.lines &&
  hold.expiresAt.getTime() === other.expiresAt.getTime() &&
  hold.status === other.status &&
  hold.ordered === other.ordered &&
  hold.mailbox === other.mailbox &&
  hold.card === other.card;

function insertHolds(trx: Writes, holds: HoldRecord[], now: Date): void {
  if (holds.length === 0) return;
  const kinds = new Map<string, Kind>();
  let last: Kind | undefined;
  const kindOf = (hold: HoldRecord): number => {
    if (last && isAlike(last, hold)) return last.number;
    const key = `${hold.eventId} ${hold.status} ${hold.ordered} ${hold.expiresAt.getTime()} ${hold.mailbox} ${hold.card} ${linesJson(hold.lines)}`;
    last = kinds.get(key) ?? { number: kinds.size + 1, hold };
    kinds.set(key, last);
    return last.number;
  };
  const kindOfHolds = holds.map(kindOf);
  const all = [...kinds.values()];
  trx.write(insertHoldsSql, [
    holds.map((hold) => hold.id),
    holds.map((hold) => hold.buyerId),
    holds.map((hold) => hold.idempotencyKey),
    holds.map((hold) => hold.fingerprint),
    kindOfHolds,
    holds.map((hold) => hold.network),
    all.map(({ hold }) => hold.eventId),
    all.map(({ hold }) => hold.status),
    all.map(({ hold }) => hold.ordered),
    all.map(({ hold }) => hold.expiresAt),
    all.map(({ hold }) => hold.places),
    all.map(({ hold }) => linesJson(hold.lines)),
    all.map(({ hold }) => hold.totalMinor),
    all.map(({ hold }) => hold.currency),
    all.map(({ hold }) => hold.mailbox),
    all.map(({ hold }) => hold.card),
    now,
  ]);
}

function updateHolds(trx: Writes, holds: HoldRecord[]): void {
  if (holds.length === 0) return;
  trx.write(updateHoldsSql, [
    holds.map((hold) => hold.id),
    holds.map((hold) => hold.eventId),
    holds.map((hold) => hold.status),
    holds.map((hold) => hold.ordered),
    holds.map((hold) => hold.expiresAt),
    holds.map((hold) => hold.places),
    holds.map((hold) => hold.returned),
    holds.map((hold) => linesJson(hold.lines)),
    holds.map((hold) => hold.totalMinor),
    holds.map((hold) => hold.network),
    holds.map((hold) => hold.mailbox),
    holds.map((hold) => hold.card),
  ]);
}
