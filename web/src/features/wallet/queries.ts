import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getOrder, listOrders } from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { orKept } from './kept.ts';

export const ordersQuery = infiniteQueryOptions({
  queryKey: ['orders'],
  queryFn: ({ pageParam, signal, client }) =>
    orKept(
      client,
      () => call(listOrders, { query: { cursor: pageParam ?? undefined, limit: 20 }, signal }),
      ({ items }) => items,
      (orders) => (pageParam === null ? { items: orders, nextCursor: null } : undefined),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
  staleTime: 5_000,
});

export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['order', orderId],
    queryFn: ({ signal, client }) =>
      orKept(
        client,
        () => call(getOrder, { params: { orderId: orderId as `ord_${string}` }, signal }),
        (order) => [order],
        (orders) => orders.find(({ id }) => id === orderId),
      ),
    staleTime: 1_000,
  });
