import type { Id, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { SavedOrderSearch } from '../../../contract/order-search.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

/* Lists of orders that a team has saved. Everybody sees those without an owner. */

export interface ViewRow {
  id: Id<'orderView'>;
  /** Null if the team shares the list. */
  ownerId: UserId | null;
  name: string;
  search: SavedOrderSearch;
}

const columns = `id, owner_id as "ownerId", name, search`;
const visible = `organisation_id = $1 and (owner_id is null or owner_id = $2)`;

const listSql = `select ${columns} from order_views where ${visible} order by lower(name), id`;
export const selectViews = (
  db: Queryable,
  organisationId: OrganisationId,
  userId: UserId,
): Promise<ViewRow[]> => db.query<ViewRow>(listSql, [organisationId, userId]);

const takeSql = `delete from order_views where ${visible} and id = $3 returning ${columns}`;
/** Deletes a list that this member sees, and returns it. */
export const deleteView = async (
  trx: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
  id: Id<'orderView'>,
): Promise<ViewRow | undefined> => (await trx.query<ViewRow>(takeSql, [organisationId, userId, id]))[0];

// Of several lists with one name that come at once, the index lets one in. The bound keeps a page readable, so it does not matter
// that lists which come at once may go a little beyond it.
const insertSql = `
  insert into order_views (id, organisation_id, owner_id, name, search, created_at)
  select $1, $2, $3, $4, $5, $6
  where (select count(*) from order_views where organisation_id = $2 and owner_id is not distinct from $3) < $7
  on conflict do nothing`;
/** False if a list of the same owner has the name, or there are so many lists already. */
export const insertView = async (
  trx: Transaction,
  organisationId: OrganisationId,
  { id, ownerId, name, search }: ViewRow,
  now: Date,
  most: number,
): Promise<boolean> =>
  (await trx.run(insertSql, [id, organisationId, ownerId, name, JSON.stringify(search), now, most])) > 0;

const hasNameSql = `
  select from order_views where organisation_id = $1 and owner_id is not distinct from $2 and lower(name) = lower($3)`;
export const hasViewNamed = async (
  trx: Transaction,
  organisationId: OrganisationId,
  { ownerId, name }: Pick<ViewRow, 'ownerId' | 'name'>,
): Promise<boolean> => (await trx.query(hasNameSql, [organisationId, ownerId, name])).length > 0;
