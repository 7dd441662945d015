import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import type { RoomRow } from './waiting-room.ts';

/** People are told so many minutes before their turn, by the speed of the last minutes. */
const nearMinutes = 5;
/** Whoever has the page open is let in, looks at it and needs no message. */
const restMs = 20_000;

/** The last position whose person is told now: it is nearly the turn, or the turn has come. Never less than before. */
export function nearUpTo(
  { told_up_to, next_position }: Pick<RoomRow, 'next_position'> & { told_up_to: number },
  now: { serving: number; perMinute: number | null },
): number {
  const near = now.serving + Math.floor((now.perMinute ?? 0) * nearMinutes);
  return Math.max(told_up_to, Math.min(near, next_position - 1));
}

/** Enqueues one job for these people, however many they are (notifications/tell-turns.ts). */
export const enqueueTold = (
  trx: Transaction,
  job: { eventId: EventId; after: number; upTo: number },
  now: Date,
): Promise<void> =>
  enqueueJobs(trx, [{ task: 'tell-turns', payload: job, runAt: new Date(now.getTime() + restMs) }]);
