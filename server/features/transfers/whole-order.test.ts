import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Transfer } from '../../../contract/transfers.ts';
import { audit } from '../../audit/audit.ts';
import { days } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { type Bought, buy } from '../tickets/testing/buy.ts';
import { expireTransfers } from './expire-transfers.ts';
import { lettersTo, scan } from './testing/offer.ts';

/* Several tickets of an order are offered together: one mail, and one answer for all of them. */
let world: World;
let event: TestEvent;
beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ fields: { maxPerBuyer: 1000 } });
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

let addresses = 0;
interface Ordered extends Bought {
  buyer: Person;
  friend: Person;
  email: string;
}
async function ordered(quantity = 3): Promise<Ordered> {
  const [buyer, friend] = await Promise.all([world.guest(), world.guest()]);
  const bought = await buy(world, buyer, event, {
    quantity,
    buyer: { name: 'Ada Osei', email: `ada-${++addresses}@example.com` },
  });
  return { ...bought, buyer, friend, email: `friend-${addresses}@example.com` };
}
const passOn = ({ buyer, orderId, email }: Ordered, body: object = {}) =>
  buyer.client.post(`/api/orders/${orderId}/transfers`, { email, ...body });
async function offered(of: Ordered, body: object = {}): Promise<{ items: Transfer[]; secret: string }> {
  const answer = await passOn(of, body);
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  const { items } = answer.body;
  return { items, secret: world.app.transferLinks.secretOf(items[0].id) };
}
const accept = (by: Person, id: string, secret: string) =>
  by.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Grace Hopper' });
const received = async (by: Person): Promise<string[]> =>
  (await by.client.get('/api/me/tickets')).body.items.map(({ id }: { id: string }) => id).sort();
const idsOf = ({ tickets }: Bought) => tickets.map(({ id }) => id).sort();

test('one mail offers all tickets, one acceptance brings all, and every old code is dead', async () => {
  const of = await ordered();
  const { items, secret } = await offered(of, { message: 'See you there' });
  expect(items.map(({ ticketId }) => ticketId).sort()).toEqual(idsOf(of));
  expect(new Set(items.map(({ groupId }) => groupId))).toEqual(new Set([items[0]?.id]));
  const mails = await lettersTo(world, of.email);
  expect(mails.map(({ subject }) => subject)).toEqual(['Ada Osei has 3 tickets for you: Night Shift']);
  expect(mails[0]?.text).toContain(`/t/${items[0]?.id}#${secret}`);

  const seen = await world.client().post(`/api/transfers/${items[0]?.id}`, { secret });
  expect(seen.body).toMatchObject({ transfer: { status: 'pending', message: 'See you there' } });
  expect(seen.body.tickets).toHaveLength(3);

  const accepted = await accept(of.friend, items[0]!.id, secret);
  expect(accepted.status).toBe(200);
  expect(await received(of.friend)).toEqual(idsOf(of));
  // One mail to each side, with a PDF of all tickets.
  const toFriend = await lettersTo(world, of.email);
  expect(toFriend.map(({ subject }) => subject).sort()).toEqual([
    'Ada Osei has 3 tickets for you: Night Shift',
    'Your tickets: Night Shift',
  ]);
  const told = await lettersTo(world, `ada-${/\d+/.exec(of.email)?.[0]}@example.com`);
  expect(told.map(({ subject }) => subject)).toContain('Tickets passed on: Night Shift');
  for (const { code } of of.tickets) expect((await scan(event, code)).body.code).toBe('ticket_transferred');
  for (const id of idsOf(of)) {
    const { code } = (await of.friend.client.get(`/api/tickets/${id}`)).body;
    expect((await scan(event, code)).status).toBe(201);
  }
  const history = (await of.buyer.client.get(`/api/orders/${of.orderId}/transfers`)).body.items;
  expect(history.map(({ status }: Transfer) => status)).toEqual(['accepted', 'accepted', 'accepted']);
});

test('the same person gets the same answer again, another person is refused, and the link opens all tickets', async () => {
  const of = await ordered(2);
  const { items, secret } = await offered(of);
  const id = items[0]!.id;
  const answers = await Promise.all([1, 2, 3].map(() => accept(of.friend, id, secret)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`)).size).toBe(1);
  const other = await world.guest();
  const late = await accept(other, id, secret);
  expect([late.status, late.body.code]).toEqual([409, 'transfer_accepted']);
  expect(await received(other)).toEqual([]);
  expect((await other.client.post(`/api/transfers/${id}/openings`, { secret })).status).toBe(200);
  expect(await received(other)).toEqual(idsOf(of));
});

test('two people accept at once: one of them gets all tickets', async () => {
  const of = await ordered(4);
  const { items, secret } = await offered(of);
  const people = await Promise.all([1, 2, 3, 4].map(() => world.guest()));
  const answers = await Promise.all(
    people.map((person, i) => accept(person, items[i]!.id, world.app.transferLinks.secretOf(items[i]!.id))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  const winner = people[answers.findIndex(({ status }) => status === 200)]!;
  expect(await received(winner)).toEqual(idsOf(of));
  expect(secret).toHaveLength(32);
});

test('declining or taking back one ends all, with one mail', async () => {
  const of = await ordered();
  const declined = await offered(of);
  const { id } = declined.items[0]!;
  await world.client().post(`/api/transfers/${id}/refusal`, { secret: declined.secret });
  const again = await offered(of);
  // The sender takes back the offer of the last ticket, and with it the whole offer.
  expect((await of.buyer.client.delete(`/api/transfers/${again.items[2]!.id}`)).status).toBe(204);
  const late = await accept(of.friend, again.items[0]!.id, again.secret);
  expect([late.status, late.body.code]).toEqual([409, 'transfer_withdrawn']);
  const { items } = (await of.buyer.client.get(`/api/orders/${of.orderId}/transfers`)).body;
  expect(items.map(({ status }: Transfer) => status).sort()).toEqual([
    ...Array(3).fill('declined'),
    ...Array(3).fill('withdrawn'),
  ]);
  const toFriend = (await lettersTo(world, of.email)).map(({ subject }) => subject);
  expect(toFriend.filter((subject) => subject === 'Tickets not passed on: Night Shift')).toHaveLength(1);
});

test('what ends meanwhile is left out, and the rest is accepted', async () => {
  const of = await ordered();
  const { items, secret } = await offered(of);
  const [first, second, third] = of.tickets;
  await scan(event, first!.code);
  await of.buyer.client.post(`/api/tickets/${second!.id}/cancellation`, {});
  const seen = await world.client().post(`/api/transfers/${items[0]!.id}`, { secret });
  expect(seen.body.tickets).toHaveLength(1);
  const { status, body } = await accept(of.friend, items[0]!.id, secret);
  expect([status, body.id]).toEqual([200, third!.id]);
  expect(await received(of.friend)).toEqual([third!.id]);
});

test('nobody accepts in time: all end, and the sender gets one mail', async () => {
  const own = await world.event();
  const buyer = await world.guest();
  const email = `ada-late-${++addresses}@example.com`;
  const bought = await buy(world, buyer, own, { quantity: 2, buyer: { name: 'Ada', email } });
  const of = { ...bought, buyer, friend: buyer, email: `friend-late-${addresses}@example.com` };
  await offered(of);
  world.clock.advance(days(8));
  await expireTransfers(world.app);
  const subjects = (await lettersTo(world, email)).map(({ subject }) => subject);
  expect(subjects.filter((subject) => subject.startsWith('Tickets not passed on'))).toHaveLength(1);
});

test('without names it offers what is left; named tickets are offered all or none', async () => {
  const of = await ordered();
  const [first, second, third] = of.tickets.map(({ id }) => id);
  const path = `/api/tickets/${first}/transfers`;
  expect((await of.buyer.client.post(path, { email: of.email })).status).toBe(201);
  const refused = await passOn(of, { tickets: [first, second] });
  expect(refused.body.code).toBe('transfer_pending');
  const { items } = await offered(of);
  expect(items.map(({ ticketId }) => ticketId).sort()).toEqual([second, third].sort());
  expect((await passOn(of)).body.code).toBe('transfer_pending');
  // A ticket that was passed on is the buyer's no more.
  expect((await accept(of.friend, items[0]!.id, world.app.transferLinks.secretOf(items[0]!.id))).status).toBe(
    200,
  );
  expect((await passOn(of, { tickets: [items[0]!.ticketId] })).body.code).toBe('ticket_transferred');
  const other = await ordered(2);
  expect((await passOn(of, { tickets: [other.tickets[0]!.id] })).body.code).toBe('ticket_not_of_order');
  expect((await passOn({ ...of, buyer: other.buyer })).status).toBe(404);
  const one = await offered(other, { tickets: [other.tickets[0]!.id] });
  expect(one.items).toMatchObject([{ groupId: null }]);
});
