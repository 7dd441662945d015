import { type AnswerFault, answerIssues } from '../../../contract/answers.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { type HoldRecord, type Refusal, refuse } from './inventory.ts';
import type { OrderDraft } from './order-command.ts';

const mostIssues = 100;

/**
 * Decision: the refusal of an order whose buyer has not answered what the event asks now; null if nothing is wrong. The ledger
 * decides it, because its transaction fails if the event was edited meanwhile. So no online order lacks a required answer.
 */
export function wrongAnswers(
  { form }: Pick<EventSale, 'form'>,
  { lines }: Pick<HoldRecord, 'lines'>,
  { answers, acceptedTerms = [] }: Pick<OrderDraft, 'answers' | 'acceptedTerms'>,
): Refusal | null {
  if (form === null && answers === undefined) return null;
  const given = answers ?? { order: {}, tickets: [] };
  const issues = answerIssues(form, typesOfPlaces(lines), given, acceptedTerms);
  return issues.length === 0 ? null : refuse('answers_refused', refusedAnswers(issues));
}

/** The ticket type of each place, in the order of the places. Nobody is asked about extras. */
export const typesOfPlaces = (lines: HoldRecord['lines']): string[] =>
  lines.flatMap(({ ticketTypeId, quantity, collect }) =>
    collect === undefined ? Array<string>(quantity).fill(ticketTypeId) : [],
  );

/** The members of a refusal: for programs where and why, and the same in words. */
export function refusedAnswers(issues: { path: string; reason: AnswerFault }[]) {
  const faults = issues.slice(0, mostIssues);
  return {
    faults,
    issues: faults.map(({ path, reason }) => ({ path: `body.${path}`, message: messages[reason] })),
  };
}

const messages: Record<AnswerFault, string> = {
  missing: 'answer this question',
  wrong_kind: 'is not an answer of this kind',
  too_long: 'is too long',
  not_a_choice: 'is not one of the choices any more',
  not_a_date: 'is not a date',
  too_small: 'is smaller than the organiser allows',
  too_large: 'is larger than the organiser allows',
  not_asked: 'is not asked here',
  unknown_question: 'is not asked any more',
  unknown_place: 'is more than the order has places',
  question_changed: 'answers a question that reads differently now; read it again',
  terms_missing: 'accept these terms',
  terms_changed: 'have changed; read and accept them again',
};
