import { infiniteQueryOptions } from '@tanstack/react-query';
import {
  listAppeals,
  listOrganisations,
  listPlatformEvents,
  listPlatformOrders,
  listReports,
  listUsers,
} from '../../../../client/endpoints.generated.ts';
import type {
  AppealId,
  EventId,
  OrderId,
  OrganisationId,
  ReportCaseId,
  UserId,
} from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

const limit = 20;
const paged = <Cursor>() => ({
  initialPageParam: null as Cursor | null,
  getNextPageParam: (last: { nextCursor: Cursor | null }) => last.nextCursor,
  staleTime: 0,
});
/** All lists of the desk begin with this, because one decision changes several of them. */
export const deskKey = ['platform-desk'] as const;
const from = <Cursor>(cursor: Cursor | null) => ({ limit, ...(cursor && { cursor }) });
const typed = (q: string) => (q ? { q } : {});

export const reportsQuery = (state: 'open' | 'decided') =>
  infiniteQueryOptions({
    ...paged<ReportCaseId>(),
    queryKey: [...deskKey, 'reports', state],
    queryFn: ({ pageParam, signal }) => call(listReports, { query: { state, ...from(pageParam) }, signal }),
  });

export const appealsQuery = (state: 'open' | 'answered') =>
  infiniteQueryOptions({
    ...paged<AppealId>(),
    queryKey: [...deskKey, 'appeals', state],
    queryFn: ({ pageParam, signal }) => call(listAppeals, { query: { state, ...from(pageParam) }, signal }),
  });

export const usersQuery = (q: string, state: 'all' | 'suspended' | 'admins') =>
  infiniteQueryOptions({
    ...paged<UserId>(),
    queryKey: [...deskKey, 'users', q, state],
    queryFn: ({ pageParam, signal }) =>
      call(listUsers, { query: { ...typed(q), state, ...from(pageParam) }, signal }),
  });

export const organisationsQuery = (q: string, state: 'all' | 'suspended' | 'held') =>
  infiniteQueryOptions({
    ...paged<OrganisationId>(),
    queryKey: [...deskKey, 'organisations', q, state],
    queryFn: ({ pageParam, signal }) =>
      call(listOrganisations, { query: { ...typed(q), state, ...from(pageParam) }, signal }),
  });

export const eventsQuery = (q: string, state: 'all' | 'removed') =>
  infiniteQueryOptions({
    ...paged<EventId>(),
    queryKey: [...deskKey, 'events', q, state],
    queryFn: ({ pageParam, signal }) =>
      call(listPlatformEvents, { query: { ...typed(q), state, ...from(pageParam) }, signal }),
  });

export const ordersQuery = (q: string) =>
  infiniteQueryOptions({
    ...paged<OrderId>(),
    queryKey: [...deskKey, 'orders', q],
    queryFn: ({ pageParam, signal }) =>
      call(listPlatformOrders, { query: { ...typed(q), ...from(pageParam) }, signal }),
  });
