import { Refused } from '../../../contract/errors.ts';
import type { EventId, UserId } from '../../../contract/ids.ts';
import type { WaitlistEntry } from '../../../contract/waitlist.ts';
import type { App } from '../../app.ts';
import { readEntriesOf } from '../inventory/read-line.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { showEntry } from './show-entry.ts';

/** Lists a person's entries in the waitlist of an event, or in all waitlists. */
export async function listEntries(
  app: App,
  userId: UserId,
  eventId: EventId | null = null,
): Promise<{ items: WaitlistEntry[] }> {
  if (eventId && !(await organisationOf(app, eventId))) throw new Refused('not_found');
  const rows = await readEntriesOf(app, userId, eventId);
  const now = app.clock.now();
  return { items: rows.map((row) => showEntry(row, now)) };
}
