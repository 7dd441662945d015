import type { EventId, PaymentId } from '../../../contract/ids.ts';
import type { Db, Queryable } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
import type { PaymentRecord } from './payment.ts';
import type { ProviderEvent } from './provider.ts';
import { paymentColumns } from './store.ts';

interface Asked {
  provider: string;
  webhookId: string;
  payment: { id: PaymentId; eventId: EventId } | null;
}

const recallSql = `
  select webhook.processed_at is not null as processed, ${paymentColumns}
  from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
    as asked (provider, webhook_id, payment_id, event_id, position)
  left join webhook_events as webhook on webhook.provider = asked.provider and webhook.id = asked.webhook_id
  left join payments as payment on payment.id = asked.payment_id and payment.event_id = asked.event_id
  order by asked.position`;

const recall = gatherPerDb(async (db, asked: Asked[]) => {
  const rows = await db.query<PaymentRecord & { processed: boolean }>(recallSql, [
    asked.map((each) => each.provider),
    asked.map((each) => each.webhookId),
    asked.map((each) => each.payment?.id ?? null),
    asked.map((each) => each.payment?.eventId ?? null),
  ]);
  return rows.map(({ processed, ...payment }) => ({ processed, payment: payment.id ? payment : null }));
}, 200);

/** Tells whether this webhook was processed before, and which payment it names. Concurrent calls share one query. */
export const recallWebhook = (
  db: Db,
  provider: string,
  webhookId: string,
  payment: Asked['payment'],
): Promise<{ processed: boolean; payment: PaymentRecord | null }> =>
  recall(db, { provider, webhookId, payment });

// If one statement has two deliveries of a webhook, the processed one is kept.
const recordSql = `
  insert into webhook_events (provider, id, type, intent_ref, payload, received_at, processed_at, outcome)
  select distinct on (provider, id) provider, id, type, intent_ref, payload, received_at,
    case when processed then received_at end, outcome
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::timestamptz[], $7::bool[], $8::text[])
    as receipt (provider, id, type, intent_ref, payload, received_at, processed, outcome)
  order by provider, id, processed desc
  on conflict (provider, id) do update set processed_at = excluded.processed_at, outcome = excluded.outcome
  where webhook_events.processed_at is null`;

interface Receipt {
  provider: string;
  event: ProviderEvent;
  rawBody: Buffer;
  /** True if its effect is committed. */
  processed: boolean;
  outcome: string;
  at: Date;
}

/** Records a webhook and its outcome. */
export const recordWebhook = gatherPerDb(async (db, receipts: Receipt[]) => {
  await db.run(recordSql, [
    receipts.map(({ provider }) => provider),
    receipts.map(({ event }) => event.id),
    receipts.map(({ event }) => event.type),
    receipts.map(({ event: { effect } }) => ('intentRef' in effect ? effect.intentRef : null)),
    receipts.map(({ rawBody }) => rawBody),
    receipts.map(({ at }) => at),
    receipts.map(({ processed }) => processed),
    receipts.map(({ outcome }) => outcome),
  ]);
  return receipts.map(() => undefined);
}, 200);

const emptySql = `
  update webhook_events set payload = null where (provider, id) in (
    select provider, id from webhook_events where payload is not null and received_at < $1 limit 1000
    for update skip locked)`;
/** Erases the bodies of up to a thousand webhooks that arrived before an instant. */
export const emptyWebhooks = (db: Queryable, before: Date): Promise<number> => db.run(emptySql, [before]);

const deleteSql = `
  delete from webhook_events where (provider, id) in (
    select provider, id from webhook_events where received_at < $1 limit 1000 for update skip locked)`;
export const deleteWebhooks = (db: Queryable, before: Date): Promise<number> => db.run(deleteSql, [before]);
