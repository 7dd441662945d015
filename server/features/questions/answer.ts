import { answerText, askedOfPlace, faultOf, givenAnswer, onlyAsked } from '../../../contract/answers.ts';
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type {
  Answers,
  AnswerValue,
  OrderAnswers,
  QuestionForm,
  QuestionKind,
} from '../../../contract/question-fields.ts';
import type { Answer } from '../../../contract/questions.ts';
import { typesOfPlaces } from '../inventory/check-answers.ts';
import type { HoldLine } from '../inventory/inventory.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { TicketRow } from '../tickets/ticket.ts';

/** The position of answers of the whole order. */
export const wholeOrder = -1;

/** An answer as it is stored, in the words of the question and its choices at that time. */
export interface AnswerRow {
  orderId: OrderId;
  eventId: EventId;
  position: number;
  issue: number;
  question: string;
  kind: QuestionKind;
  label: string;
  value: AnswerValue;
  shown: string;
  answeredAt: Date;
}
export type NewAnswer = Omit<AnswerRow, 'answeredAt'>;

export const toAnswer = ({ question, kind, label, value, shown, answeredAt }: AnswerRow): Answer => ({
  question,
  kind,
  label,
  value,
  text: shown,
  answeredAt: answeredAt.toISOString(),
});

/** The rows of what an order answers when it is placed. */
export function rowsOf(
  form: QuestionForm,
  order: { orderId: OrderId; eventId: EventId; lines: HoldLine[] },
  answers: OrderAnswers,
): NewAnswer[] {
  const types = typesOfPlaces(order.lines);
  const given = onlyAsked(form, types, answers);
  return [
    ...rowsAt(form, order, { position: wholeOrder, issue: 1 }, given.order),
    ...given.tickets.flatMap((each, position) => rowsAt(form, order, { position, issue: 1 }, each)),
  ];
}

/** The rows of the answers of one place. */
export function rowsAt(
  { questions }: QuestionForm,
  { orderId, eventId }: { orderId: OrderId; eventId: EventId },
  at: { position: number; issue: number },
  answers: Answers,
): NewAnswer[] {
  return questions.flatMap((question) => {
    const value = givenAnswer(answers, question.key);
    if (value === undefined) return [];
    const { key, kind, label } = question;
    return [
      { orderId, eventId, ...at, question: key, kind, label, value, shown: answerText(question, value) },
    ];
  });
}

/** What is valid now of the stored answers of an order: each ticket has those of its present holder. */
export function currentAnswers(
  rows: AnswerRow[],
  tickets: Pick<TicketRow, 'position' | 'issue'>[],
): { order: AnswerRow[]; tickets: Map<number, AnswerRow[]> } {
  return {
    order: rows.filter(({ position }) => position === wholeOrder),
    tickets: new Map(
      tickets.map(({ position, issue }) => [
        position,
        rows.filter((row) => row.position === position && row.issue === issue),
      ]),
    ),
  };
}

export const valuesOf = (rows: AnswerRow[]): Answers =>
  Object.fromEntries(rows.map(({ question, value }) => [question, value]));

/** Decision: the required questions without an answer, of the whole order (`place` null) or of a place. */
export function missingAt(
  form: Pick<QuestionForm, 'questions'>,
  lines: HoldLine[],
  place: number | null,
  answers: Answers,
): string[] {
  return askedOfPlace(form, typesOfPlaces(lines), place, answers)
    .filter((question) => faultOf(question, givenAnswer(answers, question.key)) === 'missing')
    .map(({ key }) => key);
}

/** The answers of one place, as if nobody else had answered. */
export function answersOf(place: number | null, answers: Answers): OrderAnswers {
  if (place === null) return { order: answers, tickets: [] };
  return { order: {}, tickets: [...Array.from({ length: place }, () => ({})), answers] };
}

type Terms = Pick<EventSale, 'form' | 'startsAt' | 'endsAt' | 'status'>;

export const changeableUntil = ({ form, startsAt }: Terms): Date | null =>
  form && form.changeHours !== null ? new Date(startsAt.getTime() - form.changeHours * 3_600_000) : null;

/** Decision: what may be changed now. The team may until the end of the event. */
export function changeableAt(
  event: Terms,
  by: 'holder' | 'team' | 'reader',
  now: Date,
): 'yes' | 'missing' | 'no' {
  if (event.status === 'cancelled' || !event.form || by === 'reader') return 'no';
  if (by === 'team') return event.endsAt > now ? 'yes' : 'no';
  if (event.startsAt <= now) return 'no';
  const until = changeableUntil(event);
  return until !== null && now < until ? 'yes' : 'missing';
}
