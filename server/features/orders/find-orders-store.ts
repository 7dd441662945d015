import type { EventId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { type FoundBy, wordsOf } from './order-words.ts';
import { erasedEmail } from './orders.ts';
import { columns, type OrderRow } from './store.ts';

// It locks the orders, so that an erasure of names at the same moment happens before or after. The organisation comes from the
// table of catalog, because an order does not have it: a column would make every purchase longer. The last digits of the card come from
// the table of payments.
const readSql = `
  with locked as materialized (
    select id, event_id, buyer_name, buyer_email, attendees, lines from orders where id = any($1::text[]) order by id for share
  )
  select locked.id, locked.event_id as "eventId", organisation_id as "organisationId", buyer_name as "buyerName",
    buyer_email as "buyerEmail", attendees, lines, card_last4 as "cardLast4"
  from locked join events on events.id = locked.event_id
  left join payments on payments.id = 'pay_' || substr(locked.id, 5) and payments.event_id = locked.event_id`;

// Replaces the words of these orders ($1) by the words that they have now.
const replaceSql = `
  with now as materialized (
    select * from unnest($2::text[], $3::text[], $4::text[]) as now (order_id, event_id, words)
  ), gone as (
    delete from order_words where order_id = any($1::text[])
      and not exists (select from now where now.order_id = order_words.order_id)
  )
  insert into order_words (order_id, event_id, words)
  select order_id, event_id, words::tsvector from now order by order_id
  on conflict (order_id) do update set words = excluded.words where order_words.words <> excluded.words`;

/**
 * Writes the words by which these orders are found, in the caller's transaction. An order of an erased buyer has none. Safe to
 * repeat. PostgreSQL would need 5 ms to cut the names of one order.
 */
export async function indexOrders(trx: Transaction, orderIds: OrderId[]): Promise<void> {
  const orders = await trx.query<FoundBy & { eventId: EventId; organisationId: OrganisationId }>(readSql, [
    orderIds,
  ]);
  const named = orders.filter(({ buyerEmail }) => buyerEmail !== erasedEmail);
  trx.write(replaceSql, [
    orderIds,
    named.map(({ id }) => id),
    named.map(({ eventId }) => eventId),
    named.map((order) =>
      wordsOf(order)
        .map((word) => lexeme(order.organisationId, word))
        .join(' '),
    ),
  ]);
}

/** A word of an organisation as a quoted lexeme of a tsvector or tsquery. */
const lexeme = (organisationId: OrganisationId, word: string): string =>
  `'${`${organisationId}/${word}`.replaceAll(/['\\]/g, '$&$&')}'`;

const forgetSql = `delete from order_words where order_id = any($1::text[])`;

/** Deletes the words of these orders, in the caller's transaction: nobody finds an erased buyer. */
export const forgetWords = (trx: Writes, orderIds: OrderId[]): void => trx.write(forgetSql, [orderIds]);

// The words are looked up first, whatever the planner thinks of their number.
const findSql = `
  with found as materialized (select order_id from order_words where words @@ $1::tsquery)
  select ${columns} from found join orders on orders.id = found.order_id
  where ($2::text is null or orders.id < $2) and ($4::text[] is null or orders.event_id = any($4))
  order by orders.id desc limit $3`;

/** Which page of orders: those before an order, and only those of these events if any are named. */
interface Page {
  before: OrderId | null;
  events: readonly EventId[] | null;
  limit: number;
}

/**
 * Finds orders of an organisation of which a word begins with each of the terms, or with one of the joined spellings: a number
 * that was typed in two groups, a name that was typed with other spaces. The latest come first.
 */
export function selectByTerms(
  db: Queryable,
  organisationId: OrganisationId,
  { terms, joined, before, events, limit }: { terms: string[]; joined: string[] } & Page,
): Promise<OrderRow[]> {
  return db.query<OrderRow>(findSql, [wordsQuery(organisationId, { terms, joined }), before, limit, events]);
}

/** The tsquery for orders of which a word begins with each of the terms, or with one of the joined spellings. */
export function wordsQuery(
  organisationId: OrganisationId,
  { terms, joined }: { terms: string[]; joined: string[] },
): string {
  const beginsWith = (term: string) => `${lexeme(organisationId, term)}:*`;
  return [terms.map(beginsWith).join(' & '), ...joined.map(beginsWith)].join(' | ');
}

// An order that waits for its payment has an active hold (table of inventory), and an index has these by event (table of
// catalog). The order has the id of its hold with another prefix.
const waitingSql = `
  select orders.id, buyer_name as "buyerName", buyer_email as "buyerEmail", attendees, orders.lines, null as "cardLast4"
  from events
  join holds on holds.event_id = events.id and holds.status = 'active' and holds.ordered
  join orders on orders.id = 'ord_' || substr(holds.id, 5) and orders.event_id = holds.event_id
  where events.organisation_id = $1 and orders.status = 'pending' and ($2::text is null or orders.id < $2)
    and ($4::text[] is null or events.id = any($4))
  order by orders.id desc limit $3`;

/** The orders of an organisation that wait for their payment, the latest first. */
export const selectWaiting = (
  db: Queryable,
  organisationId: OrganisationId,
  { before, events, limit }: Page,
): Promise<FoundBy[]> => db.query<FoundBy>(waitingSql, [organisationId, before, limit, events]);

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
  where events.organisation_id = $1 and ($4::text[] is null or events.id = any($4))
  order by latest.id desc limit $3`;

/** Lists the latest orders of an organisation. */
export const selectLatest = (
  db: Queryable,
  organisationId: OrganisationId,
  { before, events, limit }: Page,
): Promise<OrderRow[]> => db.query<OrderRow>(latestSql, [organisationId, before, limit, events]);
