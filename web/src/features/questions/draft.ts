import {
  type Question,
  type QuestionFormInput,
  type QuestionKind,
  questionKinds,
} from '../../../../contract/question-fields.ts';
import type { ManagedQuestionForm } from '../../../../contract/questions.ts';

/** A question while it is edited. */
export interface QuestionDraft extends Omit<Question, 'choices' | 'least' | 'most'> {
  /** A question that was saved keeps its kind and scope. */
  isSaved: boolean;
  /** Answers keep the meaning of the choices: a changed line is a new choice. */
  isAnswered: boolean;
  /** One choice per line. */
  choices: string;
  /** The choices as they were saved, with their keys. */
  saved: Question['choices'];
  least: string;
  most: string;
}
export interface TermsDraft {
  key: string;
  label: string;
  text: string;
  url: string;
}
export interface FormDraft {
  questions: QuestionDraft[];
  terms: TermsDraft[];
  changeHours: number | null;
}

export const toDraft = ({ questions, answered, terms, changeHours }: ManagedQuestionForm): FormDraft => ({
  questions: questions.map((question) => draftOf(question as Question, answered.includes(question.key))),
  terms: terms.map(({ key, label, text, url }) => ({ key, label, text, url: url ?? '' })),
  changeHours,
});

export const draftOf = (question: Question, isAnswered: boolean): QuestionDraft => ({
  ...question,
  isSaved: true,
  isAnswered,
  choices: question.choices.map(({ label }) => label).join('\n'),
  saved: question.choices,
  least: question.least?.toString() ?? '',
  most: question.most?.toString() ?? '',
});

export const newQuestion = (key: string): QuestionDraft => ({
  key,
  label: '',
  help: '',
  kind: 'text',
  scope: 'ticket',
  required: false,
  ticketTypes: null,
  showIf: null,
  atDoor: false,
  autofill: null,
  isSaved: false,
  isAnswered: false,
  choices: '',
  saved: [],
  least: '',
  most: '',
});

export const hasChoices = (kind: QuestionKind): boolean => kind === 'choice' || kind === 'choices';

/** The kinds in the order in which the page offers them. */
export const kinds = questionKinds;

/**
 * The choices of the lines. A line that was saved keeps its key. If nobody has answered and as many lines as before are there, a
 * changed line is the same choice in other words; else it is a new one, and takes no key of a choice that somebody may have chosen.
 */
export function choicesOf({ choices, saved, kind, isAnswered }: QuestionDraft): Question['choices'] {
  if (!hasChoices(kind)) return [];
  const lines = choices.split('\n').flatMap((line) => line.trim() || []);
  const isRenamed = !isAnswered && lines.length === saved.length;
  const taken = isAnswered ? saved.map(({ key }) => key) : [];
  const used = new Set<string>();
  return lines.map((label, i) => {
    const same = saved.find((each) => each.label === label);
    const renamed = isRenamed && saved[i] && !lines.includes(saved[i].label) ? saved[i] : undefined;
    const own = same?.key ?? renamed?.key;
    const key =
      own !== undefined && !used.has(own)
        ? own
        : freeKey(own ?? keyOf(label, `choice-${i + 1}`), new Set([...used, ...taken]));
    used.add(key);
    return { key, label };
  });
}

/** A key of a text in Latin letters; another text gets the fallback. */
function keyOf(label: string, fallback: string): string {
  const key = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 30);
  return key === '' ? fallback : key;
}

function freeKey(key: string, used: ReadonlySet<string>): string {
  let free = key;
  for (let n = 2; used.has(free); n++) free = `${key}-${n}`;
  return free;
}

/** A limit of a number as somebody typed it: null without one, NaN if it is no number. */
const limitOf = (text: string): number | null =>
  text.trim() === '' ? null : Number(text.trim().replace(',', '.'));

/** The fields of limits that are no number, by their paths in the form. Their NaN would be sent as "no limit". */
export const wrongLimits = ({ questions }: Pick<FormDraft, 'questions'>): string[] =>
  questions.flatMap(({ kind, least, most }, i) =>
    kind === 'number'
      ? Object.entries({ least, most }).flatMap(([field, text]) =>
          Number.isFinite(limitOf(text) ?? 0) ? [] : [`questions.${i}.${field}`],
        )
      : [],
  );

/** The body of putQuestionForm. A new question gets its key from its label, so that files have readable columns. */
export function toForm(draft: FormDraft, ever: string[]): QuestionFormInput {
  const used = new Set([...ever, ...draft.questions.flatMap(({ isSaved, key }) => (isSaved ? [key] : []))]);
  const keys = new Map(
    draft.questions.map(({ key, label, isSaved }, i) => {
      const chosen = isSaved ? key : freeKey(keyOf(label, `question-${i + 1}`), used);
      used.add(chosen);
      return [key, chosen];
    }),
  );
  return {
    questions: draft.questions.map((question): Question => {
      const {
        isSaved: _,
        isAnswered: _answered,
        saved: _saved,
        least,
        most,
        showIf,
        autofill,
        kind,
        ...rest
      } = question;
      return {
        ...rest,
        kind,
        key: keys.get(question.key) ?? question.key,
        choices: choicesOf(question),
        showIf: showIf && { ...showIf, question: keys.get(showIf.question) ?? showIf.question },
        autofill: kind === 'text' || kind === 'paragraph' ? autofill : null,
        least: kind === 'number' ? limitOf(least) : null,
        most: kind === 'number' ? limitOf(most) : null,
      };
    }),
    terms: draft.terms.map(({ url, ...terms }) => ({ ...terms, url: url.trim() || null })),
    changeHours: draft.changeHours,
  };
}
