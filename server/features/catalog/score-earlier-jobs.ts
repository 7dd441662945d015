import type { EventId } from '../../../contract/ids.ts';
import type { Job } from '../../work/jobs.ts';

/** So long another process may confirm orders by the terms from before. */
const oldTermsMs = 5 * 60_000;

/** The jobs for an event whose organiser asks for looks from now on. The second finds orders that were confirmed by the old terms. */
export const scoreEarlierJobs = (eventId: EventId, now: Date): Job[] =>
  [0, oldTermsMs].map((laterMs) => ({
    task: 'score-earlier-orders',
    payload: { eventId },
    key: `score-earlier-orders:${eventId}:${laterMs}`,
    ...(laterMs > 0 && { runAt: new Date(now.getTime() + laterMs) }),
  }));
