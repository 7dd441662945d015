import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { putQuestionForm } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { Question } from '../../../../contract/question-fields.ts';
import type { ManagedQuestionForm } from '../../../../contract/questions.ts';
import { call } from '../../api/call.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { Unsaved } from '../forms/Unsaved.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AnswersPage } from './AnswersPage.tsx';
import {
  draftOf,
  type FormDraft,
  newQuestion,
  type TermsDraft,
  toDraft,
  toForm,
  wrongLimits,
} from './draft.ts';
import { QuestionCard } from './QuestionCard.tsx';
import { formQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/questions');

/** What an event asks of its buyers; with the hash `answers`, what they answered. */
export function QuestionsPage() {
  const { eventId } = route.useParams();
  const isAnswers = useLocation({ select: ({ hash }) => hash === 'answers' });
  return isAnswers ? <AnswersPage eventId={eventId} /> : <Questions eventId={eventId} />;
}

function Questions({ eventId }: { eventId: string }) {
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const may = useMay(event.organisation.id, event.id);
  const form = useQuery(formQuery(event.id));
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {may('orders.read') && event.status !== 'draft' && (
        <Link
          to={paths.eventQuestions}
          params={{ eventId: event.id }}
          hash="answers"
          className={buttonClass('quiet', 'medium', 'mt-4')}
        >
          {t('toAnswers')}
        </Link>
      )}
      {form.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(form.error)}
        </Notice>
      )}
      {!may('events.edit') && <Notice className="mt-6">{t('mayNot')}</Notice>}
      {form.data && may('events.edit') && <Editor key={form.data.version} event={event} saved={form.data} />}
    </Subpage>
  );
}

const hours = [24, 48, 168];

function Editor({ event, saved }: { event: ManagedEvent; saved: ManagedQuestionForm }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<FormDraft>(() => toDraft(saved));
  const made = useRef(0);
  const form = useRef<HTMLFormElement>(null);
  const isDirty = () => JSON.stringify(draft) !== JSON.stringify(toDraft(saved));
  const save = useMutation({
    mutationFn: () =>
      call(putQuestionForm, {
        params: { eventId: event.id },
        // A question that is added anew is not the one that was taken away, also if it has the same label.
        body: toForm(draft, [
          ...saved.questions.map(({ key }) => key),
          ...saved.archived.map(({ question }) => question.key),
        ]),
        ifMatch: saved.version,
      }),
    onSuccess: (form) => {
      client.setQueryData(formQuery(event.id).queryKey, form);
      void client.invalidateQueries({ queryKey: ['answers'] });
    },
  });
  const { questions, terms } = draft;
  const put = (changed: Partial<FormDraft>) => {
    save.reset();
    setNoNumbers([]);
    setDraft((before) => ({ ...before, ...changed }));
  };
  const [noNumbers, setNoNumbers] = useState<string[]>([]);
  const wrong = {
    ...(isProblem(save.error) && save.error.fields),
    ...Object.fromEntries(noNumbers.map((path) => [path, t('noNumber')])),
  };
  const move = (i: number, by: number) => {
    const moved = [...questions];
    const [one] = moved.splice(i, 1);
    if (one) moved.splice(i + by, 0, one);
    put({ questions: moved });
  };
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    const found = wrongLimits(draft);
    setNoNumbers(found);
    if (found.length > 0) return focusWrong(form.current);
    if (!save.isPending) save.mutate();
  };
  const bringBack = (question: Question) => put({ questions: [...questions, draftOf(question, true)] });
  const archived = saved.archived.filter(
    ({ question }) => !questions.some(({ key }) => key === question.key),
  );
  return (
    <form ref={form} onSubmit={submit} noValidate className="mt-6 grid gap-6">
      <Unsaved isDirty={() => isDirty() && !save.isSuccess} />
      {questions.length + terms.length === 0 && <p className="text-muted">{t('none')}</p>}
      {questions.map((question, i) => (
        <QuestionCard
          key={question.key}
          n={i + 1}
          question={question}
          earlier={questions.slice(0, i)}
          ticketTypes={event.ticketTypes}
          isLast={i === questions.length - 1}
          faults={faultsAt(wrong, `questions.${i}.`)}
          onChange={(changed) =>
            put({ questions: questions.map((each, at) => (at === i ? { ...each, ...changed } : each)) })
          }
          onMove={(by) => move(i, by)}
          onRemove={() => put({ questions: questions.filter((_, at) => at !== i) })}
        />
      ))}
      {terms.map((each, i) => (
        <TermsCard
          key={each.key}
          n={i + 1}
          terms={each}
          faults={faultsAt(wrong, `terms.${i}.`)}
          onChange={(changed) =>
            put({ terms: terms.map((one, at) => (at === i ? { ...one, ...changed } : one)) })
          }
          onRemove={() => put({ terms: terms.filter((_, at) => at !== i) })}
        />
      ))}
      <div className="flex flex-wrap gap-3">
        <Button
          look="quiet"
          onClick={() => put({ questions: [...questions, newQuestion(`new-${++made.current}`)] })}
        >
          {t('addQuestion')}
        </Button>
        <Button look="quiet" onClick={() => put({ terms: [...terms, newTerms(terms)] })}>
          {t('addTerms')}
        </Button>
      </div>
      {archived.length > 0 && (
        <section aria-labelledby="archived">
          <h2 id="archived" className="font-bold">
            {t('archived')}
          </h2>
          <ul>
            {archived.map(({ question, answers }) => (
              <li key={question.key} className="flex flex-wrap items-center gap-x-4 wrap-anywhere">
                <bdi>{t('archivedCount', { label: question.label, count: answers })}</bdi>
                <Button look="plain" size="small" onClick={() => bringBack(question as Question)}>
                  {t('bringBack')}
                  <span className="sr-only">: {question.label}</span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Select
        label={t('changeUntil')}
        value={draft.changeHours ?? 'never'}
        onChange={({ target: { value } }) => put({ changeHours: value === 'never' ? null : Number(value) })}
      >
        <option value="never">{t('change_never')}</option>
        <option value={0}>{t('change_start')}</option>
        {[...new Set([...hours, draft.changeHours ?? 24])]
          .filter((each) => each > 0)
          .map((each) => (
            <option key={each} value={each}>
              {t('change_hours', { count: each })}
            </option>
          ))}
      </Select>
      <div aria-live="polite">
        {save.error && (
          <Notice tone="bad">
            {isProblem(save.error, 'version_mismatch') ? t('conflict') : sayProblem(save.error)}
          </Notice>
        )}
      </div>
      <div className="flex flex-wrap justify-end gap-3 max-sm:*:grow">
        <Button type="submit" busy={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

/** The errors of one part of the form, by the name of its field. */
const faultsAt = (fields: Record<string, string>, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([path, message]) =>
      path.startsWith(prefix) ? [[path.slice(prefix.length).split('.')[0] ?? '', message]] : [],
    ),
  );

/** Focuses the first wrong field, after the page has marked it. */
const focusWrong = (form: HTMLFormElement | null) =>
  void setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());

function newTerms(terms: TermsDraft[]): TermsDraft {
  let n = terms.length + 1;
  while (terms.some(({ key }) => key === `terms-${n}`)) n++;
  return { key: `terms-${n}`, label: '', text: '', url: '' };
}

function TermsCard({
  n,
  terms,
  faults,
  onChange,
  onRemove,
}: {
  n: number;
  terms: TermsDraft;
  faults: Record<string, string>;
  onChange: (changed: Partial<TermsDraft>) => void;
  onRemove: () => void;
}) {
  return (
    <fieldset className="grid min-w-0 gap-4 rounded-card border border-line p-5">
      <legend className="px-1 font-bold">{t('termsNo', { n })}</legend>
      <Field
        label={t('termsLabel')}
        value={terms.label}
        maxLength={200}
        error={faults.label}
        onChange={({ target }) => onChange({ label: target.value })}
      />
      <TextArea
        label={t('termsText')}
        value={terms.text}
        maxLength={5000}
        error={faults.text}
        onChange={({ target }) => onChange({ text: target.value })}
      />
      <Field
        label={t('termsUrl')}
        inputMode="url"
        value={terms.url}
        error={faults.url}
        placeholder="https://"
        onChange={({ target }) => onChange({ url: target.value })}
      />
      <Button look="plain" size="small" className="justify-self-start" onClick={onRemove}>
        {t('remove')}
        <span className="sr-only">: {t('termsNo', { n })}</span>
      </Button>
    </fieldset>
  );
}
