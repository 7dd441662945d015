import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listBroadcasts, listEventMessages } from '../../../../client/endpoints.generated.ts';
import type { EventMessage } from '../../../../contract/event-messages.ts';
import type { EventId, Id } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export const messagesQuery = (eventId: EventId, state: EventMessage['state'] | null) =>
  infiniteQueryOptions({
    queryKey: ['event-messages', eventId, state],
    queryFn: ({ pageParam, signal }) =>
      call(listEventMessages, {
        params: { eventId },
        query: { limit: 30, ...(state && { state }), ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as Id<'message'> | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const broadcastsQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['broadcasts', eventId],
    queryFn: ({ signal }) => call(listBroadcasts, { params: { eventId }, signal }),
    staleTime: 0,
  });
