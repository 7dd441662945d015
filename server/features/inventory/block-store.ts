import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import type { HoldLine } from './inventory.ts';
import type { EventChanges } from './state.ts';

const insertSql = `
  insert into blocks (event_id, hold_id, label, created_at)
  select event_id, hold_id, label, $4 from unnest($1::text[], $2::text[], $3::text[]) as made (event_id, hold_id, label)`;

/** Writes what the new blocks of a batch are for. Their holds are written before. */
export function writeBlocks(trx: Writes, events: EventChanges[], now: Date): void {
  const made = events.flatMap(({ eventId, changes }) =>
    [...changes.labels].map(([holdId, label]) => ({ eventId, holdId, label })),
  );
  if (made.length === 0) return;
  trx.write(insertSql, [
    made.map(({ eventId }) => eventId),
    made.map(({ holdId }) => holdId),
    made.map(({ label }) => label),
    now,
  ]);
}

export interface BlockRow {
  hold_id: HoldId;
  label: string;
  places: number;
  lines: HoldLine[];
  created_at: Date;
}

const listSql = `
  select hold_id, label, places, lines, blocks.created_at
  from blocks join holds on holds.id = blocks.hold_id and holds.event_id = blocks.event_id
  where blocks.event_id = $1 and (status = 'blocked' or hold_id = $2) and ($2::text is null or hold_id = $2)
  order by blocks.created_at desc, hold_id desc limit 500`;

/** Reads the blocks of an event that are not released. */
export const selectBlocks = (db: Queryable, eventId: EventId): Promise<BlockRow[]> =>
  db.query<BlockRow>(listSql, [eventId, null]);

/** Reads one block, also a released one. */
export const selectBlock = async (
  db: Queryable,
  eventId: EventId,
  holdId: HoldId,
): Promise<BlockRow | undefined> => (await db.query<BlockRow>(listSql, [eventId, holdId]))[0];
