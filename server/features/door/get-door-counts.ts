import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { countAdmitted } from './store.ts';

/** How many of the tickets that are not cancelled have been admitted. */
export const getDoorCounts = (app: App, call: { params: { eventId: EventId } }) =>
  countAdmitted(app.db, call.params.eventId);
