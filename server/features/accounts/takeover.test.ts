import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../testing/client.ts';
import { createWorld, type World } from '../../testing/world.ts';
import type { Caller } from './accounts.ts';
import { confirmEmail } from './verify-email.ts';

/*
 * A stranger signs up with somebody else's address and waits for its owner. Once the owner has verified the address,
 * in any of the possible ways, everything that the stranger set up must be useless.
 */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const strangersPassword = 'the-strangers-own-words';
const ownersPassword = 'the-owners-own-words';
let count = 0;

interface Trap {
  email: string;
  userId: string;
  stranger: Client;
  token: string;
  jwt: string;
  cookies: string;
  orderId: string;
}

/** A stranger's account with everything that can be set up before the address is verified, and more by force. */
async function setTrap(): Promise<Trap> {
  const email = `owner-${++count}@takeover.example`;
  const stranger = world.client();
  // The stranger begins as a guest with an order, which the account takes over.
  await stranger.post('/api/auth/sign-in/anonymous', {});
  const orderId = await order(stranger);
  const body = { name: 'Pay at evil.example', email, password: strangersPassword };
  const signedUp = await stranger.post('/api/auth/sign-up/email', body);
  expect(signedUp.status, JSON.stringify(signedUp.body)).toBe(200);
  const { token, user } = signedUp.body;
  const profile = {
    homeCity: 'Hideout',
    mails: { signIns: false, reminders: false, news: false, exports: false },
  };
  expect((await stranger.patch('/api/me/profile', profile)).status).toBe(200);
  const jwt = (await stranger.get('/api/auth/token')).body.token;
  // Links and credentials from a time when these were not refused yet.
  await stranger.post('/api/auth/request-password-reset', { email });
  await world.app.db.transaction(async (trx) => {
    await trx.run('set local session_replication_role = replica');
    await trx.run(
      `insert into passkeys (id, user_id, credential_id, public_key, counter, device_type, backed_up, created_at)
       values ($1, $2, $1, 'AQ', 0, 'singleDevice', false, now())`,
      [`psk_${user.id}`, user.id],
    );
    await trx.run(
      `insert into two_factors (id, user_id, secret, backup_codes, verified) values ($1, $1, 's', 'b', true)`,
      [user.id],
    );
    await trx.run('update users set two_factor_enabled = true where id = $1', [user.id]);
  });
  // A sign-in that waits for its second step.
  const waiting = await world
    .client()
    .post('/api/auth/sign-in/email', { email, password: strangersPassword });
  expect(waiting.body).toHaveProperty('twoFactorRedirect');
  return { email, userId: user.id, stranger, token, jwt, cookies: stranger.cookie(), orderId };
}

async function order(client: Client): Promise<string> {
  const event = await world.event();
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await client.post(`/api/events/${event.id}/holds`, { items });
  const buyer = { name: 'Ada', email: 'ada@takeover.example' };
  const placed = await client.post('/api/orders', { holdId: held.body.id, buyer });
  expect(placed.status, JSON.stringify(placed.body)).toBe(201);
  return placed.body.order.id;
}

const mails = `
  select job.payload from graphile_worker._private_jobs job
  join graphile_worker._private_tasks task on task.id = job.task_id
  where task.identifier = 'send-mail' and job.payload->>'kind' = $1 and job.payload->>'to' = $2
  order by job.id desc`;
async function linksMailed(kind: 'verify-email' | 'reset-password', to: string): Promise<URL[]> {
  const found = await world.app.db.query<{ payload: { sealedUrl: string } }>(mails, [kind, to]);
  return found.map(({ payload }) => new URL(world.app.seal.open(payload.sealedUrl) ?? ''));
}
async function tokenMailed(kind: 'verify-email' | 'reset-password', to: string): Promise<string> {
  const [link] = await linksMailed(kind, to);
  return link?.searchParams.get('token') ?? '';
}

const signIn = (client: Client, email: string, password: string) =>
  client.post('/api/auth/sign-in/email', { email, password });

/** Expects that nothing of the stranger's opens the account or belongs to the stranger. */
async function expectStrangerIsOut({ email, userId, stranger, token, jwt, cookies }: Trap): Promise<void> {
  expect((await stranger.get('/api/me')).status).toBe(401);
  expect((await world.client().get('/api/me', { cookie: cookies })).status).toBe(401);
  for (const bearer of [token, jwt])
    expect((await world.client().get('/api/me', { authorization: `Bearer ${bearer}` })).status).toBe(401);
  const refused = await signIn(world.client(), email, strangersPassword);
  expect([refused.status, refused.body.code]).toEqual([401, 'invalid_credentials']);
  for (const table of ['passkeys', 'two_factors'])
    expect(await world.app.db.query(`select from ${table} where user_id = $1`, [userId])).toEqual([]);
  const pending = `select identifier from verifications where value = $1 and identifier not like '#verify-email:%'`;
  expect(await world.app.db.query(pending, [userId])).toEqual([]);
  for (const link of await linksMailed('reset-password', email)) {
    const body = { token: link.searchParams.get('token'), newPassword: 'a-third-one-entirely' };
    const again = await world.client().post('/api/auth/reset-password', body);
    expect([again.status, again.body.code]).toEqual([400, 'token_invalid']);
  }
}

async function expectOwnerIsIn(owner: Client, { email, orderId }: Trap): Promise<void> {
  expect((await owner.get('/api/me')).body).toMatchObject({
    email,
    emailVerified: true,
    twoFactor: false,
    role: 'user',
    name: email.split('@')[0],
  });
  expect((await owner.get('/api/me/profile')).body).toMatchObject({
    homeCity: null,
    mails: { signIns: true, reminders: true, news: true, exports: true },
  });
  expect((await owner.get('/api/me/passkeys')).body.items).toEqual([]);
  expect((await owner.get('/api/me/sessions')).body.items).toHaveLength(1);
  // An honest buyer who has lost their first password still has their tickets.
  expect((await owner.get(`/api/orders/${orderId}`)).status).toBe(200);
}

describe('the owner', () => {
  test('resets the password', async () => {
    const trap = await setTrap();
    const body = { token: await tokenMailed('reset-password', trap.email), newPassword: ownersPassword };
    expect((await world.client().post('/api/auth/reset-password', body)).status).toBe(200);
    await expectStrangerIsOut(trap);
    const owner = world.client();
    expect((await signIn(owner, trap.email, ownersPassword)).body).toHaveProperty('token');
    await expectOwnerIsIn(owner, trap);
  });

  test('clicks “confirm”, is asked who they are, and takes the account over with a new password', async () => {
    const trap = await setTrap();
    const [link] = await linksMailed('verify-email', trap.email);
    const owner = world.client();
    const clicked = await owner.get(`${link?.pathname}${link?.search}`);
    const token = link?.searchParams.get('token') as string;
    expect([clicked.status, clicked.headers.get('location')]).toEqual([302, `/verify?token=${token}`]);
    expect(owner.cookie()).toBe('');
    // The click alone verifies nothing, not even the stranger's account.
    expect((await trap.stranger.get('/api/me')).body.emailVerified).toBe(false);

    const claimed = await owner.post('/api/auth/claim-account', { token, newPassword: ownersPassword });
    expect(claimed.status, JSON.stringify(claimed.body)).toBe(200);
    await expectStrangerIsOut(trap);
    await expectOwnerIsIn(owner, trap);
    const again = await world
      .client()
      .post('/api/auth/claim-account', { token, newPassword: strangersPassword });
    expect([again.status, again.body.code]).toEqual([409, 'email_already_verified']);
  });

  test('clicks “confirm” as a guest, or signed in to another account: that changes nothing either', async () => {
    const trap = await setTrap();
    const [link] = await linksMailed('verify-email', trap.email);
    const token = link?.searchParams.get('token') as string;
    const guest = await world.guest();
    const other = await world.user();
    for (const { client } of [guest, other]) {
      const before = (await client.get('/api/me')).body;
      const clicked = await client.get(`${link?.pathname}${link?.search}`);
      expect(clicked.headers.get('location')).toBe(`/verify?token=${token}`);
      const bare = await client.get(`${link?.pathname}?token=${token}`);
      const posted = await client.post('/api/auth/verify-email', { token });
      for (const { status, body } of [bare, posted])
        expect([status, body.code]).toEqual([403, 'sign_in_to_verify']);
      expect((await client.get('/api/me')).body).toEqual(before);
    }
    expect((await trap.stranger.get('/api/me')).body.emailVerified).toBe(false);
    // The guest's holds go to the account that the guest takes over, and not to the stranger's.
    const guestsOrder = await order(guest.client);
    const claim = { token, newPassword: ownersPassword };
    expect((await guest.client.post('/api/auth/claim-account', claim)).status).toBe(200);
    expect((await guest.client.get(`/api/orders/${guestsOrder}`)).status).toBe(200);
    await expectStrangerIsOut(trap);
    await expectOwnerIsIn(guest.client, trap);
  });
});

describe('the honest one', () => {
  async function signUp(client = world.client()) {
    const email = `honest-${++count}@takeover.example`;
    const body = { name: 'Ada', email, password: ownersPassword };
    expect((await client.post('/api/auth/sign-up/email', body)).status).toBe(200);
    return { client, email, token: await tokenMailed('verify-email', email) };
  }

  test('clicks “confirm” where they signed up and loses nothing', async () => {
    const { client, email, token } = await signUp();
    const second = world.client();
    await signIn(second, email, ownersPassword);
    const clicked = await client.get(`/api/auth/verify-email?token=${token}&callbackURL=/verify`);
    expect([clicked.status, clicked.headers.get('location')]).toEqual([302, '/verify']);
    for (const each of [client, second])
      expect((await each.get('/api/me')).body).toMatchObject({ name: 'Ada', email, emailVerified: true });
    // A second click, in any browser, reports that it is done.
    const again = await world.client().get(`/api/auth/verify-email?token=${token}`);
    expect([again.status, again.body]).toEqual([200, { status: true }]);
    expect((await client.get('/api/auth/passkey/generate-register-options')).status).toBe(200);
  });

  test('clicks “confirm” on the phone, signs in there, and the laptop stays signed in', async () => {
    const { client, email, token } = await signUp();
    const orderId = await order(client);
    const phone = world.client();
    const clicked = await phone.get(`/api/auth/verify-email?token=${token}&callbackURL=/verify`);
    expect(clicked.headers.get('location')).toBe(`/verify?token=${token}`);
    const onward = await phone.get(`/api/auth/verify-email?token=${token}&callbackURL=/orders%3Fa%3Db`);
    expect(onward.headers.get('location')).toBe(`/verify?token=${token}&next=%2Forders%3Fa%3Db`);
    expect((await signIn(phone, email, ownersPassword)).status).toBe(200);
    expect((await phone.post('/api/auth/verify-email', { token })).status).toBe(200);
    for (const each of [client, phone]) {
      expect((await each.get('/api/me')).body).toMatchObject({ name: 'Ada', emailVerified: true });
      expect((await each.get(`/api/orders/${orderId}`)).status).toBe(200);
    }
  });

  test('who has verified the address keeps passkeys, name and second step through a reset', async () => {
    const { client, email, token } = await signUp();
    await client.post('/api/auth/verify-email', { token });
    const { id } = (await client.get('/api/me')).body;
    await world.app.db.run(
      `insert into passkeys (id, user_id, credential_id, public_key, counter, device_type, backed_up, created_at)
       values ($1, $2, $1, 'AQ', 0, 'singleDevice', false, now())`,
      [world.app.newId('passkey'), id],
    );
    await client.post('/api/auth/request-password-reset', { email });
    const body = { token: await tokenMailed('reset-password', email), newPassword: strangersPassword };
    expect((await world.client().post('/api/auth/reset-password', body)).status).toBe(200);
    expect((await client.get('/api/me')).status).toBe(401);
    await signIn(client, email, strangersPassword);
    expect((await client.get('/api/me')).body.name).toBe('Ada');
    expect((await client.get('/api/me/passkeys')).body.items).toHaveLength(1);
  });
});

describe('races', () => {
  test('of confirming and taking over at the same instant, one happens', async () => {
    for (let round = 0; round < 5; round++) {
      const email = `race-${++count}@takeover.example`;
      const stranger = world.client();
      await stranger.post('/api/auth/sign-up/email', { name: 'Eve', email, password: strangersPassword });
      const token = await tokenMailed('verify-email', email);
      const owner = world.client();
      const [confirmed, claimed] = await Promise.all([
        stranger.post('/api/auth/verify-email', { token }),
        owner.post('/api/auth/claim-account', { token, newPassword: ownersPassword }),
      ]);
      expect([confirmed.status, claimed.status].filter((status) => status === 200)).toHaveLength(1);
      const inside = [(await stranger.get('/api/me')).status, (await owner.get('/api/me')).status];
      expect(inside).toEqual(claimed.status === 200 ? [401, 200] : [200, 401]);
    }
  });

  test('a session that ended while its request was under way verifies nothing', async () => {
    const email = `ended-${++count}@takeover.example`;
    const stranger = world.client();
    await stranger.post('/api/auth/sign-up/email', { name: 'Eve', email, password: strangersPassword });
    const body = { token: await tokenMailed('verify-email', email) };
    const identified = await world.app.accounts.identify({ cookie: stranger.cookie() });
    const caller = identified?.caller as Caller;
    await world.app.db.run('delete from sessions where user_id = $1', [caller.userId]);
    await expect(confirmEmail(world.app, { caller, body })).rejects.toMatchObject({
      code: 'sign_in_to_verify',
    });
    const verified = 'select email_verified from users where id = $1';
    expect(await world.app.db.query(verified, [caller.userId])).toEqual([{ email_verified: false }]);
  });

  test('a sign-in that has read the old password opens no session after a takeover', async () => {
    const email = `late-${++count}@takeover.example`;
    await world.client().post('/api/auth/sign-up/email', { name: 'Eve', email, password: strangersPassword });
    const token = await tokenMailed('verify-email', email);
    const strangers = Array.from({ length: 8 }, () => world.client());
    const [claimed] = await Promise.all([
      world.client().post('/api/auth/claim-account', { token, newPassword: ownersPassword }),
      ...strangers.map((client) => signIn(client, email, strangersPassword)),
    ]);
    expect(claimed?.status).toBe(200);
    for (const client of strangers) expect((await client.get('/api/me')).status).toBe(401);
  });

  test('a sign-in that was slower than a takeover is refused, and its session is gone', async () => {
    const person = await world.user();
    // The password changes after the sign-in has checked it, when it writes its session.
    await world.app.db.run(`
      create function change_meanwhile() returns trigger language plpgsql as $$ begin
        update users set credentials_changed_at = clock_timestamp() where id = new.user_id; return new;
      end $$`);
    await world.app.db.run(
      'create trigger change_meanwhile before insert on sessions for each row execute function change_meanwhile()',
    );
    const client = world.client();
    const answer = await signIn(client, person.email, 'correct-horse-battery');
    await world.app.db.run('drop function change_meanwhile cascade');
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
    expect((await client.get('/api/me')).status).toBe(401);
    expect((await person.client.get('/api/me/sessions')).body.items).toHaveLength(1);
    expect((await signIn(client, person.email, 'correct-horse-battery')).status).toBe(200);
  });
});

test('an account whose address is not verified gets no role', async () => {
  const admin = await world.admin();
  const unverified = await world.user({ verified: false });
  const raised = await admin.client.put(`/api/admin/users/${unverified.userId}/role`, { role: 'admin' });
  expect([raised.status, raised.body.code]).toEqual([403, 'email_not_verified']);
});

describe('reset links', () => {
  const ask = (email: string) => world.client().post('/api/auth/request-password-reset', { email });
  const use = (token: string, newPassword: string) =>
    world.client().post('/api/auth/reset-password', { token, newPassword });

  test('a new one ends the one before', async () => {
    const { email } = await world.user();
    await ask(email);
    const first = await tokenMailed('reset-password', email);
    await ask(email);
    const second = await tokenMailed('reset-password', email);
    expect((await use(first, ownersPassword)).body.code).toBe('token_invalid');
    expect((await use(second, ownersPassword)).status).toBe(200);
    expect((await use(second, ownersPassword)).body.code).toBe('token_invalid');
  });

  test('asked for twice at the same instant: one link is good', async () => {
    const { email } = await world.user();
    await Promise.all([ask(email), ask(email), ask(email)]);
    const tokens = (await linksMailed('reset-password', email)).map(
      (link) => link.searchParams.get('token') ?? '',
    );
    expect(tokens).toHaveLength(3);
    const used = [];
    for (const token of tokens) used.push((await use(token, ownersPassword)).status);
    expect(used.sort()).toEqual([200, 400, 400]);
  });

  test('the same link used many times at once: one password holds', async () => {
    const { email } = await world.user();
    await ask(email);
    const token = await tokenMailed('reset-password', email);
    const passwords = [1, 2, 3, 4].map((number) => `${ownersPassword}-${number}`);
    const used = await Promise.all(passwords.map((password) => use(token, password)));
    expect(used.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400]);
    for (const [at, password] of passwords.entries())
      expect((await signIn(world.client(), email, password)).status).toBe(
        used[at]?.status === 200 ? 200 : 401,
      );
  });

  test('ends a sign-in that waits for its second step, as a change of the password does', async () => {
    const person = await world.user();
    const waiting = `insert into verifications (id, identifier, value, expires_at, created_at, updated_at)
      values ($1, '#waiting', $1, now() + interval '1 hour', now(), now())`;
    const left = async () =>
      (await world.app.db.query('select from verifications where value = $1', [person.userId])).length;
    await world.app.db.run(waiting, [person.userId]);
    const change = { currentPassword: 'correct-horse-battery', newPassword: ownersPassword };
    expect((await person.client.post('/api/auth/change-password', change)).status).toBe(200);
    expect(await left()).toBe(0);
    await world.app.db.run(waiting, [person.userId]);
    await ask(person.email);
    expect((await use(await tokenMailed('reset-password', person.email), strangersPassword)).status).toBe(
      200,
    );
    expect(await left()).toBe(0);
  });
});
