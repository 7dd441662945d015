import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { AnswerValue, Question } from '../../../contract/question-fields.ts';
import type { AttendeeAnswers } from '../../../contract/questions.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { listOrdersOfEvent } from '../orders/list-orders-of-event.ts';
import { readEverAsked } from '../sale/event-forms.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { listTicketsOfOrders } from '../tickets/list-tickets.ts';
import { currentAnswers, missingAt, toAnswer, valuesOf } from './answer.ts';
import { shownForm } from './get-questions.ts';
import { type CountRow, selectAnswers, selectCounts } from './store.ts';

interface Query {
  question?: string | undefined;
  answer?: string | undefined;
  missing?: 'yes' | undefined;
  cursor?: OrderId | undefined;
  limit: number;
}

/** Looks of one request. A rare answer among a million would otherwise cost seconds of the database. */
const mostLooks = 8;
const ordersOfLook = 250;

/** Lists who attends, with what they answered. A page of a filter may be short; `nextCursor` says where the search goes on. */
export async function listAnswers(
  app: App,
  call: Call<{ eventId: EventId }, Query, undefined, 'team'>,
): Promise<{ items: AttendeeAnswers[]; nextCursor: string | null }> {
  const { eventId } = call.params;
  const { limit, cursor, ...filter } = call.query;
  const event = await readEventSale(app, eventId);
  const isFiltered = filter.question !== undefined || filter.missing !== undefined;
  const items: AttendeeAnswers[] = [];
  let after: OrderId | null = cursor ?? null;
  for (let look = 0; event && look < (isFiltered ? mostLooks : 1); look++) {
    const size = isFiltered ? ordersOfLook : limit;
    const orders = await listOrdersOfEvent(app.db, { eventId, after, limit: size });
    const found = await readAttendees(app, event, orders);
    for (const order of orders) {
      items.push(...(found.get(order.id) ?? []).filter((each) => fits(each, filter)));
      after = order.id;
      if (items.length >= limit) return { items, nextCursor: after };
    }
    if (orders.length < size) return { items, nextCursor: null };
  }
  return { items, nextCursor: after };
}

async function readAttendees(
  app: App,
  event: EventSale,
  orders: Awaited<ReturnType<typeof listOrdersOfEvent>>,
): Promise<Map<OrderId, AttendeeAnswers[]>> {
  const ids = orders.flatMap(({ id, confirmedAt }) => (confirmedAt ? [id] : []));
  const tickets = await listTicketsOfOrders(app.db, ids);
  const rows = Map.groupBy(ids.length > 0 ? await selectAnswers(app.db, ids) : [], ({ orderId }) => orderId);
  const form = shownForm(event);
  const attendees = new Map<OrderId, AttendeeAnswers[]>();
  for (const order of orders) {
    const valid = (tickets.get(order.id) ?? []).filter(({ status }) => status !== 'cancelled');
    if (valid.length === 0) continue;
    const current = currentAnswers(rows.get(order.id) ?? [], valid);
    const ofOrder = missingAt(form, order.lines, null, valuesOf(current.order));
    const shown = valid.map((ticket): AttendeeAnswers => {
      const own = current.tickets.get(ticket.position) ?? [];
      return {
        ticketId: ticket.id,
        orderId: order.id,
        orderNumber: order.number,
        ticketTypeName: ticket.ticketTypeName,
        place: ticket.place,
        attendeeName: ticket.attendeeName,
        buyerName: order.buyerName,
        answers: [...own, ...current.order].map(toAnswer),
        missing: [...missingAt(form, order.lines, ticket.position, valuesOf(own)), ...ofOrder],
      };
    });
    attendees.set(order.id, shown);
    // A hundred places with fifty questions take a while, and buyers wait for this thread too.
    await nextTurn();
  }
  return attendees;
}

function fits({ answers, missing }: AttendeeAnswers, filter: Pick<Query, 'question' | 'answer' | 'missing'>) {
  if (filter.missing && missing.length === 0) return false;
  if (filter.question === undefined) return true;
  const { answer } = filter;
  return answers.some(
    ({ question, value, text }) =>
      question === filter.question &&
      (answer === undefined ||
        (Array.isArray(value) ? value.includes(answer) : value === answer) ||
        text.toLowerCase() === answer.toLowerCase()),
  );
}

/** Counts what was answered, per question in the order of the form, and then what is not asked any more. */
export async function countAnswers(app: App, call: { params: { eventId: EventId } }) {
  const { eventId } = call.params;
  const event = await readEventSale(app, eventId);
  const asked = event ? shownForm(event).questions : [];
  const [{ questions: ever }, counts] = await Promise.all([
    readEverAsked(app.db, eventId),
    selectCounts(app.db, eventId),
  ]);
  const byQuestion = Map.groupBy(counts, ({ question }) => question);
  const gone = ever.filter(({ key }) => byQuestion.has(key) && !asked.some((each) => each.key === key));
  return {
    items: [...asked, ...gone].map((question) => {
      const rows = byQuestion.get(question.key) ?? [];
      return {
        question: question.key,
        label: question.label,
        kind: question.kind,
        isArchived: gone.includes(question),
        answered: rows.reduce((sum, { count }) => sum + count, 0),
        counts: countsOf(question, rows),
      };
    }),
  };
}

/**
 * One count per choice, in the words in which it was chosen: a key may have got another meaning. Choices that are gone or read
 * differently now come last.
 */
function countsOf({ kind, choices }: Question, rows: CountRow[]) {
  const counted = new Map<string, { answer: string; text: string; count: number }>();
  const add = (answer: string, text: string, count: number) => {
    const name = JSON.stringify([answer, text]);
    counted.set(name, { answer, text, count: (counted.get(name)?.count ?? 0) + count });
  };
  if (kind === 'consent') for (const answer of ['yes', 'no']) add(answer, answer, 0);
  for (const { key, label } of choices) add(key, label, 0);
  for (const { value, count, shown } of rows) {
    const keys = keysOf(value);
    const texts = shown === null ? keys : textsOf(keys, shown, choices);
    for (const [i, key] of keys.entries()) add(key, texts[i] ?? key, count);
  }
  return [...counted.values()];
}

/** The words of each choice, of the words of all. If words of earlier choices have commas, nobody can tell them apart. */
function textsOf(keys: string[], shown: string, choices: Question['choices']): string[] {
  if (keys.length === 1) return [shown];
  const now = keys.map((key) => choices.find((choice) => choice.key === key)?.label ?? key);
  if (now.join(', ') === shown) return now;
  const parts = shown.split(', ');
  return parts.length === keys.length ? parts : keys;
}

function keysOf(value: AnswerValue | null): string[] {
  if (value === null) return [];
  if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
  return Array.isArray(value) ? value : [String(value)];
}
