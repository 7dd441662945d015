import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  findOrders,
  getBooks,
  getOrder,
  getOrderHistory,
  listDisputes,
  listOrderRefunds,
  listOrderViews,
} from '../../../../client/endpoints.generated.ts';
import type { OrderId, OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { type ChosenFilters, queryOf } from './order-filters.ts';

/** Below 'sold', so that a refund refetches lists and books. */
export const soldOrdersQuery = (organisationId: OrganisationId, q: string, filters: ChosenFilters) =>
  infiniteQueryOptions({
    queryKey: ['sold', 'orders', organisationId, q, filters],
    queryFn: ({ pageParam, signal }) =>
      call(findOrders, {
        params: { organisationId },
        query: { ...(q && { q }), ...queryOf(filters), limit: 20, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as OrderId | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** The saved lists of orders that the person sees. */
export const viewsQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['sold', 'views', organisationId],
    queryFn: async ({ signal }) => (await call(listOrderViews, { params: { organisationId }, signal })).items,
    staleTime: 10_000,
  });

export const soldOrderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['sold', 'order', orderId],
    queryFn: ({ signal }) => call(getOrder, { params: { orderId: orderId as OrderId }, signal }),
    staleTime: 1_000,
  });

/** Everything that happened to an order, with its notes and tags. */
export const historyQuery = (orderId: OrderId) =>
  queryOptions({
    queryKey: ['sold', 'whole', orderId],
    queryFn: ({ signal }) => call(getOrderHistory, { params: { orderId }, signal }),
    staleTime: 0,
  });

export const refundsQuery = (orderId: OrderId) =>
  queryOptions({
    queryKey: ['sold', 'refunds', orderId],
    queryFn: ({ signal }) => call(listOrderRefunds, { params: { orderId }, signal }),
    staleTime: 0,
    // Until the provider has sent the money.
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'pending') ? 3_000 : false,
  });

/** The disputes of an order. Without an organisation it must not be enabled. */
export const disputesQuery = (organisationId: OrganisationId | null, orderId: OrderId) =>
  queryOptions({
    queryKey: ['sold', 'disputes', organisationId, orderId],
    queryFn: ({ signal }) =>
      call(listDisputes, {
        params: { organisationId: organisationId as OrganisationId },
        query: { order: orderId, limit: 50 },
        signal,
      }),
    staleTime: 0,
  });

export const booksQuery = (organisationId: OrganisationId) =>
  infiniteQueryOptions({
    queryKey: ['sold', 'books', organisationId],
    queryFn: ({ pageParam, signal }) =>
      call(getBooks, {
        params: { organisationId },
        query: { limit: 20, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as OrderId | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });
