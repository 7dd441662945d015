import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { keptDays } from '../../work/retention.ts';
import { forEndedEvents } from '../sale/for-ended-events.ts';
import { deleteEndedHolds } from './retention-store.ts';

/** Deletes holds of past events that expired or were released without an order. Sold places keep their hold. */
export const forgetHolds = (app: Pick<App, 'db'>, now: Date): Promise<number> =>
  forEndedEvents(app, 'holds_forgotten_at', { now, days: keptDays.endedHoldsAfterEvent }, (eventId) =>
    inPortions(() => deleteEndedHolds(app.db, eventId)),
  );
