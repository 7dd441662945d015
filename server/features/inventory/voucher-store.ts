import type { EventId, HoldId, PoolId, UserId, VoucherBatchId, VoucherId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import type { HoldRecord } from './inventory.ts';
import type { EventChanges, MadeBatch } from './state.ts';
import type { Voucher } from './voucher.ts';
import type { VoucherRow } from './voucher-row.ts';

const columns = `event_id, id, batch_id, code, tag, percent_off, amount_off_minor, price_minor, ticket_type_ids, seat_index, pool_id,
  uses, held, sold, budget_minor, off_minor, keeps, hold_id, hold_number, valid_until, revoked_at, made_by, made_at`;

/** `hold` is the one of `hold_id`, which the caller reads. */
export const toVoucher = (row: VoucherRow, hold: HoldRecord | null): Voucher => ({
  id: row.id,
  code: row.code,
  batchId: row.batch_id,
  tag: row.tag,
  pool: {
    id: row.pool_id,
    key: `voucher:${row.code}`,
    name: row.code,
    capacity: row.uses,
    held: row.held,
    sold: row.sold,
    kept: 0,
    blocked: 0,
  },
  percentOff: row.percent_off,
  amountOffMinor: row.amount_off_minor,
  priceMinor: row.price_minor,
  ticketTypeIds: row.ticket_type_ids,
  seat: row.seat_index,
  budgetMinor: row.budget_minor,
  offMinor: row.off_minor,
  keeps: row.keeps,
  hold,
  holdNumber: row.hold_number,
  validUntil: row.valid_until,
  revokedAt: row.revoked_at,
  madeBy: row.made_by,
});

/** What a batch asks for: parallel columns of events and codes, pools or ids, and the events with codes that have ended. */
interface VouchersWanted {
  codes: { eventId: EventId; code: string }[];
  pools: { eventId: EventId; poolId: PoolId }[];
  ids: { eventId: EventId; id: VoucherId }[];
  due: EventId[];
  now: Date;
}

// Four look-ups, each by its index. A batch gives back the places of at most 1,000 ended codes; the next batch goes on.
const selectSql = `
  select ${columns} from vouchers where (event_id, code) in (select * from unnest($1::text[], $2::text[]))
  union
  select ${columns} from vouchers where (event_id, pool_id) in (select * from unnest($3::text[], $4::text[]))
  union
  select ${columns} from vouchers where (event_id, id) in (select * from unnest($5::text[], $6::text[]))
  union
  (select ${columns} from vouchers
    where event_id = any($7::text[]) and hold_id is not null and valid_until <= $8 order by valid_until limit 1000)`;

export const selectVouchers = (db: Queryable, wanted: VouchersWanted): Promise<VoucherRow[]> =>
  db.query<VoucherRow>(selectSql, [
    wanted.codes.map(({ eventId }) => eventId),
    wanted.codes.map(({ code }) => code),
    wanted.pools.map(({ eventId }) => eventId),
    wanted.pools.map(({ poolId }) => poolId),
    wanted.ids.map(({ eventId }) => eventId),
    wanted.ids.map(({ id }) => id),
    wanted.due,
    wanted.now,
  ]);

const takenSql = `select code from vouchers where event_id = $1 and code = any($2::text[]) order by code limit 20`;

/** Reads which of these codes the event has already: at most 20. */
export const selectTakenCodes = async (db: Queryable, eventId: EventId, codes: string[]): Promise<string[]> =>
  (await db.query<{ code: string }>(takenSql, [eventId, codes])).map(({ code }) => code);

const blockedSql = `select places from holds where id = $1 and status = 'blocked'`;

export const selectBlockedPlaces = async (db: Queryable, holdId: HoldId): Promise<number | null> =>
  (await db.query<{ places: number }>(blockedSql, [holdId]))[0]?.places ?? null;

const batchesSql = `
  select id, event_id as "eventId", made_by as "madeBy", idempotency_key as key, fingerprint, made, written from voucher_batches
  where (event_id, made_by, idempotency_key) in (select * from unnest($1::text[], $2::text[], $3::text[]))
    or (event_id, id) in (select * from unnest($1::text[], $4::text[]))`;

/** Reads the batches of vouchers that were made with these keys, or that have these ids. */
export const selectBatches = (
  db: Queryable,
  asked: { eventId: EventId; madeBy: UserId; key: string | null; id: VoucherBatchId }[],
): Promise<(MadeBatch & { eventId: EventId })[]> =>
  asked.length === 0
    ? Promise.resolve([])
    : db.query(batchesSql, [
        asked.map(({ eventId }) => eventId),
        asked.map(({ madeBy }) => madeBy),
        asked.map(({ key }) => key),
        asked.map(({ id }) => id),
      ]);

// Adds up the batches, because an event may have 100,000 vouchers. No voucher is deleted before its batch.
const madeSql = `
  select event_id as "eventId", sum(made)::int as made from voucher_batches where event_id = any($1::text[]) group by event_id`;

/** Reads how many vouchers these events have, with those that batches are still making. */
export const countVouchers = (
  db: Queryable,
  eventIds: EventId[],
): Promise<{ eventId: EventId; made: number }[]> =>
  eventIds.length === 0 ? Promise.resolve([]) : db.query(madeSql, [eventIds]);

const putBatchesSql = `
  insert into voucher_batches (id, event_id, made_by, idempotency_key, fingerprint, made, written, made_at)
  select *, $8::timestamptz from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[])
  on conflict (event_id, id) do update set written = excluded.written`;

// New vouchers and changed ones alike: a code that exists keeps everything but its counts, its bounds and its end.
const upsertSql = `
  insert into vouchers (${columns})
  select ${columns} from jsonb_populate_recordset(null::vouchers, $1::jsonb)
  on conflict (event_id, id) do update set uses = excluded.uses, held = excluded.held, sold = excluded.sold, off_minor = excluded.off_minor,
    budget_minor = excluded.budget_minor, hold_id = excluded.hold_id, hold_number = excluded.hold_number, valid_until = excluded.valid_until,
    revoked_at = excluded.revoked_at`;

const endsSql = `
  update ledgers set codes_end_at = (
    select min(valid_until) from vouchers where vouchers.event_id = ledgers.event_id and hold_id is not null)
  where event_id = any($1::text[])`;

/** Writes the new and changed vouchers of a batch, after their holds. Events without any write nothing. */
export function writeVouchers(trx: Writes, events: EventChanges[], now: Date): void {
  const changed = events.filter(({ changes }) => changes.vouchers.size > 0);
  if (changed.length === 0) return;
  const made = changed.flatMap(({ eventId, changes }) =>
    [...changes.voucherBatches].map((batch) => ({ eventId, ...batch })),
  );
  if (made.length > 0)
    trx.write(putBatchesSql, [
      made.map(({ id }) => id),
      made.map(({ eventId }) => eventId),
      made.map(({ madeBy }) => madeBy),
      made.map(({ key }) => key),
      made.map(({ fingerprint }) => fingerprint),
      made.map((batch) => batch.made),
      made.map(({ written }) => written),
      now,
    ]);
  const rows = changed.flatMap(({ eventId, changes }) =>
    [...changes.vouchers].map((voucher) => toRow(eventId, voucher, now)),
  );
  trx.write(upsertSql, [JSON.stringify(rows)]);
  trx.write(endsSql, [changed.map(({ eventId }) => eventId)]);
}

const toRow = (eventId: EventId, voucher: Voucher, now: Date): VoucherRow => ({
  event_id: eventId,
  id: voucher.id,
  batch_id: voucher.batchId,
  code: voucher.code,
  tag: voucher.tag,
  percent_off: voucher.percentOff,
  amount_off_minor: voucher.amountOffMinor,
  price_minor: voucher.priceMinor,
  ticket_type_ids: voucher.ticketTypeIds,
  seat_index: voucher.seat,
  pool_id: voucher.pool.id,
  uses: voucher.pool.capacity,
  held: voucher.pool.held,
  sold: voucher.pool.sold,
  budget_minor: voucher.budgetMinor,
  off_minor: voucher.offMinor,
  keeps: voucher.keeps,
  hold_id: voucher.hold?.id ?? null,
  hold_number: voucher.holdNumber,
  valid_until: voucher.validUntil,
  revoked_at: voucher.revokedAt,
  made_by: voucher.madeBy,
  made_at: now,
});

const endingSql = `select event_id from ledgers where codes_end_at <= $1 limit 500`;

/** Reads the events with places that are kept for codes which have ended. */
export async function selectEventsWithEndedCodes(db: Queryable, now: Date): Promise<EventId[]> {
  const rows = await db.query<{ event_id: EventId }>(endingSql, [now]);
  return rows.map((row) => row.event_id);
}
