import { queryOptions } from '@tanstack/react-query';
import { getDeletion, getProfile, listPasskeys, listSessions } from './operations.ts';

export const profileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: ({ signal }) => getProfile({ signal }),
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => listSessions({ signal }),
});

export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: ({ signal }) => listPasskeys({ signal }),
});

/** Asked each time: what would be lost changes with every ticket. */
export const deletionQuery = queryOptions({
  queryKey: ['profile', 'deletion'],
  queryFn: ({ signal }) => getDeletion({ signal }),
  staleTime: 0,
  gcTime: 0,
});
