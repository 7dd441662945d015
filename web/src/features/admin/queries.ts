import { infiniteQueryOptions } from '@tanstack/react-query';
import {
  listFailedJobs,
  listMoneyReviews,
  listParkedMessages,
} from '../../../../client/endpoints.generated.ts';
import type { Id } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

const limit = 20;
const paged = <Cursor>() => ({
  initialPageParam: null as Cursor | null,
  getNextPageParam: (last: { nextCursor: Cursor | null }) => last.nextCursor,
  staleTime: 0,
});

export const moneyReviewsQuery = (state: 'open' | 'settled') =>
  infiniteQueryOptions({
    ...paged<Id<'moneyReview'>>(),
    queryKey: ['money-reviews', state],
    queryFn: ({ pageParam, signal }) =>
      call(listMoneyReviews, { query: { state, limit, ...(pageParam && { cursor: pageParam }) }, signal }),
  });

export const failedJobsQuery = infiniteQueryOptions({
  ...paged<string>(),
  queryKey: ['failed-jobs'],
  queryFn: ({ pageParam, signal }) =>
    call(listFailedJobs, { query: { limit, ...(pageParam && { cursor: pageParam }) }, signal }),
});

export const parkedMessagesQuery = infiniteQueryOptions({
  ...paged<string>(),
  queryKey: ['parked-messages'],
  queryFn: ({ pageParam, signal }) =>
    call(listParkedMessages, { query: { limit, ...(pageParam && { cursor: pageParam }) }, signal }),
});
