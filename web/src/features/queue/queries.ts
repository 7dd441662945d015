import { queryOptions } from '@tanstack/react-query';
import { getMyQueueEntry, getQueue } from '../../../../client/endpoints.generated.ts';
import { isProblem, type ProblemCode } from '../../../../client/problem.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { Queue, QueueEntry } from '../../../../contract/waiting-room.ts';
import { call } from '../../api/call.ts';
import { nowMs } from '../../ui/clock.ts';
import { newerOf, type OwnEntry } from './stage.ts';

/** What everybody may know of a queue; null if the event has none. */
export const queueQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['queue', eventId],
    queryFn: ({ signal }): Promise<Queue | null> =>
      call(getQueue, { params: { eventId }, signal }).catch(nullIf('not_found')),
    staleTime: 0,
    structuralSharing: (known, told) => newerOf(known as Queue | null | undefined, told as Queue | null),
  });

/** The person's own place, the open one or the last; null if they have none. */
export const myEntryQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['queue-entry', eventId],
    queryFn: ({ signal }): Promise<OwnEntry | null> =>
      call(getMyQueueEntry, { params: { eventId }, signal })
        .then(toldNow)
        .catch(nullIf('not_found', 'unauthenticated')),
    staleTime: 5_000,
    retry: false,
  });

/** A place that the server has just told. */
export const toldNow = (entry: QueueEntry): OwnEntry => ({
  ...entry,
  offsetMs: Date.parse(entry.now) - nowMs(),
});

const nullIf =
  (...codes: ProblemCode[]) =>
  (error: unknown): null => {
    if (isProblem(error, ...codes)) return null;
    throw error;
  };
