import type { EventId, Id, OrderId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

/* What the team writes to an order for itself: notes and tags. */

export interface NoteRow {
  id: Id<'orderNote'>;
  text: string;
  authorId: UserId;
  createdAt: Date;
}

const notesSql = `
  select id, text, author_id as "authorId", created_at as "createdAt" from order_notes where order_id = $1 order by id desc`;
export const selectNotes = (db: Queryable, orderId: OrderId): Promise<NoteRow[]> =>
  db.query<NoteRow>(notesSql, [orderId]);

const insertNoteSql = `
  insert into order_notes (id, order_id, event_id, text, author_id, created_at) values ($1, $2, $3, $4, $5, $6)`;
export const insertNote = (
  trx: Transaction,
  order: { id: OrderId; eventId: EventId },
  { id, text, authorId, createdAt }: NoteRow,
): Promise<number> => trx.run(insertNoteSql, [id, order.id, order.eventId, text, authorId, createdAt]);

const deleteNoteSql = `delete from order_notes where id = $1 and order_id = $2`;
/** False if the order has no such note. */
export const deleteNote = async (trx: Transaction, orderId: OrderId, id: Id<'orderNote'>): Promise<boolean> =>
  (await trx.run(deleteNoteSql, [id, orderId])) > 0;

const forgetNotesSql = `delete from order_notes where order_id = any($1::text[])`;
/** Erases the notes of these orders: a note may name people. */
export const forgetNotes = (trx: Writes, orderIds: OrderId[]): void => trx.write(forgetNotesSql, [orderIds]);

const tagsSql = `select order_id as "orderId", tag from order_tags where order_id = any($1::text[]) order by order_id, tag`;
export async function selectTags(db: Queryable, orderIds: OrderId[]): Promise<Map<OrderId, string[]>> {
  const byOrder = new Map<OrderId, string[]>(orderIds.map((id) => [id, []]));
  for (const { orderId, tag } of await db.query<{ orderId: OrderId; tag: string }>(tagsSql, [orderIds]))
    byOrder.get(orderId)?.push(tag);
  return byOrder;
}

const replaceTagsSql = `
  with gone as (delete from order_tags where order_id = $1 and not (tag = any($3::text[])))
  insert into order_tags (order_id, event_id, tag) select $1, $2, tag from unnest($3::text[]) as tag
  on conflict do nothing`;
export const replaceTags = (
  trx: Transaction,
  order: { id: OrderId; eventId: EventId },
  tags: string[],
): Promise<number> => trx.run(replaceTagsSql, [order.id, order.eventId, tags]);
