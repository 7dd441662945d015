import type { EventId } from '../../../contract/ids.ts';
import type { ImportSource } from '../../../contract/import-fields.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Facts } from '../inventory/state.ts';

// A second row for the same order changes nothing, because a failure would fail the whole batch of the ledger.
const writeSql = `
  insert into imported_orders (event_id, source, external_id, order_id, imported_at)
  select event_id, source, external_id, order_id, $5
  from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as made (event_id, source, external_id, order_id)
  on conflict do nothing`;

/** Writes which orders were imported, in the transaction that issues their tickets. */
export function writeImported(trx: Writes, issued: Facts['issued'], now: Date): void {
  const made = issued.flatMap(({ hold, command: { imported } }) => (imported ? [{ hold, ...imported }] : []));
  if (made.length === 0) return;
  trx.write(writeSql, [
    made.map(({ hold }) => hold.eventId),
    made.map(({ source }) => source),
    made.map(({ externalId }) => externalId),
    made.map(({ hold }) => orderIdOf(hold.id)),
    now,
  ]);
}

const readSql = `
  select external_id as id from imported_orders where event_id = $1 and source = $2 and external_id = any($3::text[])`;

/** Which of these orders the event has already. */
export const selectImported = async (
  db: Queryable,
  eventId: EventId,
  source: ImportSource,
  externalIds: string[],
): Promise<Set<string>> =>
  new Set((await db.query<{ id: string }>(readSql, [eventId, source, externalIds])).map(({ id }) => id));
