import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { someoneIsBlocked } from '../../testing/blocked.ts';
import { createClient } from '../../testing/client.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, testPassword, type World } from '../../testing/world.ts';

let world: World;
let second: Awaited<ReturnType<World['another']>>;
let admin: Person;
beforeAll(async () => {
  world = await createWorld();
  second = await world.another();
  admin = await world.admin();
});
afterAll(async () => {
  await second.close();
  await world.close();
});

/** Counts the connections that the pool handed out while `work` ran; 0 if the database was not asked. */
async function countQueries(app: World['app'], work: () => Promise<unknown>): Promise<number> {
  let acquired = 0;
  const count = () => acquired++;
  app.db.pool.on('acquire', count);
  try {
    await work();
  } finally {
    app.db.pool.off('acquire', count);
  }
  return acquired;
}

const identify = async (app: World['app'], headers: { cookie?: string; authorization?: string }) =>
  app.accounts.identify(headers);

/** The same person by cookie, by session token and by JWT. The JWT is the server's own, as its issuer. */
async function credentialsOf(person: Person, url = world.url): Promise<Record<string, string>[]> {
  const cookie = person.client.cookie();
  const { token } = (await createClient(url).get('/api/auth/token', { cookie })).body;
  const bearer = decodeURIComponent(person.client.cookies.get('admit.session_token') ?? '');
  return [
    { cookie },
    { authorization: `Bearer ${bearer.split('.')[0]}` },
    { authorization: `Bearer ${token}` },
  ];
}
const statusesAt = (url: string, credentials: Record<string, string>[]) =>
  Promise.all(credentials.map(async (headers) => (await createClient(url).get('/api/me', headers)).status));

test('cookies are HTTP-only and same-site, and secure where the site is', async () => {
  const answer = await world.client().post('/api/auth/sign-in/anonymous', {});
  const cookies = answer.headers.getSetCookie();
  expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['admit.session_token', 'admit.caller']);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).not.toMatch(/; Secure/);
  }
  const secure = await createWorld({ PUBLIC_URL: 'https://tickets.example.com' });
  try {
    const client = createClient(`http://127.0.0.1:${secure.app.config.port}`);
    const signedIn = await client.post('/api/auth/sign-in/anonymous', {});
    const names = signedIn.headers.getSetCookie().map((cookie) => {
      expect(cookie).toMatch(/; Secure/);
      return cookie.split('=')[0];
    });
    expect(names).toEqual(['__Secure-admit.session_token', '__Secure-admit.caller']);
    expect((await client.get('/api/me')).status).toBe(200);
  } finally {
    await secure.close();
  }
});

test('a cookie, a session token and a JWT say who calls without the database', async () => {
  const person = await world.user();
  for (const headers of await credentialsOf(person)) {
    const first = await identify(world.app, headers);
    expect(first?.caller).toMatchObject({
      userId: person.userId,
      role: 'user',
      isGuest: false,
      emailVerified: true,
    });
    let found: unknown;
    expect(await countQueries(world.app, async () => (found = world.app.accounts.identify(headers)))).toBe(0);
    // Not even a promise.
    expect(found).toEqual({ caller: first?.caller });
  }
});

test('an expired cookie is renewed from the database, a forged or foreign one is worth nothing', async () => {
  const person = await world.user();
  const other = await world.user();
  const caller = person.client.cookies.get('admit.caller') as string;
  const token = person.client.cookies.get('admit.session_token') as string;
  const othersToken = other.client.cookies.get('admit.session_token') as string;
  const cookie = (name: string, value: string, sessionToken = token) => ({
    cookie: `theme=dark; ${name}=${value}; admit.session_token=${sessionToken}`,
  });

  expect((await identify(world.app, cookie('admit.caller', caller)))?.setCookies).toBeUndefined();
  const spoilt = [
    caller.replace('.u01.', '.a01.'),
    `${caller.slice(0, -1)}${caller.endsWith('A') ? 'B' : 'A'}`,
    caller.replace(/\.[^.]+$/, '.'),
    '',
    'x'.repeat(5000),
  ];
  for (const value of spoilt) {
    expect(value).not.toBe(caller);
    // The token beside it is valid, so the database is asked and gives the truth.
    const identified = await identify(world.app, cookie('admit.caller', value));
    expect(identified?.caller).toMatchObject({ userId: person.userId, role: 'user' });
    expect(identified?.setCookies).toHaveLength(1);
  }
  const mixed = await identify(world.app, cookie('admit.caller', caller, othersToken));
  expect(mixed?.caller.userId).toBe(other.userId);
  expect(await identify(world.app, { cookie: `admit.caller=${caller}` })).toBeNull();
  const unsigned = `${token.split('.')[0]}.${createHmac('sha256', 'guess').update('x').digest('base64')}`;
  expect(
    await identify(world.app, { cookie: `admit.session_token=${encodeURIComponent(unsigned)}` }),
  ).toBeNull();

  world.clock.advance(minutes(5) + 1);
  const renewed = await person.client.get('/api/me');
  expect(renewed.status).toBe(200);
  expect(renewed.headers.getSetCookie().join()).toMatch(/^admit\.caller=1\./);
  expect(await countQueries(world.app, () => identify(world.app, { cookie: person.client.cookie() }))).toBe(
    0,
  );
});

test('a suspended account loses access at once, in every process, by cookie, token and JWT', async () => {
  const person = await world.user();
  const here = await credentialsOf(person);
  const there = await credentialsOf(person, second.url);
  expect(await statusesAt(world.url, here)).toEqual([200, 200, 200]);
  expect(await statusesAt(second.url, there)).toEqual([200, 200, 200]);

  const path = `/api/admin/users/${person.userId}/suspension`;
  const suspended = await admin.client.post(path, { reason: 'Resells' });
  expect([suspended.status, suspended.body.suspended]).toEqual([200, true]);
  expect(await statusesAt(world.url, here)).toEqual([403, 403, 403]);
  await vi.waitFor(async () => expect(await statusesAt(second.url, there)).toEqual([403, 403, 403]), 10_000);

  const again = await signIn(person);
  expect([again.status, again.body.code]).toEqual([403, 'suspended']);
  // After the suspension is lifted, the sessions stay ended and a new one can be opened.
  await admin.client.delete(path);
  expect(await statusesAt(world.url, here)).toEqual([401, 401, 401]);
  expect((await signIn(person)).status).toBe(200);
});

const signIn = ({ email }: Person) =>
  world.client().post('/api/auth/sign-in/email', { email, password: testPassword });

test('a process that starts after a suspension, or has lost its connection, knows of it', async () => {
  const [early, late] = [await world.user(), await world.user()];
  const earlyCredentials = await credentialsOf(early);
  await admin.client.post(`/api/admin/users/${early.userId}/suspension`, { reason: 'Resells' });
  const third = await world.another();
  try {
    // The session of a bare token is gone, and nothing else tells whose it was.
    expect(await statusesAt(third.url, earlyCredentials.slice(0, 2))).toEqual([403, 401]);
    const lateCredentials = await credentialsOf(late, third.url);
    expect(await statusesAt(third.url, lateCredentials)).toEqual([200, 200, 200]);

    // Both in one transaction, so that no listener hears the notice.
    await world.app.db.transaction(async (trx) => {
      await trx.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where application_name = 'admit notices' and datname = current_database()`);
      await trx.run('update users set suspended_at = $2 where id = $1', [late.userId, new Date()]);
      await trx.run('delete from sessions where user_id = $1', [late.userId]);
    });
    for (const status of await statusesAt(third.url, lateCredentials)) expect([401, 403]).toContain(status);
    // Connected again, it has caught up and trusts cookies again.
    const headers = { cookie: admin.client.cookie() };
    const isFast = async () =>
      expect(await countQueries(third.app, () => identify(third.app, headers))).toBe(0);
    await vi.waitFor(isFast, 5000);
    expect(await statusesAt(third.url, lateCredentials)).toEqual([403, 403, 403]);
  } finally {
    await third.close();
  }
});

test('no session can slip in beside a suspension', async () => {
  const person = await world.user();
  const opening = world.app.db.transaction(async (trx) => {
    await trx.run('update users set suspended_at = $2 where id = $1', [person.userId, new Date()]);
    const session = world.app.accounts.openSessions([person.userId]);
    // It waits for our lock, which we keep.
    session.catch(() => {});
    await someoneIsBlocked(world.app.db);
    return { session };
  });
  const { session } = await opening;
  await expect(session).rejects.toThrow(/is suspended/);
});

test('a new role holds from the next request on, also for what was made before', async () => {
  const person = await world.user();
  const places = [
    { app: world.app, credentials: await credentialsOf(person) },
    { app: second.app, credentials: await credentialsOf(person, second.url) },
  ];
  const roles = async ({ app, credentials }: (typeof places)[number]) =>
    Promise.all(credentials.map(async (headers) => (await identify(app, headers))?.caller.role));
  const [here, there] = places as [(typeof places)[0], (typeof places)[0]];
  for (const place of places) expect(await roles(place)).toEqual(['user', 'user', 'user']);

  const raised = await admin.client.put(`/api/admin/users/${person.userId}/role`, { role: 'admin' });
  expect([raised.status, raised.body.role]).toEqual([200, 'admin']);
  expect(await roles(here)).toEqual(['admin', 'admin', 'admin']);
  await vi.waitFor(async () => expect(await roles(there)).toEqual(['admin', 'admin', 'admin']), 10_000);
  await admin.client.put(`/api/admin/users/${person.userId}/role`, { role: 'user' });
  expect(await roles(here)).toEqual(['user', 'user', 'user']);
  expect((await person.client.put(`/api/admin/users/${admin.userId}/role`, { role: 'user' })).status).toBe(
    403,
  );
});

test('admins rule over others and not over themselves; nobody else rules', async () => {
  const person = await world.user({ role: 'organizer' });
  const guest = await world.guest();
  const path = `/api/admin/users/${person.userId}`;
  for (const { client } of [person, guest]) {
    expect((await client.post(`${path}/suspension`, { reason: 'no' })).status).toBe(403);
    expect((await client.delete(`${path}/suspension`)).status).toBe(403);
    expect((await client.put(`${path}/role`, { role: 'admin' })).status).toBe(403);
  }
  const own = `/api/admin/users/${admin.userId}`;
  expect((await admin.client.post(`${own}/suspension`, { reason: 'me' })).status).toBe(403);
  expect((await admin.client.put(`${own}/role`, { role: 'user' })).status).toBe(403);
  expect((await admin.client.put(`/api/admin/users/${guest.userId}/role`, { role: 'admin' })).status).toBe(
    404,
  );
  const nobody = '/api/admin/users/usr_00000000000000000000000000';
  expect((await admin.client.post(`${nobody}/suspension`, { reason: 'no' })).status).toBe(404);
});

test('a JWT is believed only with our key, algorithm, issuer, audience and time', async () => {
  // A key that this test can sign with, among the server's own keys. A process that starts now trusts it.
  const ours = generateKeyPairSync('ed25519');
  await world.app.db.run(
    'insert into jwks (id, public_key, private_key, created_at) values ($1, $2, $3, $4)',
    ['ours', JSON.stringify(ours.publicKey.export({ format: 'jwk' })), '""', new Date(0)],
  );
  const person = await world.user();
  const third = await world.another();
  try {
    const client = createClient(third.url);
    const { token } = (await client.get('/api/auth/token', { cookie: person.client.cookie() })).body;
    const [header = '', payload = '', signature = ''] = token.split('.');
    const { kid, alg } = decode(header);
    const claims = decode(payload);
    expect(alg).toBe('EdDSA');
    expect(claims).toMatchObject({ iss: third.url, aud: third.url, sub: person.userId, role: 'user' });
    expect(claims.exp - claims.iat).toBe(600);
    const { keys } = (await client.get('/api/auth/jwks')).body;
    expect(JSON.stringify(keys)).not.toMatch(/"d":/);
    const published = keys.find((key: { kid: string }) => key.kid === kid);
    const pem = createPublicKey({ key: published, format: 'jwk' }).export({ type: 'spki', format: 'pem' });

    const sign = (change: Record<string, unknown>, key = ours.privateKey, keyId = 'ours') =>
      new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: 'EdDSA', kid: keyId }).sign(key);
    const hmac = (key: string | Buffer) => {
      const body = `${encode({ alg: 'HS256', kid })}.${payload}`;
      return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
    };
    const { privateKey: strangers } = generateKeyPairSync('ed25519');
    const forged: Record<string, string> = {
      'no algorithm': `${encode({ alg: 'none', kid })}.${payload}.`,
      'HMAC with the public key': hmac(pem),
      'HMAC with the public key of the JWK': hmac(Buffer.from(published.x, 'base64url')),
      'another payload': `${header}.${encode({ ...claims, role: 'admin' })}.${signature}`,
      'a strange key': await sign({}, strangers, kid),
      'an unknown key id': await sign({}, ours.privateKey, 'unknown'),
      'no key id': await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA' }).sign(ours.privateKey),
      'another issuer': await sign({ iss: 'https://evil.example' }),
      'another audience': await sign({ aud: 'https://evil.example' }),
      expired: await sign({ iat: claims.iat - 700, exp: claims.iat - 60 }),
      'no expiry': await sign({ exp: undefined }),
      'no session': await sign({ sid: undefined }),
      'a role that is none': await sign({ role: 'root' }),
      'three empty parts': '..',
      rubbish: 'a.b.c',
    };
    const ask = (jwt: string) => client.get('/api/me', { authorization: `Bearer ${jwt}` });
    for (const [what, jwt] of Object.entries(forged)) {
      const answer = await ask(jwt);
      expect([what, answer.status, answer.body.code]).toEqual([what, 401, 'unauthenticated']);
    }
    // The same code without a change makes a token that is accepted, so each refusal was due to the change.
    expect((await ask(await sign({}))).status).toBe(200);
    expect((await ask(token)).status).toBe(200);
  } finally {
    await third.close();
  }
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());

test('a session in use is prolonged once a day has passed of it', async () => {
  const person = await world.user();
  const cookie = `admit.session_token=${person.client.cookies.get('admit.session_token')}`;
  const days = 86_400_000;
  const age = `update sessions set expires_at = $2 where user_id = $1`;
  await world.app.db.run(age, [person.userId, new Date(Date.now() + 29.5 * days)]);
  expect((await identify(world.app, { cookie }))?.setCookies).toHaveLength(1);
  await world.app.db.run(age, [person.userId, new Date(Date.now() + 10 * days)]);
  const renewed = await identify(world.app, { cookie });
  expect(renewed?.setCookies?.join('\n')).toMatch(/admit\.session_token=.*Max-Age=2592000/);
  const [row] = await world.app.db.query<{ expires_at: Date }>(
    'select expires_at from sessions where user_id = $1',
    [person.userId],
  );
  expect(row?.expires_at.getTime()).toBeGreaterThan(Date.now() + 29.9 * days);
  // An expired session is no session.
  await world.app.db.run(age, [person.userId, new Date(Date.now() - 1000)]);
  expect(await identify(world.app, { cookie })).toBeNull();
});

test('sessions can be opened in great number without passwords', async () => {
  const people = [await world.user(), await world.guest()];
  const opened = await world.app.accounts.openSessions(people.map((person) => person.userId));
  for (const [index, { cookie, token }] of opened.entries()) {
    const caller = { userId: people[index]?.userId, isGuest: index === 1 };
    expect((await identify(world.app, { cookie }))?.caller).toMatchObject(caller);
    expect((await identify(world.app, { cookie }))?.setCookies).toBeUndefined();
    expect((await identify(world.app, { authorization: `Bearer ${token}` }))?.caller).toMatchObject(caller);
    // better-auth takes it for one of its own.
    expect((await world.client().get('/api/auth/get-session', { cookie })).body.user.id).toBe(caller.userId);
  }
});
