import { queryOptions } from '@tanstack/react-query';
import {
  getManagedEvent,
  getRecordKeeping,
  listInvitations,
  listMembers,
  listOrganisationEvents,
} from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export const managedEventQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['managed', eventId],
    queryFn: ({ signal }) =>
      call(getManagedEvent, { params: { eventId: eventId as `evt_${string}` }, signal }),
    staleTime: 5_000,
  });

export const organisationEventsQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['managed', 'of', organisationId],
    queryFn: ({ signal }) => call(listOrganisationEvents, { params: { organisationId }, signal }),
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
