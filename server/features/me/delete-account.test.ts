import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../testing/client.ts';
import { days } from '../../testing/clock.ts';
import { createWorld, type Person, testPassword, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const remove = (client: Client, body: unknown = { password: testPassword }) =>
  client.post('/api/me/deletion', body);

async function buyTicket({ client }: Person, priceMinor = 0) {
  const event = await world.event({ priceMinor });
  const hold = await client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
  const placed = await client.post('/api/orders', {
    holdId: hold.body.id,
    buyer: { name: 'Ada Osei', email: 'ada@example.com' },
  });
  expect(placed.status, JSON.stringify(placed.body)).toBe(201);
  return { event, orderId: placed.body.order.id as string };
}

const everythingOf = async (userId: string) => {
  const [row] = await world.app.db.query<{ kept: string }>(
    `select (select to_jsonb(users)::text from users where id = $1)
      || coalesce((select jsonb_agg(sessions)::text from sessions where user_id = $1), '')
      || coalesce((select jsonb_agg(accounts)::text from accounts where user_id = $1), '')
      || coalesce((select jsonb_agg(passkeys)::text from passkeys where user_id = $1), '')
      || coalesce((select jsonb_agg(two_factors)::text from two_factors where user_id = $1), '')
      || coalesce((select jsonb_agg(idempotency_keys)::text from idempotency_keys where user_id = $1), '')
      || coalesce((select jsonb_agg(verifications)::text from verifications where value = $1), '') as kept`,
    [userId],
  );
  return row?.kept ?? '';
};

test('a deleted account leaves an empty row, no way in, and its address to whoever comes next', async () => {
  const person = await world.user({ name: 'Ada Unmistakable' });
  await person.client.patch('/api/me/profile', { homeCity: 'Ouagadougou', interests: ['film'] });
  await world.client().post('/api/auth/request-password-reset', { email: person.email });
  await world.app.db.run(
    `insert into idempotency_keys (user_id, key, operation, fingerprint, reply, created_at)
     values ($1, 'key', 'createEvent', 'x', '{"name":"Ada Unmistakable"}', $2)`,
    [person.userId, world.clock.now()],
  );
  const other = world.client();
  await other.post('/api/auth/sign-in/email', { email: person.email, password: testPassword });
  const { token } = (await other.get('/api/auth/token')).body;

  expect((await remove(person.client)).status).toBe(204);
  for (const client of [person.client, other]) expect((await client.get('/api/me')).status).toBe(401);
  expect((await world.client().get('/api/me', { authorization: `Bearer ${token}` })).status).toBe(401);
  const signIn = { email: person.email, password: testPassword };
  expect((await world.client().post('/api/auth/sign-in/email', signIn)).body.code).toBe(
    'invalid_credentials',
  );

  const kept = await everythingOf(person.userId);
  expect(kept).toContain('Deleted account');
  for (const trace of [
    'Unmistakable',
    person.email,
    'Ouagadougou',
    'film',
    'argon2',
    'token',
    'reset-password',
  ])
    expect(kept).not.toContain(trace);
  const again = await world.client().post('/api/auth/sign-up/email', { name: 'Ada', ...signIn });
  expect(again.status).toBe(200);
  expect(again.body.user.id).not.toBe(person.userId);
});

test('no session can be opened for a deleted account, also not beside the deletion', async () => {
  const person = await world.user();
  const answers = await Promise.all([
    remove(person.client),
    ...Array.from({ length: 5 }, () =>
      world.client().post('/api/auth/sign-in/email', { email: person.email, password: testPassword }),
    ),
  ]);
  expect(answers[0]?.status).toBe(204);
  const left = await world.app.db.query('select id from sessions where user_id = $1', [person.userId]);
  expect(left).toEqual([]);
  await expect(world.app.accounts.openSessions([person.userId])).rejects.toThrow('deleted');
});

test('tickets for events to come must be known to be lost; they and the order stay', async () => {
  const person = await world.user();
  const { event, orderId } = await buyTicket(person);
  expect((await person.client.get('/api/me/deletion')).body).toMatchObject({ ticketsAhead: 1 });
  const warned = await remove(person.client);
  expect([warned.status, warned.body.code, warned.body.ticketsAhead]).toEqual([409, 'tickets_ahead', 1]);
  expect((await person.client.get('/api/me')).status).toBe(200);

  const code = async () =>
    (
      await world.app.db.query<{ status: string }>('select status from tickets where order_id = $1', [
        orderId,
      ])
    )[0]?.status;
  expect((await remove(person.client, { password: testPassword, ticketsLeaveMe: true })).status).toBe(204);
  expect(await code()).toBe('valid');
  const [order] = await world.app.db.query<{ buyer_name: string; status: string }>(
    'select buyer_name, status from orders where id = $1',
    [orderId],
  );
  expect(order).toEqual({ buyer_name: 'Ada Osei', status: 'confirmed' });
  const counts = await event.organiser.client.get(`/api/events/${event.id}/check-ins/counts`);
  expect(counts.status).toBe(200);
});

test('the password or a fresh session is asked for', async () => {
  const person = await world.user();
  expect((await remove(person.client, { password: 'not-the-password' })).body.code).toBe('wrong_password');
  await world.app.db.run(
    `update sessions set created_at = created_at - interval '16 minutes' where user_id = $1`,
    [person.userId],
  );
  expect((await person.client.get('/api/me/deletion')).body.needsPassword).toBe(true);
  expect((await remove(person.client, {})).body.code).toBe('sign_in_again');
  expect((await person.client.get('/api/auth/passkey/generate-register-options')).body.code).toBe(
    'sign_in_again',
  );
  expect((await person.client.get('/api/me')).status).toBe(200);

  const fresh = await world.user();
  expect((await fresh.client.get('/api/me/deletion')).body.needsPassword).toBe(false);
  expect((await remove(fresh.client, {})).status).toBe(204);
});

test('an organisation keeps an owner, and the platform its admins', async () => {
  const owner = await world.organiser();
  const ahead = (await owner.client.get('/api/me/deletion')).body;
  expect(ahead.lastOwnerOf).toEqual([{ id: owner.organisationId, name: expect.any(String) }]);
  expect((await remove(owner.client)).body.code).toBe('last_owner');
  const second = await world.member(owner, 'owner');
  const both = await Promise.all([remove(owner.client), remove(second.client)]);
  expect(both.map((answer) => answer.status).sort()).toEqual([204, 409]);

  const admin = await world.admin();
  expect((await remove(admin.client)).body.code).toBe('forbidden');
});

test('a guest goes as they came', async () => {
  const guest = await world.guest();
  expect((await guest.client.get('/api/me/deletion')).body).toEqual({
    ticketsAhead: 0,
    lastOwnerOf: [],
    needsPassword: false,
  });
  expect((await remove(guest.client, {})).status).toBe(204);
  expect((await guest.client.get('/api/me')).status).toBe(401);
});

test('the export holds what the person did and said, and nothing that opens anything', async () => {
  const person = await world.user({ name: 'Ada' });
  await person.client.patch('/api/me/profile', { homeCity: 'Oslo', mails: { reminders: false } });
  const { orderId } = await buyTicket(person);
  await buyTicket(await world.user());
  const agent = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0' };
  const signIn = { email: person.email, password: testPassword };
  await world.client().post('/api/auth/sign-in/email', signIn, agent);
  const exported = await person.client.get('/api/me/export');
  expect(exported.headers.get('content-disposition')).toMatch(
    /^attachment; filename="admit-[\d-]+\.json"; filename\*=UTF-8''admit-[\d-]+\.json$/,
  );
  expect(exported.headers.get('cache-control')).toBe('no-store');
  expect(exported.body).toMatchObject({
    account: { id: person.userId, email: person.email, emailVerified: true },
    profile: { name: 'Ada', homeCity: 'Oslo' },
    consents: { mails: { reminders: false, signIns: true, news: true, exports: true } },
    passkeys: [],
    browsers: [{ name: 'Firefox, Linux' }],
  });
  expect(exported.body.orders.map((order: { id: string }) => order.id)).toEqual([orderId]);
  expect(exported.body.orders[0].tickets).toHaveLength(1);
  const text = exported.bytes.toString();
  expect(text).not.toContain(person.client.cookies.get('admit.session_token')?.split('.')[0]);
  expect(text).not.toMatch(/argon2|"token"/);
  world.clock.advance(days(40));
  expect((await person.client.get('/api/me/deletion')).body).toMatchObject({ ticketsAhead: 0 });
});
