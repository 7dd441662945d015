import { queryOptions } from '@tanstack/react-query';
import type { OrganisationId } from '../../../../contract/ids.ts';
import {
  getManagedEvent,
  getRecordKeeping,
  listMembers,
  listOrganisationEvents,
} from '../../api/operations.ts';
import { listInvitations } from '../invitation/operations.ts';

export const managedEventQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['managed', eventId],
    queryFn: ({ signal }) => getManagedEvent({ params: { eventId: eventId as `evt_${string}` }, signal }),
    staleTime: 5_000,
  });

export const organisationEventsQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['managed', 'of', organisationId],
    queryFn: ({ signal }) => listOrganisationEvents({ params: { organisationId }, signal }),
    staleTime: 5_000,
  });

export const membersQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['team', organisationId],
    queryFn: ({ signal }) => listMembers({ params: { organisationId }, signal }),
    staleTime: 5_000,
  });

/** Below the team's key: what changes the team asks for both anew. */
export const invitationsQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['team', organisationId, 'invitations'],
    queryFn: ({ signal }) => listInvitations({ params: { organisationId }, signal }),
    staleTime: 5_000,
  });

export const recordKeepingQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['records', organisationId],
    queryFn: ({ signal }) => getRecordKeeping({ params: { organisationId }, signal }),
    staleTime: 5_000,
  });
