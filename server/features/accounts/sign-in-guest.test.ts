import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createWorld, testPassword, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const signIn = (client = world.client(), headers: Record<string, string> = {}) =>
  client.post('/api/auth/sign-in/anonymous', {}, headers);

test('signing in as a guest is one statement, and 200 guests at once share two', async () => {
  const query = vi.spyOn(world.app.db, 'query');
  const made = () => query.mock.calls.filter(([text]) => text.includes('insert into users')).length;
  await signIn();
  expect(made()).toBe(1);

  const ask = () => world.app.accounts.openGuest({ key: null, network: '127.0.0.1', userAgent: '' });
  const opened = await Promise.all(Array.from({ length: 200 }, ask));
  expect(made()).toBe(3);
  expect(new Set(opened.map(({ caller }) => caller.userId)).size).toBe(200);
  query.mockRestore();
});

test('the session is like any other: named, listed with its browser, revocable, and replaced by an account', async () => {
  const client = world.client();
  const { body } = await signIn(client, { 'user-agent': 'Test Browser' });
  expect(body.user).toMatchObject({ name: 'Guest', isAnonymous: true, emailVerified: false });
  expect((await client.get('/api/me')).body).toMatchObject({ id: body.user.id, isGuest: true });
  const bearer = { authorization: `Bearer ${body.token}` };
  expect((await world.client().get('/api/me', bearer)).body.id).toBe(body.user.id);
  const { items } = (await client.get('/api/me/sessions')).body;
  expect(items).toMatchObject([{ current: true, userAgent: 'Test Browser', ipAddress: '127.0.0.1' }]);

  expect((await signIn(client)).body.code).toBe('already_guest');
  const event = await world.event();
  const held = await client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
  const email = `${body.user.id}@example.com`;
  await client.post('/api/auth/sign-up/email', { name: 'Ada', email, password: testPassword });
  expect((await client.get(`/api/holds/${held.body.id}`)).status).toBe(200);
  expect((await world.client().get('/api/me', bearer)).status).toBe(401);
});

test.each<Record<string, string>>([
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  { 'sec-fetch-site': 'same-site' },
])('a page of another site signs nobody in: %j', async (headers) => {
  const answer = await signIn(world.client(), headers);
  expect([answer.status, answer.body.code]).toEqual([403, 'origin_not_allowed']);
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('one network opens 1200 guests a minute, also if its caller changes', async () => {
  const narrow = await createWorld({ RATE_LIMIT_FACTOR: '0.01' });
  try {
    const statuses: number[] = [];
    for (let i = 0; i < 13; i++) statuses.push((await signIn(narrow.client())).status);
    expect(statuses).toEqual([...Array(12).fill(200), 429]);
    const account = await narrow.user();
    expect((await signIn(account.client)).body.code).toBe('rate_limited');
  } finally {
    await narrow.close();
  }
});
