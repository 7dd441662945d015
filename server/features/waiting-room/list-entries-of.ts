import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectAllEntries } from './people-store.ts';

/** A person's places in all queues, for the export of their data. */
export async function listEntriesOf(app: App, userId: UserId) {
  const rows = await selectAllEntries(app.db, userId);
  return rows.map((row) => ({
    id: row.id,
    eventId: row.event_id,
    status: row.status,
    position: row.position,
    joinedAt: row.joined_at.toISOString(),
    endReason: row.end_reason,
  }));
}
