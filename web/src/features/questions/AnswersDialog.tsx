import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { putOrderAnswers, putTicketAnswers } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { type AnswerFault, answerText, faultOf, givenAnswer } from '../../../../contract/answers.ts';
import type { Answers, Question } from '../../../../contract/question-fields.ts';
import type { EventQuestions, TicketAnswers } from '../../../../contract/questions.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { QuestionField } from './QuestionField.tsx';
import { askedByPlace, type Typed, toAnswers, toTyped } from './typed.ts';
import { t } from './words.ts';

interface Props {
  title: string;
  form: EventQuestions;
  of: { orderId: `ord_${string}` } | { ticketId: `tkt_${string}` };
  /** The ticket types of the order, or of the one ticket. */
  types: string[];
  part: Pick<TicketAnswers, 'answers' | 'changeable'>;
  onClose: () => void;
}

/** Changes the answers of a whole order or of a ticket. */
export function AnswersDialog({ title, form, of, types, part, onClose }: Props) {
  const client = useQueryClient();
  const act = useAct();
  const [typed, setTyped] = useState<Typed>(() => toTyped(part.answers));
  const [faults, setFaults] = useState(() => changedSince(form, part.answers));
  const isOrder = 'orderId' in of;
  const all = isOrder ? { order: typed, tickets: [] } : { order: {}, tickets: [typed] };
  const questions = askedByPlace(form, types, all).get(isOrder ? null : 0) ?? [];
  // What was answered stays as it is when only missing answers may be added.
  const kept = new Set(part.changeable === 'missing' ? part.answers.map(({ question }) => question) : []);
  const open = questions.filter(({ key }) => !kept.has(key));
  const answers = answersOf(questions, all, isOrder);
  const save = useMutation({
    mutationFn: async () => {
      const body = { version: form.version, answers };
      if (isOrder) await call(putOrderAnswers, { params: of, body, act });
      else await call(putTicketAnswers, { params: of, body, act });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['answers'] });
      onClose();
    },
    onError: (error) => {
      if (!isProblem(error, 'answers_refused')) return;
      void client.invalidateQueries({ queryKey: ['answers'] });
      setFaults(
        Object.fromEntries(
          error.members.faults.map(({ path, reason }) => [path.replace('answers.', ''), reason]),
        ),
      );
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = open.flatMap((question) => {
      const fault = faultOf(question, givenAnswer(answers, question.key));
      return fault ? [[question.key, fault] as const] : [];
    });
    setFaults(Object.fromEntries(wrong));
    if (wrong.length === 0 && !save.isPending) save.mutate();
  };
  return (
    <Dialog title={title} closeLabel={t('close')} onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        {open.map((question) => (
          <QuestionField
            key={question.key}
            question={question}
            value={typed[question.key]}
            fault={faults[question.key]}
            forSelf
            onChange={(value) => {
              setTyped((before) => ({ ...before, [question.key]: value }));
              setFaults(({ [question.key]: _, ...others }) => others);
            }}
          />
        ))}
        {save.error && (
          <Notice tone="bad" live>
            {sayProblem(save.error)}
          </Notice>
        )}
        <div className="flex flex-wrap justify-end gap-3 max-sm:*:grow">
          <Button type="submit" busy={save.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A choice or a consent that reads differently now means something else than its holder chose. They look at it again. */
function changedSince(
  { questions }: EventQuestions,
  answers: Props['part']['answers'],
): Record<string, AnswerFault> {
  const changed = answers.filter(({ question: key, kind, label, value, text }) => {
    const question = questions.find((each) => each.key === key);
    if (!question) return false;
    if (kind === 'consent') return question.label !== label;
    return (kind === 'choice' || kind === 'choices') && answerText(question, value) !== text;
  });
  return Object.fromEntries(changed.map(({ question }) => [question, 'question_changed']));
}

/** Only the answers to what is asked now. */
function answersOf(
  questions: Question[],
  all: { order: Typed; tickets: Typed[] },
  isOrder: boolean,
): Answers {
  const { order, tickets } = toAnswers(questions, 1, all);
  return isOrder ? order : (tickets[0] ?? {});
}
