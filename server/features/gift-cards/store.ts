import type { EventId, GiftCardId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { GiftCardState, GiftUse } from './gift-card.ts';

const stateColumns = `
  card.id, card.organisation_id as "organisationId", card.currency, card.code_hash as "codeHash",
  card.balance_minor as "balanceMinor", card.expires_at as "expiresAt", card.blocked_at as "blockedAt"`;

// Locks every card that a batch of the ledger may change, in the order of their ids: those that its orders name, and those
// whose money comes back because an order ends. So two batches of different events never wait for each other in a circle. The
// ids are arrays: a join with a sub-select is checked again after a wait for a lock, and missed cards that another batch had changed.
const lockSql = `
  select ${stateColumns} from gift_cards as card
  where id = any(
    array(select id from gift_cards where code_hash = any($1::text[]))
    || array(select gift_card_id from gift_card_uses where order_id = any($2::text[]) and state = 'reserved'))
  order by id for no key update`;

export const lockCards = (trx: Queryable, hashes: string[], orderIds: OrderId[]): Promise<GiftCardState[]> =>
  trx.query<GiftCardState>(lockSql, [hashes, orderIds]);

const findSql = `select ${stateColumns} from gift_cards as card where code_hash = $1`;
export const findByHash = async (db: Queryable, hash: string): Promise<GiftCardState | null> =>
  (await db.query<GiftCardState>(findSql, [hash]))[0] ?? null;

const reserveSql = `
  with used as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::int[])
      as used (order_id, event_id, card_id, amount_minor, position)
  ), uses as (
    insert into gift_card_uses (order_id, event_id, gift_card_id, position, amount_minor, state)
    select order_id, event_id, card_id, position, amount_minor, 'reserved' from used
  ), entries as (
    insert into gift_card_entries (gift_card_id, kind, amount_minor, order_id, event_id, at)
    select card_id, 'reserved', -amount_minor, order_id, event_id, $6 from used
  )
  update gift_cards set balance_minor = balance_minor - taken.minor
  from (select card_id, sum(amount_minor) as minor from used group by card_id) as taken
  where gift_cards.id = taken.card_id`;

/** Takes what gift cards pay of new orders. The caller has locked the cards. */
export function reserveUses(
  trx: Writes,
  orders: { orderId: OrderId; eventId: EventId; gifts: GiftUse[] }[],
  now: Date,
): void {
  const rows = orders.flatMap(({ gifts, ...of }) =>
    gifts.map((gift, position) => ({ ...of, ...gift, position })),
  );
  if (rows.length === 0) return;
  trx.write(reserveSql, [
    rows.map(({ orderId }) => orderId),
    rows.map(({ eventId }) => eventId),
    rows.map(({ cardId }) => cardId),
    rows.map(({ minor }) => minor),
    rows.map(({ position }) => position),
    now,
  ]);
}

const captureSql = `
  update gift_card_uses set state = 'captured'
  where order_id = any($1::text[]) and state = 'reserved'`;

/** The orders are confirmed, so what gift cards pay of them is spent. */
export const captureUses = (trx: Writes, orderIds: OrderId[]): void => trx.write(captureSql, [orderIds]);

// `state` makes this happen once, however often an order ends. A card that has ended meanwhile gets a week to spend what came back.
const releaseSql = `
  with freed as (
    update gift_card_uses set state = 'released'
    where order_id = any($1::text[]) and state = 'reserved'
    returning order_id, event_id, gift_card_id, amount_minor
  ), entries as (
    insert into gift_card_entries (gift_card_id, kind, amount_minor, order_id, event_id, at)
    select gift_card_id, 'released', amount_minor, order_id, event_id, $2 from freed
  )
  update gift_cards set balance_minor = balance_minor + back.minor,
    expires_at = case when expires_at <= $2 then $2 + interval '7 days' else expires_at end
  from (select gift_card_id, sum(amount_minor) as minor from freed group by gift_card_id) as back
  where gift_cards.id = back.gift_card_id`;

/** Gives back what gift cards would have paid of orders that ended unpaid. The caller has locked the cards. */
export const releaseUses = (trx: Writes, orderIds: OrderId[], now: Date): void =>
  trx.write(releaseSql, [orderIds, now]);

export interface ReturnableUse {
  cardId: GiftCardId;
  organisationId: OrganisationId;
  source: 'issued' | 'bought';
  position: number;
  leftMinor: number;
  expiresAt: Date | null;
}

const lockCardsSql = `
  select from gift_cards where id in (select gift_card_id from gift_card_uses where order_id = $1 and event_id = $2)
  order by id for no key update`;
const readUsesSql = `
  select card.id as "cardId", card.organisation_id as "organisationId", source, position,
    uses.amount_minor - returned_minor as "leftMinor", expires_at as "expiresAt"
  from gift_cards as card join gift_card_uses as uses on uses.gift_card_id = card.id
  where order_id = $1 and event_id = $2 and state = 'captured'
  order by card.id`;

/** Locks the cards that paid for an order, and reads what each may get back. */
export async function lockUses(
  trx: Transaction,
  orderId: OrderId,
  eventId: EventId,
): Promise<ReturnableUse[]> {
  await trx.query(lockCardsSql, [orderId, eventId]);
  // A statement of its own, so that it sees what a refund has given back that had the cards before.
  return trx.query<ReturnableUse>(readUsesSql, [orderId, eventId]);
}

const returnSql = `
  with back as (
    select * from unnest($3::text[], $4::bigint[], $5::timestamptz[]) as back (card_id, minor, expires_at)
  ), uses as (
    update gift_card_uses set returned_minor = returned_minor + back.minor
    from back where order_id = $1 and event_id = $2 and gift_card_id = back.card_id
  ), entries as (
    insert into gift_card_entries (gift_card_id, kind, amount_minor, order_id, event_id, at)
    select card_id, 'returned', minor, $1, $2, $6 from back
  )
  update gift_cards set balance_minor = balance_minor + back.minor, expires_at = back.expires_at
  from back where gift_cards.id = back.card_id`;

export function returnUses(
  trx: Writes,
  { orderId, eventId }: { orderId: OrderId; eventId: EventId },
  returns: (GiftUse & { expiresAt: Date | null })[],
  now: Date,
): void {
  trx.write(returnSql, [
    orderId,
    eventId,
    returns.map(({ cardId }) => cardId),
    returns.map(({ minor }) => minor),
    returns.map(({ expiresAt }) => expiresAt),
    now,
  ]);
}
