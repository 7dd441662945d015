import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
let house: Organiser;
let own: TestEvent;
let other: TestEvent;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  own = await world.event({ organiser: house });
  other = await world.event({ organiser: house });
});
afterAll(() => world.close());

const path = (rest: string) => `/api/organisations/${house.organisationId}${rest}`;
const statusOf = async (person: Person, address: string) => (await person.client.get(address)).status;

async function buy(event: TestEvent): Promise<string> {
  const { client } = await world.guest();
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await client.post(`/api/events/${event.id}/holds`, { items });
  const buyer = { name: 'Ada Osei', email: `ada-${held.body.id}@example.com` };
  const placed = (await client.post('/api/orders', { holdId: held.body.id, buyer })).body;
  await client.post(`/api/sandbox/payments/${placed.payment.id}/confirmation`, {
    clientSecret: placed.payment.clientSecret,
    card: { number: '4242424242424242' },
  });
  await world.drain();
  return placed.order.id;
}

describe('a member of some events', () => {
  test('does not see the other events, nor their orders', async () => {
    const [mine, theirs] = [await buy(own), await buy(other)];
    const person = await world.member(house, 'support', [own.id]);
    const events = (await person.client.get(path('/events'))).body.items;
    expect(events.map(({ id }: { id: string }) => id)).toEqual([own.id]);
    for (const q of ['', '?q=Osei']) {
      const { items } = (await person.client.get(path(`/orders${q}`))).body;
      expect(items.map(({ id }: { id: string }) => id)).toEqual([mine]);
      const all = (await house.client.get(path(`/orders${q}`))).body.items;
      expect(all.map(({ id }: { id: string }) => id).sort()).toEqual([mine, theirs].sort());
    }
    expect(await statusOf(person, `/api/orders/${mine}`)).toBe(200);
    expect(await statusOf(person, `/api/orders/${theirs}`)).toBe(404);
    expect(await statusOf(person, `/api/events/${own.id}/management`)).toBe(200);
    expect(await statusOf(person, `/api/events/${other.id}/management`)).toBe(404);
  });

  test('can’t do what concerns the whole organisation, whatever the role', async () => {
    const person = await world.member(house, 'manager', [own.id]);
    const books = await person.client.get(path('/books'));
    expect([books.status, books.body.code]).toEqual([403, 'forbidden']);
    expect(books.body.detail).toContain('some of its events only');
    expect(await statusOf(person, path('/members'))).toBe(403);
  });

  test('gets and loses events at once, also in another process', async () => {
    const second = await world.another();
    const person = await world.member(house, 'manager', [own.id]);
    const cookie = { cookie: person.client.cookie() };
    const elsewhere = async () =>
      (await fetch(`${second.url}/api/events/${other.id}/management`, { headers: cookie })).status;
    expect(await elsewhere()).toBe(404);
    const put = (events: string[] | null) =>
      house.client.put(path(`/members/${person.userId}`), { role: 'manager', events });
    expect((await put(null)).body).toMatchObject({ role: 'manager', events: null });
    await expect.poll(elsewhere).toBe(200);
    expect(await statusOf(person, `/api/events/${other.id}/management`)).toBe(200);
    expect((await put([own.id])).body.events).toEqual([own.id]);
    expect(await statusOf(person, `/api/events/${other.id}/management`)).toBe(404);
    await expect.poll(elsewhere).toBe(404);
    expect((await person.client.get('/api/me')).body.organisations).toMatchObject([
      { id: house.organisationId, role: 'manager', events: [own.id] },
    ]);
  });
});

describe('the events of a role', () => {
  test('are events of the organisation, and an owner has all', async () => {
    const stranger = await world.organiser();
    const foreign = await world.event({ organiser: stranger });
    const person = await world.member(house, 'door');
    const put = (body: object) => house.client.put(path(`/members/${person.userId}`), body);
    const refused = await put({ role: 'door', events: [own.id, foreign.id] });
    expect(refused).toMatchObject({ status: 422, body: { code: 'unknown_event', events: [foreign.id] } });
    expect((await put({ role: 'door', events: [] })).body.code).toBe('invalid_request');
    expect((await put({ role: 'owner', events: [own.id] })).body.code).toBe('invalid_request');
    const invited = { email: 'crew@example.com', role: 'door', events: [foreign.id] };
    expect((await house.client.post(path('/invitations'), invited)).body.code).toBe('unknown_event');
    const { body } = await house.client.get(path('/members'));
    expect(body.items.find(({ userId }: Person) => userId === person.userId)).toMatchObject({
      role: 'door',
      events: null,
    });
  });

  test('are named in the invitation and its mail, and hold once it is accepted', async () => {
    const person = await world.user();
    const { title } = (await house.client.get(`/api/events/${own.id}/management`)).body;
    const invited = await house.client.post(path('/invitations'), {
      email: person.email,
      role: 'finance',
      events: [own.id],
    });
    expect(invited.body).toMatchObject({ role: 'finance', events: [own.id] });
    await world.drain();
    const { items } = (await person.client.get(`/api/mailbox?to=${person.email}`)).body;
    const { body: mail } = await person.client.get(`/api/mailbox/${items[0].id}`);
    expect(mail.text).toContain(title);
    const secret = /#([\w-]{43})/.exec(mail.text)?.[1];
    const seen = await person.client.post(`/api/invitations/${invited.body.id}`, { secret });
    expect(seen.body).toMatchObject({ role: 'finance', events: [title] });
    await person.client.post(`/api/invitations/${invited.body.id}/acceptance`, { secret });
    expect((await person.client.get('/api/me')).body.organisations).toMatchObject([
      { role: 'finance', events: [own.id] },
    ]);
    expect(await statusOf(person, `/api/events/${own.id}/exports/orders.csv`)).toBe(200);
    expect(await statusOf(person, `/api/events/${other.id}/exports/orders.csv`)).toBe(404);
    const [joined] = (await house.client.get(path('/audit-log?act=member.joined'))).body.items;
    expect(joined.after).toMatchObject({ role: 'finance', events: [own.id] });
  });
});
