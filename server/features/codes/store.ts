/**
 * Reads vouchers (table of inventory) for their team. The event's ledger writes them, with the holds. These pages and files would
 * make the ledger's store longer than a file may be, and nothing else reads them.
 */
import type { EventId, UserId, VoucherBatchId, VoucherId } from '../../../contract/ids.ts';
import type { Queryable, Reads } from '../../data/db.ts';
import type { VoucherRow } from '../inventory/voucher-row.ts';

export interface VoucherFilter {
  eventId: EventId;
  q: string | undefined;
  tag: string | undefined;
  batch: VoucherBatchId | undefined;
  state: string | undefined;
  now: Date;
}

const columns = `event_id, id, batch_id, code, tag, percent_off, amount_off_minor, price_minor, ticket_type_ids, seat_index, pool_id,
    uses, held, sold, budget_minor, off_minor, keeps, hold_id, hold_number, valid_until, revoked_at, made_by, made_at`;

/** What is asked first. Each has a statement of its own, because PostgreSQL plans one for all callers without looking at what is null. */
const kinds = {
  all: 'and $3::text is null and $6::text is null',
  tag: 'and tag = $3 and $6::text is null',
  batch: 'and batch_id = $6 and ($3::text is null or tag = $3)',
} as const;
type Kind = keyof typeof kinds;

const kindOf = ({ tag, batch }: Pick<VoucherFilter, 'tag' | 'batch'>): Kind =>
  batch === undefined ? (tag === undefined ? 'all' : 'tag') : 'batch';

const forEach = (sqlOf: (condition: string) => string): Record<Kind, string> => ({
  all: sqlOf(kinds.all),
  tag: sqlOf(kinds.tag),
  batch: sqlOf(kinds.batch),
});

const filtered = (condition: string) => `
  from vouchers
  where event_id = $1 and ($2::text is null or starts_with(code, $2)) ${condition}
    and ($4::text is null or $4 = case when revoked_at is not null then 'revoked' when valid_until <= $5 then 'ended'
      when sold >= uses then 'used' else 'open' end)`;

const filterOf = ({ eventId, q, tag, state, now, batch }: VoucherFilter) => [
  eventId,
  q ? q.normalize('NFKC').toUpperCase() : null,
  tag ?? null,
  state ?? null,
  now,
  batch ?? null,
];

// Reads vouchers (table of inventory), the latest first.
const pageSql = forEach(
  (condition) => `
  select ${columns} ${filtered(condition)} and ($7::text is null or id < $7)
  order by id desc limit $8`,
);

export const selectPage = (
  db: Reads,
  filter: VoucherFilter,
  after: VoucherId | null,
  limit: number,
): Promise<VoucherRow[]> =>
  db.query<VoucherRow>(pageSql[kindOf(filter)], [...filterOf(filter), after, limit]);

// Reads vouchers (table of inventory) as they are printed, in the order in which they were made. All codes of the kind have a place in
// some part, also those that are not printed. So a code that is used or revoked between two prints moves no other code.
const partSql = forEach(
  (condition) => `
  with part as materialized (select ${columns} ${filtered(condition)} order by id limit $7 offset $8)
  select ${columns} from part
  where revoked_at is null and (valid_until is null or valid_until > $5) and sold < uses order by id`,
);

/** The open codes among the codes of a part. The state of the filter is left out. */
export const selectPart = (
  db: Reads,
  filter: Omit<VoucherFilter, 'state'>,
  { limit, offset }: { limit: number; offset: number },
): Promise<VoucherRow[]> =>
  db.query<VoucherRow>(partSql[kindOf(filter)], [
    ...filterOf({ ...filter, state: undefined }),
    limit,
    offset,
  ]);

// Reads vouchers (table of inventory).
const tagsSql = `
  select tag, count(*)::int as codes from vouchers where event_id = $1 group by tag order by tag limit 200`;

export const selectTags = (db: Reads, eventId: EventId): Promise<{ tag: string; codes: number }[]> =>
  db.query(tagsSql, [eventId]);

// Reads batches of vouchers (table of inventory), the latest first.
const batchesSql = `
  select id, written as codes, made_at as "madeAt" from voucher_batches where event_id = $1 order by id desc limit 50`;

export const selectBatches = (
  db: Reads,
  eventId: EventId,
): Promise<{ id: VoucherBatchId; codes: number; madeAt: Date }[]> => db.query(batchesSql, [eventId]);

// Looks into batches of vouchers (table of inventory).
const anySql = `select exists (select from voucher_batches where event_id = $1) as any`;

export const hasVouchers = async (db: Queryable, eventId: EventId): Promise<boolean> =>
  (await db.query<{ any: boolean }>(anySql, [eventId]))[0]?.any ?? false;

// Looks for a batch of vouchers (table of inventory) that this person has begun with this key.
const batchSql = `
  select exists (select from voucher_batches where event_id = $1 and made_by = $2 and idempotency_key = $3) as any`;

export const hasBatch = async (
  db: Queryable,
  eventId: EventId,
  madeBy: UserId,
  key: string,
): Promise<boolean> => (await db.query<{ any: boolean }>(batchSql, [eventId, madeBy, key]))[0]?.any ?? false;

// Reads vouchers (table of inventory): those of a tag or a batch that are not revoked, in portions.
const idsOf = (column: 'tag' | 'batch_id') => `
  select id from vouchers where event_id = $1 and ${column} = $2 and revoked_at is null and ($3::text is null or id > $3)
  order by id limit $4`;
const [idsOfTag, idsOfBatch] = [idsOf('tag'), idsOf('batch_id')];

interface OfMany {
  tag: string | undefined;
  batchId: VoucherBatchId | undefined;
}

export const selectIds = async (
  db: Queryable,
  eventId: EventId,
  { tag, batchId }: OfMany,
  { after, limit }: { after: VoucherId | null; limit: number },
): Promise<VoucherId[]> =>
  (
    await db.query<{ id: VoucherId }>(batchId === undefined ? idsOfTag : idsOfBatch, [
      eventId,
      batchId ?? tag ?? '',
      after,
      limit,
    ])
  ).map(({ id }) => id);

// Reads vouchers (table of inventory): which of these codes the event has.
const takenSql = `select code from vouchers where event_id = $1 and code = any($2::text[])`;

export const selectTaken = async (db: Queryable, eventId: EventId, codes: string[]): Promise<Set<string>> =>
  new Set((await db.query<{ code: string }>(takenSql, [eventId, codes])).map(({ code }) => code));

// Reads one voucher (table of inventory) by its code.
const byCodeSql = `select ${columns} from vouchers where event_id = $1 and code = $2`;

export const findByCode = async (
  db: Queryable,
  eventId: EventId,
  code: string,
): Promise<VoucherRow | undefined> => (await db.query<VoucherRow>(byCodeSql, [eventId, code]))[0];
