import type { EventId, QueueEntryId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectTurn, selectTurns } from './people-store.ts';
import { secondsToWait } from './waiting-room.ts';

/** What there is to tell to a person in a queue. */
export interface Turn {
  userId: UserId;
  /** Until when the person may choose places, or how long they still wait. */
  when: { until: Date } | { inSeconds: number };
}

/**
 * The people of a queue with positions after this one, who wait or were let in, in their order. letIn: only those who were let in
 * and are not there.
 */
export const readTurns = (
  { db }: Pick<App, 'db'>,
  of: { eventId: EventId; after: number; upTo: number; letIn: boolean; limit: number },
): Promise<{ id: QueueEntryId; position: number; userId: UserId }[]> => selectTurns(db, of);

/**
 * Null if there is nothing to tell: the place has ended, its person was let in and is there, or nobody can tell how long they wait.
 */
export async function readTurn(
  { db, rooms, clock }: Pick<App, 'db' | 'rooms' | 'clock'>,
  eventId: EventId,
  entryId: QueueEntryId,
): Promise<Turn | null> {
  const [room, entry] = await Promise.all([rooms.find(eventId), selectTurn(db, eventId, entryId)]);
  if (!room || !entry?.user_id || entry.position === null) return null;
  const userId = entry.user_id;
  if (entry.status === 'active')
    return entry.seen_at === null && entry.active_until
      ? { userId, when: { until: entry.active_until } }
      : null;
  if (entry.status === 'ended') return null;
  const ahead = Math.max(0, entry.position - 1 - room.now_serving);
  const inSeconds = secondsToWait(ahead, room, clock.now());
  return inSeconds === null ? null : { userId, when: { inSeconds } };
}
