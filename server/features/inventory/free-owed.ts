import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Job } from '../../work/jobs.ts';
import type { HoldRecord } from './inventory.ts';

/** The job that has an event's ledger free the places of tickets that were exchanged for places of other events. */
export const freeOwedJob = ({ id: holdId, eventId }: HoldRecord): Job<'free-owed-places'> => ({
  task: 'free-owed-places',
  payload: { eventId, holdId },
});

export async function freeOwedPlaces(
  app: App,
  { eventId, holdId }: { eventId: EventId; holdId: HoldId },
): Promise<void> {
  await app.ledger.submit(eventId, { kind: 'free-owed', holdId });
}
