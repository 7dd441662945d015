import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { QuestionForm, QuestionFormInput } from '../../../contract/question-fields.ts';
import type { ManagedQuestionForm } from '../../../contract/questions.ts';
import type { App } from '../../app.ts';
import { type ActingCall, digestOf, type Fields, noteAct } from '../../data/audit-trail.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { touchEvent } from '../catalog/touch-event.ts';
import { readEverAsked, readForm, writeForm } from '../sale/event-forms.ts';
import { ticketsOnly } from '../sale/products.ts';
import { readTicketTypes } from '../sale/read-terms.ts';
import { formIssues, nextForm } from './form.ts';
import { countByQuestion } from './store.ts';

export const getQuestionForm = (
  app: App,
  call: { params: { eventId: EventId } },
): Promise<ManagedQuestionForm> => managedForm(app.db, call.params.eventId);

/**
 * Replaces what an event asks, if the version of its form is still the one that the caller saw. The version of the event rises
 * too: an order that is on its way is decided with the new questions.
 */
export async function putQuestionForm(
  app: App,
  call: ActingCall & Call<{ eventId: EventId }, unknown, QuestionFormInput, 'team'>,
): Promise<ManagedQuestionForm> {
  const { eventId } = call.params;
  return once(app, call, async (trx) => {
    const event = await touchEvent(trx, eventId);
    const before = await readForm(trx, eventId);
    if (before.version !== call.ifMatch)
      throw new Refused('version_mismatch', before.version > 0 ? { version: before.version } : {});
    const types = ticketsOnly((await readTicketTypes(trx, [eventId])).get(eventId) ?? []);
    const known = {
      ...(await readEverAsked(trx, eventId)),
      ticketTypes: new Set<string>(types.map(({ id }) => id)),
      // No order with answers to the form before can commit now: the event is locked and its version rises.
      answered: new Set((await countByQuestion(trx, eventId)).keys()),
    };
    refuseIssues(formIssues(call.body, known));
    const after = nextForm(call.body, before, known);
    writeForm(trx, eventId, after, app.clock.now());
    noteAct(app, trx, call, {
      act: 'event.questions_changed',
      organisationId: event.organisation_id,
      subject: { type: 'event', id: eventId, title: event.title },
      before: toFields(before),
      after: toFields(after),
    });
    return managedForm(trx, eventId);
  });
}

function refuseIssues(issues: { path: string; message: string }[]): void {
  if (issues.length === 0) return;
  const first = issues.slice(0, 20).map(({ path, message }) => ({ path: `body.${path}`, message }));
  const detail = first.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new Refused('invalid_request', { detail: detail.slice(0, 500), issues: first });
}

async function managedForm(db: Queryable, eventId: EventId): Promise<ManagedQuestionForm> {
  const form = await readForm(db, eventId);
  const { questions } = await readEverAsked(db, eventId);
  const counts = await countByQuestion(db, eventId);
  const archived = questions
    .filter(({ key }) => !form.questions.some((each) => each.key === key))
    .flatMap((question) => {
      const answers = counts.get(question.key) ?? 0;
      return answers > 0 ? [{ question, answers }] : [];
    });
  return { ...form, answered: [...counts.keys()], archived };
}

/** In the words of the organiser: the label of each question and of the terms. */
const toFields = ({ questions, terms, changeHours }: QuestionForm): Fields => ({
  questions: Object.fromEntries(
    questions.map(({ key, label, kind, required }) => [key, { title: label, kind, required }]),
  ),
  terms: Object.fromEntries(
    terms.map(({ key, label, text, url }) => [
      key,
      { title: label, description: digestOf(text), reference: url },
    ]),
  ),
  changeHours,
});
