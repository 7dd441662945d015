import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getOrderReview,
  listAllOrderReviews,
  listOrderReviews,
} from '../../../../client/endpoints.generated.ts';
import type { OrderId, OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** The orders of an organisation that the team looks at; with null those of all organisations. */
export const reviewsQuery = (organisationId: OrganisationId | null, state: 'open' | 'decided') =>
  infiniteQueryOptions({
    queryKey: ['order-reviews', organisationId, state],
    queryFn: ({ pageParam, signal }) => {
      const query = { state, limit: 20, ...(pageParam && { cursor: pageParam }) };
      return organisationId === null
        ? call(listAllOrderReviews, { query, signal })
        : call(listOrderReviews, { params: { organisationId }, query, signal });
    },
    initialPageParam: null as OrderId | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });

/** Asks again until the order has its score. */
export const ownReviewQuery = (orderId: OrderId) =>
  queryOptions({
    queryKey: ['order-review', orderId],
    queryFn: ({ signal }) => call(getOrderReview, { params: { orderId }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'unscored' ? 1_500 : false),
    refetchIntervalInBackground: false,
  });
