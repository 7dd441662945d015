import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectGates, selectMinutes } from './counts-store.ts';

const mostMinutes = 240;

/** What was scanned at each gate, and in each of the last minutes. */
export async function getDoorTimeline(app: App, call: { params: { eventId: EventId } }) {
  const { eventId } = call.params;
  const [gates, minutes] = await Promise.all([
    selectGates(app.db, eventId),
    selectMinutes(app.db, eventId, mostMinutes),
  ]);
  return {
    gates: gates.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() })),
    minutes: minutes.map((row) => ({ ...row, at: row.at.toISOString() })),
  };
}
