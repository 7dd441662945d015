import { type BeaconChain, beaconPatienceMs, roundAtMs } from '../../../contract/beacon.ts';
import type { EventId, QueueEntryId, UserId } from '../../../contract/ids.ts';
import type { QueueBeacon } from '../../../contract/queue-beacon.ts';
import type { NotAdmittedReason, QueueEndReason } from '../../../contract/queue-refusals.ts';
import type { Queue, QueueEntry, QueueLane } from '../../../contract/waiting-room.ts';
import { isSteady } from './admission.ts';
import { estimateWait } from './estimate.ts';
import { backMs } from './keeping.ts';
import { idleSecondsOf } from './signs.ts';
import type { QueueToken } from './tokens.ts';

/** A row of `waiting_rooms` without its secret seed. Processes keep it in memory, and it is shared: nobody may change it. */
export interface RoomRow {
  event_id: EventId;
  mode: 'off' | 'always' | 'scheduled' | 'under-load';
  phase: 'joining' | 'closed' | 'open' | 'standby' | 'ended';
  opens_at: Date | null;
  closes_at: Date;
  commitment: string;
  beacon: string | null;
  drawn_at: Date | null;
  drawn: number;
  next_position: number;
  now_serving: number;
  waiting: number;
  paused: boolean;
  message: string;
  people_per_minute: number | null;
  window_seconds: number;
  kept_at: Date | null;
  /** Since when the keepers have looked without a break (keeping.ts). */
  kept_since: Date | null;
  allowance: number;
  pace: number;
  let_in_per_minute: number | null;
  places_left: number;
  paying: number;
  /** How many more people could be let in after the last step, and since when that is the limit (admission.ts). */
  vacancies: number;
  full_since: Date | null;
  /** True if the queue is over and some of its places have not ended yet. */
  is_ending: boolean;
  lanes: QueueLane[];
  /** The chain and the round of the public beacon that the draw mixes; null without one. `beacon` is the signature, once it came. */
  beacon_chain: BeaconChain | null;
  beacon_round: number | null;
  /** The hash of the closed list, if there is a beacon: published before the round comes. */
  list_hash: string | null;
  beacon_dropped_at: Date | null;
  version: number;
}

/** Whether a draw waits for a beacon that should have answered, so that the organiser may draw without it. */
export const isOverdue = (room: RoomRow, now: Date): boolean =>
  awaitsBeacon(room) &&
  room.beacon_chain !== null &&
  room.beacon_round !== null &&
  roundAtMs(room.beacon_chain, room.beacon_round) + beaconPatienceMs <= now.getTime();

/** Whether a closed list waits for its beacon. */
export const awaitsBeacon = ({ phase, beacon, beacon_chain, beacon_dropped_at }: RoomRow): boolean =>
  phase === 'closed' && beacon_chain !== null && beacon === null && beacon_dropped_at === null;

/** A row of `queue_entries`. */
export interface EntryRow {
  event_id: EventId;
  id: QueueEntryId;
  user_id: UserId | null;
  salt: string;
  lane: string | null;
  position: number | null;
  status: 'waiting' | 'active' | 'ended';
  joined_at: Date;
  active_until: Date | null;
  ended_at: Date | null;
  end_reason: QueueEndReason | null;
}

/** How long a person chooses, unless the organiser wishes another time. */
export const usualWindowSeconds = 600;

/** The clocks of processes may differ so much. An admission counts so much longer than it says, and ends not before. */
export const clockGraceMs = 2000;

/** Whether places of this event are held only by people who were let in. */
export const needsAdmission = ({ mode, phase }: Pick<RoomRow, 'mode' | 'phase'>): boolean =>
  mode !== 'off' && phase !== 'standby' && phase !== 'ended';

/**
 * A place as its person may see it. The draw writes positions in portions, and nobody is told one before all have theirs. Whoever
 * joined after the list was closed stands behind it, and knows that at once.
 */
export function withoutDraw<Entry extends Pick<EntryRow, 'position'>>(
  entry: Entry,
  { phase, drawn }: Pick<RoomRow, 'phase' | 'drawn'>,
): Entry {
  const isDrawn = entry.position !== null && entry.position <= drawn;
  return phase === 'joining' || (phase === 'closed' && isDrawn) ? { ...entry, position: null } : entry;
}

/** Whether nobody joins any more. */
export const isClosed = (room: Pick<RoomRow, 'phase' | 'closes_at'>, now: Date): boolean =>
  room.phase === 'ended' || room.closes_at <= now;

export function showQueue(room: RoomRow): Queue {
  return {
    eventId: room.event_id,
    version: room.version,
    state: stateOf(room),
    opensAt: room.opens_at?.toISOString() ?? null,
    nowServing: room.now_serving,
    lastPosition: room.next_position - 1,
    waiting: room.waiting,
    peoplePerMinute: room.let_in_per_minute,
    reach: room.vacancies,
    isSteady: room.kept_at !== null && isSteady(room.full_since, room.kept_at),
    left: room.places_left,
    paying: room.paying,
    windowSeconds: room.window_seconds,
    idleSeconds: idleSecondsOf(room.window_seconds),
    message: room.message,
    isPaused: room.paused,
    wishedPerMinute: room.people_per_minute,
    commitment: room.commitment,
    drawnAt: room.drawn_at?.toISOString() ?? null,
    lanes: room.lanes,
    beacon: showBeacon(room),
  };
}

/** The beacon of a draw as everybody may know it before and after; null if none was announced. */
export function showBeacon(
  room: Pick<RoomRow, 'beacon_chain' | 'beacon_round' | 'list_hash' | 'beacon_dropped_at'>,
): QueueBeacon | null {
  const { beacon_chain: chain, beacon_round: round } = room;
  if (!chain || round === null) return null;
  const atMs = roundAtMs(chain, round);
  return {
    ...chain,
    round,
    roundAt: new Date(atMs).toISOString(),
    withoutFrom: new Date(atMs + beaconPatienceMs).toISOString(),
    listHash: room.list_hash,
    droppedAt: room.beacon_dropped_at?.toISOString() ?? null,
  };
}

function stateOf({ phase, paused, kept_at, places_left, paying }: RoomRow): Queue['state'] {
  if (phase === 'joining') return 'before_draw';
  if (phase === 'closed') return 'drawing';
  if (phase !== 'open') return phase;
  if (paused) return 'paused';
  // Before the keeper has looked for the first time, nobody knows how many places are left.
  if (kept_at === null || places_left > 0) return 'open';
  return paying > 0 ? 'all_held' : 'sold_out';
}

export function showEntry(
  entry: EntryRow,
  room: RoomRow,
  { token, now }: { token: string; now: Date },
): QueueEntry {
  const waits = entry.status === 'waiting';
  const { ahead, waitSeconds } = waitOf(entry, room, now);
  return {
    id: entry.id,
    eventId: entry.event_id,
    status: waits && entry.position === null ? 'before_draw' : entry.status,
    position: entry.position,
    ahead,
    estimatedWaitSeconds: waitSeconds,
    activeUntil: entry.status === 'active' ? (entry.active_until?.toISOString() ?? null) : null,
    endReason: entry.end_reason,
    joinedAt: entry.joined_at.toISOString(),
    now: now.toISOString(),
    lane: entry.lane,
    salt: entry.salt,
    token,
  };
}

/** How many positions before this place were not let in, and how long its person still waits; null if nobody can tell. */
export function waitOf(
  { status, position }: Pick<EntryRow, 'status' | 'position'>,
  room: RoomRow,
  now: Date,
): { ahead: number | null; waitSeconds: number | null } {
  const ahead =
    status === 'waiting' && position !== null ? Math.max(0, position - 1 - room.now_serving) : null;
  return { ahead, waitSeconds: secondsToWait(ahead, room, now) };
}

/** How long a person with so many ahead still waits; null if nobody can tell. */
export const secondsToWait = (ahead: number | null, room: RoomRow, now: Date): number | null =>
  stateOf(room) === 'open' ? estimateWait(ahead, room, now) : null;

/**
 * Judges a token without the database. ask: the token is genuine and says only that its owner waited, so the database knows
 * whether they were let in since. It also knows whether a turn that ended around an outage lasts longer than its token says.
 */
export function judgeToken(
  token: QueueToken | null,
  of: {
    eventId: EventId;
    userId: UserId;
    nowMs: number;
    nowServing: number;
    keptSince: Date | null;
    hasEnded: boolean;
  },
): 'admitted' | 'ask' | NotAdmittedReason {
  if (!token) return 'forged';
  if (token.eventId !== of.eventId) return 'other_event';
  if (token.userId !== of.userId) return 'other_buyer';
  if (of.hasEnded) return 'ended';
  if (token.activeUntilMs === 0) return token.position > of.nowServing ? 'waiting' : 'ask';
  if (token.activeUntilMs + clockGraceMs > of.nowMs) return 'admitted';
  return of.keptSince !== null && token.activeUntilMs < of.keptSince.getTime() + backMs ? 'ask' : 'expired';
}

/** Why a person with this last place may not hold places; null if they may. */
export function judgeEntry(entry: EntryRow | null, nowMs: number): NotAdmittedReason | null {
  if (!entry) return 'not_in_queue';
  if (entry.status === 'waiting') return 'waiting';
  if (entry.status === 'ended') return entry.end_reason === 'window_over' ? 'expired' : 'ended';
  return (entry.active_until?.getTime() ?? 0) + clockGraceMs > nowMs ? null : 'expired';
}
