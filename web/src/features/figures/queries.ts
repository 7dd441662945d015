import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getEventDashboard,
  getOrganisationDashboard,
  getSeatFigures,
  getSeatMap,
} from '../../../../client/endpoints.generated.ts';
import type { EventId, OrganisationId, SeatMapId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** Without live news the page asks again by itself. */
const everyMs = 10_000;

export const eventFiguresKey = (eventId: EventId) => ['figures', 'event', eventId] as const;

export const eventFiguresQuery = (eventId: EventId, isLive: boolean) =>
  queryOptions({
    queryKey: eventFiguresKey(eventId),
    queryFn: ({ signal }) => call(getEventDashboard, { params: { eventId }, signal }),
    // Figures that are being counted are there in a moment. People who join a queue are no news of the sale.
    refetchInterval: ({ state: { data } }) =>
      data?.unsettled.counting ? 1000 : isLive && !data?.queue ? false : everyMs,
    staleTime: 0,
  });

export const teamFiguresQuery = (organisationId: OrganisationId, isLive: boolean) =>
  queryOptions({
    queryKey: ['figures', 'team', organisationId],
    queryFn: ({ signal }) => call(getOrganisationDashboard, { params: { organisationId }, signal }),
    refetchInterval: ({ state }) => (state.data?.unsettled.counting ? 1000 : isLive ? false : everyMs),
    staleTime: 0,
  });

export const seatFiguresQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['figures', 'event', eventId, 'seats'],
    queryFn: ({ signal }) => call(getSeatFigures, { params: { eventId }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const planQuery = (eventId: EventId, seatMapId: SeatMapId) =>
  queryOptions({
    queryKey: ['plan', seatMapId],
    queryFn: ({ signal }) => call(getSeatMap, { params: { eventId }, query: { seatMapId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
