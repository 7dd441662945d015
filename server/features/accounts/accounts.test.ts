import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../testing/client.ts';
import { createWorld, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const password = 'correct-horse-battery';
let count = 0;
const newEmail = () => `person-${++count}@accounts.example`;

async function signUp(client: Client = world.client(), email = newEmail()) {
  const answer = await client.post('/api/auth/sign-up/email', { name: 'Ada', email, password });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return { client, email, userId: answer.body.user.id as string, token: answer.body.token as string };
}

const mails = `
  select job.id, job.payload from graphile_worker._private_jobs job
  join graphile_worker._private_tasks task on task.id = job.task_id
  where task.identifier = 'send-mail' and job.payload->>'kind' = $1 and job.payload->>'to' = $2
  order by job.id desc`;
async function linkMailed(kind: string, to: string): Promise<URL> {
  const [mail] = await world.app.db.query<{ payload: { sealedUrl: string } }>(mails, [kind, to]);
  if (!mail) throw new Error(`no mail ${kind} to ${to}`);
  return new URL(world.app.seal.open(mail.payload.sealedUrl) ?? '');
}
const me = async (client: Client) => (await client.get('/api/me')).body;

test('a sign-up signs in at once and mails a link that verifies the address', async () => {
  const { client, email } = await signUp();
  expect(await me(client)).toMatchObject({ email, emailVerified: false, isGuest: false, role: 'user' });

  const link = await linkMailed('verify-email', email);
  expect(link.origin).toBe(world.url);
  const opened = await client.get(`${link.pathname}${link.search}`);
  expect([opened.status, opened.headers.get('location')]).toEqual([302, '/']);
  expect((await me(client)).emailVerified).toBe(true);
});

test('the link of the mail signs nobody in on another device, and a spoilt one is refused', async () => {
  const { email } = await signUp();
  const link = await linkMailed('verify-email', email);
  const other = world.client();
  const spoilt = await other.get(
    `${link.pathname}?token=${link.searchParams.get('token')?.slice(0, -4)}AAAA`,
  );
  expect([spoilt.status, spoilt.body.code]).toEqual([400, 'token_invalid']);
  expect(other.cookie()).toBe('');
  await other.get(`${link.pathname}${link.search}`);
  expect(other.cookie()).toBe('');
});

test('a link leads to a path of this site and nowhere else', async () => {
  const elsewhere = ['https://evil.example/', '//evil.example', '/\\evil.example', '/..//evil.example'];
  for (const callbackURL of [
    ...elsewhere,
    '/%2e%2e//evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ]) {
    const query = `token=spoilt&callbackURL=${encodeURIComponent(callbackURL)}`;
    const answers = [
      await world
        .client()
        .post('/api/auth/sign-up/email', { name: 'Ada', email: newEmail(), password, callbackURL }),
      await world.client().post('/api/auth/send-verification-email', { email: newEmail(), callbackURL }),
      await world.client().get(`/api/auth/verify-email?${query}`),
      await world.client().get(`/api/auth/verify-email?callbackURL=/orders&${query}`),
    ];
    for (const { status, body, headers } of answers)
      expect([callbackURL, status, body.code, headers.get('location')]).toEqual([
        callbackURL,
        400,
        'invalid_request',
        null,
      ]);
  }
  const spoilt = await world.client().get('/api/auth/verify-email?token=spoilt&callbackURL=/orders%3Fa%3Db');
  expect([spoilt.status, spoilt.headers.get('location')]).toEqual([302, '/orders?a=b&error=INVALID_TOKEN']);
});

test('sign out, sign in, wrong password, unknown address', async () => {
  const { client, email } = await signUp();
  const before = client.cookie();
  expect((await client.post('/api/auth/sign-out')).status).toBe(200);
  expect(client.cookie()).toBe('');
  // Copies of the old cookies do not work either.
  expect((await world.client().get('/api/me', { cookie: before })).status).toBe(401);

  const wrong = await client.post('/api/auth/sign-in/email', { email, password: 'not-the-password' });
  const unknown = await client.post('/api/auth/sign-in/email', {
    email: 'nobody@accounts.example',
    password,
  });
  for (const answer of [wrong, unknown]) {
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect([answer.status, answer.body.code, answer.body.title]).toEqual([
      401,
      'invalid_credentials',
      'The e-mail address or the password is wrong.',
    ]);
  }
  expect(
    (await client.post('/api/auth/sign-in/email', { email: email.toUpperCase(), password })).status,
  ).toBe(200);
  expect((await me(client)).email).toBe(email);
});

test('whoever still has the cookies of an ended session can sign in again', async () => {
  const { client, email, userId } = await signUp();
  await world.app.db.run('delete from sessions where user_id = $1', [userId]);
  expect((await client.post('/api/auth/sign-in/email', { email, password })).status).toBe(200);
  expect((await client.get('/api/me')).status).toBe(200);
});

test('the password is kept as argon2id', async () => {
  const { userId } = await signUp();
  const [row] = await world.app.db.query<{ password: string }>(
    'select password from accounts where user_id = $1',
    [userId],
  );
  expect(row?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('an address can have one account, also when two sign up at the same instant', async () => {
  const email = newEmail();
  const answers = await Promise.all(
    [1, 2, 3].map(() => world.client().post('/api/auth/sign-up/email', { name: 'Ada', email, password })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
  expect(answers.filter((answer) => answer.status === 409).map((answer) => answer.body.code)).toEqual([
    'email_taken',
    'email_taken',
  ]);
});

test('a reset ends every session, verifies the address and works once; asking tells nothing', async () => {
  const { client, email } = await signUp();
  const asked = await client.post('/api/auth/request-password-reset', { email });
  const stranger = await client.post('/api/auth/request-password-reset', {
    email: 'nobody@accounts.example',
  });
  expect([asked.status, asked.body]).toEqual([200, stranger.body]);

  const link = await linkMailed('reset-password', email);
  expect(link.pathname).toBe('/reset-password');
  const body = { token: link.searchParams.get('token'), newPassword: 'another-horse-battery' };
  expect((await world.client().post('/api/auth/reset-password', body)).status).toBe(200);
  expect((await client.get('/api/me')).status).toBe(401);
  const again = await world.client().post('/api/auth/reset-password', body);
  expect([again.status, again.body.code]).toEqual([400, 'token_invalid']);

  expect((await client.post('/api/auth/sign-in/email', { email, password })).status).toBe(401);
  expect((await client.post('/api/auth/sign-in/email', { email, password: body.newPassword })).status).toBe(
    200,
  );
  expect((await me(client)).emailVerified).toBe(true);
});

test('a change of password asks for the present one and ends the other sessions', async () => {
  const { client, email } = await signUp();
  const other = world.client();
  await other.post('/api/auth/sign-in/email', { email, password });
  const change = (currentPassword: string) =>
    client.post('/api/auth/change-password', { currentPassword, newPassword: 'another-horse-battery' });
  const wrong = await change('not-the-password');
  expect([wrong.status, wrong.body.code]).toEqual([422, 'wrong_password']);
  expect((await change(password)).status).toBe(200);
  expect((await other.get('/api/me')).status).toBe(401);
  expect((await client.get('/api/me')).status).toBe(200);
});

test('sessions are listed without their tokens and can be ended one by one or all but this', async () => {
  const { client, email, token } = await signUp();
  const others = [world.client(), world.client()];
  for (const other of others) await other.post('/api/auth/sign-in/email', { email, password });
  const { items } = (await client.get('/api/me/sessions')).body;
  expect(items.map((item: { current: boolean }) => item.current)).toEqual([false, false, true]);
  expect(JSON.stringify(items)).not.toContain(token);

  expect((await client.delete(`/api/me/sessions/${items[0].id}`)).status).toBe(204);
  expect((await others[1]?.get('/api/me'))?.status).toBe(401);
  expect((await others[0]?.get('/api/me'))?.status).toBe(200);
  const stranger = (await signUp()).client;
  expect((await stranger.delete(`/api/me/sessions/${items[2].id}`)).status).toBe(404);
  expect((await client.delete('/api/me/sessions')).status).toBe(204);
  expect((await others[0]?.get('/api/me'))?.status).toBe(401);
  expect((await client.get('/api/me')).status).toBe(200);
});

test('no script can read a session token where the cookie was to hide it', async () => {
  const { client, token } = await signUp();
  const session = await client.get('/api/auth/get-session');
  expect(session.body.user.name).toBe('Ada');
  expect(session.bytes.toString()).not.toContain(token);
});

test('a session token and its signed form are accepted as bearer, a spoilt one is not', async () => {
  const { client, token, email } = await signUp();
  const signed = decodeURIComponent(client.cookies.get('admit.session_token') ?? '');
  const asked = (bearer: string) => world.client().get('/api/me', { authorization: `Bearer ${bearer}` });
  expect((await asked(token)).body.email).toBe(email);
  expect((await asked(signed)).body.email).toBe(email);
  expect((await asked(`${token.slice(1)}x`)).status).toBe(401);
  expect((await asked(`${token}.${signed.split('.')[1]?.replace(/^./, '-')}`)).status).toBe(401);
});

test('what a guest holds and ordered is the account’s after they sign up, and the guest is gone', async () => {
  const event = await world.event();
  const guest = await world.guest();
  expect(await me(guest.client)).toMatchObject({ isGuest: true, email: null });
  const held = await guest.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 2 }],
  });
  expect(held.status, JSON.stringify(held.body)).toBe(201);
  const ordered = await guest.client.post('/api/orders', {
    holdId: held.body.id,
    buyer: { name: 'Ada', email: 'ada@accounts.example' },
  });
  expect(ordered.status, JSON.stringify(ordered.body)).toBe(201);
  const guestCookie = guest.client.cookie();

  const { client, userId } = await signUp(guest.client);
  expect(userId).not.toBe(guest.userId);
  expect((await client.get(`/api/orders/${ordered.body.order.id}`)).status).toBe(200);
  expect((await world.client().get('/api/me', { cookie: guestCookie })).status).toBe(401);
  expect(await world.app.db.query('select from users where id = $1', [guest.userId])).toEqual([]);
});

test('a guest who signs in to an account they have takes along what they hold', async () => {
  const event = await world.event();
  const { email } = await signUp();
  const guest = await world.guest();
  const held = await guest.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
  await guest.client.post('/api/auth/sign-in/email', { email, password });
  expect((await guest.client.get(`/api/holds/${held.body.id}`)).status).toBe(200);
});

test('the same idempotency key, used as a guest and before that as the account: both keep their hold', async () => {
  const event = await world.event();
  const { client, email } = await signUp();
  const guest = await world.guest();
  const hold = (by: Client) =>
    by.post(
      `/api/events/${event.id}/holds`,
      { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] },
      { 'idempotency-key': 'hold-1' },
    );
  const own = await hold(client);
  const guests = await hold(guest.client);
  const signedIn = await guest.client.post('/api/auth/sign-in/email', { email, password });
  expect(signedIn.status, JSON.stringify(signedIn.body)).toBe(200);
  for (const { body } of [own, guests]) expect((await client.get(`/api/holds/${body.id}`)).status).toBe(200);
  // The key belongs to the account's own hold.
  expect((await hold(client)).body.id).toBe(own.body.id);
});

test('nothing but what is offered answers below /api/auth', async () => {
  const { client } = await signUp();
  const paths = [
    '/ok',
    '/error',
    '/update-session',
    '/delete-user',
    '/set-password',
    '/list-accounts',
    '/change-email',
  ];
  for (const path of [
    ...paths,
    '/link-social',
    '/sign-in/social',
    '/delete-anonymous-user',
    '/revoke-session',
    '',
  ]) {
    for (const method of ['GET', 'POST']) {
      const answer = await client.send(method, `/api/auth${path}`, {
        ...(method === 'POST' && { body: '{}' }),
        headers: { 'content-type': 'application/json' },
      });
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 404, 'not_found']);
    }
  }
});

test('no request gives itself a role, a verified address or anything else it is not asked for', async () => {
  const wanted = {
    role: 'admin',
    emailVerified: true,
    isAnonymous: true,
    suspendedAt: null,
    accessVersion: 99,
    id: 'usr_00000000000000000000000000',
    image: 'https://evil.example/pixel',
  };
  for (const [field, value] of Object.entries(wanted)) {
    const body = { name: 'Eve', email: newEmail(), password, [field]: value };
    const answer = await world.client().post('/api/auth/sign-up/email', body);
    expect([field, answer.status, answer.body.code]).toEqual([field, 400, 'invalid_request']);
  }
  const { client, userId } = await signUp();
  const row = async () => (await world.app.db.query('select * from users where id = $1', [userId]))[0];
  const before = await row();
  for (const [field, value] of Object.entries({ ...wanted, email: 'other@accounts.example' })) {
    const answer = await client.patch('/api/me/profile', { name: 'Eve', [field]: value });
    expect([field, answer.status]).toEqual([field, 400]);
  }
  expect(await row()).toEqual(before);
  expect((await client.patch('/api/me/profile', { name: 'Ada King' })).status).toBe(200);
  expect(await row()).toEqual({ ...before, name: 'Ada King', updated_at: expect.any(Date) });
});

test('bad input is refused by name', async () => {
  const send = (body: string | Buffer, type = 'application/json') =>
    world.client().send('POST', '/api/auth/sign-up/email', { body, headers: { 'content-type': type } });
  const json = (body: unknown) => send(JSON.stringify(body));
  const good = { name: 'Ada', email: 'bad-input@accounts.example', password };
  const refusals: [string, Promise<{ status: number; body: { code: string } }>, number, string][] = [
    ['malformed', send('{"name":'), 400, 'malformed_json'],
    ['a form', send('name=Ada', 'application/x-www-form-urlencoded'), 415, 'unsupported_media_type'],
    ['huge', send(JSON.stringify({ ...good, name: 'x'.repeat(5000) })), 413, 'payload_too_large'],
    ['not an object', json([]), 400, 'invalid_request'],
    ['a short password', json({ ...good, password: 'seven77' }), 400, 'invalid_request'],
    ['a long password', json({ ...good, password: 'x'.repeat(129) }), 400, 'invalid_request'],
    ['no address', json({ ...good, email: 'ada' }), 400, 'invalid_request'],
    ['control characters', json({ ...good, name: 'A\u0000da' }), 400, 'invalid_request'],
    ['a wrong type', json({ ...good, name: { $gt: '' } }), 400, 'invalid_request'],
  ];
  for (const [what, answer, status, code] of refusals) {
    const { status: got, body } = await answer;
    expect([what, got, body.code]).toEqual([what, status, code]);
  }
});

test('a page of another site can’t act with a visitor’s cookie', async () => {
  const { client } = await signUp();
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
  ];
  for (const headers of foreign) {
    const answer = await client.post('/api/auth/sign-out', {}, headers);
    expect([headers, answer.status, answer.body.code]).toEqual([headers, 403, 'origin_not_allowed']);
  }
  // Nor may it sign a visitor in to an account of the other site's choice, which needs no cookie.
  const login = await world
    .client()
    .post('/api/auth/sign-in/email', { email: newEmail(), password }, { origin: 'https://evil.example' });
  expect([login.status, login.body.code]).toEqual([403, 'origin_not_allowed']);
  expect((await client.get('/api/me')).status).toBe(200);
  expect((await client.post('/api/auth/sign-out', {}, { origin: world.url })).status).toBe(200);
});

test('codes can’t be tried without end', async () => {
  const strict = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  try {
    const tried = await Promise.all(
      Array.from({ length: 70 }, () =>
        strict.client().post('/api/auth/two-factor/verify-totp', { code: '123456' }),
      ),
    );
    const limited = tried.filter((answer) => answer.status === 429);
    expect(limited.length).toBeGreaterThanOrEqual(10);
    expect(limited[0]?.body).toMatchObject({ code: 'rate_limited', retryable: true });
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  } finally {
    await strict.close();
  }
});

test('an address that guesses passwords too often must wait, also if its caller changes', async () => {
  const guess = (client: Client) =>
    client.post('/api/auth/sign-in/email', { email: 'nobody@example.com', password: 'wrong-password' });
  const strict = await createWorld({ RATE_LIMIT_FACTOR: '0.1' });
  try {
    const other = await strict.another();
    const people = await Promise.all(Array.from({ length: 7 }, () => strict.user()));
    const answers = [];
    for (const { client } of people) answers.push(await guess(client));
    expect(answers.map(({ status }) => status)).toEqual([...Array(6).fill(401), 429]);
    expect(answers[6]?.body).toMatchObject({ code: 'rate_limited', retryable: true });
    expect(Number(answers[6]?.headers.get('retry-after'))).toBeGreaterThan(0);
    // Each App counts for itself, also if two are in one process.
    expect((await guess(createClient(other.url))).status).toBe(401);
  } finally {
    await strict.close();
  }
});
