import { type AnswerFault, onlyAsked } from '../../../contract/answers.ts';
import type { Event } from '../../../contract/events.ts';
import type { Hold } from '../../../contract/holds.ts';
import type { Question, QuestionForm } from '../../../contract/question-fields.ts';
import { type EventQuestions, getEventQuestions } from '../../../contract/questions.ts';
import {
  askedByPlace,
  type Typed,
  type TypedAnswers,
  toAnswers,
} from '../../../web/src/features/questions/typed.ts';
import { askApi, type Visit } from './ask-api.ts';
import { field, type Html, html, select } from './html.ts';
import { seatsOf } from './summary.ts';
import type { Speech } from './words.ts';

/** What the organiser asks, what the person has answered, and what is wrong, by its place in the body. */
export interface AskedPage {
  form: EventQuestions;
  typed: TypedAnswers;
  accepted: { key: string; version: number }[];
  /** The version of the form that the person saw when they answered. */
  seen: number;
  faults: Record<string, AnswerFault>;
}

/** The questions of an event; null if it asks none. */
export const questionsOf = async (visit: Visit, event: Event): Promise<EventQuestions | null> =>
  event.asksQuestions ? askApi(visit, getEventQuestions, { params: { eventId: event.id } }) : null;

const typesOf = ({ lines }: Hold): string[] =>
  lines.flatMap(({ ticketTypeId, quantity, collect }) =>
    collect ? [] : Array<string>(quantity).fill(ticketTypeId),
  );

/** Reads the answers that a form has sent. */
export function answersIn(
  sent: URLSearchParams,
  form: EventQuestions,
  hold: Hold,
): Omit<AskedPage, 'form' | 'faults'> {
  const read = (place: string): Typed =>
    Object.fromEntries(
      form.questions.flatMap(({ key, kind }): [string, Typed[string]][] => {
        const given = sent.getAll(`answer.${place}.${key}`);
        if (kind === 'choices') return [[key, given]];
        if (kind === 'consent') return sent.has(`asked.${place}.${key}`) ? [[key, given.length > 0]] : [];
        return [[key, given[0] ?? '']];
      }),
    );
  return {
    typed: { order: read('order'), tickets: typesOf(hold).map((_, n) => read(String(n))) },
    accepted: form.terms.flatMap(({ key, version }) =>
      sent.get(`terms.${key}`) === String(version) ? [{ key, version }] : [],
    ),
    seen: Number.parseInt(sent.get('asked') ?? '', 10) || form.version,
  };
}

/** The part of an order's body. */
export function answersBody(
  form: EventQuestions,
  hold: Hold,
  { typed, accepted, seen }: Omit<AskedPage, 'form' | 'faults'>,
) {
  const questions = form.questions as Question[];
  const types = typesOf(hold);
  return {
    answers: { version: seen, ...onlyAsked({ questions }, types, toAnswers(questions, types.length, typed)) },
    acceptedTerms: accepted,
  };
}

/**
 * The fields of what is asked. A question that depends on another one appears after the form was sent with that answer: the
 * order is refused then, because the answer is missing.
 */
export function questionFields(asked: AskedPage, hold: Hold, speech: Speech): Html {
  const { form, typed, accepted, seen, faults } = asked;
  // Once the page says what has changed, the person sees the present version.
  const version = Object.keys(faults).length > 0 ? form.version : seen;
  const byPlace = askedByPlace(form as QuestionForm, typesOf(hold), typed);
  const places = hold.lines.flatMap((line) => {
    const seats = seatsOf(line, speech);
    return Array.from({ length: line.quantity }, (_, i) => seats[i] ?? line.name);
  });
  const fieldset = (legend: string, place: string, path: string, questions: Question[], values: Typed) =>
    questions.length > 0 &&
    html`<fieldset class="mt-6"><legend class="font-bold">${legend}</legend>${questions.map((question) =>
      questionField(
        question,
        `${place}.${question.key}`,
        values[question.key],
        faults[`${path}.${question.key}`],
        speech,
      ),
    )}</fieldset>`;
  const { questions: say } = speech;
  return html`<input type="hidden" name="asked" value="${version}">${fieldset(say('asked'), 'order', 'answers.order', byPlace.get(null) ?? [], typed.order)}
${places.map((place, n) =>
  fieldset(
    say('forPlace', { n: n + 1, place }),
    String(n),
    `answers.tickets.${n}`,
    byPlace.get(n) ?? [],
    typed.tickets[n] ?? {},
  ),
)}
${
  form.terms.length > 0 &&
  html`<fieldset class="mt-6"><legend class="font-bold">${say('termsTitle')}</legend>${form.terms.map(
    (terms) => {
      const fault = faults[`acceptedTerms.${terms.key}`];
      const isAccepted = accepted.some(({ key, version }) => key === terms.key && version === terms.version);
      return html`${checkbox(`terms.${terms.key}`, String(terms.version), terms.label, isAccepted, fault && sayFault(fault, speech))}
${terms.text !== '' && html`<details><summary>${say('readTerms')}</summary><p class="whitespace-pre-line text-sm text-muted">${terms.text}</p></details>`}
${terms.url !== null && html`<a class="text-accent underline" href="${terms.url}" target="_blank" rel="noopener noreferrer">${say('readTerms')}</a>`}`;
    },
  )}</fieldset>`
}`;
}

function questionField(
  question: Question,
  at: string,
  value: Typed[string] | undefined,
  fault: AnswerFault | undefined,
  speech: Speech,
): Html {
  const { kind, required, choices, help, autofill } = question;
  const { questions: say } = speech;
  const name = `answer.${at}`;
  const label = required ? question.label : say('optional', { label: question.label });
  const error = fault && sayFault(fault, speech);
  const text = typeof value === 'string' ? value : '';
  if (kind === 'choice') {
    const options = choices.map((choice) => ({ value: choice.key, text: choice.label }));
    return html`${select({ name, label, value: text }, [{ value: '', text: say('choose') }, ...options])}${error && wrong(error)}`;
  }
  if (kind === 'choices') {
    const chosen = Array.isArray(value) ? value : [];
    return html`<fieldset class="mt-4"><legend class="text-sm font-semibold">${label}</legend>${choices.map(
      (choice) => checkbox(name, choice.key, choice.label, chosen.includes(choice.key)),
    )}${error && wrong(error)}</fieldset>`;
  }
  if (kind === 'consent')
    return html`<input type="hidden" name="asked.${at}" value="1">${checkbox(name, 'yes', label, value === true, error)}`;
  const type = kind === 'date' ? 'date' : autofill === 'tel' || autofill === 'email' ? autofill : 'text';
  return field({
    name,
    label,
    value: text,
    ...(help !== '' && { hint: help }),
    error,
    more: html`type="${type}"${kind === 'number' && html` inputmode="decimal"`} autocomplete="off" maxlength="${kind === 'paragraph' ? 2000 : 200}"${type === 'text' && html` dir="auto"`}`,
  });
}

const sayFault = (fault: AnswerFault, { questions: say }: Speech): string =>
  say(fault === 'unknown_question' || fault === 'unknown_place' ? 'not_asked' : fault);

const wrong = (error: string): Html => html`<p class="mt-1.5 text-sm text-bad font-medium">${error}</p>`;

const checkbox = (
  name: string,
  value: string,
  label: string,
  checked: boolean,
  error?: string | undefined,
): Html =>
  html`<label class="mt-2 flex min-h-11 items-center gap-3"><input type="checkbox" class="size-5" name="${name}" value="${value}"${checked && html` checked`}${error !== undefined && html` aria-invalid="true"`}><span dir="auto">${label}</span></label>${error && wrong(error)}`;
