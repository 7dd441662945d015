import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import { erasedEmail } from './orders.ts';
import { columns, type OrderRow } from './store.ts';

// Replaces the words of these orders by those that they have now. It locks the orders, so that an erasure of names at the same
// moment happens before or after it. The organisation comes from the table of catalog, because
// an order does not have it: a column would make every purchase longer.
const indexSql = `
  with locked as materialized (
    select id, event_id, buyer_name, buyer_email, attendees from orders where id = any($1::text[]) order by id for share
  ), now as materialized (
    select distinct locked.id, locked.event_id, events.organisation_id, word
    from locked join events on events.id = locked.event_id
    cross join lateral order_words_of(right(locked.id, 8), buyer_email,
      array[buyer_name] || coalesce((select array_agg(attendee ->> 'name') from jsonb_array_elements(attendees) as attendee), '{}')) as word
    where buyer_email <> '${erasedEmail}'
  ), gone as (
    delete from order_words where order_id = any($1::text[])
      and not exists (select from now where now.id = order_words.order_id and now.word = order_words.word)
  )
  insert into order_words (organisation_id, word, order_id, event_id)
  select organisation_id, word, id, event_id from now order by organisation_id, word, id
  on conflict do nothing`;

/** Writes the words by which these orders are found. Safe to repeat. */
export const indexOrders = (db: Queryable, orderIds: OrderId[]): Promise<number> =>
  db.run(indexSql, [orderIds]);

/** The same in the caller's transaction, after a change of names or address. */
export const indexOrdersAgain = (trx: Writes, orderIds: OrderId[]): void => trx.write(indexSql, [orderIds]);

const termsSql = `select term from order_terms($1) as term order by length(term) desc, term`;

export const selectTerms = async (db: Queryable, typed: string): Promise<string[]> =>
  (await db.query<{ term: string }>(termsSql, [typed])).map(({ term }) => term);

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
