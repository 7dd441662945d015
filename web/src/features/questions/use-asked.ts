import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getEventQuestions } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { type AnswerFault, answerIssues, onlyAsked } from '../../../../contract/answers.ts';
import type { Event } from '../../../../contract/events.ts';
import type { Line } from '../../../../contract/holds.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { QuestionForm, Terms } from '../../../../contract/question-fields.ts';
import { call } from '../../api/call.ts';
import { type KeptAnswers, knownAnswers, rememberAnswers } from './kept-answers.ts';
import { type Typed, toAnswers } from './typed.ts';

const questionsQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['questions', eventId],
    queryFn: ({ signal }) => call(getEventQuestions, { params: { eventId }, signal }),
    staleTime: 60_000,
  });

const nothing: KeptAnswers = { order: {}, tickets: [], accepted: [] };

const nameOf = ({ key, version }: { key: string; version: number }) => `${key}@${version}`;

export type AskedForm = NonNullable<ReturnType<typeof useAsked>['form']>;

/**
 * The answers at the checkout of an event. `form` is null if the event asks nothing, while its questions are loading, and if they
 * `failed` to load.
 */
export function useAsked({ id: eventId, asksQuestions }: Pick<Event, 'id' | 'asksQuestions'>, lines: Line[]) {
  const { data, error, refetch, isLoading } = useQuery({
    ...questionsQuery(eventId),
    enabled: asksQuestions,
  });
  const status = { isLoading, failed: data ? null : error, reload: () => void refetch() };
  const [kept, setKept] = useState<KeptAnswers>(() => ({ ...nothing, ...knownAnswers(eventId) }));
  const [faults, setFaults] = useState<Record<string, AnswerFault>>({});
  if (!data || data.questions.length + data.terms.length === 0) return { ...status, form: null };
  const form = data as QuestionForm;
  // Nobody is asked about extras.
  const types = lines.flatMap(({ ticketTypeId, quantity, collect }) =>
    collect ? [] : Array<string>(quantity).fill(ticketTypeId),
  );
  const change = (changed: Partial<KeptAnswers>, path: string) => {
    const next = { version: form.version, ...kept, ...changed };
    setKept(next);
    rememberAnswers(eventId, next);
    // An error goes when the person changes the answer. A new one waits for the next attempt.
    setFaults(({ [path]: _, ...others }) => others);
  };
  const accepted = () =>
    form.terms
      .filter((terms) => kept.accepted.includes(nameOf(terms)))
      .map(({ key, version }) => ({ key, version }));
  const seen = kept.version ?? form.version;
  const answers = () => ({
    version: seen,
    ...onlyAsked(form, types, toAnswers(form.questions, types.length, kept)),
  });
  // Only after the page has named what changed does the person know the present version.
  const tell = (told: Record<string, AnswerFault>, version: number) => {
    setFaults(told);
    if (!Object.values(told).includes('question_changed')) return;
    setKept((before) => {
      const next = { ...before, version };
      rememberAnswers(eventId, next);
      return next;
    });
  };
  const asked = {
    form,
    types,
    typed: kept,
    faults,
    answer(place: number | null, key: string, value: Typed[string]) {
      if (place === null) return change({ order: { ...kept.order, [key]: value } }, `answers.order.${key}`);
      const tickets = Array.from({ length: Math.max(place + 1, kept.tickets.length) }, (_, n) =>
        n === place ? { ...kept.tickets[n], [key]: value } : (kept.tickets[n] ?? {}),
      );
      change({ tickets: tickets as Typed[] }, `answers.tickets.${place}.${key}`);
    },
    isAccepted: (terms: Terms) => kept.accepted.includes(nameOf(terms)),
    accept(terms: Terms, isAccepted: boolean) {
      const others = kept.accepted.filter((each) => each !== nameOf(terms));
      change({ accepted: isAccepted ? [...others, nameOf(terms)] : others }, `acceptedTerms.${terms.key}`);
    },
    /** Shows what is wrong. True if nothing is. */
    check(): boolean {
      const issues = answerIssues(form, types, answers(), accepted());
      tell(Object.fromEntries(issues.map(({ path, reason }) => [path, reason])), form.version);
      return issues.length === 0;
    },
    toBody: () => ({ answers: answers(), acceptedTerms: accepted() }),
    /** Shows the refusal of the server at the fields. The organiser may ask something else by now. */
    showRefusal(error: unknown): boolean {
      if (!isProblem(error, 'answers_refused')) return false;
      const told = Object.fromEntries(error.members.faults.map(({ path, reason }) => [path, reason]));
      setFaults(told);
      void refetch().then(({ data: now }) => now && tell(told, now.version));
      return true;
    },
  };
  return { ...status, form: asked };
}
