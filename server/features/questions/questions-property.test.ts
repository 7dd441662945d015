import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerIssues } from '../../../contract/answers.ts';
import type { OrderAnswers, QuestionForm } from '../../../contract/question-fields.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { ask, choice, hold, place, question } from './testing/ask.ts';

/*
 * Any sequence of edits of questions, orders and changes of answers: every order that a buyer placed has all that its form
 * required, and an edit of the questions changes no answer.
 */
let world: World;
let ada: Person;
beforeAll(async () => {
  world = await createWorld();
  ada = await world.guest();
});
afterAll(() => world.close());

interface Shape {
  asksCompany: boolean;
  asksDiet: boolean;
  hasVegan: boolean;
  dietRequired: boolean;
  asksAllergies: boolean;
  terms: 'none' | 'short' | 'long';
}

const shapes = fc.record<Shape>({
  asksCompany: fc.boolean(),
  asksDiet: fc.boolean(),
  hasVegan: fc.boolean(),
  dietRequired: fc.boolean(),
  asksAllergies: fc.boolean(),
  terms: fc.constantFrom('none', 'short', 'long'),
});
const answer = fc.record({
  company: fc.constantFrom(undefined, '', 'Acme'),
  diets: fc.array(fc.constantFrom(undefined, 'all', 'vegan'), { maxLength: 3 }),
  allergies: fc.constantFrom(undefined, 'Nuts'),
  accepts: fc.constantFrom(0, 1, 2, 3),
});
type Given = typeof answer extends fc.Arbitrary<infer T> ? T : never;

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('edit' as const), shape: shapes }),
    fc.record({ kind: fc.constant('order' as const), given: answer, places: fc.constantFrom(1, 2) }),
    // An order and an edit in the same moment.
    fc.record({ kind: fc.constant('race' as const), given: answer, shape: shapes }),
    fc.record({ kind: fc.constant('change' as const), given: answer, which: fc.nat(5) }),
  ),
  { minLength: 3, maxLength: 10 },
);
type Step = (typeof steps extends fc.Arbitrary<infer T> ? T : never)[number];

const whole: Given = { company: 'Acme', diets: ['vegan'], allergies: undefined, accepts: 1 };
const lacking: Given = { ...whole, company: undefined };
const orderOf = (given: Given) => ({ kind: 'order' as const, given, places: 1 as const });
/** Random orders may nearly all be refused, or nearly all be taken. This history has enough of both. */
const usual: Step[] = [
  {
    kind: 'edit',
    shape: {
      asksCompany: true,
      asksDiet: true,
      hasVegan: true,
      dietRequired: true,
      asksAllergies: true,
      terms: 'short',
    },
  },
  ...Array.from({ length: 4 }, () => orderOf(whole)),
  ...Array.from({ length: 4 }, () => orderOf(lacking)),
];

function edit(event: TestEvent, shape: Shape) {
  const diet = choice('diet', shape.hasVegan ? ['all', 'vegan'] : ['all'], { required: shape.dietRequired });
  const questions = [
    ...(shape.asksCompany ? [question('company', { scope: 'order', required: true })] : []),
    ...(shape.asksDiet ? [diet] : []),
    ...(shape.asksDiet && shape.asksAllergies
      ? [question('allergies', { required: true, showIf: { question: 'diet', answers: ['all'] } })]
      : []),
  ];
  const terms = shape.terms === 'none' ? [] : [{ key: 'rules', label: 'Rules', text: shape.terms }];
  return ask(event, questions, terms);
}

const bodyOf = ({ company, diets, allergies, accepts }: Given, places: number) => ({
  answers: {
    order: { ...(company !== undefined && { company }) },
    tickets: diets.slice(0, places).map((diet) => ({
      ...(diet && { diet }),
      ...(diet === 'all' && allergies && { allergies }),
    })),
  },
  ...(accepts > 0 && { acceptedTerms: [{ key: 'rules', version: accepts }] }),
});

const stored = (eventId: string) =>
  world.app.db.query<{ order_id: string; position: number; question: string; value: unknown; label: string }>(
    'select order_id, position, question, value, label from answers where event_id = $1 order by 1, 2, 3',
    [eventId],
  );

/** Looks at the tables and at nothing that the server says. */
async function isWhole(event: TestEvent, placed: Map<string, number>): Promise<void> {
  const forms = await world.app.db.query<{ order_id: string; form: QuestionForm }>(
    `select order_id, form from order_forms join event_forms using (event_id, version) where event_id = $1`,
    [event.id],
  );
  const rows = await stored(event.id);
  for (const { order_id, form } of forms) {
    const given: OrderAnswers = {
      order: {},
      tickets: Array.from({ length: placed.get(order_id) ?? 0 }, () => ({})),
    };
    for (const { order_id: of, position, question: key, value } of rows) {
      const at = position === -1 ? given.order : given.tickets[position];
      if (of === order_id && at) at[key] = value as string;
    }
    const types = given.tickets.map(() => event.ticketTypeId as string);
    const accepted = form.terms.map(({ key, version }) => ({ key, version }));
    const lacking = answerIssues(form, types, given, accepted).filter(({ reason }) => reason === 'missing');
    expect(lacking).toEqual([]);
  }
}

test('no edit loses an answer, and no order lacks what its form required', { timeout: 300_000 }, async () => {
  let orders = 0;
  let refusals = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const event = await world.event({ capacity: 1000, priceMinor: 0, fields: { maxPerBuyer: 1000 } });
      const placed = new Map<string, number>();
      const order = async (given: Given, places: number) => {
        const answered = await place(ada, await hold(ada, event, places), {
          ...bodyOf(given, places),
          buyer: { name: 'Ada', email: `ada-${orders + refusals}@example.com` },
        });
        expect([201, 422]).toContain(answered.status);
        if (answered.status === 422) refusals++;
        else {
          orders++;
          placed.set(answered.body.order.id, places);
        }
      };
      for (const step of sequence) {
        if (step.kind === 'edit') {
          const before = await stored(event.id);
          await edit(event, step.shape);
          expect(await stored(event.id)).toEqual(before);
        } else if (step.kind === 'order') await order(step.given, step.places);
        else if (step.kind === 'race') await Promise.all([order(step.given, 1), edit(event, step.shape)]);
        else {
          const ids = [...placed.keys()];
          const id = ids[step.which % Math.max(1, ids.length)];
          if (!id) continue;
          const { order: answers } = bodyOf(step.given, 0).answers;
          const put = await ada.client.put(`/api/orders/${id}/answers`, { answers });
          expect([200, 409, 422]).toContain(put.status);
        }
        await isWhole(event, placed);
      }
    }),
    { numRuns: runs(12, 200), examples: [[usual]] },
  );
  expect(orders).toBeGreaterThan(3);
  expect(refusals).toBeGreaterThan(3);
});
