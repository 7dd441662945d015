import { Refused } from '../../../contract/errors.ts';
import type { EventId, UserId } from '../../../contract/ids.ts';
import type { NotAdmittedReason } from '../../../contract/queue-refusals.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../data/db.ts';
import type { Notices } from '../../data/notices.ts';
import type { Metrics } from '../../metrics.ts';
import { createSigns, type Signs } from './signs.ts';
import { endedAdmissionsSql, roomsInUseSql, selectEntry, selectRoom } from './store.ts';
import type { QueueTokens } from './tokens.ts';
import { clockGraceMs, judgeEntry, judgeToken, needsAdmission, type RoomRow } from './waiting-room.ts';

/** The waiting rooms that this process knows. Events without one cost a look-up in a map. */
export interface Rooms {
  /** Returns at once if the room is known here. Null if the event never had one. */
  find(eventId: EventId): RoomRow | Promise<RoomRow | null>;
  /** The room if people may join it and this process knows it now. */
  known(eventId: EventId): RoomRow | null;
  /** The same for a room that people may join. Throws Refused('not_found') if the event has none now. */
  open(eventId: EventId): RoomRow | Promise<RoomRow>;
  /** The rooms that are in use. */
  inUse(): EventId[];
  /**
   * Throws Refused('not_admitted') if the event has a waiting room and the caller was not let in. Undefined if nobody has to
   * ask the database, which is nearly always.
   */
  check(eventId: EventId, userId: UserId, token: string | undefined): undefined | Promise<void>;
  /** The people who were let in and whom this process heard of. */
  signs: Signs;
  /** Calls the listener with each room that changed. */
  onChange(listener: (room: RoomRow) => void): () => void;
}

export async function createRooms(options: {
  db: Db;
  clock: Clock;
  notices: Notices;
  tokens: QueueTokens;
  metrics: Metrics;
}): Promise<Rooms> {
  const { db, clock, notices, tokens, metrics } = options;
  const known = new Map<EventId, RoomRow>();
  /** Admissions that ended before the time in their tokens, by the id of the entry. */
  const ended = new Map<string, number>();
  const signs = createSigns();
  const listeners = new Set<(room: RoomRow) => void>();

  function note(room: RoomRow): void {
    const before = known.get(room.event_id);
    if (before && before.version > room.version) return;
    if (room.mode === 'off') known.delete(room.event_id);
    else known.set(room.event_id, room);
    for (const listener of listeners) listener(room);
  }

  function noteEnded({ id, activeUntil }: { id: string; activeUntil: Date | string }): void {
    if (ended.size > 0 && ended.size % 1000 === 0) forgetEnded();
    ended.set(id, new Date(activeUntil).getTime());
  }

  function forgetEnded(): void {
    const over = clock.now().getTime() - 2 * clockGraceMs;
    for (const [id, activeUntilMs] of ended) if (activeUntilMs < over) ended.delete(id);
  }

  await notices.subscribe({
    channel: 'waiting_rooms',
    heard: (payload) => note(withDates(JSON.parse(payload))),
    async opened(ask) {
      known.clear();
      for (const room of await ask<RoomRow>(roomsInUseSql)) note(room);
    },
  });
  await notices.subscribe({
    channel: 'ended_admissions',
    heard: (payload) => noteEnded(JSON.parse(payload)),
    async opened(ask) {
      for (const row of await ask<{ id: string; activeUntil: Date }>(endedAdmissionsSql)) noteEnded(row);
    },
  });

  const refuse = (eventId: EventId, reason: NotAdmittedReason): never => {
    metrics.queueRefusals.inc({ code: 'not_admitted', reason });
    throw new Refused('not_admitted', { reason, queue: `/api/events/${eventId}/queue` });
  };

  async function ask(eventId: EventId, userId: UserId): Promise<void> {
    const entry = await selectEntry(db, { eventId, userId });
    const nowMs = clock.now().getTime();
    const reason = judgeEntry(entry, nowMs);
    if (reason) refuse(eventId, reason);
    if (entry) signs.note(eventId, entry.id, nowMs);
  }

  function judge(room: RoomRow, userId: UserId, given: string | undefined): undefined | Promise<void> {
    const eventId = room.event_id;
    if (!needsAdmission(room)) return undefined;
    if (given === undefined) return ask(eventId, userId);
    const token = tokens.open(given);
    const nowMs = clock.now().getTime();
    const hasEnded = token !== null && ended.has(token.entryId);
    const judged = judgeToken(token, {
      eventId,
      userId,
      nowMs,
      nowServing: room.now_serving,
      keptSince: room.kept_since,
      hasEnded,
    });
    if (judged === 'admitted') {
      if (token) signs.note(eventId, token.entryId, nowMs);
      return notices.isLive() ? undefined : ask(eventId, userId);
    }
    return judged === 'ask' ? ask(eventId, userId) : refuse(eventId, judged);
  }

  const find = (eventId: EventId) =>
    (notices.isLive() ? known.get(eventId) : undefined) ?? selectRoom(db, eventId);

  function requireOpen(room: RoomRow | null): RoomRow {
    if (!room || room.mode === 'off') throw new Refused('not_found');
    return room;
  }

  return {
    signs,
    find,
    known: (eventId) => (notices.isLive() ? known.get(eventId) : undefined) ?? null,
    open(eventId) {
      const found = find(eventId);
      return found instanceof Promise ? found.then(requireOpen) : requireOpen(found);
    },
    inUse: () => [...known.values()].filter(isInUse).map((room) => room.event_id),
    check(eventId, userId, token) {
      // While notices do not arrive, only the database knows.
      if (!notices.isLive())
        return selectRoom(db, eventId).then((room) => (room ? judge(room, userId, token) : undefined));
      const room = known.get(eventId);
      return room && judge(room, userId, token);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const isInUse = ({ phase, is_ending }: RoomRow): boolean => phase !== 'ended' || is_ending;

/** A notice is JSON, so its instants are texts. */
const withDates = (row: RoomRow): RoomRow => ({
  ...row,
  opens_at: dateOf(row.opens_at),
  closes_at: new Date(row.closes_at),
  drawn_at: dateOf(row.drawn_at),
  kept_at: dateOf(row.kept_at),
  kept_since: dateOf(row.kept_since),
  full_since: dateOf(row.full_since),
  beacon_dropped_at: dateOf(row.beacon_dropped_at),
});
const dateOf = (given: Date | string | null): Date | null => (given === null ? null : new Date(given));
