import { queryOptions } from '@tanstack/react-query';
import {
  getDeletion,
  getMessageChoices,
  getPhoneNumber,
  getProfile,
  listPasskeys,
  listSessions,
} from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';

export const profileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: ({ signal }) => call(getProfile, { signal }),
});

export const messageChoicesQuery = queryOptions({
  queryKey: ['message-choices'],
  queryFn: ({ signal }) => call(getMessageChoices, { signal }),
});

export const phoneNumberQuery = queryOptions({
  queryKey: ['phone-number'],
  queryFn: ({ signal }) => call(getPhoneNumber, { signal }),
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call(listSessions, { signal }),
});

export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: ({ signal }) => call(listPasskeys, { signal }),
});

/** Fetched each time, because every new ticket changes what would be lost. */
export const deletionQuery = queryOptions({
  queryKey: ['profile', 'deletion'],
  queryFn: ({ signal }) => call(getDeletion, { signal }),
  staleTime: 0,
  gcTime: 0,
});
