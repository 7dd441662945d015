import type { Question, QuestionForm, QuestionFormInput, Terms } from '../../../contract/question-fields.ts';

interface Issue {
  path: string;
  message: string;
}

/** What is known of an event when its form is edited. */
interface Known {
  ticketTypes: ReadonlySet<string>;
  /** All questions and terms that it has ever had, each as it was last. */
  questions: Question[];
  terms: Terms[];
  /** Questions with an answer of anybody. */
  answered: ReadonlySet<string>;
}

/** Decision: everything that is wrong with a form beyond its schema. */
export function formIssues({ questions, terms }: QuestionFormInput, known: Known): Issue[] {
  return [
    ...twice(questions, 'questions'),
    ...twice(terms, 'terms'),
    ...questions.flatMap((question, i) =>
      [
        ...partIssues(question),
        ...conditionIssues(question, questions.slice(0, i)),
        ...changeIssues(question, known),
      ].map(({ path, message }) => ({ path: `questions.${i}.${path}`, message })),
    ),
  ];
}

const twice = (parts: { key: string }[], path: string): Issue[] =>
  parts.flatMap(({ key }, i) =>
    parts.findIndex((each) => each.key === key) < i
      ? [{ path: `${path}.${i}.key`, message: `there is another ${key}` }]
      : [],
  );

const hasChoices = ({ kind }: Question): boolean => kind === 'choice' || kind === 'choices';

function partIssues(question: Question): Issue[] {
  const { kind, choices, autofill, least, most } = question;
  const issues = twice(choices, 'choices');
  if (hasChoices(question) !== choices.length > 0)
    issues.push({ path: 'choices', message: hasChoices(question) ? 'give choices' : 'has no choices' });
  if (
    autofill !== null &&
    kind !== 'text' &&
    kind !== 'paragraph' &&
    !(kind === 'date' && autofill === 'bday')
  )
    issues.push({ path: 'autofill', message: 'fills in texts, and a birthday fills in a date' });
  if ((least !== null || most !== null) && kind !== 'number')
    issues.push({ path: 'least', message: 'only a number has limits' });
  if (least !== null && most !== null && least > most)
    issues.push({ path: 'most', message: 'is smaller than the smallest number' });
  return issues;
}

/** A question depends on an earlier one of the same scope. So conditions have no circles. */
function conditionIssues({ showIf, scope }: Question, earlier: Question[]): Issue[] {
  if (!showIf) return [];
  const of = earlier.find(({ key }) => key === showIf.question);
  if (!of || of.scope !== scope)
    return [{ path: 'showIf.question', message: 'must be an earlier question of the same scope' }];
  if (of.kind === 'consent') {
    const unknown = showIf.answers.find((each) => each !== 'yes' && each !== 'no');
    return unknown ? [{ path: 'showIf.answers', message: 'a consent has the answers yes and no' }] : [];
  }
  if (!hasChoices(of)) return [{ path: 'showIf.question', message: 'must have choices' }];
  const unknown = showIf.answers.find((each) => !of.choices.some(({ key }) => key === each));
  return unknown ? [{ path: 'showIf.answers', message: `${of.label} has no choice ${unknown}` }] : [];
}

/**
 * Answers are found by the key, and their kind decides how they are read. A question that nobody has answered may become another
 * one. A ticket type may have gone since.
 */
function changeIssues({ key, kind, scope, ticketTypes }: Question, known: Known): Issue[] {
  const before = known.questions.find((each) => each.key === key);
  const isFixed = known.answered.has(key);
  const issues: Issue[] = [];
  if (before && isFixed && before.kind !== kind)
    issues.push({ path: 'kind', message: `${key} stays a question of the kind ${before.kind}` });
  if (before && isFixed && before.scope !== scope)
    issues.push({ path: 'scope', message: `${key} stays a question for each ${before.scope}` });
  const unknown = ticketTypes?.find(
    (type) => !known.ticketTypes.has(type) && !before?.ticketTypes?.includes(type),
  );
  if (unknown) issues.push({ path: 'ticketTypes', message: `this event has no ticket type ${unknown}` });
  return issues;
}

/** Decision: the next version of a form. Terms that changed get a new version, so that nobody has accepted them yet. */
export function nextForm(
  input: QuestionFormInput,
  before: QuestionForm,
  { terms: ever }: Pick<Known, 'terms'>,
): QuestionForm {
  const version = before.version + 1;
  const since = input.questions.map((question): [string, number] => {
    const last = before.questions.find(({ key }) => key === question.key);
    const isSame = last !== undefined && readsAs(last, question);
    return [question.key, isSame ? (before.unchangedSince?.[question.key] ?? before.version) : version];
  });
  const terms = input.terms.map((given): Terms => {
    const last = ever.find(({ key }) => key === given.key);
    if (!last) return { ...given, version: 1 };
    const isSame = last.label === given.label && last.text === given.text && last.url === given.url;
    return { ...given, version: isSame ? last.version : last.version + 1 };
  });
  return { ...input, terms, version, unchangedSince: Object.fromEntries(since) };
}

/** Whether whoever answered the one would read the same in the other. A further choice changes no answer. */
const readsAs = (last: Question, next: Question): boolean =>
  last.label === next.label &&
  last.help === next.help &&
  last.kind === next.kind &&
  last.scope === next.scope &&
  last.choices.every(({ key, label }) =>
    next.choices.some((choice) => choice.key === key && choice.label === label),
  );
