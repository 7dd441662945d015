import type { EventId, Id, OrderId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

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

const takeEvents = `
  insert into event_reminders (event_id, sent_at)
  select unnest($1::text[]), $2
  on conflict (event_id) do nothing
  returning event_id as id`;

/** Marks the events that are not marked yet, and returns them. */
export const takeEventsToRemind = async (
  trx: Transaction,
  eventIds: EventId[],
  now: Date,
): Promise<EventId[]> => (await trx.query<{ id: EventId }>(takeEvents, [eventIds, now])).map(({ id }) => id);

const lockReminder = `
  select reminded_to as "remindedTo", finished_at is not null as finished
  from event_reminders where event_id = $1 for update`;

/** Reads how far an event's reminders are enqueued, and locks it. Two jobs for one event take turns. */
export async function lockReminders(
  trx: Transaction,
  eventId: EventId,
): Promise<{ remindedTo: OrderId | null; finished: boolean } | null> {
  const [row] = await trx.query<{ remindedTo: OrderId | null; finished: boolean }>(lockReminder, [eventId]);
  return row ?? null;
}

const moveReminder = `update event_reminders set reminded_to = $2, finished_at = $3 where event_id = $1`;

export const moveReminders = (
  trx: Writes,
  eventId: EventId,
  { remindedTo, finishedAt }: { remindedTo: OrderId | null; finishedAt: Date | null },
): void => trx.write(moveReminder, [eventId, remindedTo, finishedAt]);
