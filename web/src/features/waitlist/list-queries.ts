import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listMyWaitlistEntries, listWaitlist } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

// Apart from queries.ts, which every event's page loads.

/** This person's entries in all waitlists. */
export const entriesQuery = queryOptions({
  queryKey: ['waitlist', 'all'],
  queryFn: async ({ signal }) => (await call(listMyWaitlistEntries, { signal })).items,
  staleTime: 5_000,
});

/** The waitlist of an event, for its team. */
export const lineQuery = (eventId: EventId, status: 'open' | 'all') =>
  infiniteQueryOptions({
    queryKey: ['waitlist', 'line', eventId, status],
    queryFn: ({ pageParam, signal }) =>
      call(listWaitlist, {
        params: { eventId },
        query: { limit: 50, status, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
