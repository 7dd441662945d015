import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { QueueEntry } from '../../../contract/waiting-room.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { selectEntry } from './store.ts';
import { showEntry, withoutDraw } from './waiting-room.ts';

/** Tells the caller their open place in a queue, or else the last one. */
export async function getMyEntry(
  app: App,
  { params: { eventId }, caller: { userId } }: { params: { eventId: EventId }; caller: Caller },
): Promise<QueueEntry> {
  const [room, found] = await Promise.all([
    app.rooms.find(eventId),
    selectEntry(app.db, { eventId, userId }),
  ]);
  if (!room || !found) throw new Refused('not_found');
  const entry = withoutDraw(found, room);
  const now = app.clock.now();
  if (entry.status === 'active') app.rooms.signs.note(eventId, entry.id, now.getTime());
  const token = app.queueTokens.issue({ ...entry, user_id: userId }, now.getTime());
  return showEntry(entry, room, { token, now });
}
