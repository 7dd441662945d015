import { afterAll, beforeAll, expect, test } from 'vitest';
import { days } from '../../testing/clock.ts';
import { createWorld, type Person, type World } from '../../testing/world.ts';
import { forgetOld } from '../../work/forget-old.ts';
import { offer, scan } from '../transfers/testing/offer.ts';
import { ask, choice, hold, place, question } from './testing/ask.ts';

/* What becomes of answers when a ticket changes hands, when names are erased, and in files. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const diet = choice('diet', ['all', 'vegan'], { required: true });
const answersOf = async (person: Person, path: string) => (await person.client.get(`${path}/answers`)).body;

test('whoever gets a ticket answers anew, and neither side sees the answers of the other', async () => {
  const event = await world.event({ priceMinor: 0 });
  await ask(event, [diet]);
  const [ada, bo] = [await world.guest(), await world.guest()];
  const answers = { tickets: [{ diet: 'vegan' }, { diet: 'all' }] };
  const { order } = (await place(ada, await hold(ada, event, 2), { answers })).body;
  const [{ id: ticketId }] = order.tickets;
  const { id, secret } = await offer(world, ada, ticketId, { email: 'bo@example.com' });
  const accepted = await bo.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Bo' });
  expect(accepted.status).toBe(200);
  const seen = await answersOf(bo, `/api/tickets/${ticketId}`);
  expect(seen.ticket).toMatchObject({ answers: [], missing: ['diet'], changeable: 'yes' });
  expect((await answersOf(ada, `/api/tickets/${ticketId}`)).code).toBe('ticket_transferred');
  const put = await ada.client.put(`/api/tickets/${ticketId}/answers`, { answers: { diet: 'vegan' } });
  expect([put.status, put.body.code]).toEqual([409, 'ticket_transferred']);
  const own = await answersOf(ada, `/api/orders/${order.id}`);
  expect(own.tickets.map((each: { ticketId: string }) => each.ticketId)).toEqual([order.tickets[1].id]);
  const missing = await event.organiser.client.get(`/api/events/${event.id}/answers?missing=yes`);
  expect(missing.body.items).toMatchObject([{ ticketId, missing: ['diet'] }]);
  const answered = await bo.client.put(`/api/tickets/${ticketId}/answers`, { answers: { diet: 'all' } });
  expect(answered.status).toBe(200);
  const counts = (await event.organiser.client.get(`/api/events/${event.id}/answer-counts`)).body.items;
  // The vegan has passed the ticket on.
  expect(counts[0].counts).toMatchObject([
    { answer: 'all', count: 2 },
    { answer: 'vegan', count: 0 },
  ]);
});

test('an exchange within the event takes the answers along', async () => {
  const event = await world.event({
    fields: {
      exchanges: { allowed: true },
      pools: [{ key: 'floor', name: 'Floor', capacity: 20 }],
      ticketTypes: ['Floor', 'Rail'].map((name) => ({ name, priceMinor: 0, pools: ['floor'] })),
    },
  });
  const company = question('company', { scope: 'order', required: true });
  await ask(event, [diet, company], [{ key: 'rules', label: 'Rules' }]);
  const ada = await world.guest();
  const answers = { order: { company: 'Acme' }, tickets: [{ diet: 'vegan' }] };
  const given = { answers, acceptedTerms: [{ key: 'rules', version: 1 }] };
  const { order } = (await place(ada, await hold(ada, event, 1), given)).body;
  // Also while nothing is asked.
  await ask(event, []);
  const exchanged = await ada.client.post(`/api/tickets/${order.tickets[0].id}/exchanges`, {
    ticketTypeId: event.ticketTypes[1]?.id,
  });
  expect(exchanged.status).toBe(201);
  await ask(event, [diet, company]);
  const after = await answersOf(ada, `/api/orders/${exchanged.body.order.id}`);
  expect(after).toMatchObject({ answers: [{ question: 'company', value: 'Acme' }], missing: [] });
  expect(after.tickets).toMatchObject([{ answers: [{ question: 'diet', value: 'vegan' }], missing: [] }]);
  // Nobody was asked to accept anything for the exchange.
  expect(after.accepted).toBeNull();
});

test('complimentary tickets are issued without answers, and their holder adds them', async () => {
  const event = await world.event();
  await ask(event, [diet]);
  const issued = await event.organiser.client.post(`/api/events/${event.id}/complimentary-orders`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
    recipient: { name: 'Grace', email: 'grace@example.com' },
    note: 'Press',
  });
  expect(issued.status, JSON.stringify(issued.body)).toBe(201);
  const missing = await event.organiser.client.get(`/api/events/${event.id}/answers?missing=yes`);
  expect(missing.body.items).toMatchObject([{ missing: ['diet'] }]);
  const path = `/api/tickets/${missing.body.items[0].ticketId}/answers`;
  expect((await event.organiser.client.put(path, { answers: { diet: 'all' } })).status).toBe(200);
  const acts = await event.organiser.client.get(
    `/api/organisations/${event.organiser.organisationId}/audit-log?act=order.answers_changed`,
  );
  expect(JSON.stringify(acts.body.items)).not.toContain('diet');
  expect(acts.body.items).toHaveLength(1);
});

test('the door sees the answers that are marked for it', async () => {
  const event = await world.event({ priceMinor: 0 });
  const allergies = question('allergies', { kind: 'paragraph', atDoor: true });
  await ask(event, [{ ...diet, atDoor: true }, allergies, question('secret')]);
  const ada = await world.guest();
  const one = { diet: 'vegan', allergies: '🥜'.repeat(121), secret: 'Not for the door' };
  const two = { diet: 'all', allergies: '🥜'.repeat(120) };
  const { order } = (await place(ada, await hold(ada, event, 2), { answers: { tickets: [one, two] } })).body;
  const { code } = (await ada.client.get(`/api/tickets/${order.tickets[0].id}`)).body;
  const scanned = await scan(event, code);
  expect(scanned.status).toBe(201);
  expect(scanned.body.notes).toEqual([
    { kind: 'answer', label: 'diet?', text: 'VEGAN' },
    { kind: 'answer', label: 'allergies?', text: `${'🥜'.repeat(119)}…` },
  ]);
  const { code: other } = (await ada.client.get(`/api/tickets/${order.tickets[1].id}`)).body;
  expect((await scan(event, other)).body.notes[1].text).toBe(two.allergies);
});

test('a guest is let in if the answers for the door cannot be read', async () => {
  const own = await createWorld();
  try {
    const event = await own.event({ priceMinor: 0 });
    await ask(event, [{ ...diet, atDoor: true }]);
    const ada = await own.guest();
    const given = { answers: { tickets: [{ diet: 'vegan' }] } };
    const { order } = (await place(ada, await hold(ada, event, 1), given)).body;
    const { code } = (await ada.client.get(`/api/tickets/${order.tickets[0].id}`)).body;
    await own.app.db.query('alter table answers rename to answers_gone', []);
    const scanned = await scan(event, code);
    expect([scanned.status, scanned.body.notes]).toEqual([201, []]);
  } finally {
    await own.close();
  }
});

test('answers are in files, a formula is a text, and the person gets them with their account', async () => {
  const event = await world.event({ priceMinor: 0 });
  await ask(event, [diet, question('note')]);
  const ada = await world.user();
  const answers = { tickets: [{ diet: 'vegan', note: '=HYPERLINK("x")' }] };
  await place(ada, await hold(ada, event, 1), { answers });
  const file = async (name: string) =>
    (await event.organiser.client.get(`/api/events/${event.id}/exports/${name}`)).body;
  expect(await file('attendees.json')).toMatchObject([
    { 'answer:diet': 'VEGAN', 'answer:note': '=HYPERLINK("x")' },
  ]);
  expect(await file('answers.json')).toMatchObject([
    { question_key: 'diet', question: 'diet?', answer: 'VEGAN' },
    { question_key: 'note', answer: '=HYPERLINK("x")' },
  ]);
  expect(String(await file('answers.csv'))).toContain(`"'=HYPERLINK(""x"")"`);
  const own = (await ada.client.get('/api/me/export')).body.answers;
  expect(own.map(({ question: label, answer }: Record<string, string>) => [label, answer]).sort()).toEqual([
    ['diet?', 'VEGAN'],
    ['note?', '=HYPERLINK("x")'],
  ]);
});

test('answers go when the names of buyers go; what was accepted stays', async () => {
  const event = await world.event({ priceMinor: 0 });
  await ask(event, [diet]);
  const ada = await world.guest();
  const placed = await place(ada, await hold(ada, event, 1), { answers: { tickets: [{ diet: 'vegan' }] } });
  const count = async (table: 'answers' | 'order_forms') =>
    (
      await world.app.db.query<{ n: number }>(`select count(*)::int as n from ${table} where order_id = $1`, [
        placed.body.order.id,
      ])
    )[0]?.n;
  expect([await count('answers'), await count('order_forms')]).toEqual([1, 1]);
  await world.app.db.run('update organisations set names_kept_days = 30 where id = $1', [
    event.organiser.organisationId,
  ]);
  world.clock.advance(days(62));
  await forgetOld(world.app);
  expect([await count('answers'), await count('order_forms')]).toEqual([0, 1]);
  world.clock.advance(days(4000));
  await forgetOld(world.app);
  expect([await count('answers'), await count('order_forms')]).toEqual([0, 0]);
});
