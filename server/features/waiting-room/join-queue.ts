import { randomBytes } from 'node:crypto';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, UserId } from '../../../contract/ids.ts';
import type { QueueEntry } from '../../../contract/waiting-room.ts';
import type { App } from '../../app.ts';
import { gatherPer } from '../../gather.ts';
import type { Call } from '../../http/bind.ts';
import { insertProven, type Proven } from './proof-store.ts';
import { giveBackJoin, mustProve, proofRequired, proveGuest } from './prove-guest.ts';
import { insertEntries, type Joining, selectEntry } from './store.ts';
import { type EntryRow, isClosed, type RoomRow, showEntry, withoutDraw } from './waiting-room.ts';

type JoinCall = Pick<
  Call<{ eventId: EventId }, undefined, { salt?: string | undefined }, 'signed-in'>,
  'params' | 'caller' | 'body' | 'ip' | 'header'
>;
type OwnEntry = EntryRow & { user_id: UserId };

/** Gives the caller a place in the queue, or tells the one that they have. It answers after the commit. */
export async function joinQueue(app: App, call: JoinCall): Promise<QueueEntry> {
  const { params, caller, body } = call;
  const { eventId } = params;
  const room = await app.rooms.open(eventId);
  const salt = body.salt ?? randomBytes(16).toString('hex');
  const joining = { eventId, userId: caller.userId, entryId: app.newId('queueEntry'), salt };
  const found = await findOrJoin(app, call, room, joining);
  if (!found) throw new Refused('queue_ended');
  const entry = withoutDraw(found, room);
  const now = app.clock.now();
  return showEntry(entry, room, { token: app.queueTokens.issue(entry, now.getTime()), now });
}

/**
 * Whoever has a place gets it without a proof and without the row of the room, so that it is safe and cheap to repeat: pages that are
 * loaded again must not wait for the keeper, or keep new people waiting.
 */
async function findOrJoin(
  app: App,
  call: JoinCall,
  room: RoomRow,
  joining: Joining,
): Promise<OwnEntry | null> {
  const { eventId, userId } = joining;
  const present = await selectEntry(app.db, { eventId, userId });
  if (present && present.status !== 'ended') return { ...present, user_id: userId };
  return mustProve(app, call.caller) ? joinAsGuest(app, call, room, joining) : join(app, joining);
}

async function joinAsGuest(
  app: App,
  call: JoinCall,
  room: RoomRow,
  joining: Joining,
): Promise<OwnEntry | null> {
  const { eventId } = joining;
  if (isClosed(room, app.clock.now())) return null;
  const proof = await proveGuest(app, { eventId, payload: call.header('queue-proof'), ip: call.ip });
  const entry = await joinProven(app, { ...joining, ...proof });
  if (entry) return entry;
  giveBackJoin(app, eventId, call.ip);
  const now = await app.rooms.open(eventId);
  if (isClosed(now, app.clock.now())) return null;
  throw proofRequired(app, eventId, 'used');
}

/** Those who join at once share a statement for each event, and stand in the order in which they asked. */
const join = gatherPer((app: App, people: Joining[]) => joinAll(app, people, insertEntries), 500);
const joinProven = gatherPer((app: App, people: Proven[]) => joinAll(app, people, insertProven), 500);

async function joinAll<Person extends Joining>(
  app: App,
  people: Person[],
  insert: (db: App['db'], eventId: EventId, people: Person[], now: Date) => Promise<EntryRow[]>,
): Promise<(OwnEntry | null)[]> {
  const now = app.clock.now();
  const byEvent = Map.groupBy(people, ({ eventId }) => eventId);
  const joined = await Promise.all([...byEvent].map(([eventId, of]) => insert(app.db, eventId, of, now)));
  const found = new Map(joined.flat().map((entry) => [`${entry.event_id} ${entry.user_id}`, entry]));
  return people.map(({ eventId, userId }) => {
    const entry = found.get(`${eventId} ${userId}`);
    return entry ? { ...entry, user_id: userId } : null;
  });
}
