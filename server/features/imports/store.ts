import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { ImportSource } from '../../../contract/import-fields.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

const knownSql = `
  select external_id as id from imported_events
  where organisation_id = $1 and source = $2 and external_id = any($3::text[])`;

/** Which of these events the organisation has imported and not deleted. */
export const selectKnown = async (
  db: Queryable,
  organisationId: OrganisationId,
  source: ImportSource,
  externalIds: string[],
): Promise<Set<string>> =>
  new Set(
    (await db.query<{ id: string }>(knownSql, [organisationId, source, externalIds])).map(({ id }) => id),
  );

// Of two transactions with the same event, the second waits for the first and then writes nothing.
const insertSql = `
  insert into imported_events (organisation_id, source, external_id, event_id, imported_at) values ($1, $2, $3, $4, $5)
  on conflict do nothing`;

/** Writes that a draft was imported. False if another request has imported the event. */
export const insertImported = async (
  trx: Transaction,
  row: { organisationId: OrganisationId; source: ImportSource; externalId: string; eventId: EventId },
  now: Date,
): Promise<boolean> =>
  (await trx.run(insertSql, [row.organisationId, row.source, row.externalId, row.eventId, now])) > 0;
