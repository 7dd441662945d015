import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getMyWaitlist,
  listMyWaitlistEntries,
  listWaitlist,
} from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { WaitlistEntry } from '../../../../contract/waitlist.ts';
import { call } from '../../api/call.ts';

/** This person's entries in the waitlist of an event, the latest first. */
export const mineQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['waitlist', eventId],
    queryFn: async ({ signal }) => (await call(getMyWaitlist, { params: { eventId }, signal })).items,
    staleTime: 5_000,
    retry: false,
  });

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

export const isOpen = ({ status }: Pick<WaitlistEntry, 'status'>): boolean =>
  status === 'waiting' || status === 'offered';
