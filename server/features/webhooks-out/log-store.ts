import type { WebhookDeliveryId, WebhookEndpointId, WebhookMessageId } from '../../../contract/ids.ts';
import type { SentType, WebhookData } from '../../../contract/webhook-events.ts';
import type { WebhookDelivery } from '../../../contract/webhooks.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

export interface DeliveryRow {
  id: WebhookDeliveryId;
  messageId: WebhookMessageId;
  type: SentType;
  status: WebhookDelivery['status'];
  createdAt: Date;
  payload: WebhookData[SentType];
  attempts: number;
  nextAt: Date | null;
  finishedAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
}

const selectRows = `
  select delivery.id, delivery.message_id as "messageId", message.type, delivery.status,
    message.created_at as "createdAt", message.payload, delivery.next_at as "nextAt",
    delivery.finished_at as "finishedAt", last.status as "lastStatus", last.error as "lastError",
    (select count(*)::int from webhook_attempts attempt where attempt.delivery_id = delivery.id) as attempts
  from webhook_deliveries delivery join webhook_messages message on message.id = delivery.message_id
    left join lateral (
      select status, error from webhook_attempts attempt where attempt.delivery_id = delivery.id
      order by at desc limit 1) as last on true`;

const pageSql = `
  ${selectRows}
  where delivery.endpoint_id = $1 and ($2::text is null or delivery.status = $2) and ($3::text is null or delivery.id < $3)
  order by delivery.id desc limit $4`;
export const listDeliveries = (
  db: Queryable,
  endpointId: WebhookEndpointId,
  wanted: { status?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<DeliveryRow[]> =>
  db.query<DeliveryRow>(pageSql, [endpointId, wanted.status ?? null, wanted.cursor ?? null, wanted.limit]);

const oneSql = `${selectRows} where delivery.endpoint_id = $1 and delivery.id = $2`;
export const findDelivery = async (
  db: Queryable,
  endpointId: WebhookEndpointId,
  id: WebhookDeliveryId,
): Promise<DeliveryRow | null> => (await db.query<DeliveryRow>(oneSql, [endpointId, id]))[0] ?? null;

interface AttemptRow {
  at: Date;
  status: number | null;
  error: string | null;
  durationMs: number;
  excerpt: string;
}
const attemptsSql = `
  select at, status, error, duration_ms as "durationMs", excerpt from webhook_attempts
  where delivery_id = $1 order by at desc limit 100`;
export const listAttempts = (db: Queryable, id: WebhookDeliveryId): Promise<AttemptRow[]> =>
  db.query<AttemptRow>(attemptsSql, [id]);

const again = `
  status = 'pending', attempts = 0, since = $2, next_at = $2, claimed_until = null, finished_at = null`;
const againSql = `update webhook_deliveries set ${again} where endpoint_id = $1 and id = $3 and status <> 'pending'`;
/** Has a webhook sent again. One that still waits is left alone. */
export const sendAgain = (
  trx: Transaction,
  endpointId: WebhookEndpointId,
  id: WebhookDeliveryId,
  now: Date,
): Promise<number> => trx.run(againSql, [endpointId, now, id]);

const failedAgainSql = `
  update webhook_deliveries set ${again}
  where id in (
    select id from webhook_deliveries
    where endpoint_id = $1 and status = 'failed' and finished_at >= $3
    order by id limit $4)`;
export const sendFailedAgain = (
  trx: Transaction,
  endpointId: WebhookEndpointId,
  { since, limit, now }: { since: Date; limit: number; now: Date },
): Promise<number> => trx.run(failedAgainSql, [endpointId, now, since, limit]);

const forgetSql = `
  delete from webhook_messages where id in (
    select id from webhook_messages where created_at < $1 order by created_at limit 1000 for update skip locked)`;
/** Deletes messages from before an instant, with their deliveries. */
export const deleteOldWebhooks = (db: Queryable, before: Date): Promise<number> =>
  db.run(forgetSql, [before]);
