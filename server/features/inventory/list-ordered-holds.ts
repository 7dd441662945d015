import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { listOrderedHolds as select } from './retention-store.ts';

/** Holds of an event that became an order, for other features. */
export const listOrderedHolds = (app: Pick<App, 'db'>, eventId: EventId): Promise<HoldId[]> =>
  select(app.db, eventId);
