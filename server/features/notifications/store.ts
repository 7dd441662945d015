import type { Id, OrderId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { Reminder } from '../sale/starting-events.ts';

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

// A reminder from farther ahead than one that was sent would come too late.
const takeSql = `
  insert into event_reminders (event_id, hours_ahead, sent_at)
  select due.event_id, due.hours_ahead, $3
  from unnest($1::text[], $2::smallint[]) as due (event_id, hours_ahead)
  where not exists (
    select from event_reminders as sent where sent.event_id = due.event_id and sent.hours_ahead <= due.hours_ahead)
  on conflict (event_id, hours_ahead) do nothing
  returning event_id as "eventId", hours_ahead as "hoursAhead"`;

/** Marks the reminders that are not marked yet, and returns them. */
export const takeReminders = (trx: Transaction, due: Reminder[], now: Date): Promise<Reminder[]> =>
  trx.query(takeSql, [due.map(({ eventId }) => eventId), due.map(({ hoursAhead }) => hoursAhead), now]);

const lockReminder = `
  select reminded_to as "remindedTo", finished_at is not null as finished
  from event_reminders where event_id = $1 and hours_ahead = $2 for update`;

/** Reads how far the mails of a reminder are enqueued, and locks it. Two jobs for one reminder take turns. */
export async function lockReminders(
  trx: Transaction,
  { eventId, hoursAhead }: Reminder,
): Promise<{ remindedTo: OrderId | null; finished: boolean } | null> {
  const [row] = await trx.query<{ remindedTo: OrderId | null; finished: boolean }>(lockReminder, [
    eventId,
    hoursAhead,
  ]);
  return row ?? null;
}

const moveReminder = `
  update event_reminders set reminded_to = $3, finished_at = $4 where event_id = $1 and hours_ahead = $2`;

export const moveReminders = (
  trx: Writes,
  { eventId, hoursAhead }: Reminder,
  { remindedTo, finishedAt }: { remindedTo: OrderId | null; finishedAt: Date | null },
): void => trx.write(moveReminder, [eventId, hoursAhead, remindedTo, finishedAt]);
