import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueJobs, type Job } from '../../work/jobs.ts';
import type { RoomRow } from './waiting-room.ts';

/** People are told so many minutes before their turn, by the speed of the last minutes. */
const nearMinutes = 5;
/** Whoever has the page open is let in, looks at it and needs no message. */
const restMs = 20_000;

/** Up to which positions people were told. */
export interface Told {
  /** It is nearly the turn, or the turn has come. */
  told_up_to: number;
  /** The turn has come. */
  come_up_to: number;
}

/** What the keeper knows after a step. */
interface After {
  serving: number;
  perMinute: number | null;
  /** Nobody is let in now: the queue is paused, or no place is free. */
  isHalted: boolean;
  /** Positions that the speed still reaches. Beyond them it depends on when other people are done. */
  vacancies: number;
  /** The speed of the last minutes is the speed at which others are done (estimate.ts). */
  isSteady: boolean;
}

/**
 * Decision: the last position whose person is told now that it is nearly the turn, or that the turn has come. Never less than before.
 * Whoever may wait for hours, because others have to be done first, hears nothing until somebody can tell.
 */
export function nearUpTo(
  { told_up_to, next_position }: Pick<RoomRow, 'next_position'> & Pick<Told, 'told_up_to'>,
  { serving, perMinute, isHalted, vacancies, isSteady }: After,
): number {
  const soon = isHalted ? 0 : Math.floor((perMinute ?? 0) * nearMinutes);
  const near = serving + (isSteady ? soon : Math.min(soon, vacancies));
  return Math.max(told_up_to, Math.min(near, next_position - 1));
}

/**
 * Enqueues one job for the people of each range, however many they are (notifications/tell-turns.ts). Whoever was in an earlier
 * range and is let in now gets a second look, because nobody may have been able to tell when the first message was due.
 */
export async function enqueueTold(
  trx: Transaction,
  eventId: EventId,
  { before, after, now }: { before: Told; after: Told; now: Date },
): Promise<void> {
  const near = { after: before.told_up_to, upTo: after.told_up_to, letIn: false };
  const come = { after: before.come_up_to, upTo: Math.min(after.come_up_to, before.told_up_to), letIn: true };
  const runAt = new Date(now.getTime() + restMs);
  const jobs = [near, come]
    .filter((range) => range.upTo > range.after)
    .map((range): Job => ({ task: 'tell-turns', payload: { eventId, ...range }, runAt }));
  if (jobs.length > 0) await enqueueJobs(trx, jobs);
}
