import { awayMs } from './keeping.ts';
import type { RoomRow } from './waiting-room.ts';

/** What the keeper sees of a sale at one instant. */
interface Seen {
  /** False before the sale starts. */
  isOnSale: boolean;
  /** Places that are free, in all ticket types that are on sale. */
  left: number;
  /** Holds that are neither bought nor over. */
  paying: number;
  /** People who were let in and hold nothing yet. */
  choosing: number;
  /** People who were let in during the last two minutes. */
  letIn: number;
  /** Commands that wait in the ledger of this process. */
  queued: number;
}

/** If the keeper did not look for longer, the rest of the time lets nobody in. */
const longestStepMs = 5000;
/** After a time when nobody looked at all, people come as after a usual step. So a process whose clock is ahead lets in no crowd. */
const firstStepMs = 500;
/** How much time is looked back to say how many people a minute are let in. */
export const rateOverMs = 120_000;
/** Whether what was measured lately says how fast others are done: places alone were the limit for as long as it looks back. */
export const isSteady = (fullSince: Date | null, now: Date): boolean =>
  fullSince !== null && now.getTime() - fullSince.getTime() >= rateOverMs;
/** From so many commands in the ledger on it does not keep up, and people wait at an event with `under-load`. */
export const longQueue = 500;
export const paces = { least: 60, most: 60_000 };
/** How much faster people are let in each second while the ledger keeps up. */
export const growth = 1.1;

/** What the keeper writes into the room, and how many people it lets in if so many wait. */
interface Step {
  allowance: number;
  pace: number;
  letIn: number;
  /** How many more people may be let in after these until as many choose as places are free. */
  vacancies: number;
  /** Since when that, and not the speed, has decided how many people come; null if the speed decides. */
  fullSince: Date | null;
}

/**
 * Decides how many people are let in now. The speed lets a fraction of a person in with each step, so fractions add up.
 * Nobody is let in to an empty shop: people who choose and hold nothing yet are never more than the free places.
 */
export function decideStep(room: RoomRow, seen: Seen, now: Date): Step {
  const sinceMs = room.kept_at === null ? 0 : now.getTime() - room.kept_at.getTime();
  const stepMs = sinceMs > awayMs ? firstStepMs : Math.min(Math.max(sinceMs, 0), longestStepMs);
  const pace = room.people_per_minute ?? paceAfter(room.pace, seen.queued, stepMs);
  const rise = (pace * stepMs) / 60_000;
  // What could not be used does not add up to a crowd.
  const allowance = Math.min(room.allowance + rise, rise + 1);
  const isClosed = room.paused || !seen.isOnSale;
  const vacancies = Math.max(0, seen.left - seen.choosing);
  const most = isClosed ? 0 : Math.min(Math.floor(allowance), vacancies);
  const letIn = Math.min(most, room.waiting);
  const isFull = !isClosed && vacancies < Math.min(Math.floor(allowance), room.waiting);
  return {
    vacancies: vacancies - letIn,
    fullSince: isFull ? earlier(room.full_since, now) : null,
    allowance: isClosed ? 0 : allowance - letIn,
    pace: room.people_per_minute === null ? pace : room.pace,
    letIn,
  };
}

/** The instant may come from a process whose clock is ahead. */
const earlier = (instant: Date | null, now: Date): Date =>
  instant !== null && instant < now ? instant : now;

/** Without a wish of the organiser: ten percent faster each second while the ledger keeps up, and half as fast while it does not. */
function paceAfter(pace: number, queued: number, stepMs: number): number {
  if (queued >= longQueue) return Math.max(paces.least, pace / 2);
  return Math.min(paces.most, pace * growth ** (stepMs / 1000));
}

/**
 * The phase of an event whose queue opens under load and closes when nobody waits. `busyAt` is when a keeper of any process last saw
 * a ledger that did not keep up. Only one process sees its own ledger, so the others must not close at once what it opens.
 */
export function phaseUnderLoad(
  room: Pick<RoomRow, 'phase' | 'waiting'>,
  seen: Pick<Seen, 'choosing' | 'letIn'>,
  { busyAt, now }: { busyAt: Date | null; now: Date },
): 'open' | 'standby' {
  const wasBusy = busyAt !== null && now.getTime() - busyAt.getTime() < rateOverMs;
  const isQuiet = !wasBusy && room.waiting === 0 && seen.choosing === 0 && seen.letIn === 0;
  return isBusyNow(busyAt, now) || (room.phase === 'open' && !isQuiet) ? 'open' : 'standby';
}

const isBusyNow = (busyAt: Date | null, now: Date): boolean => busyAt?.getTime() === now.getTime();

/** When a ledger last did not keep up. */
export const busyAtOf = (before: Date | null, { queued }: Pick<Seen, 'queued'>, now: Date): Date | null =>
  queued >= longQueue ? now : before;

/** How many people a minute were let in lately; null if nobody was. A room that opened a minute ago counts that minute. */
export function ratePerMinute(letIn: number, openSinceMs: number): number | null {
  if (letIn === 0) return null;
  const minutes = Math.min(rateOverMs, Math.max(openSinceMs, 10_000)) / 60_000;
  return Math.round((letIn / minutes) * 10) / 10;
}
