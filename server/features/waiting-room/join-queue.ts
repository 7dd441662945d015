import { randomBytes } from 'node:crypto';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, UserId } from '../../../contract/ids.ts';
import type { QueueEntry } from '../../../contract/waiting-room.ts';
import type { App } from '../../app.ts';
import { gatherPer } from '../../gather.ts';
import type { Call } from '../../http/bind.ts';
import { insertEntries, type Joining } from './store.ts';
import { type EntryRow, showEntry } from './waiting-room.ts';

type JoinCall = Pick<
  Call<{ eventId: EventId }, undefined, { salt?: string | undefined }, 'signed-in'>,
  'params' | 'caller' | 'body'
>;

/** Gives the caller a place in the queue, or tells the one that they have. It answers after the commit. */
export async function joinQueue(app: App, { params, caller, body }: JoinCall): Promise<QueueEntry> {
  const { eventId } = params;
  const room = await app.rooms.open(eventId);
  const salt = body.salt ?? randomBytes(16).toString('hex');
  const entryId = app.newId('queueEntry');
  const entry = await join(app, { eventId, userId: caller.userId, entryId, salt });
  if (!entry) throw new Refused('queue_ended');
  const now = app.clock.now();
  return showEntry(entry, room, { token: app.queueTokens.issue(entry, now.getTime()), now });
}

/** Those who join at once share a statement for each event, and stand in the order in which they asked. */
const join = gatherPer(
  async (app: App, people: Joining[]): Promise<((EntryRow & { user_id: UserId }) | null)[]> => {
    const now = app.clock.now();
    const byEvent = Map.groupBy(people, ({ eventId }) => eventId);
    const joined = await Promise.all(
      [...byEvent].map(([eventId, of]) => insertEntries(app.db, eventId, of, now)),
    );
    const found = new Map(joined.flat().map((entry) => [`${entry.event_id} ${entry.user_id}`, entry]));
    return people.map(({ eventId, userId }) => {
      const entry = found.get(`${eventId} ${userId}`);
      return entry ? { ...entry, user_id: userId } : null;
    });
  },
  500,
);
