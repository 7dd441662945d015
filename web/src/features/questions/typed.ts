import { type Asked, askedOf } from '../../../../contract/answers.ts';
import type {
  Answers,
  AnswerValue,
  OrderAnswers,
  Question,
  QuestionForm,
} from '../../../../contract/question-fields.ts';

/** What a person has typed or chosen, by the keys of the questions. A number is a text while it is typed. */
export type Typed = Record<string, string | string[] | boolean>;
export interface TypedAnswers {
  order: Typed;
  tickets: Typed[];
}

/** The answers as the server takes them. A text that is no number stays a text, and is refused as one. */
function answersOf(questions: Question[], typed: Typed): Answers {
  return Object.fromEntries(
    questions.flatMap(({ key, kind }) => {
      const value = Object.hasOwn(typed, key) ? typed[key] : undefined;
      if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return [];
      return [[key, kind === 'number' && typeof value === 'string' ? numberOf(value) : value]];
    }),
  );
}

/** The zeros of scripts whose digits phones type; nine more digits follow each. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6];

/** "1.000" is a thousand to some and one to others: whoever types that must say it in another way. */
function numberOf(text: string): AnswerValue {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replaceAll(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = zeros.find((each) => code >= each && code <= each + 9);
      return zero === undefined ? digit : String(code - zero);
    })
    .replaceAll('\u2212', '-')
    .replaceAll('\u066b', '.')
    .replaceAll(/(?<=\d)[\s'’\u066c](?=\d{3}(?!\d))/gu, '');
  if (/^-?[1-9]\d{0,2}[.,]\d{3}$/.test(plain)) return text;
  if (/^-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(plain)) return Number(plain.replaceAll(',', ''));
  if (/^-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/.test(plain))
    return Number(plain.replaceAll('.', '').replace(',', '.'));
  return /^-?\d+(?:[.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : text;
}

/** Everything that is typed, for as many places as there are. */
export const toAnswers = (questions: Question[], places: number, typed: TypedAnswers): OrderAnswers => ({
  order: answersOf(
    questions.filter(({ scope }) => scope === 'order'),
    typed.order,
  ),
  tickets: Array.from({ length: places }, (_, place) =>
    answersOf(
      questions.filter(({ scope }) => scope === 'ticket'),
      typed.tickets[place] ?? {},
    ),
  ),
});

/** An answer as its field shows it. */
export const toTyped = (answers: { question: string; value: AnswerValue }[]): Typed =>
  Object.fromEntries(
    answers.map(({ question, value }) => [question, typeof value === 'number' ? String(value) : value]),
  );

/** The questions of the whole order (null) and of each place, as far as they are asked now. */
export function askedByPlace(
  form: Pick<QuestionForm, 'questions'>,
  types: string[],
  typed: TypedAnswers,
): Map<number | null, Question[]> {
  const asked = askedOf(form, types, toAnswers(form.questions, types.length, typed));
  return new Map(
    [...Map.groupBy(asked, ({ place }: Asked) => place)].map(([place, each]) => [
      place,
      each.map(({ question }) => question),
    ]),
  );
}
