import { afterAll, beforeAll, expect, test } from 'vitest';
import { mergeManifest, notesOfTicket } from '../../../contract/door-manifest.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { ask, choice, question } from '../questions/testing/ask.ts';
import { buy } from '../tickets/testing/buy.ts';
import { offer } from '../transfers/testing/offer.ts';
import { takeManifest } from './testing/manifests.ts';

/* A gate without a network shows the same answers as one that asks the server. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

test('the manifest has the answers for the door, and each change of them comes with the next delta', async () => {
  const event = await world.event({ priceMinor: 0 });
  const asked = [
    choice('diet', ['vegan', 'fish'], { atDoor: true }),
    question('shoes'),
    question('company', { scope: 'order', atDoor: true }),
  ];
  await ask(event, asked);
  const buyer = await world.guest();
  const { orderId, tickets } = await buy(world, buyer, event, { quantity: 2 });
  const [first, second] = tickets.map(({ id }) => id) as [string, string];
  const put = async (path: string, answers: Record<string, unknown>, by = buyer) => {
    const { version } = (await by.client.get(`/api/events/${event.id}/questions`)).body;
    const { status, body } = await by.client.put(`${path}/answers`, { version, answers });
    expect(status, JSON.stringify(body)).toBe(200);
  };
  let known = await takeManifest(world.app, event);
  const answersOf = (id: string) => known.tickets.find((ticket) => ticket.id === id)?.answers;
  /** Takes the delta, and says how many tickets it has. */
  const follow = async () => {
    const delta = await takeManifest(world.app, event, known.head.version);
    expect(delta.head.since).toBe(known.head.version);
    known = mergeManifest(known, delta)!;
    return delta.tickets.length;
  };
  expect([answersOf(first), answersOf(second)]).toEqual([[], []]);

  await put(`/api/tickets/${first}`, { diet: 'vegan', shoes: '44' });
  await follow();
  expect([answersOf(first), answersOf(second)]).toEqual([[{ label: 'diet?', text: 'VEGAN' }], []]);
  const ticket = known.tickets.find(({ id }) => id === first)!;
  expect(notesOfTicket(known.head, ticket)).toContainEqual({ kind: 'answer', label: 'diet?', text: 'VEGAN' });

  await put(`/api/orders/${orderId}`, { company: 'Ünal' });
  await follow();
  const company = { label: 'company?', text: 'Ünal' };
  expect([answersOf(first), answersOf(second)]).toEqual([
    [{ label: 'diet?', text: 'VEGAN' }, company],
    [company],
  ]);

  await put(`/api/tickets/${first}`, { shoes: '45' });
  await follow();
  expect(answersOf(first)).toEqual([company]);

  // Whoever gets a ticket answers anew.
  await put(`/api/tickets/${second}`, { diet: 'fish' });
  const { id, secret } = await offer(world, buyer, second, { email: 'holder@example.com' });
  const holder = await world.guest();
  expect((await holder.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Ben' })).status).toBe(
    200,
  );
  await follow();
  expect(answersOf(second)).toEqual([company]);
  await put(`/api/tickets/${second}`, { diet: 'fish' }, holder);
  await follow();
  expect(answersOf(second)).toEqual([{ label: 'diet?', text: 'FISH' }, company]);

  const full = await takeManifest(world.app, event);
  expect(full.tickets.map(({ answers }) => answers)).toEqual(known.tickets.map(({ answers }) => answers));
});

test('a gate gets a whole manifest after other questions are for the door', async () => {
  const event = await world.event({ priceMinor: 0 });
  await ask(event, [question('shoes'), question('diet', { atDoor: true })]);
  const buyer = await world.guest();
  const { tickets } = await buy(world, buyer, event);
  const path = `/api/tickets/${tickets[0]?.id}/answers`;
  const { version } = (await buyer.client.get(path)).body.form;
  expect((await buyer.client.put(path, { version, answers: { shoes: '44', diet: 'fish' } })).status).toBe(
    200,
  );
  const before = await takeManifest(world.app, event);
  expect(before.tickets[0]?.answers.map(({ text }) => text)).toEqual(['fish']);
  await ask(event, [question('shoes', { atDoor: true }), question('diet')]);
  const after = await takeManifest(world.app, event, before.head.version);
  expect([after.head.since, after.tickets[0]?.answers.map(({ text }) => text)]).toEqual([null, ['44']]);
});
