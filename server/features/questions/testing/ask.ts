import type { QuestionForm } from '../../../../contract/question-fields.ts';
import type { Person, TestEvent } from '../../../testing/world.ts';

const buyer = { name: 'Ada Osei', email: 'ada@example.com' };

type Part = Record<string, unknown>;

/** A question for each ticket; its label is its key. */
export const question = (key: string, more: Part = {}) => ({
  key,
  label: `${key}?`,
  kind: 'text',
  scope: 'ticket',
  required: false,
  ...more,
});

export const choice = (key: string, choices: string[], more: Part = {}) =>
  question(key, {
    kind: 'choice',
    choices: choices.map((each) => ({ key: each, label: each.toUpperCase() })),
    ...more,
  });

/** Lets the team of an event ask these questions from now on. */
export async function ask(
  event: TestEvent,
  questions: Part[],
  terms: Part[] = [],
  changeHours: number | null = 24,
): Promise<QuestionForm & { archived: unknown[] }> {
  const path = `/api/events/${event.id}/question-form`;
  const { client } = event.organiser;
  const { version } = (await client.get(path)).body;
  const answer = await client.put(path, { questions, terms, changeHours }, { 'if-match': `"${version}"` });
  if (answer.status !== 200) throw new Error(`the form was refused: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function hold(person: Person, event: TestEvent, quantity: number): Promise<{ id: string }> {
  const items = [{ ticketTypeId: event.ticketTypeId, quantity }];
  return (await person.client.post(`/api/events/${event.id}/holds`, { items })).body;
}

export const place = (person: Person, { id }: { id: string }, given: Part = {}) =>
  person.client.post('/api/orders', { holdId: id, buyer, ...given });
