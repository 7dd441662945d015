import type { OrderId, ResaleId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { holdIdOf } from './inventory.ts';
import type { Resale } from './resale.ts';
import { selectResalesById, selectResalesOfHold, selectResalesOfSeller } from './resale-store.ts';

export const readResale = async (app: Pick<App, 'db'>, id: ResaleId): Promise<Resale | null> =>
  (await selectResalesById(app.db, [id]))[0] ?? null;

/** Reads all offers for resale of the tickets of an order, the first offer first. */
export const readResalesOf = (app: Pick<App, 'db'>, orderId: OrderId): Promise<Resale[]> =>
  selectResalesOfHold(app.db, holdIdOf(orderId));

/** Reads all offers for resale that a person made, the first offer first. */
export const readResalesBy = (app: Pick<App, 'db'>, sellerId: UserId): Promise<Resale[]> =>
  selectResalesOfSeller(app.db, sellerId);
