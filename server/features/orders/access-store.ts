import type { EventId, OrderId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

// The table of accounts, `users`, says whether an address is confirmed and whether the buyer is a guest. It is asked here
// and not before, because both may change at any moment. orders_of_address finds the orders of an address.
const claimed = `
  select claimed.id from users me
    join orders claimed on lower(claimed.buyer_email) = lower(me.email)
    join users buyer on buyer.id = claimed.buyer_id and buyer.is_anonymous
  where me.id = $1 and me.email_verified and not me.is_anonymous`;
const opened = `
  select opening.order_id from order_openings opening
    join orders on orders.id = opening.order_id and orders.event_id = opening.event_id
  where opening.user_id = $1 and opening.link_version = orders.link_version`;

/**
 * Ids of the orders, beside those that they placed, for which the account $1 acts: opened by their link, or placed by a
 * guest with the account's confirmed address.
 */
export const othersOrders = `${opened} union ${claimed}`;

const actsForSql = `
  select exists (${opened} and opening.order_id = $2) or exists (${claimed} and claimed.id = $2) as acts`;
export const actsFor = async (db: Queryable, userId: UserId, orderId: OrderId): Promise<boolean> =>
  (await db.query<{ acts: boolean }>(actsForSql, [userId, orderId]))[0]?.acts === true;

const noteSql = `
  insert into order_openings (order_id, event_id, user_id, link_version, opened_at) values ($1, $2, $3, $4, $5)
  on conflict (order_id, user_id) do update set link_version = excluded.link_version`;
export const insertOpening = (
  db: Queryable,
  opening: { orderId: OrderId; eventId: EventId; userId: UserId; linkVersion: number },
  now: Date,
): Promise<number> =>
  db.run(noteSql, [opening.orderId, opening.eventId, opening.userId, opening.linkVersion, now]);

// What the account has opened as well stays as it is.
const moveSql = `
  insert into order_openings (order_id, event_id, user_id, link_version, opened_at)
  select order_id, event_id, $2, link_version, opened_at from order_openings where user_id = $1 order by order_id
  on conflict (order_id, user_id) do update set link_version = greatest(order_openings.link_version, excluded.link_version)`;
/** What a guest has opened, the account that they open has opened too. The guest's own rows go with the guest. */
export const moveOpenings = (trx: Transaction, from: UserId, to: UserId): Promise<number> =>
  trx.run(moveSql, [from, to]);

const lockSql = `select status, buyer_email as "buyerEmail" from orders where id = $1 for no key update`;
export const lockOrderOf = async (
  trx: Transaction,
  orderId: OrderId,
): Promise<{ status: string; buyerEmail: string } | null> =>
  (await trx.query<{ status: string; buyerEmail: string }>(lockSql, [orderId]))[0] ?? null;

const addressSql = `
  update orders set buyer_email = $2, link_version = link_version + 1 where id = $1`;
/** Another address, for which the links of earlier mails are no use. */
export const changeAddress = (trx: Writes, orderId: OrderId, email: string): void =>
  trx.write(addressSql, [orderId, email]);

const addressesSql = `
  update orders set buyer_email = $2, link_version = link_version + 1
  where id in (select id from orders where id = any($1::text[]) order by id for no key update)
    and status in ('pending', 'confirmed') and buyer_email <> $2
  returning id`;
/** The same for several orders. Returns those that had another address. */
export const changeAddresses = async (
  trx: Transaction,
  orderIds: OrderId[],
  email: string,
): Promise<OrderId[]> =>
  (await trx.query<{ id: OrderId }>(addressesSql, [orderIds, email])).map(({ id }) => id);

const endLinksSql = `update orders set link_version = link_version + 1 where id = $1`;
export const endLinks = (trx: Writes, orderId: OrderId): void => trx.write(endLinksSql, [orderId]);

const byNumberSql = `
  select id from orders
  where lower(buyer_email) = lower($1) and right(id, 8) = $2 and status in ('confirmed', 'cancelled')
  limit 1`;
export const findByNumber = async (db: Queryable, email: string, number: string): Promise<OrderId | null> =>
  (await db.query<{ id: OrderId }>(byNumberSql, [email, number]))[0]?.id ?? null;
