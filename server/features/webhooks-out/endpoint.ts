import type { WebhookDelivery, WebhookEndpoint } from '../../../contract/webhooks.ts';
import type { Fields } from '../../data/audit-trail.ts';
import type { EndpointRow } from './endpoint-store.ts';
import type { DeliveryRow } from './log-store.ts';

export function showEndpoint(row: EndpointRow, now: Date): WebhookEndpoint {
  const { id, url, description, types, withBuyer, version, disabledAt, disabledFor } = row;
  const old = row.oldUntil && row.oldUntil > now ? row.oldUntil : null;
  return {
    id,
    url,
    description,
    types,
    withBuyer,
    version,
    createdAt: row.createdAt.toISOString(),
    disabled: disabledAt && disabledFor ? { at: disabledAt.toISOString(), reason: disabledFor } : null,
    oldSecretUntil: old?.toISOString() ?? null,
    lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
    failingSince: row.failingSince?.toISOString() ?? null,
  };
}

/** What an audit entry shows of an endpoint. Never its secret. */
export const auditEndpoint = ({ url, description, types, withBuyer, disabledAt }: EndpointRow): Fields => ({
  address: url,
  description,
  types,
  withBuyer,
  enabled: disabledAt === null,
});

export const showDelivery = (row: DeliveryRow): WebhookDelivery => ({
  id: row.id,
  messageId: row.messageId,
  type: row.type,
  status: row.status,
  createdAt: row.createdAt.toISOString(),
  attempts: row.attempts,
  nextAt: row.nextAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  lastStatus: row.lastStatus,
  lastError: row.lastError,
});
