import { afterAll, beforeAll, expect, test } from 'vitest';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Person, type World } from '../../testing/world.ts';
import { ask, choice, hold, place, question } from './testing/ask.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const diet = choice('diet', ['all', 'vegan', 'none'], { required: true });
const allergies = question('allergies', {
  kind: 'paragraph',
  required: true,
  showIf: { question: 'diet', answers: ['none'] },
});
const company = question('company', { scope: 'order', required: true, autofill: 'organization' });
const rules = { key: 'rules', label: 'I accept the house rules', text: 'No glass.' };

const free = (capacity = 20) => world.event({ capacity, priceMinor: 0 });
const answersOf = async (person: Person, orderId: string) =>
  (await person.client.get(`/api/orders/${orderId}/answers`)).body;
const reasons = (answer: { body: { code: string; faults?: { path: string; reason: string }[] } }) => [
  answer.body.code,
  ...(answer.body.faults ?? []).map(({ path, reason }) => `${path}: ${reason}`),
];

test('an order answers what its event asks, for itself and for each ticket', async () => {
  const event = await free();
  await ask(event, [company, diet, allergies], [rules]);
  const shown = (await world.client().get(`/api/events/${event.id}/questions`)).body;
  expect(shown.questions.map(({ key }: { key: string }) => key)).toEqual(['company', 'diet', 'allergies']);
  expect(shown.terms).toMatchObject([{ key: 'rules', version: 1 }]);
  const ada = await world.guest();
  const held = await hold(ada, event, 2);
  expect(reasons(await place(ada, held))).toEqual([
    'answers_refused',
    'answers.order.company: missing',
    'answers.tickets.0.diet: missing',
    'answers.tickets.1.diet: missing',
    'acceptedTerms.rules: terms_missing',
  ]);
  const answers = {
    order: { company: ' Acme ' },
    tickets: [{ diet: 'none', allergies: 'Nuts' }, { diet: 'vegan' }],
  };
  const acceptedTerms = [{ key: 'rules', version: 1 }];
  const placed = await place(ada, held, { answers, acceptedTerms });
  expect(placed).toMatchObject({ status: 201, body: { order: { status: 'confirmed' } } });
  const stored = await answersOf(ada, placed.body.order.id);
  expect(stored).toMatchObject({
    answers: [{ question: 'company', label: 'company?', value: 'Acme', text: 'Acme' }],
    missing: [],
    changeable: 'yes',
    accepted: {
      at: world.clock.now().toISOString(),
      terms: [{ key: 'rules', version: 1, text: 'No glass.' }],
    },
  });
  const said = stored.tickets.map((ticket: { answers: { question: string; text: string }[] }) =>
    ticket.answers.map(({ question: key, text }) => `${key}: ${text}`).sort(),
  );
  expect(said).toEqual([['allergies: Nuts', 'diet: NONE'], ['diet: VEGAN']]);
});

test('the same order again is the same order, whatever it answers then', async () => {
  const event = await free();
  await ask(event, [diet]);
  const ada = await world.guest();
  const held = await hold(ada, event, 1);
  const first = await place(ada, held, { answers: { tickets: [{ diet: 'vegan' }] } });
  const again = await place(ada, held, { answers: { tickets: [{ diet: 'all' }] } });
  const bare = await place(ada, held);
  expect([again.status, again.body.order.id, bare.body.order.id]).toEqual([
    201,
    first.body.order.id,
    first.body.order.id,
  ]);
  const { tickets } = await answersOf(ada, first.body.order.id);
  expect(tickets[0].answers).toMatchObject([{ question: 'diet', value: 'vegan' }]);
});

test('every wrong answer is refused at its place', async () => {
  const event = await free();
  const age = question('age', { kind: 'number', least: 0, most: 120 });
  const born = question('born', { kind: 'date' });
  const extras = choice('extras', ['bus', 'meal'], { kind: 'choices' });
  const photo = question('photo', { kind: 'consent', scope: 'order', required: true });
  await ask(event, [photo, diet, allergies, age, born, extras, question('note')]);
  const ada = await world.guest();
  const held = await hold(ada, event, 2);
  const wrong = await place(ada, held, {
    answers: {
      order: { photo: false, diet: 'vegan', 'not-one': 'x' },
      tickets: [
        { diet: 'gone', age: 121, born: '2027-02-30', extras: ['bus', 'boat'], note: 'two\nlines' },
        { diet: 'all', allergies: 'hidden', age: 'old', note: 'x'.repeat(201), constructor: 'x' },
        { diet: 'all' },
      ],
    },
  });
  expect(wrong.status).toBe(422);
  expect(reasons(wrong)).toEqual([
    'answers_refused',
    'answers.order.photo: missing',
    'answers.tickets.0.diet: not_a_choice',
    'answers.tickets.0.age: too_large',
    'answers.tickets.0.born: not_a_date',
    'answers.tickets.0.extras: not_a_choice',
    'answers.tickets.0.note: wrong_kind',
    'answers.tickets.1.age: wrong_kind',
    'answers.tickets.1.note: too_long',
    'answers.order.diet: unknown_question',
    'answers.order.not-one: unknown_question',
    'answers.tickets.1.allergies: not_asked',
    'answers.tickets.1.constructor: unknown_question',
    'answers.tickets.2: unknown_place',
  ]);
  const huge = await place(ada, held, { answers: { order: { photo: 'x'.repeat(10_000_000) } } });
  expect([huge.status, huge.body.code]).toEqual([413, 'payload_too_large']);
  const proto = JSON.parse('{"tickets": [{"__proto__": "x", "diet": "all"}]}');
  expect(reasons(await place(ada, held, { answers: proto }))).toEqual([
    'answers_refused',
    'answers.order.photo: missing',
    'answers.tickets.1.diet: missing',
  ]);
  // An event that asks nothing takes no answers, so nobody stores what nobody asked for.
  const silent = await free();
  const other = await hold(ada, silent, 1);
  const unasked = await place(ada, other, { answers: { tickets: [{ diet: 'all' }] } });
  expect(reasons(unasked)).toEqual(['answers_refused', 'answers.tickets.0.diet: unknown_question']);
});

test('an order on its way must answer what was asked last, and accept the terms as they are now', async () => {
  const event = await free();
  await ask(event, [diet], [rules]);
  const ada = await world.guest();
  const held = await hold(ada, event, 1);
  const given = { answers: { tickets: [{ diet: 'vegan' }] }, acceptedTerms: [{ key: 'rules', version: 1 }] };
  const renamed = { ...diet, choices: [{ key: 'all', label: 'Everything' }] };
  await ask(event, [renamed, question('seat', { required: true })], [{ ...rules, text: 'No dogs.' }]);
  expect(reasons(await place(ada, held, given))).toEqual([
    'answers_refused',
    'answers.tickets.0.diet: not_a_choice',
    'answers.tickets.0.seat: missing',
    'acceptedTerms.rules: terms_changed',
  ]);
  const now = {
    answers: { tickets: [{ diet: 'all', seat: 'A' }] },
    acceptedTerms: [{ key: 'rules', version: 2 }],
  };
  const placed = await place(ada, held, now);
  expect(placed.status).toBe(201);
  // The organiser changes the terms again. The order keeps what its buyer saw.
  await ask(event, [], [{ ...rules, text: 'No hats.' }]);
  const { accepted } = await answersOf(ada, placed.body.order.id);
  expect(accepted.terms).toMatchObject([{ version: 2, text: 'No dogs.' }]);
});

test('an answer to a question that reads differently now is refused at its place', async () => {
  const event = await free();
  const photo = question('photo', { kind: 'consent', label: 'You may photograph me' });
  const { version } = await ask(event, [photo, diet]);
  const ada = await world.guest();
  const held = await hold(ada, event, 1);
  const seen = (v: number | undefined) => ({
    answers: { ...(v !== undefined && { version: v }), tickets: [{ diet: 'vegan', photo: true }] },
  });
  // A further choice and another question change nothing of what was answered.
  const menu = ['all', 'vegan', 'none', 'soup'].map((key) => ({ key, label: key.toUpperCase() }));
  const wider = { ...diet, choices: menu };
  await ask(event, [photo, wider, question('note')]);
  const sold = { ...photo, label: 'You may sell my data' };
  const fish = menu.map((each) => (each.key === 'vegan' ? { ...each, label: 'FISH' } : each));
  await ask(event, [sold, { ...wider, choices: fish }]);
  const now = (await ask(event, [sold, { ...wider, choices: fish }, question('note')])).version;
  expect(reasons(await place(ada, held, seen(version)))).toEqual([
    'answers_refused',
    'answers.tickets.0.photo: question_changed',
    'answers.tickets.0.diet: question_changed',
  ]);
  // Whoever did not answer the question is not told of it.
  const bare = { answers: { version, tickets: [{ diet: 'all' }] } };
  expect(reasons(await place(ada, held, bare))).toEqual([
    'answers_refused',
    'answers.tickets.0.diet: question_changed',
  ]);
  const placed = await place(ada, held, seen(now - 1));
  expect(placed.status, JSON.stringify(placed.body)).toBe(201);
  const [{ ticketId }] = (await answersOf(ada, placed.body.order.id)).tickets;
  await ask(event, [photo, diet]);
  const path = `/api/tickets/${ticketId}/answers`;
  const { version: last } = (await ada.client.get(path)).body.form;
  const put = (v: number) => ada.client.put(path, { version: v, answers: { diet: 'vegan', photo: true } });
  expect(reasons(await put(now))).toEqual([
    'answers_refused',
    'answers.photo: question_changed',
    'answers.diet: question_changed',
  ]);
  expect((await put(last)).status).toBe(200);
});

test('long honest answers are taken, and too many letters are refused at their places', async () => {
  const event = await world.event({
    fields: {
      maxPerBuyer: 20,
      pools: [{ key: 'f', name: 'F', capacity: 100 }],
      ticketTypes: [{ name: 'F', priceMinor: 0, maxPerOrder: 20, pools: ['f'] }],
    },
  });
  const keys = ['a', 'b', 'c'];
  await ask(
    event,
    keys.map((key) => question(key, { kind: 'paragraph' })),
  );
  const ada = await world.guest();
  const held = await hold(ada, event, 20);
  const all = (letters: number) => ({
    answers: {
      tickets: Array.from({ length: 20 }, () =>
        Object.fromEntries(keys.map((key) => [key, 'ع'.repeat(letters)])),
      ),
    },
  });
  // 60 answers of 2,000 letters are 120,000: the last ten are too many.
  const [code, ...faults] = reasons(await place(ada, held, all(2000)));
  expect([code, faults.length, faults[0]]).toEqual(['answers_refused', 10, 'answers.tickets.16.c: too_long']);
  expect((await place(ada, held, all(1600))).status).toBe(201);
});

test('choices are counted in the words in which they were chosen, and each once', async () => {
  const event = await free();
  const meals = (vegan: string) => [
    choice('meal', [], {
      choices: [
        { key: 'meat', label: 'MEAT' },
        { key: 'vegan', label: vegan },
      ],
    }),
    choice('extras', ['bus', 'meal'], { kind: 'choices' }),
  ];
  await ask(event, meals('VEGAN'));
  const [ada, bo] = [await world.guest(), await world.guest()];
  const twice = { answers: { tickets: [{ meal: 'vegan', extras: ['bus', 'bus', 'meal'] }] } };
  await place(ada, await hold(ada, event, 1), twice);
  await ask(event, meals('FISH'));
  await place(bo, await hold(bo, event, 1), { answers: { tickets: [{ meal: 'vegan', extras: ['bus'] }] } });
  const counts = (await event.organiser.client.get(`/api/events/${event.id}/answer-counts`)).body.items;
  expect(counts[0]).toMatchObject({ answered: 2 });
  expect(counts[0].counts).toEqual([
    { answer: 'meat', text: 'MEAT', count: 0 },
    { answer: 'vegan', text: 'FISH', count: 1 },
    { answer: 'vegan', text: 'VEGAN', count: 1 },
  ]);
  expect(counts[1].counts).toEqual([
    { answer: 'bus', text: 'BUS', count: 2 },
    { answer: 'meal', text: 'MEAL', count: 1 },
  ]);
});

test('a question is asked only for its ticket types, and terms that come back unchanged keep their version', async () => {
  const event = await world.event({
    fields: {
      pools: [{ key: 'floor', name: 'Floor', capacity: 20 }],
      ticketTypes: [
        { name: 'Regular', priceMinor: 0, pools: ['floor'] },
        { name: 'Dinner', priceMinor: 0, pools: ['floor'] },
      ],
    },
  });
  const dinner = event.ticketTypes[1]?.id;
  await ask(event, [{ ...diet, ticketTypes: [dinner] }], [rules]);
  await ask(event, [{ ...diet, ticketTypes: [dinner] }], []);
  const form = await ask(event, [{ ...diet, ticketTypes: [dinner] }], [rules]);
  expect(form.terms).toMatchObject([{ version: 1 }]);
  await ask(event, [{ ...diet, ticketTypes: [dinner] }], []);
  const ada = await world.guest();
  expect((await place(ada, await hold(ada, event, 1))).status).toBe(201);
  const both = await ada.client.post(`/api/events/${event.id}/holds`, {
    items: event.ticketTypes.map(({ id }) => ({ ticketTypeId: id, quantity: 1 })),
  });
  expect(reasons(await place(ada, both.body))).toEqual([
    'answers_refused',
    'answers.tickets.1.diet: missing',
  ]);
});

test('a form that cannot be answered is refused at its part', async () => {
  const event = await free();
  const put = async (questions: unknown[], version = 0) =>
    (
      await event.organiser.client.put(
        `/api/events/${event.id}/question-form`,
        { questions, terms: [], changeHours: 24 },
        { 'if-match': `"${version}"` },
      )
    ).body;
  const paths = (body: { issues?: { path: string }[] }) => (body.issues ?? []).map(({ path }) => path);
  // A circle would need a question that depends on a later one.
  const a = choice('a', ['x'], { showIf: { question: 'b', answers: ['x'] } });
  const b = choice('b', ['x'], { showIf: { question: 'a', answers: ['x'] } });
  expect(paths(await put([a, b]))).toEqual(['body.questions.0.showIf.question']);
  expect(paths(await put([{ ...a, showIf: { question: 'a', answers: ['x'] } }]))).toEqual([
    'body.questions.0.showIf.question',
  ]);
  expect(paths(await put([diet, diet]))).toEqual(['body.questions.1.key']);
  expect(paths(await put([{ ...diet, choices: [] }]))).toEqual(['body.questions.0.choices']);
  expect(paths(await put([diet, { ...allergies, showIf: { question: 'diet', answers: ['soup'] } }]))).toEqual(
    ['body.questions.1.showIf.answers'],
  );
  expect(
    paths(
      await put([
        { ...company, showIf: null },
        { ...allergies, showIf: { question: 'company', answers: ['x'] } },
      ]),
    ),
  ).toEqual(['body.questions.1.showIf.question']);
  const foreign = (await free()).ticketTypeId;
  expect(paths(await put([{ ...diet, ticketTypes: [foreign] }]))).toEqual(['body.questions.0.ticketTypes']);
  // While nobody has answered, a question may become another one.
  await ask(event, [{ ...diet, kind: 'text', choices: [] }]);
  await ask(event, []);
  expect((await ask(event, [diet])) as object).toMatchObject({ version: 3, answered: [] });
  const ada = await world.guest();
  await place(ada, await hold(ada, event, 1), { answers: { tickets: [{ diet: 'vegan' }] } });
  expect(paths(await put([{ ...diet, kind: 'text', choices: [] }], 3))).toEqual(['body.questions.0.kind']);
  expect(paths(await put([{ ...diet, scope: 'order' }], 3))).toEqual(['body.questions.0.scope']);
  expect(await put([], 0)).toMatchObject({ code: 'version_mismatch', version: 3 });
});

test('an answered question that is left out is archived with its answers, and can come back', async () => {
  const event = await free();
  await ask(event, [diet, question('note')]);
  const ada = await world.guest();
  const placed = await place(ada, await hold(ada, event, 1), { answers: { tickets: [{ diet: 'vegan' }] } });
  const after = await ask(event, [question('note')]);
  expect(after.archived).toMatchObject([{ question: { key: 'diet' }, answers: 1 }]);
  // Its holder changes another answer, and the archived one stays.
  const { tickets } = await answersOf(ada, placed.body.order.id);
  const path = `/api/tickets/${tickets[0].ticketId}/answers`;
  expect((await ada.client.put(path, { answers: { note: 'Hello' } })).status).toBe(200);
  const list = await event.organiser.client.get(`/api/events/${event.id}/answers`);
  const said = list.body.items[0].answers.map(({ question: key }: { question: string }) => key).sort();
  expect(said).toEqual(['diet', 'note']);
  const counts = (await event.organiser.client.get(`/api/events/${event.id}/answer-counts`)).body.items;
  expect(counts).toMatchObject([
    { question: 'note', isArchived: false, answered: 1, counts: [] },
    { question: 'diet', isArchived: true, answered: 1 },
  ]);
  const back = await ask(event, [{ ...diet, label: 'Food?' }, question('note')]);
  expect(back.archived).toEqual([]);
  expect((await answersOf(ada, placed.body.order.id)).tickets[0].answers[0]).toMatchObject({
    label: 'diet?',
    value: 'vegan',
  });
});

test('holders change answers until the time that the organiser sets, and add what is missing until the start', async () => {
  const event = await free();
  const startsAt = (await world.client().get(`/api/events/${event.id}`)).body.startsAt;
  await ask(event, [diet, question('note')], [], 24);
  const ada = await world.guest();
  const placed = await place(ada, await hold(ada, event, 1), { answers: { tickets: [{ diet: 'vegan' }] } });
  const { tickets } = await answersOf(ada, placed.body.order.id);
  const path = `/api/tickets/${tickets[0].ticketId}/answers`;
  const put = async (answers: unknown, by = ada.client) => {
    const answer = await by.put(path, { answers });
    return [answer.status, answer.body.code];
  };
  expect(await put({})).toEqual([422, 'answers_refused']);
  expect(await put({ diet: 'all' })).toEqual([200, undefined]);
  world.clock.advance(Date.parse(startsAt) - world.clock.now().getTime() - hours(24));
  expect((await answersOf(ada, placed.body.order.id)).changeable).toBe('missing');
  expect(await put({ diet: 'vegan' })).toEqual([409, 'answers_fixed']);
  expect(await put({ note: 'By train' })).toEqual([200, undefined]);
  expect(await put({ note: 'By bus' })).toEqual([409, 'answers_fixed']);
  // The team still may, and the log says so.
  expect(await put({ diet: 'vegan' }, event.organiser.client)).toEqual([200, undefined]);
  world.clock.advance(days(1));
  expect(await put({ note: 'late' })).toEqual([409, 'answers_fixed']);
  const stranger = await world.organiser();
  expect(await put({ diet: 'all' }, stranger.client)).toEqual([404, 'not_found']);
});
