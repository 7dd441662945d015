import { queryOptions } from '@tanstack/react-query';
import { getSellerDetails, listOrderDocuments } from '../../../../client/endpoints.generated.ts';
import type { OrderId, OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** `refunded` is part of the key: a refund has a credit note, so the list is read again after one. */
export const documentsQuery = (orderId: OrderId, refunded: number) =>
  queryOptions({
    queryKey: ['documents', orderId, refunded],
    queryFn: ({ signal }) => call(listOrderDocuments, { params: { orderId }, signal }),
    staleTime: 5_000,
  });

export const sellerQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['seller', organisationId],
    queryFn: ({ signal }) => call(getSellerDetails, { params: { organisationId }, signal }),
    staleTime: 5_000,
  });
