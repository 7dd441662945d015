import type { HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectBlockedPlaces } from './voucher-store.ts';

/** How many places the hold of a voucher keeps now; null if it keeps none any more. */
export const readKeptPlaces = (app: Pick<App, 'db'>, holdId: HoldId): Promise<number | null> =>
  selectBlockedPlaces(app.db, holdId);
