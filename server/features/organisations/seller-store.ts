import type { OrganisationId } from '../../../contract/ids.ts';
import type { Seller } from '../../../contract/parties.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

export interface SellerRow {
  /** The name that the public knows. */
  name: string;
  seller: Seller | null;
  version: number;
}

const find = `select name, seller, seller_version as version from organisations where id = $1`;
export async function findSeller(db: Queryable, id: OrganisationId): Promise<SellerRow> {
  const [row] = await db.query<SellerRow>(find, [id]);
  if (!row) throw new Error(`there is no organisation ${id}`);
  return row;
}

const lock = `${find} for no key update`;
export async function lockSeller(trx: Transaction, id: OrganisationId): Promise<SellerRow> {
  const [row] = await trx.query<SellerRow>(lock, [id]);
  if (!row) throw new Error(`there is no organisation ${id}`);
  return row;
}

const update = `update organisations set seller = $2, seller_version = $3 where id = $1`;
export const updateSeller = (trx: Writes, id: OrganisationId, seller: Seller, version: number): void =>
  trx.write(update, [id, JSON.stringify(seller), version]);
