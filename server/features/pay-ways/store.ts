import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import { type EventWays, noWays, type OrganisationWays } from '../../../contract/pay-way-fields.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

export interface StoredWays<W> {
  version: number;
  ways: W;
}

const findSql = `select version, ways from organisation_ways where organisation_id = $1`;

/** What an organisation offers. Before it has chosen anything, nobody pays later. */
export async function findOrganisationWays(
  db: Queryable,
  id: OrganisationId,
): Promise<StoredWays<OrganisationWays>> {
  const [row] = await db.query<StoredWays<OrganisationWays>>(findSql, [id]);
  return row ?? { version: 0, ways: noWays };
}

const ofEventSql = `select version, ways from event_ways where event_id = $1`;

/** What an event offers of its own; null if it follows its organisation. */
export async function findEventWays(db: Queryable, id: EventId): Promise<StoredWays<EventWays | null>> {
  const [row] = await db.query<StoredWays<EventWays | null>>(ofEventSql, [id]);
  return row ?? { version: 0, ways: null };
}

// The row may not exist yet, so writers of one owner wait for each other on a lock of its name.
const lockSql = `select pg_advisory_xact_lock(hashtextextended('pay ways ' || $1, 0))`;

export const lockWays = (trx: Transaction, owner: OrganisationId | EventId): Promise<unknown> =>
  trx.query(lockSql, [owner]);

const putOrganisationSql = `
  insert into organisation_ways (organisation_id, version, ways, updated_at) values ($1, $2, $3, $4)
  on conflict (organisation_id) do update set version = excluded.version, ways = excluded.ways, updated_at = excluded.updated_at`;

export const writeOrganisationWays = (
  trx: Writes,
  id: OrganisationId,
  { version, ways }: StoredWays<OrganisationWays>,
  now: Date,
): void => trx.write(putOrganisationSql, [id, version, JSON.stringify(ways), now]);

const putEventSql = `
  insert into event_ways (event_id, version, ways, updated_at) values ($1, $2, $3, $4)
  on conflict (event_id) do update set version = excluded.version, ways = excluded.ways, updated_at = excluded.updated_at`;

export const writeEventWays = (
  trx: Writes,
  id: EventId,
  { version, ways }: StoredWays<EventWays | null>,
  now: Date,
): void => trx.write(putEventSql, [id, version, ways && JSON.stringify(ways), now]);
