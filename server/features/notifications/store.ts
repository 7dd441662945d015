import type { Id, OrderId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

export interface MessageRow {
  id: Id<'message'>;
  recipient: string;
  sender: string;
  subject: string;
  sent_at: Date;
  attachments: { name: string; type: string; bytes: number }[];
}

const summary = `
  id, recipient, sender, subject, sent_at,
  (select coalesce(json_agg(json_build_object('name', name, 'type', type, 'bytes', length(content)) order by index), '[]')
   from message_attachments where message_id = messages.id) as attachments`;

const listAll = `select ${summary} from messages order by id desc limit 100`;
const listTo = `select ${summary} from messages where recipient = $1 order by id desc limit 100`;
const findOne = `select ${summary}, html, body_text from messages where id = $1`;
const findAttachmentOf = `select name, type, content from message_attachments where message_id = $1 and index = $2`;

/** The newest hundred, of one recipient or of all. */
export const listMessages = (db: Queryable, to: string | undefined): Promise<MessageRow[]> =>
  to === undefined ? db.query(listAll) : db.query(listTo, [to.toLowerCase()]);

export async function findMessage(
  db: Queryable,
  id: Id<'message'>,
): Promise<(MessageRow & { html: string; body_text: string }) | null> {
  const [row] = await db.query<MessageRow & { html: string; body_text: string }>(findOne, [id]);
  return row ?? null;
}

export async function findAttachment(
  db: Queryable,
  id: Id<'message'>,
  index: number,
): Promise<{ name: string; type: string; content: Buffer } | null> {
  const [row] = await db.query<{ name: string; type: string; content: Buffer }>(findAttachmentOf, [
    id,
    index,
  ]);
  return row ?? null;
}

// A guest wants to be reminded as long as they have not said otherwise, which they can't: they have an order.
const takeEvents = `
  with taken as (
    insert into event_reminders (event_id, sent_at)
    select id, $1 from events where status = 'published' and starts_at > $1 and starts_at <= $2
    on conflict (event_id) do nothing
    returning event_id)
  select orders.id
  from taken
  join orders on orders.event_id = taken.event_id and orders.status = 'confirmed'
  join users buyer on buyer.id = orders.buyer_id and buyer.mail_reminders
  order by orders.id`;
/** The orders for events that begin after `now` and until `until`; each event once, ever. */
export const takeOrdersToRemind = async (trx: Transaction, now: Date, until: Date): Promise<OrderId[]> =>
  (await trx.query<{ id: OrderId }>(takeEvents, [now, until])).map(({ id }) => id);
