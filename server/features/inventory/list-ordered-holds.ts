import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { listOrderedHolds as select } from './retention-store.ts';

/** Lists the holds of an event that became orders, for other features. */
export const listOrderedHolds = (app: Pick<App, 'db'>, eventId: EventId): Promise<HoldId[]> =>
  select(app.db, eventId);
