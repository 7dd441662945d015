import { queryOptions } from '@tanstack/react-query';
import { getEventSeatPlan, getTakenSeats, previewSeatPlan } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** The drawing as the server has it when the page opens. After that the page saves, and asks again only in a conflict. */
export const eventPlanQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['seat-plan', eventId],
    queryFn: ({ signal }) => call(getEventSeatPlan, { params: { eventId }, query: {}, signal }),
    // A new visit of the page begins with what is there then.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/** The keys of the seats that somebody has. */
export const takenSeatsQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['seat-plan', eventId, 'taken'],
    queryFn: ({ signal }) => call(getTakenSeats, { params: { eventId }, signal }),
    staleTime: 15_000,
  });

/** What applying the saved drawing would change. */
export const planChangesQuery = (eventId: EventId, version: number) =>
  queryOptions({
    queryKey: ['seat-plan', eventId, 'changes', version],
    queryFn: ({ signal }) => call(previewSeatPlan, { params: { eventId }, signal }),
    staleTime: 0,
    gcTime: 0,
  });
