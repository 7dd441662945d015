/**
 * Reads vouchers (table of inventory) for their team. The event's ledger writes them, with the holds. These pages and files would
 * make the ledger's store longer than a file may be, and nothing else reads them.
 */
import type { EventId, VoucherId } from '../../../contract/ids.ts';
import type { Queryable, Reads } from '../../data/db.ts';
import type { VoucherRow } from '../inventory/voucher-row.ts';

export interface VoucherFilter {
  eventId: EventId;
  q: string | undefined;
  tag: string | undefined;
  state: string | undefined;
  now: Date;
}

// Reads vouchers (table of inventory) by the event's part of the primary key, the latest first.
const pageSql = `
  select event_id, id, batch_id, code, tag, percent_off, amount_off_minor, price_minor, ticket_type_ids, seat_index, pool_id,
    uses, held, sold, budget_minor, off_minor, keeps, hold_id, hold_number, valid_until, revoked_at, made_by, made_at
  from vouchers
  where event_id = $1 and ($2::text is null or starts_with(code, $2)) and ($3::text is null or tag = $3)
    and ($4::text is null or $4 = case when revoked_at is not null then 'revoked' when valid_until <= $5 then 'ended'
      when sold >= uses then 'used' else 'open' end)
    and ($6::text is null or id < $6)
  order by id desc limit $7`;

export const selectPage = (
  db: Reads,
  { eventId, q, tag, state, now }: VoucherFilter,
  after: VoucherId | null,
  limit: number,
): Promise<VoucherRow[]> =>
  db.query<VoucherRow>(pageSql, [
    eventId,
    q ? q.normalize('NFKC').toUpperCase() : null,
    tag ?? null,
    state ?? null,
    now,
    after,
    limit,
  ]);

// Reads vouchers (table of inventory).
const tagsSql = `
  select tag, count(*)::int as codes from vouchers where event_id = $1 group by tag order by tag limit 200`;

export const selectTags = (db: Reads, eventId: EventId): Promise<{ tag: string; codes: number }[]> =>
  db.query(tagsSql, [eventId]);

// Reads vouchers (table of inventory): those of a tag that are not revoked, in portions.
const idsSql = `
  select id from vouchers where event_id = $1 and tag = $2 and revoked_at is null and ($3::text is null or id > $3)
  order by id limit $4`;

export const selectIdsOfTag = async (
  db: Queryable,
  { eventId, tag, after, limit }: { eventId: EventId; tag: string; after: VoucherId | null; limit: number },
): Promise<VoucherId[]> =>
  (await db.query<{ id: VoucherId }>(idsSql, [eventId, tag, after, limit])).map(({ id }) => id);

// Reads vouchers (table of inventory): which of these codes the event has.
const takenSql = `select code from vouchers where event_id = $1 and code = any($2::text[])`;

export const selectTaken = async (db: Queryable, eventId: EventId, codes: string[]): Promise<Set<string>> =>
  new Set((await db.query<{ code: string }>(takenSql, [eventId, codes])).map(({ code }) => code));

// Reads one voucher (table of inventory) by its code.
const byCodeSql = `
  select event_id, id, batch_id, code, tag, percent_off, amount_off_minor, price_minor, ticket_type_ids, seat_index, pool_id,
    uses, held, sold, budget_minor, off_minor, keeps, hold_id, hold_number, valid_until, revoked_at, made_by, made_at
  from vouchers where event_id = $1 and code = $2`;

export const findByCode = async (
  db: Queryable,
  eventId: EventId,
  code: string,
): Promise<VoucherRow | undefined> => (await db.query<VoucherRow>(byCodeSql, [eventId, code]))[0];
