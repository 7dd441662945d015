import { infiniteQueryOptions } from '@tanstack/react-query';
import { getPayouts, listDuePayouts } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId, PayoutId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export const payoutsQuery = (organisationId: OrganisationId) =>
  infiniteQueryOptions({
    queryKey: ['payouts', organisationId],
    queryFn: ({ pageParam, signal }) =>
      call(getPayouts, {
        params: { organisationId },
        query: { limit: 20, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as PayoutId | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });

export const duePayoutsQuery = infiniteQueryOptions({
  queryKey: ['due-payouts'],
  queryFn: ({ pageParam, signal }) =>
    call(listDuePayouts, { query: { limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
  initialPageParam: null as OrganisationId | null,
  getNextPageParam: (last) => last.nextCursor,
  staleTime: 0,
});
