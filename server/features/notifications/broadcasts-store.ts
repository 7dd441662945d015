/* The messages of organisers to the people who hold tickets. */
import type { Broadcast } from '../../../contract/broadcasts.ts';
import type { EventId, Id, OrderId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { erasedEmail } from '../orders/orders.ts';
import type { BroadcastRow, Holder, HolderFilter } from './broadcasts.ts';

const columns = `id, event_id as "eventId", created_by as "createdBy", about, texts, filter as "to", state, send_at as "sendAt",
  created_at as "createdAt", finished_at as "finishedAt"`;

const insertSql = `
  insert into broadcasts (id, event_id, created_by, about, texts, filter, state, send_at, created_at)
  values ($1, $2, $3, $4, $5, $6, 'scheduled', $7, $8)`;

export const insertBroadcast = (trx: Writes, row: BroadcastRow): void =>
  trx.write(insertSql, [
    row.id,
    row.eventId,
    row.createdBy,
    row.about,
    JSON.stringify(row.texts),
    JSON.stringify(row.to),
    row.sendAt,
    row.createdAt,
  ]);

const findSql = `select ${columns} from broadcasts where id = $1`;
export async function findBroadcast(db: Queryable, id: Id<'broadcast'>): Promise<BroadcastRow | null> {
  const [row] = await db.query<BroadcastRow>(findSql, [id]);
  return row ?? null;
}

const forgetSql = `
  delete from broadcasts where id in (
    select id from broadcasts where finished_at < $1 order by id limit 1000 for update skip locked)`;
/** Deletes messages that were sent or withdrawn before an instant. */
export const deleteBroadcasts = (db: Queryable, finishedBefore: Date): Promise<number> =>
  db.run(forgetSql, [finishedBefore]);

const listSql = `select ${columns} from broadcasts where event_id = $1 order by id desc limit 100`;
/** The newest hundred of an event. */
export const selectBroadcasts = (db: Queryable, eventId: EventId): Promise<BroadcastRow[]> =>
  db.query(listSql, [eventId]);

const countsSql = `
  select job ->> 'broadcastId' as id, state, count(*)::int as count from deliveries
  where job ->> 'broadcastId' = any($1::text[]) group by 1, 2`;

/** What became of the mails of broadcasts. */
export const countMails = (
  db: Queryable,
  ids: Id<'broadcast'>[],
): Promise<{ id: Id<'broadcast'>; state: keyof Broadcast['counts']; count: number }[]> =>
  db.query(countsSql, [ids]);

const lockSql = `select ${columns}, told_to as "toldTo" from broadcasts where id = $1 for update`;
/** Two jobs for one broadcast take turns, and nobody withdraws it meanwhile. */
export async function lockBroadcast(
  trx: Transaction,
  id: Id<'broadcast'>,
): Promise<(BroadcastRow & { toldTo: OrderId | null }) | null> {
  const [row] = await trx.query<BroadcastRow & { toldTo: OrderId | null }>(lockSql, [id]);
  return row ?? null;
}

const moveSql = `update broadcasts set state = $2, told_to = coalesce($3, told_to), finished_at = $4 where id = $1`;

export const moveBroadcast = (
  trx: Writes,
  id: Id<'broadcast'>,
  {
    state,
    toldTo,
    finishedAt,
  }: { state: Broadcast['state']; toldTo: OrderId | null; finishedAt: Date | null },
): void => trx.write(moveSql, [id, state, toldTo, finishedAt]);

// Joins the table of tickets, the table of orders and the table of questions, because a filter chooses tickets, the address of a
// ticket that was not passed on is in its order, and answers are looked up by their key. The answers of an earlier holder do not
// count; those of the order do for each of its tickets.
const holders = `
  from tickets as ticket join orders on orders.id = ticket.order_id and orders.event_id = ticket.event_id
  cross join lateral (select lower(case when ticket.transfer_id is null then orders.buyer_email else ticket.holder_email end)
    as address) as holder
  where ticket.event_id = $1 and ticket.cancelled_at is null and orders.status = 'confirmed' and holder.address not in ('', '${erasedEmail}')
    and ($2::text[] is null or ticket.ticket_type_id = any($2))
    and ($3::boolean is null or (ticket.status = 'used') = $3)
    and ($4::text is null or ($5::text is not null) = exists (
      select from answers
      where answers.order_id = ticket.order_id and answers.event_id = ticket.event_id and question = $4
        and (answers.position = -1 or (answers.position = ticket.position and answers.issue = ticket.issue))
        and ($5 is null or $5 = '' or lower(shown) = lower($5) or value = to_jsonb($5::text)
          or (jsonb_typeof(value) = 'array' and value ? $5))))`;

const filterValues = ({ ticketTypeIds, checkedIn, answered }: HolderFilter): unknown[] => [
  ticketTypeIds,
  checkedIn,
  answered?.question ?? null,
  answered?.answer ?? null,
];

const countHoldersSql = `select count(distinct address)::int as count ${holders}`;

/** How many addresses hold tickets that the filter lets through. */
export async function countHolders(db: Queryable, eventId: EventId, filter: HolderFilter): Promise<number> {
  const [row] = await db.query<{ count: number }>(countHoldersSql, [eventId, ...filterValues(filter)]);
  return row?.count ?? 0;
}

const holdersOfSql = `
  select distinct on (address) ticket.order_id as "orderId", ticket.transfer_id as "heldBy", address ${holders}
    and ticket.order_id = any($6::text[])
  order by address, ticket.order_id, ticket.position`;

/** Who holds the tickets of these orders that the filter lets through, each address once. */
export const selectHoldersOf = (
  db: Queryable,
  { eventId, orderIds, filter }: { eventId: EventId; orderIds: OrderId[]; filter: HolderFilter },
): Promise<Holder[]> => db.query(holdersOfSql, [eventId, ...filterValues(filter), orderIds]);
