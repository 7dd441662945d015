import type { EventId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { type FoundBy, wordsOf } from './order-words.ts';
import { erasedEmail } from './orders.ts';
import { columns, type OrderRow } from './store.ts';

// It locks the orders, so that an erasure of names at the same moment happens before or after. The organisation comes from the
// table of catalog, because an order does not have it: a column would make every purchase longer.
const readSql = `
  with locked as materialized (
    select id, event_id, buyer_name, buyer_email, attendees from orders where id = any($1::text[]) order by id for share
  )
  select locked.id, locked.event_id as "eventId", organisation_id as "organisationId", buyer_name as "buyerName",
    buyer_email as "buyerEmail", attendees
  from locked join events on events.id = locked.event_id`;

// Replaces the words of these orders ($1) by the words that they have now.
const replaceSql = `
  with now as materialized (
    select * from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as now (organisation_id, word, order_id, event_id)
  ), gone as (
    delete from order_words where order_id = any($1::text[])
      and not exists (select from now where now.order_id = order_words.order_id and now.word = order_words.word)
  )
  insert into order_words (organisation_id, word, order_id, event_id)
  select organisation_id, word, order_id, event_id from now order by organisation_id, word, order_id
  on conflict do nothing`;

/**
 * Writes the words by which these orders are found, in the caller's transaction. An order of an erased buyer has none. Safe to
 * repeat. PostgreSQL would need 5 ms to cut the names of one order.
 */
export async function indexOrders(trx: Transaction, orderIds: OrderId[]): Promise<void> {
  const orders = await trx.query<FoundBy & { eventId: EventId; organisationId: OrganisationId }>(readSql, [
    orderIds,
  ]);
  const words = orders
    .filter(({ buyerEmail }) => buyerEmail !== erasedEmail)
    .flatMap((order) => wordsOf(order).map((word) => ({ ...order, word })));
  trx.write(replaceSql, [
    orderIds,
    words.map(({ organisationId }) => organisationId),
    words.map(({ word }) => word),
    words.map(({ id }) => id),
    words.map(({ eventId }) => eventId),
  ]);
}

const forgetSql = `delete from order_words where order_id = any($1::text[])`;

/** Deletes the words of these orders, in the caller's transaction: nobody finds an erased buyer. */
export const forgetWords = (trx: Writes, orderIds: OrderId[]): void => trx.write(forgetSql, [orderIds]);

/** The largest code point. In collation "C" every word that begins with a term is between the term and the term with it. */
const last = String.fromCodePoint(0x10ffff);

// The longest term is looked up in the primary key, the other terms among the words of the orders that it finds. The terms
// joined to one word are tried too: a number that was typed in two groups, a name that was typed with other spaces.
const findSql = `
  select ${columns} from orders
  join (
    select order_id from order_words as found
    where organisation_id = $1 and word >= ($2::text[])[1] and word < ($2::text[])[1] || '${last}'
      and not exists (
        select from unnest(($2::text[])[2:]) as term where not exists (
          select from order_words as other
          where other.order_id = found.order_id and other.word >= term and other.word < term || '${last}'))
    union
    select order_id from order_words, unnest($3::text[]) as joined
    where organisation_id = $1 and word >= joined and word < joined || '${last}'
  ) as found on found.order_id = orders.id
  where $4::text is null or orders.id < $4
  order by orders.id desc limit $5`;

/** Finds orders of an organisation of which a word begins with each of the terms, the latest first. */
export const selectByTerms = (
  db: Queryable,
  organisationId: OrganisationId,
  wanted: { terms: string[]; joined: string[]; before: OrderId | null; limit: number },
): Promise<OrderRow[]> =>
  db.query<OrderRow>(findSql, [organisationId, wanted.terms, wanted.joined, wanted.before, wanted.limit]);

// An order that waits for its payment has an active hold (table of inventory), and an index has these by event (table of
// catalog). The order has the id of its hold with another prefix.
const waitingSql = `
  select orders.id, buyer_name as "buyerName", buyer_email as "buyerEmail", attendees
  from events
  join holds on holds.event_id = events.id and holds.status = 'active' and holds.ordered
  join orders on orders.id = 'ord_' || substr(holds.id, 5) and orders.event_id = holds.event_id
  where events.organisation_id = $1 and orders.status = 'pending' and ($2::text is null or orders.id < $2)
  order by orders.id desc limit $3`;

/** The orders of an organisation that wait for their payment, the latest first. */
export const selectWaiting = (
  db: Queryable,
  organisationId: OrganisationId,
  before: OrderId | null,
  limit: number,
): Promise<FoundBy[]> => db.query<FoundBy>(waitingSql, [organisationId, before, limit]);

const ordersSql = `select ${columns} from orders where id = any($1::text[])`;

export const selectOrders = (db: Queryable, ids: OrderId[]): Promise<OrderRow[]> =>
  db.query<OrderRow>(ordersSql, [ids]);

// Each event of the organisation, from the table of catalog, gives its last orders from orders_of_event.
const latestSql = `
  select latest.* from events cross join lateral (
    select ${columns} from orders
    where event_id = events.id and total_minor >= 0 and ($2::text is null or orders.id < $2)
    order by orders.id desc limit $3
  ) as latest
  where events.organisation_id = $1
  order by latest.id desc limit $3`;

/** Lists the latest orders of an organisation. */
export const selectLatest = (
  db: Queryable,
  organisationId: OrganisationId,
  before: OrderId | null,
  limit: number,
): Promise<OrderRow[]> => db.query<OrderRow>(latestSql, [organisationId, before, limit]);
