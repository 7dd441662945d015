import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { countAdmitted } from './counts-store.ts';

/** How many of the tickets that are not cancelled have been admitted, and how many guests are inside. */
export const getDoorCounts = (app: App, call: { params: { eventId: EventId } }) =>
  countAdmitted(app.db, { eventId: call.params.eventId, now: app.clock.now() });
