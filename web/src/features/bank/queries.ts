import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getOrderTransfer,
  getOrganisationPayWays,
  listBankEntries,
  listBankReturns,
} from '../../../../client/endpoints.generated.ts';
import type { BankEntry } from '../../../../contract/bank-statements.ts';
import type { BankEntryId, OrderId, OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export const waysQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['pay-ways', organisationId],
    queryFn: ({ signal }) => call(getOrganisationPayWays, { params: { organisationId }, signal }),
    staleTime: 0,
  });

export const entriesQuery = (organisationId: OrganisationId, state: BankEntry['state']) =>
  infiniteQueryOptions({
    queryKey: ['bank', organisationId, 'entries', state],
    queryFn: ({ pageParam, signal }) =>
      call(listBankEntries, {
        params: { organisationId },
        query: { state, limit: 30, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as BankEntryId | null,
    getNextPageParam: (last) => last.nextCursor as BankEntryId | null,
    staleTime: 0,
  });

export const returnsQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['bank', organisationId, 'returns'],
    queryFn: ({ signal }) =>
      call(listBankReturns, { params: { organisationId }, query: { state: 'open' }, signal }),
    staleTime: 0,
  });

export const transferQuery = (orderId: OrderId) =>
  queryOptions({
    queryKey: ['order-transfer', orderId],
    queryFn: ({ signal }) => call(getOrderTransfer, { params: { orderId }, signal }),
    staleTime: 10_000,
  });
