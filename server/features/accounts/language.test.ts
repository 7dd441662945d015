import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, testPassword, type World } from '../../testing/world.ts';

/* The language of an account (docs/accounts.md), in which it gets mails that are about no order. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const subjectsTo = async (email: string): Promise<string[]> => {
  await world.drain();
  const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(email)}`)).body;
  return items.map(({ subject }: { subject: string }) => subject);
};
const signIn = (email: string, agent: string, spoken: string) =>
  world
    .client()
    .post(
      '/api/auth/sign-in/email',
      { email, password: testPassword },
      { 'user-agent': agent, 'accept-language': spoken },
    );
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/605.1';
const desk = 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0';

test('is that of the browser in which the person signed up, until they choose another one', async () => {
  const client = world.client();
  const body = { name: 'Ada', email: 'ada@language.example', password: testPassword };
  const headers = { 'accept-language': 'de-AT,en;q=0.5', 'user-agent': desk };
  expect((await client.post('/api/auth/sign-up/email', body, headers)).status).toBe(200);
  expect((await client.get('/api/me/profile')).body.language).toBe('de');
  await signIn(body.email, desk, 'fr');
  expect((await client.get('/api/me/profile')).body.language).toBe('de');
  expect((await client.patch('/api/me/profile', { language: 'es' })).body.language).toBe('es');
  await signIn(body.email, desk, 'ar');
  expect((await client.get('/api/me/profile')).body.language).toBe('es');
});

test('is that of the mail about a new sign-in, and not that of the stranger who signs in', async () => {
  const { email, client } = await world.user();
  await signIn(email, desk, 'en');
  await client.patch('/api/me/profile', { language: 'de' });
  expect((await signIn(email, phone, 'es')).status).toBe(200);
  expect(await subjectsTo(email)).toEqual(['Neue Anmeldung in deinem Konto']);
});

test('is that of an invitation to somebody who has an account, and else that of the request', async () => {
  const owner = await world.organiser();
  const known = await world.user();
  await known.client.patch('/api/me/profile', { language: 'fr' });
  const unproved = await world.user({ verified: false });
  await unproved.client.patch('/api/me/profile', { language: 'fr' });
  const invite = (email: string) =>
    owner.client.post(
      `/api/organisations/${owner.organisationId}/invitations`,
      { email, role: 'door' },
      { 'accept-language': 'de' },
    );
  for (const email of [known.email, unproved.email, 'nobody@language.example'])
    expect((await invite(email)).status).toBe(201);
  expect(await subjectsTo(known.email)).toEqual([expect.stringMatching(/^Invitation dans l’équipe/)]);
  expect(await subjectsTo(unproved.email)).toEqual([expect.stringMatching(/^Einladung/)]);
  expect(await subjectsTo('nobody@language.example')).toEqual([expect.stringMatching(/^Einladung/)]);
});

test('is no longer known when the account is deleted', async () => {
  const { client, userId } = await world.user();
  await client.patch('/api/me/profile', { language: 'fr' });
  expect((await client.post('/api/me/deletion', { password: testPassword })).status).toBe(204);
  expect(await world.app.db.query('select language from users where id = $1', [userId])).toEqual([
    { language: null },
  ]);
});
