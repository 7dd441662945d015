import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../testing/client.ts';
import { createWorld, type TestEvent, testPassword, type World } from '../../testing/world.ts';
import { forgetExpired } from './forget-expired.ts';
import { guestKeyMs } from './open-guests.ts';
import { tokenHash } from './token-hash.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const newKey = () => randomBytes(18).toString('base64url');
const wants = (event: TestEvent, quantity = 1) => ({
  items: [{ ticketTypeId: event.ticketTypeId, quantity }],
});
const hold = (
  client: ReturnType<World['client']>,
  event: TestEvent,
  guestKey: string,
  idempotencyKey?: string,
) =>
  client.post(`/api/events/${event.id}/holds`, wants(event), {
    'admit-guest-key': guestKey,
    ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
  });
const me = async (client: ReturnType<World['client']>) => (await client.get('/api/me')).body;
const countGuests = async () =>
  (await world.app.db.query<{ count: number }>('select count(*)::int from users where is_anonymous'))[0]
    ?.count as number;

test('20 requests at once with one guest key, in two processes, are one guest and one hold', async () => {
  const event = await world.event({ capacity: 1 });
  const other = await world.another();
  const [before, key] = [await countGuests(), newKey()];
  const clients = Array.from({ length: 20 }, (_, i) => createClient(i % 2 ? world.url : other.url));
  const answers = await Promise.all(clients.map((client) => hold(client, event, key, 'double-click')));

  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(await countGuests()).toBe(before + 1);
  const people = await Promise.all(clients.map(me));
  expect(new Set(people.map(({ id }) => id)).size).toBe(1);
  expect(people[0].isGuest).toBe(true);
  // Whichever answer the browser heard last, its cookies open the hold.
  for (const client of clients)
    expect((await client.get(`/api/holds/${answers[0]?.body.id}`)).status).toBe(200);
});

test('two tabs at the last place: one has it, the other hears that it is taken, and both are the same guest', async () => {
  const event = await world.event({ capacity: 1 });
  const [key, a, b] = [newKey(), world.client(), world.client()];
  const answers = await Promise.all([hold(a, event, key, 'tab-one'), hold(b, event, key, 'tab-two')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const held = answers.find(({ status }) => status === 201)?.body;
  for (const tab of [a, b]) expect((await tab.get(`/api/holds/${held.id}`)).status).toBe(200);
});

test('a session counts before a key, and a refused hold leaves the guest signed in', async () => {
  const event = await world.event({ capacity: 1 });
  const person = await world.user();
  expect((await hold(person.client, event, newKey())).status).toBe(201);
  expect((await me(person.client)).id).toBe(person.userId);

  const late = world.client();
  expect((await hold(late, event, newKey())).body.code).toBe('sold_out');
  expect((await me(late)).isGuest).toBe(true);
});

test('who asks for the token gets it once, and no cookie; as a bearer token it is the guest’s session', async () => {
  const event = await world.event();
  const client = world.client();
  const key = newKey();
  const asks = { 'admit-guest-key': key, 'admit-guest-token': 'wanted' };
  const held = await client.post(`/api/events/${event.id}/holds`, wants(event), asks);
  expect(held.status).toBe(201);
  expect(held.headers.getSetCookie()).toEqual([]);
  expect(held.headers.get('cache-control')).toBe('private, no-store');
  const token = held.headers.get('admit-guest-token');
  // Without a cookie the same client is nobody.
  expect((await client.get(`/api/holds/${held.body.id}`)).status).toBe(401);
  const as = { authorization: `Bearer ${token}` };
  expect((await client.get(`/api/holds/${held.body.id}`, as)).status).toBe(200);
  expect((await client.get('/api/me', as)).body.isGuest).toBe(true);
  // With a session, and without the wish, nobody gets a token.
  const again = await client.post(`/api/events/${event.id}/holds`, wants(event), { ...asks, ...as });
  expect([again.status, again.headers.get('admit-guest-token')]).toEqual([201, null]);
  const usual = await hold(world.client(), event, newKey());
  expect(usual.headers.get('admit-guest-token')).toBeNull();
  expect(usual.headers.getSetCookie()).not.toEqual([]);
});

test('a key that ends with its guest: signed out, become an account, or ten minutes old', async () => {
  const event = await world.event();
  const [leaves, signsUp, waits] = [newKey(), newKey(), newKey()];

  const one = world.client();
  await hold(one, event, leaves);
  expect((await one.post('/api/auth/sign-out', {})).status).toBe(200);
  expect((await hold(world.client(), event, leaves)).body.code).toBe('guest_key_ended');

  const two = world.client();
  const held = await hold(two, event, signsUp);
  const email = `${newKey().toLowerCase()}@example.com`;
  const signedUp = await two.post('/api/auth/sign-up/email', { name: 'Ada', email, password: testPassword });
  expect(signedUp.status).toBe(200);
  expect((await two.get(`/api/holds/${held.body.id}`)).status).toBe(200);
  expect((await hold(world.client(), event, signsUp)).body.code).toBe('guest_key_ended');

  await hold(world.client(), event, waits);
  await world.app.db.run(
    `update guest_keys set opened_at = opened_at - $1 * interval '1 millisecond'
     where key_hash = $2`,
    [guestKeyMs, tokenHash(waits)],
  );
  expect((await hold(world.client(), event, waits)).body.code).toBe('guest_key_ended');
});

test('the database keeps no key, and forgets its hash after 60 days', async () => {
  const event = await world.event();
  const key = newKey();
  await hold(world.client(), event, key);
  const kept = await world.app.db.query<{ key_hash: string }>('select * from guest_keys');
  expect(JSON.stringify(kept)).not.toContain(key);
  await forgetExpired(world.app);
  expect(await world.app.db.query('select from guest_keys')).toHaveLength(kept.length);
  await world.app.db.run(`update guest_keys set opened_at = opened_at - interval '61 days'`);
  await forgetExpired(world.app);
  expect(await world.app.db.query('select from guest_keys')).toEqual([]);
});

test.each(['short', `${'a'.repeat(65)}`, 'two words and more than 22'])(
  'no guest for the key %j',
  async (key) => {
    const event = await world.event();
    const before = await countGuests();
    expect((await hold(world.client(), event, key)).body.code).toBe('invalid_request');
    expect((await world.client().post(`/api/events/${event.id}/holds`, wants(event))).status).toBe(401);
    expect(await countGuests()).toBe(before);
  },
);
