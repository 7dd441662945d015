import type { EventId, OrderId, TicketId } from '../../../contract/ids.ts';
import type { AnswerValue, QuestionKind } from '../../../contract/question-fields.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import type { AnswerRow, NewAnswer } from './answer.ts';

const insertSql = `
  insert into answers (order_id, event_id, position, issue, question, kind, label, value, shown, answered_at)
  select "orderId", "eventId", position, issue, question, kind, label, value, shown, $2
  from jsonb_to_recordset($1::jsonb) as given ("orderId" text, "eventId" text, position int, issue int, question text, kind text,
    label text, value jsonb, shown text)
  on conflict (order_id, event_id, position, issue, question) do update
    set kind = excluded.kind, label = excluded.label, value = excluded.value, shown = excluded.shown, answered_at = excluded.answered_at`;
export function insertAnswers(trx: Writes, answers: NewAnswer[], now: Date): void {
  if (answers.length > 0) trx.write(insertSql, [JSON.stringify(answers), now]);
}

const removeSql = `
  delete from answers where order_id = $1 and event_id = $2 and position = $3 and issue = $4 and question = any($5::text[])`;
export const removeAnswers = (
  trx: Writes,
  at: { orderId: OrderId; eventId: EventId; position: number; issue: number },
  questions: string[],
): void => trx.write(removeSql, [at.orderId, at.eventId, at.position, at.issue, questions]);

const insertFormsSql = `
  insert into order_forms (order_id, event_id, version, accepted_at)
  select order_id, $2, $3, $4 from unnest($1::text[]) as placed (order_id)`;
export const insertOrderForms = (
  trx: Writes,
  orderIds: OrderId[],
  { eventId, version }: { eventId: EventId; version: number },
  now: Date,
): void => trx.write(insertFormsSql, [orderIds, eventId, version, now]);

const selectSql = `
  select order_id as "orderId", event_id as "eventId", position, issue, question, kind, label, value, shown,
    answered_at as "answeredAt"
  from answers where order_id = any($1::text[]) order by order_id, position, answered_at, question`;
export const selectAnswers = (db: Queryable, orderIds: OrderId[]): Promise<AnswerRow[]> =>
  db.query<AnswerRow>(selectSql, [orderIds]);

const acceptedSql = `
  select version, accepted_at as "acceptedAt" from order_forms where order_id = $1`;
export const selectAccepted = async (
  db: Queryable,
  orderId: OrderId,
): Promise<{ version: number; acceptedAt: Date } | null> =>
  (await db.query<{ version: number; acceptedAt: Date }>(acceptedSql, [orderId]))[0] ?? null;

const byQuestionSql = `select question, count(*)::int as count from answers where event_id = $1 group by question`;
export const countByQuestion = async (db: Queryable, eventId: EventId): Promise<Map<string, number>> =>
  new Map(
    (await db.query<{ question: string; count: number }>(byQuestionSql, [eventId])).map(
      ({ question, count }) => [question, count],
    ),
  );

// Which answers count depends on the table of tickets: cancelled tickets and earlier holders do not.
const countsSql = `
  select question, kind, case when kind in ('choice', 'choices', 'consent') then value end as value, count(*)::int as count,
    max(label) as label, case when kind in ('choice', 'choices') then shown end as shown
  from answers where event_id = $1 and exists (
    select from tickets where tickets.order_id = answers.order_id and tickets.event_id = answers.event_id
      and cancelled_at is null
      and (answers.position = -1 or tickets.position = answers.position and tickets.issue = answers.issue))
  group by question, kind, 3, 6 order by question`;
export interface CountRow {
  question: string;
  kind: QuestionKind;
  value: AnswerValue | null;
  count: number;
  label: string;
  /** The words of what was chosen; null for what is no choice. */
  shown: string | null;
}
export const selectCounts = (db: Queryable, eventId: EventId): Promise<CountRow[]> =>
  db.query<CountRow>(countsSql, [eventId]);

// The door knows a ticket by its id; its order, place and issue are in the table of tickets.
const doorSql = `
  select tickets.id as "ticketId", label, shown as text from tickets
  join answers on answers.order_id = tickets.order_id and answers.event_id = tickets.event_id
    and (answers.position = -1 or answers.position = tickets.position and answers.issue = tickets.issue)
  where tickets.id = any($1::text[]) and tickets.event_id = $2 and question = any($3::text[])
  order by array_position($3::text[], question)`;
export const selectDoorAnswers = (
  db: Queryable,
  eventId: EventId,
  questions: string[],
  ticketIds: TicketId[],
): Promise<{ ticketId: TicketId; label: string; text: string }[]> =>
  db.query(doorSql, [ticketIds, eventId, questions]);

// The ticket that is given for another one is in the table of tickets. Its holder has answered for it already. What its buyer
// answered for the whole order goes along only while the buyer still holds the ticket.
const copySql = `
  insert into answers (order_id, event_id, position, issue, question, kind, label, value, shown, answered_at)
  select replaced.order_id, answers.event_id, least(answers.position, 0), 1, question, kind, label, value, shown, answered_at
  from unnest($1::text[], $2::text[]) as replaced (order_id, ticket_id)
  join tickets on tickets.id = replaced.ticket_id and tickets.event_id = $3
  join answers on answers.order_id = tickets.order_id and answers.event_id = tickets.event_id
    and (answers.position = tickets.position and answers.issue = tickets.issue
      or answers.position = -1 and tickets.transfer_id is null)
  on conflict do nothing`;
export function copyAnswers(
  trx: Writes,
  eventId: EventId,
  replaced: { orderId: OrderId; ticketId: TicketId }[],
): void {
  if (replaced.length > 0)
    trx.write(copySql, [
      replaced.map(({ orderId }) => orderId),
      replaced.map(({ ticketId }) => ticketId),
      eventId,
    ]);
}

const eraseSql = `delete from answers where order_id = any($1::text[]) and event_id = $2`;
export const deleteAnswers = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  trx.write(eraseSql, [orderIds, eventId]);

const forgetSql = `delete from order_forms where order_id = any($1::text[]) and event_id = $2`;
export const deleteOrderForms = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  trx.write(forgetSql, [orderIds, eventId]);
