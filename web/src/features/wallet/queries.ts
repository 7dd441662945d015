import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getOrder, listOrders } from '../../api/operations.ts';

export const ordersQuery = infiniteQueryOptions({
  queryKey: ['orders'],
  queryFn: ({ pageParam, signal }) =>
    listOrders({ query: { cursor: pageParam ?? undefined, limit: 20 }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
  staleTime: 5_000,
});

export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) => getOrder({ params: { orderId: orderId as `ord_${string}` }, signal }),
    staleTime: 1_000,
  });
