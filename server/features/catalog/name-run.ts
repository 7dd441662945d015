import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActBy, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { lockEditable } from './lock-editable.ts';
import { updateEventRow } from './store.ts';

/** The name of the series of an event: its own, else the one that is asked for, else its title. */
export const runOf = (event: { run: string | null; title: string }, asked: string | null): string =>
  event.run ?? asked ?? event.title.slice(0, 80).trim();

/**
 * Locks an event whose dates are being made and gives it the name of their series if it has none. Requests for dates of one event wait for
 * each other here, so two at once do not make a date twice. Throws 'not_found' and 'event_cancelled'.
 */
export async function nameRun(
  app: App,
  trx: Transaction,
  eventId: EventId,
  asked: string | null,
  by: ActBy,
): Promise<string> {
  const row = await lockEditable(trx, eventId);
  const run = runOf(row, asked);
  if (row.run === run) return run;
  await updateEventRow(trx, { ...row, run, version: row.version + 1 });
  noteAct(app, trx, by, {
    act: 'event.changed',
    organisationId: row.organisation_id,
    subject: { type: 'event', id: eventId, title: row.title },
    before: { run: row.run },
    after: { run },
  });
  return run;
}
