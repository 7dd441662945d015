import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { enqueueJobs } from '../../work/jobs.ts';

/** Has events counted that nobody has counted yet: those whose sales are older than the counters. */
export const countSoon = ({ db }: { db: Queryable }, eventIds: EventId[]): Promise<void> =>
  enqueueJobs(
    db,
    eventIds.map((eventId) => ({
      task: 'count-figures',
      payload: { eventId },
      key: `count-figures:${eventId}`,
    })),
  );
