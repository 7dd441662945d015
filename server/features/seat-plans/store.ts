import type { EventId, OrganisationId, SeatMapId, SeatPlanId } from '../../../contract/ids.ts';
import type { SeatPlanDocument } from '../../../contract/plan-fields.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

/** The drawing of an event. */
export interface DrawingRow {
  version: number;
  document: SeatPlanDocument;
  mapId: SeatMapId | null;
  appliedVersion: number | null;
  savedAt: Date;
  savedBy: string;
}

const drawingSql = `
  select version, document, map_id as "mapId", applied_version as "appliedVersion", saved_at as "savedAt", saved_by as "savedBy"
  from event_plans where event_id = $1`;

export async function findDrawing(db: Queryable, eventId: EventId): Promise<DrawingRow | null> {
  const [row] = await db.query<DrawingRow>(drawingSql, [eventId]);
  return row ?? null;
}

// Without the document, which may have megabytes.
const lockDrawingSql = `
  select version, map_id as "mapId", applied_version as "appliedVersion" from event_plans where event_id = $1 for update`;

export async function lockDrawing(
  trx: Transaction,
  eventId: EventId,
): Promise<Pick<DrawingRow, 'version' | 'mapId' | 'appliedVersion'> | null> {
  const [row] = await trx.query<DrawingRow>(lockDrawingSql, [eventId]);
  return row ?? null;
}

const saveDrawingSql = `
  insert into event_plans (event_id, version, document, map_id, applied_version, saved_at, saved_by)
  values ($1, $2, $3::jsonb, $4, null, $5, $6)
  on conflict (event_id) do update set version = excluded.version, document = excluded.document, map_id = excluded.map_id,
    saved_at = excluded.saved_at, saved_by = excluded.saved_by`;

/** Saves a drawing, with the seat map that it was begun from, made into, or compared with. */
export const saveDrawing = (
  trx: Transaction,
  eventId: EventId,
  drawing: Pick<DrawingRow, 'version' | 'document' | 'mapId' | 'savedAt' | 'savedBy'>,
): Promise<number> =>
  trx.run(saveDrawingSql, [
    eventId,
    drawing.version,
    JSON.stringify(drawing.document),
    drawing.mapId,
    drawing.savedAt,
    drawing.savedBy,
  ]);

const sizeSql = `select pg_column_size(document)::int as bytes from event_plans where event_id = $1`;

/** How many bytes the database keeps of the drawing of an event; 0 without one. It reads none of them. */
export const findDrawingSize = async (db: Queryable, eventId: EventId): Promise<number> =>
  (await db.query<{ bytes: number }>(sizeSql, [eventId]))[0]?.bytes ?? 0;

// The document stays in the database: a drawing may have megabytes, and one request copies it for up to a hundred dates.
const copyDrawingSql = `
  insert into event_plans (event_id, version, document, map_id, applied_version, saved_at, saved_by)
  select $2, 1, document, case when map_id is not distinct from $3 then $4 end,
    case when map_id is not distinct from $3 and applied_version = version then 1 end, $5, $6
  from event_plans where event_id = $1`;

interface DrawingCopy {
  from: EventId;
  to: EventId;
  /** The seat maps that are in force. */
  fromMap: SeatMapId | null;
  toMap: SeatMapId | null;
  savedAt: Date;
  savedBy: string;
}

/** Copies the drawing of an event, if it has one. A drawing of the seat map in force is one of the copy's seat map. */
export const copyDrawing = (
  trx: Transaction,
  { from, to, fromMap, toMap, savedAt, savedBy }: DrawingCopy,
): Promise<number> => trx.run(copyDrawingSql, [from, to, fromMap, toMap, savedAt, savedBy]);

// A table of pictures: the original keeps every picture of its drawing, so one statement copies them and nobody reads the drawing.
const copyPicturesSql = `
  insert into plan_pictures (picture_id, event_id, plan_id) select picture_id, $2, null from plan_pictures where event_id = $1
  on conflict do nothing`;

/** Keeps the pictures of an event's drawing for a copy of the event too. */
export const copyDrawingPictures = (trx: Transaction, from: EventId, to: EventId): Promise<number> =>
  trx.run(copyPicturesSql, [from, to]);

const appliedSql = `update event_plans set applied_version = version, map_id = $2 where event_id = $1`;
export const markApplied = (trx: Transaction, eventId: EventId, mapId: SeatMapId | null): Promise<number> =>
  trx.run(appliedSql, [eventId, mapId]);

/** A plan of the library, in its latest version. */
export interface LibraryRow {
  id: SeatPlanId;
  name: string;
  version: number;
  seatCount: number;
  savedAt: Date;
  savedBy: string;
}

const libraryColumns = `library_plans.id, name, library_plans.version, seat_count as "seatCount", saved_at as "savedAt",
  saved_by as "savedBy"`;
const latest = `join library_plan_versions on plan_id = library_plans.id
  and library_plan_versions.version = library_plans.version`;

const listSql = `
  select ${libraryColumns} from library_plans ${latest} where organisation_id = $1 order by lower(name), library_plans.id`;
export const selectLibrary = (db: Queryable, organisationId: OrganisationId): Promise<LibraryRow[]> =>
  db.query<LibraryRow>(listSql, [organisationId]);

const findSql = `
  select ${libraryColumns} from library_plans ${latest} where organisation_id = $1 and library_plans.id = $2`;
export async function findLibraryPlan(
  db: Queryable,
  organisationId: OrganisationId,
  id: SeatPlanId,
): Promise<LibraryRow | null> {
  const [row] = await db.query<LibraryRow>(findSql, [organisationId, id]);
  return row ?? null;
}

const lockSql = `select from library_plans where organisation_id = $1 and id = $2 for update`;
/** Locks a plan and returns it; null if the library has none with this id. */
export async function lockLibraryPlan(
  trx: Transaction,
  organisationId: OrganisationId,
  id: SeatPlanId,
): Promise<LibraryRow | null> {
  const found = await trx.query(lockSql, [organisationId, id]);
  return found.length > 0 ? findLibraryPlan(trx, organisationId, id) : null;
}

const versionSql = `select document from library_plan_versions where plan_id = $1 and version = $2`;
export async function findVersion(
  db: Queryable,
  id: SeatPlanId,
  version: number,
): Promise<SeatPlanDocument | null> {
  const [row] = await db.query<{ document: SeatPlanDocument }>(versionSql, [id, version]);
  return row?.document ?? null;
}

const versionsSql = `
  select version, saved_at as "savedAt" from library_plan_versions where plan_id = $1 order by version desc`;
export const selectVersions = (
  db: Queryable,
  id: SeatPlanId,
): Promise<{ version: number; savedAt: Date }[]> => db.query(versionsSql, [id]);

const namedSql = `select from library_plans where organisation_id = $1 and lower(name) = lower($2) and id <> $3`;
export const hasPlanNamed = async (
  db: Queryable,
  organisationId: OrganisationId,
  name: string,
  except: SeatPlanId,
): Promise<boolean> => (await db.query(namedSql, [organisationId, name, except])).length > 0;

// A table of organisations: its lock lets one request at a time count the plans.
const lockOrganisationSql = `select from organisations where id = $1 for no key update`;
const insertSql = `
  insert into library_plans (id, organisation_id, name, version, created_at)
  select $1, $2, $3, 1, $4 where (select count(*) from library_plans where organisation_id = $2) < $5
  on conflict do nothing`;
/** False if the library has so many plans already, or one with this name. */
export async function insertLibraryPlan(
  trx: Transaction,
  plan: { id: SeatPlanId; organisationId: OrganisationId; name: string },
  now: Date,
  most: number,
): Promise<boolean> {
  await trx.query(lockOrganisationSql, [plan.organisationId]);
  return (await trx.run(insertSql, [plan.id, plan.organisationId, plan.name, now, most])) > 0;
}

const renameSql = `update library_plans set name = $2, version = $3 where id = $1`;
export const moveLibraryPlan = (
  trx: Transaction,
  id: SeatPlanId,
  name: string,
  version: number,
): Promise<number> => trx.run(renameSql, [id, name, version]);

const insertVersionSql = `
  insert into library_plan_versions (plan_id, version, document, seat_count, saved_at, saved_by)
  values ($1, $2, $3::jsonb, $4, $5, $6)`;
const dropVersionsSql = `delete from library_plan_versions where plan_id = $1 and version <= $2`;

/** Adds a version, and deletes those before the last `most`. */
export async function insertVersion(
  trx: Transaction,
  id: SeatPlanId,
  {
    version,
    document,
    seatCount,
    savedAt,
    savedBy,
  }: Omit<LibraryRow, 'id' | 'name'> & { document: SeatPlanDocument },
  most: number,
): Promise<void> {
  await trx.run(insertVersionSql, [id, version, JSON.stringify(document), seatCount, savedAt, savedBy]);
  await trx.run(dropVersionsSql, [id, version - most]);
}

const deleteSql = `delete from library_plans where id = $1`;
export const deletePlan = (trx: Transaction, id: SeatPlanId): Promise<number> => trx.run(deleteSql, [id]);
