/* Every message that was sent or is to be sent, with its state. */

import type { EventId, Id, OrderId, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Channel, EventMessageKind, MessageKindName } from '../../../contract/message-kinds.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { ResaleMail } from '../transfers/resale-mails.ts';
import type { TransferMail } from '../transfers/transfer-mails.ts';
import type { OrderMailJob } from './mail-job.ts';
import { eventOf } from './mailer.ts';

type DeliveryState = 'waiting' | 'withheld' | 'sent' | 'failed' | 'bounced';

/** What a message is and whom it is for. */
export interface About {
  kind: MessageKindName;
  language: Language;
  /** The order, with the job that makes the message again; null if the message is about no order. */
  order: {
    id: OrderId;
    eventId: EventId;
    job: OrderMailJob | TransferMail | ResaleMail | null;
    /** Whose browsers show the message too; null for a message that browsers do not show. */
    pushTo: UserId | null;
  } | null;
  /** The event of a message that is about no order: an offer of the waitlist. Its organiser sees the message. */
  eventId?: EventId;
}

interface Claim {
  id: Id<'message'>;
  key: string;
  channel: Channel;
  recipient: string;
  about: About;
}

/**
 * mine: this caller sends the message. done: it was sent, or has failed for good. busy: another job is sending it.
 * `since` is when the first job tried, and `isRepeated` says that one has. `hasBrowsers`: the buyer has browsers that show the message too.
 */
export type Claimed = { hasBrowsers: boolean } & (
  | { verdict: 'mine'; since: Date; isRepeated: boolean }
  | { verdict: 'done' }
  | { verdict: 'busy' }
);

// Waits for another transaction that inserts the same key, so two jobs never both get a message. `known` sees the rows as they
// were before the statement. The arrays come out of sub-selects, which hides their length from the planner, so it plans once.
const claimSql = `
  with asked as materialized (
    select * from unnest((select $1::text[]), (select $2::text[]), (select $3::text[]), (select $4::text[]), (select $5::text[]),
      (select $6::text[]), (select $7::text[]), (select $8::text[]), (select $9::text[]), (select $12::text[]))
      as delivery (key, id, kind, channel, recipient, language, event_id, order_id, job, push_to)
  ), claimed as (
    insert into deliveries (key, id, kind, channel, recipient, language, event_id, order_id, job, state, attempts, created_at,
      claimed_until)
    select key, id, kind, channel, recipient, language, event_id, order_id, job::jsonb, 'waiting', 1, $10, $11
    from asked order by key
    on conflict (key) do update
      set attempts = deliveries.attempts + 1, claimed_until = excluded.claimed_until, recipient = excluded.recipient,
        state = 'waiting'
      where deliveries.state in ('waiting', 'withheld')
        and (deliveries.claimed_until is null or deliveries.claimed_until < $10)
    returning key, created_at, attempts
  )
  select asked.key, claimed.created_at as since, claimed.attempts, known.state,
    exists (select from push_subscriptions where user_id = asked.push_to) as "hasBrowsers"
  from asked left join claimed using (key)
  left join lateral (select state from deliveries where deliveries.key = asked.key offset 0) as known on true`;

/** Claims messages with different keys until an instant. The answers come in the order of the claims. */
export async function claimDeliveries(
  db: Queryable,
  claims: Claim[],
  { now, until }: { now: Date; until: Date },
): Promise<Claimed[]> {
  const rows = await db.query<{
    key: string;
    since: Date | null;
    attempts: number | null;
    state: DeliveryState | null;
    hasBrowsers: boolean;
  }>(claimSql, [
    claims.map(({ key }) => key),
    claims.map(({ id }) => id),
    claims.map(({ about }) => about.kind),
    claims.map(({ channel }) => channel),
    claims.map(({ recipient }) => recipient),
    claims.map(({ about }) => about.language),
    claims.map(({ about }) => eventOf(about)),
    claims.map(({ about }) => about.order?.id ?? null),
    claims.map(({ about }) => (about.order ? JSON.stringify(about.order.job) : null)),
    now,
    until,
    claims.map(({ about }) => about.order?.pushTo ?? null),
  ]);
  const found = new Map(rows.map((row) => [row.key, row]));
  return claims.map(({ key }) => {
    const row = found.get(key);
    const { state, hasBrowsers } = row ?? { state: null, hasBrowsers: false };
    if (row?.since)
      return { verdict: 'mine', since: row.since, isRepeated: (row.attempts ?? 1) > 1, hasBrowsers };
    return { verdict: state === null || state === 'waiting' ? 'busy' : 'done', hasBrowsers };
  });
}

const heldSql = `
  insert into deliveries (key, id, kind, channel, recipient, language, event_id, order_id, job, state, error, attempts, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)
  on conflict (key) do update set state = excluded.state, error = excluded.error
    where deliveries.state in ('waiting', 'withheld')`;

/** Notes a message that is not sent now, or not at all. */
export async function noteHeldBack(
  db: Queryable,
  { key, id, channel, recipient, about, state, error }: Claim & { state: DeliveryState; error: string },
  now: Date,
): Promise<void> {
  const { order } = about;
  const job = order && JSON.stringify(order.job);
  const of = [eventOf(about), order?.id ?? null, job];
  await db.run(heldSql, [key, id, about.kind, channel, recipient, about.language, ...of, state, error, now]);
}

/** Mails that one job has tried to send: by key, or all of one kind about an order (and of one broadcast). */
export interface Tried {
  key: string | null;
  orderId: OrderId | null;
  kind: string;
  broadcastId: Id<'broadcast'> | null;
}

const withdrawSql = `
  update deliveries set state = 'withheld', error = $5, claimed_until = null
  where (key = $1 or (order_id = $2 and kind = $3 and job ->> 'broadcastId' is not distinct from $4)) and channel = 'email'
    and state = 'waiting' and (claimed_until is null or claimed_until < $6)`;

/** Notes that mails which an earlier attempt could not send will not be sent, and why. */
export const withdrawDeliveries = (
  db: Queryable,
  { key, orderId, kind, broadcastId }: Tried,
  why: string,
  now: Date,
): Promise<number> => db.run(withdrawSql, [key, orderId, kind, broadcastId, why, now]);

export interface Outcome {
  key: string;
  state: 'waiting' | 'sent' | 'failed';
  /** Null for a message that was sent. */
  error: string | null;
}

const settleSql = `
  update deliveries set state = settled.state, error = settled.error, claimed_until = null,
    sent_at = case when settled.state = 'sent' then $4::timestamptz end
  from unnest((select $1::text[]), (select $2::text[]), (select $3::text[])) as settled (key, state, error)
  where deliveries.key = settled.key and deliveries.state = 'waiting'`;

/** Notes what became of claimed messages, and ends the claims. */
export const settleDeliveries = (db: Queryable, outcomes: Outcome[], now: Date): Promise<number> =>
  db.run(settleSql, [
    outcomes.map(({ key }) => key),
    outcomes.map(({ state }) => state),
    outcomes.map(({ error }) => error),
    now,
  ]);

export interface DeliveryRow {
  id: Id<'message'>;
  key: string;
  kind: EventMessageKind;
  channel: Channel;
  recipient: string | null;
  language: Language;
  orderId: OrderId | null;
  job: OrderMailJob | TransferMail | ResaleMail | null;
  state: DeliveryState;
  error: string | null;
  attempts: number;
  createdAt: Date;
  sentAt: Date | null;
}

const columns = `id, key, kind, channel, recipient, language, order_id as "orderId", job, state, error, attempts,
  created_at as "createdAt", sent_at as "sentAt"`;

const listSql = `
  select ${columns} from deliveries
  where event_id = $1 and ($2::text is null or state = $2) and ($3::text is null or id < $3)
    and ($5::text is null or job ->> 'broadcastId' = $5)
  order by id desc limit $4`;

/** The messages about an event's orders and the offers of its waitlist, the latest first. */
export const listDeliveries = (
  db: Queryable,
  eventId: EventId,
  {
    state,
    broadcastId,
    cursor,
    limit,
  }: {
    state: DeliveryState | null;
    broadcastId: Id<'broadcast'> | null;
    cursor: Id<'message'> | null;
    limit: number;
  },
): Promise<DeliveryRow[]> => db.query(listSql, [eventId, state, cursor, limit, broadcastId]);

// A stranger may have named the address in an order of theirs. Messages about orders of others are not shown.
const ofPersonSql = `
  select ${columns} from deliveries
  where (recipient = $1 and order_id is null) or order_id = any($2::text[]) order by id desc`;

/** What was sent to an address about its account, and about these orders. */
export const listDeliveriesOf = (
  db: Queryable,
  address: string | null,
  orderIds: OrderId[],
): Promise<(Omit<DeliveryRow, 'kind' | 'orderId'> & { kind: MessageKindName; orderId: OrderId | null })[]> =>
  db.query(ofPersonSql, [address, orderIds]);

const countSql = `select state, count(*)::int as count from deliveries where event_id = $1 group by state`;

export const countDeliveries = (
  db: Queryable,
  eventId: EventId,
): Promise<{ state: DeliveryState; count: number }[]> => db.query(countSql, [eventId]);

const lockSql = `select ${columns} from deliveries where event_id = $1 and id = $2 for update`;

export async function lockDelivery(
  trx: Transaction,
  eventId: EventId,
  id: Id<'message'>,
): Promise<DeliveryRow | null> {
  const [row] = await trx.query<DeliveryRow>(lockSql, [eventId, id]);
  return row ?? null;
}

// The patience with a failing server begins again with `created_at`.
const reopenSql = `
  update deliveries set state = 'waiting', error = null, claimed_until = null, sent_at = null, created_at = $2 where key = $1`;

/** The next job with this key sends the message again. */
export const reopenDelivery = (trx: Writes, key: string, now: Date): void => trx.write(reopenSql, [key, now]);

const sentToSql = `
  select key from deliveries where recipient = $1 and channel = 'email' and state = 'sent' and sent_at > $2 order by id desc`;

/** The keys of the mails that an address was sent since an instant, the latest first. */
export const listKeysSentTo = async (db: Queryable, recipient: string, since: Date): Promise<string[]> =>
  (await db.query<{ key: string }>(sentToSql, [recipient, since])).map(({ key }) => key);

const bounceSql = `update deliveries set state = 'bounced', error = $2 where key = $1 and state = 'sent'`;

export const noteBounced = (db: Queryable, key: string, error: string): Promise<number> =>
  db.run(bounceSql, [key, error]);
