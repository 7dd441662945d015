import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '../../testing/authenticator-app.ts';
import type { Client } from '../../testing/client.ts';
import { createWorld, type Person, testPassword, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const insertPasskey = `
  insert into passkeys (id, user_id, credential_id, public_key, counter, device_type, backed_up, created_at)
  values ('psk_1', $1, 'AQ', 'AQ', 0, 'singleDevice', false, now())`;
const insertTwoFactor = `insert into two_factors (id, user_id, secret, backup_codes) values ('1', $1, 's', 'b')`;

/** A code that is neither the present one nor a neighbour of it. */
const wrongCode = (totpURI: string) => codeOf(totpURI, 3_600_000);

/** Switches the second step on. Returns the code that this used, because the app may show the next one a moment later. */
async function enrol(person: Person): Promise<{ totpURI: string; backupCodes: string[]; usedCode: string }> {
  const begun = await person.client.post('/api/auth/two-factor/enable', { password: testPassword });
  expect(begun.status, JSON.stringify(begun.body)).toBe(200);
  const usedCode = codeOf(begun.body.totpURI);
  const shown = await person.client.post('/api/auth/two-factor/verify-totp', { code: usedCode });
  expect(shown.status, JSON.stringify(shown.body)).toBe(200);
  return { ...begun.body, usedCode };
}

/** Lets half a minute pass, so that the app's present code is unused. */
const waitForNextCode = (person: Person) =>
  world.app.db.run('update two_factors set last_used_step = null where user_id = $1', [person.userId]);

const firstStep = (client: Client, { email }: Person) =>
  client.post('/api/auth/sign-in/email', { email, password: testPassword });
const secondStep = (client: Client, code: string) =>
  client.post('/api/auth/two-factor/verify-totp', { code });

test('it is on once a first code was right, and then the password alone opens nothing', async () => {
  const person = await world.user();
  const begun = await person.client.post('/api/auth/two-factor/enable', { password: testPassword });
  expect(new URL(begun.body.totpURI).searchParams.get('issuer')).toBe('Admit');
  const wrong = await secondStep(person.client, wrongCode(begun.body.totpURI));
  expect([wrong.status, wrong.body.code]).toEqual([422, 'code_wrong']);
  expect((await person.client.get('/api/me')).body.twoFactor).toBe(false);
  expect((await firstStep(world.client(), person)).body).toHaveProperty('token');

  expect((await secondStep(person.client, codeOf(begun.body.totpURI))).status).toBe(200);
  expect((await person.client.get('/api/me')).body.twoFactor).toBe(true);
  const again = await person.client.post('/api/auth/two-factor/enable', { password: testPassword });
  expect([again.status, again.body.code]).toEqual([409, 'two_factor_on']);

  const other = world.client();
  const asked = await firstStep(other, person);
  expect([asked.status, asked.body]).toEqual([200, expect.objectContaining({ twoFactorRedirect: true })]);
  expect(asked.body).not.toHaveProperty('token');
  expect((await other.get('/api/me')).status).toBe(401);
  expect((await secondStep(other, wrongCode(begun.body.totpURI))).body.code).toBe('code_wrong');
  expect((await other.get('/api/me')).status).toBe(401);
  expect((await secondStep(other, codeOf(begun.body.totpURI, 30_000))).status).toBe(200);
  expect((await other.get('/api/me')).body.email).toBe(person.email);
});

test('a code without a sign-in before it, or after five wrong ones, opens nothing', async () => {
  const person = await world.user();
  const { totpURI } = await enrol(person);
  const stranger = await secondStep(world.client(), codeOf(totpURI));
  expect([stranger.status, stranger.body.code]).toEqual([401, 'second_step_over']);

  const guessing = world.client();
  await firstStep(guessing, person);
  for (let tries = 0; tries < 5; tries++)
    expect((await secondStep(guessing, wrongCode(totpURI))).body.code).toBe('code_wrong');
  expect((await secondStep(guessing, codeOf(totpURI))).body.code).toBe('second_step_over');
  await firstStep(guessing, person);
  for (let tries = 0; tries < 5; tries++) await secondStep(guessing, wrongCode(totpURI));
  await firstStep(guessing, person);
  const locked = await secondStep(guessing, codeOf(totpURI));
  expect([locked.status, locked.body.code, locked.headers.get('retry-after')]).toEqual([
    429,
    'rate_limited',
    '900',
  ]);
});

test('a code works once: not for the sign-in after the one that used it, nor an older code after it', async () => {
  const person = await world.user();
  const { totpURI, usedCode } = await enrol(person);
  const signIn = async (code: string) => {
    const client = world.client();
    await firstStep(client, person);
    const answer = await secondStep(client, code);
    return { code: answer.body.code ?? 'in', me: (await client.get('/api/me')).status };
  };
  expect(await signIn(usedCode)).toEqual({ code: 'code_wrong', me: 401 });
  const next = codeOf(totpURI, 30_000);
  expect(await signIn(next)).toEqual({ code: 'in', me: 200 });
  expect(await signIn(next)).toEqual({ code: 'code_wrong', me: 401 });
  expect(await signIn(usedCode)).toEqual({ code: 'code_wrong', me: 401 });
  const sessions = await world.app.db.query('select from sessions where user_id = $1', [person.userId]);
  // The world's session was replaced when the step was switched on. The other is the one sign-in.
  expect(sessions).toHaveLength(2);
});

test('of many sign-ins with the same code at the same instant, one gets in', async () => {
  const person = await world.user();
  const { totpURI, backupCodes } = await enrol(person);
  const race = async (path: string, code: string | undefined) => {
    const clients = Array.from({ length: 6 }, () => world.client());
    for (const client of clients) await firstStep(client, person);
    const answers = await Promise.all(clients.map((client) => client.post(path, { code })));
    const inside = await Promise.all(clients.map((client) => client.get('/api/me')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(inside.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers)
      if (status !== 200) expect([status, body.code]).toEqual([422, 'code_wrong']);
  };
  await race('/api/auth/two-factor/verify-totp', codeOf(totpURI, 30_000));
  await race('/api/auth/two-factor/verify-backup-code', backupCodes[0]);
});

test('a backup code works once, new ones end the old, and only with the password', async () => {
  const person = await world.user();
  const { backupCodes } = await enrol(person);
  expect(backupCodes).toHaveLength(10);
  for (const code of backupCodes) expect(code).toMatch(/^[^01ILOUa-z]{5}-[^01ILOUa-z]{5}$/);
  const use = async (code: string | undefined) => {
    const client = world.client();
    await firstStep(client, person);
    return (await client.post('/api/auth/two-factor/verify-backup-code', { code })).status;
  };
  expect(await use(backupCodes[0])).toBe(200);
  expect(await use(backupCodes[0])).toBe(422);

  const path = '/api/auth/two-factor/generate-backup-codes';
  expect((await person.client.post(path, { password: 'not-the-password' })).body.code).toBe('wrong_password');
  const renewed = await person.client.post(path, { password: testPassword });
  expect(renewed.status).toBe(200);
  expect(await use(backupCodes[1])).toBe(422);
  expect(await use(renewed.body.backupCodes[1])).toBe(200);
});

test('it is switched off with the password, and the password alone signs in again', async () => {
  const person = await world.user();
  await enrol(person);
  const off = (password: string) => person.client.post('/api/auth/two-factor/disable', { password });
  expect((await off('not-the-password')).body.code).toBe('wrong_password');
  expect((await off(testPassword)).status).toBe(200);
  expect((await person.client.get('/api/me')).body.twoFactor).toBe(false);
  expect((await firstStep(world.client(), person)).body).toHaveProperty('token');
});

test('a guest keeps what they hold while the code is asked for, and takes it along', async () => {
  const person = await world.user();
  const { totpURI } = await enrol(person);
  const event = await world.event();
  const guest = await world.guest();
  const hold = await guest.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
  await firstStep(guest.client, person);
  expect((await guest.client.get('/api/me')).body.isGuest).toBe(true);
  expect((await guest.client.get(`/api/holds/${hold.body.id}`)).status).toBe(200);
  expect((await secondStep(guest.client, wrongCode(totpURI))).body.code).toBe('code_wrong');
  expect((await guest.client.get('/api/me')).body.isGuest).toBe(true);

  // A used code does not move the guest's things, and the guest stays a guest.
  expect((await secondStep(guest.client, codeOf(totpURI, -1000))).body.code).toBe('code_wrong');
  expect((await guest.client.get('/api/me')).body.isGuest).toBe(true);
  await firstStep(guest.client, person);
  await waitForNextCode(person);
  expect((await secondStep(guest.client, codeOf(totpURI))).status).toBe(200);
  expect((await guest.client.get('/api/me')).body.email).toBe(person.email);
  expect((await guest.client.get(`/api/holds/${hold.body.id}`)).status).toBe(200);
  expect(await world.app.db.query('select from users where id = $1', [guest.userId])).toEqual([]);
});

test('guests and addresses that are nobody’s yet have no second step and no passkey', async () => {
  const guest = await world.guest();
  const body = { password: testPassword };
  expect((await guest.client.post('/api/auth/two-factor/enable', body)).body.code).toBe('forbidden');
  const unverified = await world.user({ verified: false });
  expect((await unverified.client.post('/api/auth/two-factor/enable', body)).body.code).toBe(
    'email_not_verified',
  );
  const offered = await unverified.client.get('/api/auth/passkey/generate-register-options');
  expect([offered.status, offered.body.code]).toEqual([403, 'email_not_verified']);
  const added = await unverified.client.post('/api/auth/passkey/verify-registration', {
    response: {
      id: 'AQIDBA',
      rawId: 'AQIDBA',
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: 'e30', attestationObject: 'o2M' },
    },
  });
  expect([added.status, added.body.code]).toEqual([403, 'email_not_verified']);
  // Nor in any other way.
  for (const statement of [insertPasskey, insertTwoFactor])
    await expect(world.app.db.run(statement, [unverified.userId])).rejects.toThrow('no verified address');
});
