import type { OrderId, ResaleId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { holdIdOf } from './inventory.ts';
import type { Resale } from './resale.ts';
import { selectResalesById, selectResalesOfHold } from './resale-store.ts';

export const readResale = async (app: Pick<App, 'db'>, id: ResaleId): Promise<Resale | null> =>
  (await selectResalesById(app.db, [id]))[0] ?? null;

/** Reads all offers for resale of the tickets of an order, the first offer first. */
export const readResalesOf = (app: Pick<App, 'db'>, orderId: OrderId): Promise<Resale[]> =>
  selectResalesOfHold(app.db, holdIdOf(orderId));
