import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getWebhookDelivery,
  listApiKeys,
  listWebhookDeliveries,
  listWebhookEndpoints,
} from '../../../../client/endpoints.generated.ts';
import type { OrganisationId, WebhookDeliveryId, WebhookEndpointId } from '../../../../contract/ids.ts';
import type { WebhookDelivery } from '../../../../contract/webhooks.ts';
import { call } from '../../api/call.ts';

export const apiKeysQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['api-keys', organisationId],
    queryFn: ({ signal }) => call(listApiKeys, { params: { organisationId }, signal }),
    staleTime: 0,
  });

export const webhooksQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['webhooks', organisationId],
    queryFn: ({ signal }) => call(listWebhookEndpoints, { params: { organisationId }, signal }),
    staleTime: 0,
  });

interface OfEndpoint {
  organisationId: OrganisationId;
  endpointId: WebhookEndpointId;
}

export const deliveriesQuery = (params: OfEndpoint, status: WebhookDelivery['status'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['webhook-log', params.endpointId, status ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call(listWebhookDeliveries, {
        params,
        query: { limit: 30, ...(status && { status }), ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as WebhookDeliveryId | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });

export const deliveryQuery = (params: OfEndpoint & { deliveryId: WebhookDeliveryId }) =>
  queryOptions({
    queryKey: ['webhook-log', params.endpointId, params.deliveryId],
    queryFn: ({ signal }) => call(getWebhookDelivery, { params, signal }),
    staleTime: 0,
  });
