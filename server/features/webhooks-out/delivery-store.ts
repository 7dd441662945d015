import type {
  EventId,
  OrganisationId,
  WebhookDeliveryId,
  WebhookEndpointId,
  WebhookMessageId,
} from '../../../contract/ids.ts';
import type { SentType, WebhookData } from '../../../contract/webhook-events.ts';
import type { WebhookDelivery } from '../../../contract/webhooks.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import type { WebhookAnswer } from './sender.ts';

export interface MessageRow {
  id: WebhookMessageId;
  organisationId: OrganisationId;
  /** Null for a test. */
  outboxId: number | null;
  eventId: EventId | null;
  type: SentType;
  payload: WebhookData[SentType];
  createdAt: Date;
}

// A message of the outbox that is here already keeps its row.
const insertMessagesSql = `
  insert into webhook_messages (id, organisation_id, outbox_id, event_id, type, payload, created_at)
  select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::jsonb[], $7::timestamptz[])
  on conflict (outbox_id) do nothing`;
export const insertMessages = (trx: Transaction, rows: MessageRow[]): Promise<number> =>
  trx.run(insertMessagesSql, [
    rows.map(({ id }) => id),
    rows.map(({ organisationId }) => organisationId),
    rows.map(({ outboxId }) => outboxId),
    rows.map(({ eventId }) => eventId),
    rows.map(({ type }) => type),
    rows.map(({ payload }) => JSON.stringify(payload)),
    rows.map(({ createdAt }) => createdAt),
  ]);

const idsSql = `select id, outbox_id as "outboxId" from webhook_messages where outbox_id = any($1::bigint[])`;
/** The ids under which messages of the outbox are stored. */
export const readMessageIds = async (
  trx: Transaction,
  outboxIds: number[],
): Promise<Map<number, WebhookMessageId>> => {
  const rows = await trx.query<{ id: WebhookMessageId; outboxId: number | string }>(idsSql, [outboxIds]);
  return new Map(rows.map(({ id, outboxId }) => [Number(outboxId), id]));
};

interface NewDelivery {
  id: WebhookDeliveryId;
  endpointId: WebhookEndpointId;
  messageId: WebhookMessageId;
  /** An endpoint that is switched off gets it noted as failed, so that a person can have it sent later. */
  isOff: boolean;
}

const insertDeliveriesSql = `
  insert into webhook_deliveries (id, endpoint_id, message_id, status, since, next_at, finished_at)
  select id, endpoint_id, message_id, case when is_off then 'failed' else 'pending' end, $5::timestamptz,
    case when is_off then null else $5::timestamptz end, case when is_off then $5::timestamptz end
  from unnest($1::text[], $2::text[], $3::text[], $4::bool[]) as made (id, endpoint_id, message_id, is_off)
  on conflict (endpoint_id, message_id) do nothing`;
export const insertDeliveries = (trx: Transaction, rows: NewDelivery[], now: Date): Promise<number> =>
  trx.run(insertDeliveriesSql, [
    rows.map(({ id }) => id),
    rows.map(({ endpointId }) => endpointId),
    rows.map(({ messageId }) => messageId),
    rows.map(({ isOff }) => isOff),
    now,
  ]);

/** A webhook that a process sends now. */
export interface ClaimedDelivery {
  id: WebhookDeliveryId;
  endpointId: WebhookEndpointId;
  messageId: WebhookMessageId;
  attempts: number;
  since: Date;
  type: SentType;
  payload: WebhookData[SentType];
  createdAt: Date;
  url: string;
  withBuyer: boolean;
  sealedSecret: string;
  sealedOldSecret: string | null;
  oldUntil: Date | null;
}

/** How many webhooks one endpoint gets at once, and how many if it has just failed. */
const perEndpoint = 5;
const perFailingEndpoint = 1;

/** Among how many of an endpoint's due webhooks, oldest first, the claimed ones are counted. */
const mostLookedAt = 100;

// Finds the endpoints with pending webhooks by steps through the index, one look-up for each, however many webhooks they have.
// Each endpoint gets its own share. The walk goes on behind the endpoint that was served last ($4), so each one gets its turn.
// What is claimed was the oldest when it was claimed, and what becomes due later is younger. So the count of claimed webhooks
// reads the oldest ones only: an endpoint whose receiver is away for days has 100,000s that wait. Rows that another process
// claims at this moment are skipped.
const claimSql = `
  with recursive waiting as (
    (select endpoint_id from webhook_deliveries where status = 'pending' order by endpoint_id limit 1)
    union all
    select (select endpoint_id from webhook_deliveries
      where status = 'pending' and endpoint_id > waiting.endpoint_id order by endpoint_id limit 1)
    from waiting where waiting.endpoint_id is not null
  ),
  turns as (
    select endpoint.id from waiting
      join webhook_endpoints endpoint on endpoint.id = waiting.endpoint_id and endpoint.disabled_at is null
        and (endpoint.failing_since is not null) = $5::boolean
    order by endpoint.id <= $4, endpoint.id
  ),
  due as (
    select chosen.id from turns
      cross join lateral (
        select count(*) filter (where claimed_until > $1)::int as running from (
          select claimed_until from webhook_deliveries
          where endpoint_id = turns.id and status = 'pending' and next_at <= $1
          order by next_at, id limit ${mostLookedAt}) as oldest) as claims
      cross join lateral (
        select id from webhook_deliveries
        where endpoint_id = turns.id and status = 'pending' and next_at <= $1
          and (claimed_until is null or claimed_until <= $1)
        order by next_at, id
        limit greatest(0, case when $5::boolean then ${perFailingEndpoint} else ${perEndpoint} end - claims.running)
        for update skip locked) as chosen
    limit $3
  )
  update webhook_deliveries delivery set claimed_until = $2
  from due, webhook_messages message, webhook_endpoints endpoint
  where delivery.id = due.id and message.id = delivery.message_id and endpoint.id = delivery.endpoint_id
  returning delivery.id, delivery.endpoint_id as "endpointId", delivery.message_id as "messageId", delivery.attempts,
    delivery.since, message.type, message.payload, message.created_at as "createdAt", endpoint.url,
    endpoint.with_buyer as "withBuyer", endpoint.sealed_secret as "sealedSecret",
    endpoint.sealed_old_secret as "sealedOldSecret", endpoint.old_until as "oldUntil"`;
interface Claim {
  now: Date;
  until: Date;
  limit: number;
  /** Of the endpoints that fail at present, or of the others. */
  isFailing: boolean;
  /** The endpoint that was served last. Those behind it come first. */
  after: string;
}

/** Claims webhooks that are due, until `until`. If this process dies, another one may claim them after that. */
export const claimDue = (
  db: Queryable,
  { now, until, limit, after, isFailing }: Claim,
): Promise<ClaimedDelivery[]> => db.query<ClaimedDelivery>(claimSql, [now, until, limit, after, isFailing]);

const lockDeliverySql = `
  select attempts from webhook_deliveries where id = $1 and status = 'pending' and attempts = $2 and since = $3 for update`;
/** False if somebody else has recorded this attempt, or the endpoint was deleted or switched off meanwhile. */
export const lockAttempt = async (
  trx: Transaction,
  { id, attempts, since }: Pick<ClaimedDelivery, 'id' | 'attempts' | 'since'>,
): Promise<boolean> => (await trx.query(lockDeliverySql, [id, attempts, since])).length > 0;

const insertAttemptSql = `
  insert into webhook_attempts (delivery_id, at, status, error, duration_ms, excerpt)
  values ($1, $2, $3, $4, $5, $6)`;
export const insertAttempt = (
  trx: Transaction,
  id: WebhookDeliveryId,
  at: Date,
  { status, error, durationMs, excerpt }: WebhookAnswer,
): Promise<number> => trx.run(insertAttemptSql, [id, at, status, error, durationMs, excerpt]);

const settleSql = `
  update webhook_deliveries set status = $2, attempts = $3, next_at = $4, claimed_until = null,
    finished_at = case when $4::timestamptz is null then $5::timestamptz end
  where id = $1`;
export const settleDelivery = (
  trx: Transaction,
  delivery: {
    id: WebhookDeliveryId;
    status: WebhookDelivery['status'];
    attempts: number;
    nextAt: Date | null;
  },
  now: Date,
): Promise<number> =>
  trx.run(settleSql, [delivery.id, delivery.status, delivery.attempts, delivery.nextAt, now]);

const failPendingSql = `
  update webhook_deliveries set status = 'failed', next_at = null, claimed_until = null, finished_at = $2
  where endpoint_id = $1 and status = 'pending'`;
/** Notes all webhooks that wait for an endpoint as failed, because it is switched off. */
export const failPending = (trx: Transaction, endpointId: WebhookEndpointId, now: Date): Promise<number> =>
  trx.run(failPendingSql, [endpointId, now]);
