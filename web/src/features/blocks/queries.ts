import { queryOptions } from '@tanstack/react-query';
import { getSeatMap, listBlocks } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** The blocked places of an event, the latest block first. */
export const blocksQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['blocks', eventId],
    queryFn: async ({ signal }) => (await call(listBlocks, { params: { eventId }, signal })).items,
    staleTime: 0,
  });

/** The current seat map of an event that has one. */
export const currentPlanQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['plan', 'current', eventId],
    queryFn: ({ signal }) => call(getSeatMap, { params: { eventId }, query: {}, signal }),
    staleTime: 0,
  });
