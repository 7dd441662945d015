import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import {
  getOrder,
  getTicket,
  listOrderRefunds,
  listOrders,
  listPassWallets,
  quoteCancellation,
} from '../../../../client/endpoints.generated.ts';
import type { Order } from '../../../../contract/orders.ts';
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

/** The wallets that the site makes passes for. Pages load it before they show, so that no button comes later and moves them. */
export const passWalletsQuery = queryOptions({
  queryKey: ['pass-wallets'],
  queryFn: ({ signal }) => call(listPassWallets, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  // Without a connection the page shows no button, and must not wait for one.
  networkMode: 'always',
  retry: false,
});

/** What the page of an order needs before it shows. */
export const loadOrder = (client: QueryClient, orderId: string): Promise<unknown> =>
  Promise.all([client.ensureQueryData(orderQuery(orderId)), client.prefetchQuery(passWalletsQuery)]);
/** The short number of a ticket that the person holds; null if it has none. It never changes for an issue. */
export const shortNumberQuery = ({ id, issue }: Pick<Order['tickets'][number], 'id' | 'issue'>) =>
  queryOptions({
    queryKey: ['short-number', id, issue],
    queryFn: async ({ signal }) => (await call(getTicket, { params: { ticketId: id }, signal })).shortNumber,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What would go back if these tickets were cancelled now. */
export const quoteQuery = (orderId: Order['id'], tickets: Order['tickets'][number]['id'][]) =>
  queryOptions({
    queryKey: ['cancellation-quote', orderId, [...tickets].sort()],
    queryFn: ({ signal }) =>
      call(quoteCancellation, { params: { orderId }, query: { tickets: tickets.join(',') }, signal }),
    staleTime: 1_000,
    retry: false,
  });

/** What became of the refunds of an order. Asks again until the provider has answered. */
export const refundsQuery = (orderId: Order['id']) =>
  queryOptions({
    queryKey: ['order-refunds', orderId],
    queryFn: ({ signal }) => call(listOrderRefunds, { params: { orderId }, signal }),
    staleTime: 5_000,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'pending') ? 10_000 : false,
    refetchIntervalInBackground: false,
  });
