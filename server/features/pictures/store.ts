import type { EventId, OrganisationId, PictureId, SeatPlanId } from '../../../contract/ids.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';

export interface PictureRow {
  id: PictureId;
  width: number;
  height: number;
}

const renewUploadedSql = `
  update pictures set created_at = $3 where organisation_id = $1 and sha256 = $2 returning id, width, height`;
/**
 * The picture that this organisation has uploaded before, by the hash of its bytes; null if there is none. It stays as long as a new one.
 */
export async function renewUploaded(
  db: Queryable,
  organisationId: OrganisationId,
  sha256: Buffer,
  now: Date,
): Promise<PictureRow | null> {
  const [row] = await db.query<PictureRow>(renewUploadedSql, [organisationId, sha256, now]);
  return row ?? null;
}

const countSql = `
  select count(*)::int as "all", count(*) filter (where created_at > $2)::int as today
  from pictures where organisation_id = $1`;
/** How many pictures an organisation has, and how many of them it has sent since an instant. */
export async function countPictures(
  db: Queryable,
  organisationId: OrganisationId,
  since: Date,
): Promise<{ all: number; today: number }> {
  const [row] = await db.query<{ all: number; today: number }>(countSql, [organisationId, since]);
  return row ?? { all: 0, today: 0 };
}

const insertSql = `
  insert into pictures (id, organisation_id, sha256, width, height, created_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (organisation_id, sha256) do nothing`;
/** False if the organisation has this picture already. */
export const insertPicture = async (
  db: Queryable,
  picture: PictureRow & { organisationId: OrganisationId; sha256: Buffer },
  now: Date,
): Promise<boolean> =>
  (await db.run(insertSql, [
    picture.id,
    picture.organisationId,
    picture.sha256,
    picture.width,
    picture.height,
    now,
  ])) > 0;

const keepSql = `select from pictures where id = $1 and organisation_id = $2 for key share`;
/** Keeps a picture until the transaction ends. False if the organisation has none with this id. */
export const keepPicture = async (
  trx: Transaction,
  id: PictureId,
  organisationId: OrganisationId,
): Promise<boolean> => (await trx.query(keepSql, [id, organisationId])).length > 0;

const existsSql = `select from pictures where id = $1`;
export const pictureExists = async (db: Reads, id: PictureId): Promise<boolean> =>
  (await db.query(existsSql, [id])).length > 0;

// Both name a table of catalog, a table of sale, a table of seat-plans and a table of branding: whether an event, an extra, a plan or
// the page of an organisation shows a picture decides whether it goes. The lock comes first, because an event that
// begins to show a picture locks it too (keepPicture), and the second statement sees what was committed before the lock.
const lockUnusedSql = `
  select id from pictures where created_at < $1
    and not exists (select from events where cover_url like '/pictures/' || pictures.id || '/%')
    and not exists (select from plan_pictures where picture_id = pictures.id)
    and not exists (select from products where picture_url like '/pictures/' || pictures.id || '/%')
    and not exists (select from organisation_pages where logo_url like '/pictures/' || pictures.id || '/%')
  order by created_at limit 100 for update skip locked`;
// A table of catalog, a table of sale, a table of seat-plans and a table of branding, as above.
const deleteUnusedSql = `
  delete from pictures where id = any($1)
    and not exists (select from events where cover_url like '/pictures/' || pictures.id || '/%')
    and not exists (select from plan_pictures where picture_id = pictures.id)
    and not exists (select from products where picture_url like '/pictures/' || pictures.id || '/%')
    and not exists (select from organisation_pages where logo_url like '/pictures/' || pictures.id || '/%')
  returning id`;
/** Deletes pictures that were uploaded before an instant and that nothing shows. */
export async function deleteUnused(trx: Transaction, before: Date): Promise<PictureId[]> {
  const locked = await trx.query<{ id: PictureId }>(lockUnusedSql, [before]);
  if (locked.length === 0) return [];
  const deleted = await trx.query<{ id: PictureId }>(deleteUnusedSql, [locked.map(({ id }) => id)]);
  return deleted.map(({ id }) => id);
}

const keepForPlanSql = `
  insert into plan_pictures (picture_id, event_id, plan_id) select id, $3, $4 from pictures
  where id = any($1::text[]) and organisation_id = $2
  on conflict do nothing`;
const countOwnSql = `select count(*)::int as count from pictures where id = any($1::text[]) and organisation_id = $2`;
/** Keeps the pictures that a seat plan shows (a table of seat-plans). False if the organisation does not have all of them. */
export async function keepForPlan(
  trx: Transaction,
  ids: PictureId[],
  organisationId: OrganisationId,
  owner: { eventId: EventId } | { planId: SeatPlanId },
): Promise<boolean> {
  if (ids.length === 0) return true;
  const eventId = 'eventId' in owner ? owner.eventId : null;
  await trx.run(keepForPlanSql, [ids, organisationId, eventId, 'planId' in owner ? owner.planId : null]);
  const [row] = await trx.query<{ count: number }>(countOwnSql, [ids, organisationId]);
  return row?.count === ids.length;
}
