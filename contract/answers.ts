import {
  type Answers,
  type AnswerValue,
  largestNumber,
  longestParagraph,
  longestText,
  mostLetters,
  type OrderAnswers,
  type Question,
  type QuestionForm,
} from './question-fields.ts';

/** What can be wrong with an answer. The server refuses it by this name, and the page says it at the field. */
export const answerFaults = [
  'missing',
  'wrong_kind',
  'too_long',
  'not_a_choice',
  'not_a_date',
  'too_small',
  'too_large',
  'not_asked',
  'unknown_question',
  'unknown_place',
  'question_changed',
  'terms_missing',
  'terms_changed',
] as const;
export type AnswerFault = (typeof answerFaults)[number];

interface AnswerIssue {
  /** Its place in the body: `answers.tickets.0.diet`. */
  path: string;
  reason: AnswerFault;
}

/** A question that is asked of the order (`place` is null) or of one of its places. */
export interface Asked {
  place: number | null;
  question: Question;
}

type Accepted = { key: string; version: number }[];

/**
 * An answer without what stands for none: an empty text or list. Texts come without space around them, and a choice that is
 * given twice is one.
 */
export function givenAnswer(answers: Answers | undefined, key: string): AnswerValue | undefined {
  const value = answers && Object.hasOwn(answers, key) ? answers[key] : undefined;
  if (typeof value === 'string') return value.trim() || undefined;
  if (Array.isArray(value)) return value.length > 0 ? [...new Set(value)] : undefined;
  return value;
}

/**
 * Decision: what is asked of an order with places of these ticket types, given what was answered so far. A question that
 * depends on another one is asked if that one is asked and has one of the answers. Questions only depend on earlier ones of
 * the same scope, so there is no circle, and an answer never makes a question of another person appear.
 */
export function askedOf(
  { questions }: Pick<QuestionForm, 'questions'>,
  types: string[],
  { order, tickets }: OrderAnswers,
): Asked[] {
  const ofTickets = questions.some(({ scope }) => scope === 'ticket') ? types : [];
  return [
    ...askedAt(questions, 'order', types, order).map((question): Asked => ({ place: null, question })),
    ...ofTickets.flatMap((type, place) =>
      askedAt(questions, 'ticket', [type], tickets[place] ?? {}).map(
        (question): Asked => ({ place, question }),
      ),
    ),
  ];
}

/** Decision: what is asked of the whole order (null) or of one place, whatever the others answer. */
export const askedOfPlace = (
  { questions }: Pick<QuestionForm, 'questions'>,
  types: string[],
  place: number | null,
  answers: Answers,
): Question[] =>
  place === null
    ? askedAt(questions, 'order', types, answers)
    : askedAt(questions, 'ticket', types.slice(place, place + 1), answers);

function askedAt(
  questions: Question[],
  scope: Question['scope'],
  types: string[],
  answers: Answers,
): Question[] {
  const known = new Map<string, AnswerValue | undefined>();
  return questions.filter((question) => {
    const { ticketTypes, showIf, key } = question;
    if (question.scope !== scope) return false;
    if (ticketTypes && !types.some((type) => (ticketTypes as string[]).includes(type))) return false;
    if (showIf && !hasOne(known.get(showIf.question), showIf.answers)) return false;
    known.set(key, givenAnswer(answers, key));
    return true;
  });
}

/** A consent has the answers `yes` and `no`. */
function hasOne(value: AnswerValue | undefined, wanted: string[]): boolean {
  if (value === undefined) return false;
  if (typeof value === 'boolean') return wanted.includes(value ? 'yes' : 'no');
  return (Array.isArray(value) ? value : [String(value)]).some((each) => wanted.includes(each));
}

/**
 * Decision: everything that is wrong with the answers of an order. The server and the page decide by the same function. Unknown
 * answers are refused too: they answer a question that somebody has removed meanwhile, or one of another event. So is an answer
 * to a question that reads differently now than in the version that the person saw.
 */
export function answerIssues(
  form: QuestionForm | null,
  types: string[],
  answers: OrderAnswers,
  accepted: Accepted,
): AnswerIssue[] {
  const { questions = [], terms = [], unchangedSince = {} } = form ?? {};
  const asked = askedOf({ questions }, types, answers);
  const seen = answers.version ?? Number.POSITIVE_INFINITY;
  let letters = 0;
  return [
    ...asked.flatMap(({ place, question }) => {
      const value = givenAnswer(answersAt(answers, place), question.key);
      const length = lettersOf(question, value);
      letters += length;
      const isChanged = value !== undefined && (unchangedSince[question.key] ?? 0) > seen;
      const reason =
        faultOf(question, value) ??
        (isChanged ? 'question_changed' : length > 0 && letters > mostLetters ? 'too_long' : null);
      return reason ? [{ path: pathOf(place, question.key), reason }] : [];
    }),
    ...notAsked(questions, asked, null, answers.order),
    ...answers.tickets.flatMap((each, place) =>
      place < types.length
        ? notAsked(questions, asked, place, each)
        : [{ path: `answers.tickets.${place}`, reason: 'unknown_place' as const }],
    ),
    ...termsIssues(terms, accepted),
  ];
}

/** Texts alone can fill an order. */
const lettersOf = ({ kind }: Question, value: AnswerValue | undefined): number =>
  (kind === 'text' || kind === 'paragraph') && typeof value === 'string' ? value.length : 0;

const answersAt = ({ order, tickets }: OrderAnswers, place: number | null): Answers | undefined =>
  place === null ? order : tickets[place];

export const pathOf = (place: number | null, key: string): string =>
  place === null ? `answers.order.${key}` : `answers.tickets.${place}.${key}`;

function notAsked(
  questions: Question[],
  asked: Asked[],
  place: number | null,
  given: Answers,
): AnswerIssue[] {
  const keys = Object.keys(given).filter((key) => givenAnswer(given, key) !== undefined);
  if (keys.length === 0) return [];
  const expected = new Set(asked.flatMap((each) => (each.place === place ? [each.question.key] : [])));
  const scope = place === null ? 'order' : 'ticket';
  const known = new Set(questions.flatMap((each) => (each.scope === scope ? [each.key] : [])));
  return keys
    .filter((key) => !expected.has(key))
    .map((key) => ({
      path: pathOf(place, key),
      reason: known.has(key) ? ('not_asked' as const) : ('unknown_question' as const),
    }));
}

const termsIssues = (terms: QuestionForm['terms'], accepted: Accepted): AnswerIssue[] =>
  terms.flatMap(({ key, version }) => {
    const given = accepted.filter((each) => each.key === key);
    if (given.some((each) => each.version === version)) return [];
    return [
      {
        path: `acceptedTerms.${key}`,
        reason: given.length > 0 ? ('terms_changed' as const) : ('terms_missing' as const),
      },
    ];
  });

/** Decision: what is wrong with an answer; null if nothing is. A required consent must be given. */
export function faultOf(question: Question, value: AnswerValue | undefined): AnswerFault | null {
  if (value === undefined) return question.required ? 'missing' : null;
  switch (question.kind) {
    case 'text':
      if (typeof value !== 'string' || /\p{Cc}/u.test(value)) return 'wrong_kind';
      return value.length > longestText ? 'too_long' : null;
    case 'paragraph':
      if (typeof value !== 'string' || /[^\P{Cc}\n\r\t]/u.test(value)) return 'wrong_kind';
      return value.length > longestParagraph ? 'too_long' : null;
    case 'number':
      return numberFault(question, value);
    case 'date':
      if (typeof value !== 'string') return 'wrong_kind';
      return isDate(value) ? null : 'not_a_date';
    case 'choice':
      if (typeof value !== 'string') return 'wrong_kind';
      return question.choices.some(({ key }) => key === value) ? null : 'not_a_choice';
    case 'choices':
      if (!Array.isArray(value)) return 'wrong_kind';
      return value.every((each) => question.choices.some(({ key }) => key === each)) ? null : 'not_a_choice';
    case 'consent':
      if (typeof value !== 'boolean') return 'wrong_kind';
      return question.required && !value ? 'missing' : null;
  }
}

function numberFault({ least, most }: Question, value: AnswerValue): AnswerFault | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'wrong_kind';
  if (value < (least ?? -largestNumber)) return 'too_small';
  return value > (most ?? largestNumber) ? 'too_large' : null;
}

/** A day of the calendar from 1900 to 2199. */
function isDate(value: string): boolean {
  const [, year = '', month = '', day = ''] = /^((?:19|20|21)\d\d)-(\d\d)-(\d\d)$/.exec(value) ?? [];
  if (year === '') return false;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
}

/** An answer in words, as a person reads it in a list. Consents are `yes` and `no`. */
export function answerText(question: Pick<Question, 'choices'>, value: AnswerValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const labels = new Map(question.choices.map(({ key, label }) => [key, label]));
  if (Array.isArray(value)) return value.map((key) => labels.get(key) ?? key).join(', ');
  return labels.get(String(value)) ?? String(value);
}

/** The answers that are asked for, without those to questions that are hidden now. */
export function onlyAsked(
  form: Pick<QuestionForm, 'questions'>,
  types: string[],
  answers: OrderAnswers,
): OrderAnswers {
  const order: [string, AnswerValue][] = [];
  const tickets: [string, AnswerValue][][] = types.map(() => []);
  for (const { place, question } of askedOf(form, types, answers)) {
    const value = givenAnswer(answersAt(answers, place), question.key);
    if (value !== undefined) (place === null ? order : tickets[place])?.push([question.key, value]);
  }
  return { order: Object.fromEntries(order), tickets: tickets.map((each) => Object.fromEntries(each)) };
}
