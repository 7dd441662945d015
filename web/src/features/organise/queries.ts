import { queryOptions } from '@tanstack/react-query';
import {
  findTimeZone,
  getEventCancellation,
  getEventSales,
  getManagedEvent,
  getRecordKeeping,
  getSeatLayout,
  listInvitations,
  listMembers,
  listOrganisationEvents,
} from '../../../../client/endpoints.generated.ts';
import type { EventId, OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export const managedEventQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['managed', eventId],
    queryFn: ({ signal }) =>
      call(getManagedEvent, { params: { eventId: eventId as `evt_${string}` }, signal }),
    staleTime: 5_000,
  });

export const organisationEventsQuery = (
  organisationId: OrganisationId,
  archived: 'without' | 'only' = 'without',
) =>
  queryOptions({
    queryKey: ['managed', 'of', organisationId, archived],
    queryFn: ({ signal }) =>
      call(listOrganisationEvents, { params: { organisationId }, query: { archived }, signal }),
    staleTime: 5_000,
  });

export const membersQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['team', organisationId],
    queryFn: ({ signal }) => call(listMembers, { params: { organisationId }, signal }),
    staleTime: 5_000,
  });

/** Below the team's key, so that a change of the team refetches both. */
export const invitationsQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['team', organisationId, 'invitations'],
    queryFn: ({ signal }) => call(listInvitations, { params: { organisationId }, signal }),
    staleTime: 5_000,
  });

export const recordKeepingQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['records', organisationId],
    queryFn: ({ signal }) => call(getRecordKeeping, { params: { organisationId }, signal }),
    staleTime: 5_000,
  });

/** The time zone of a place, `DE München` or ` München` as typed into the form. */
export const placeTimeZoneQuery = (place: string) => {
  const [, country, city = ''] = /^(\S*) (.*)$/s.exec(place) ?? [];
  return queryOptions({
    queryKey: ['time-zone', place],
    queryFn: ({ signal }) =>
      call(findTimeZone, {
        query: { city, ...(country && /^[A-Z]{2}$/.test(country) && { country }) },
        signal,
      }),
    enabled: city.length > 1 && city.length <= 80,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
};

/** The layout of one version of an event. */
export const seatLayoutQuery = (eventId: EventId, version: number) =>
  queryOptions({
    queryKey: ['seat-layout', eventId, version],
    queryFn: ({ signal }) => call(getSeatLayout, { params: { eventId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What a cancellation or a move of an event would mean for its buyers. */
export const eventSalesQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['event-sales', eventId],
    queryFn: ({ signal }) => call(getEventSales, { params: { eventId }, signal }),
  });

/** How far the cancellation of an event is. Asked again while orders are being handled. */
export const cancellationQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['event-cancellation', eventId],
    queryFn: ({ signal }) => call(getEventCancellation, { params: { eventId }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 2_000 : false),
  });
