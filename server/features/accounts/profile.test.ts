import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('a profile begins empty, keeps what is said of it, and takes it back', async () => {
  const { client } = await world.user({ name: 'Ada' });
  const mails = { reminders: true, signIns: true, news: true, exports: true };
  const empty = { name: 'Ada', homeCity: null, interests: [], language: 'en', mails };
  expect((await client.get('/api/me/profile')).body).toEqual(empty);

  const said = await client.patch('/api/me/profile', {
    homeCity: '  São Paulo ',
    interests: ['theatre', 'music', 'theatre'],
    mails: { reminders: false },
  });
  const changed = {
    ...empty,
    homeCity: 'São Paulo',
    interests: ['music', 'theatre'],
    mails: { reminders: false, signIns: true, news: true, exports: true },
  };
  expect([said.status, said.body]).toEqual([200, changed]);
  expect((await client.get('/api/me/profile')).body).toEqual(changed);

  expect((await client.patch('/api/me/profile', {})).body).toEqual(changed);
  const taken = await client.patch('/api/me/profile', { homeCity: null, interests: [] });
  expect(taken.body).toEqual({ ...changed, homeCity: null, interests: [] });
});

test('a change names its field where it is wrong, and changes nothing then', async () => {
  const { client } = await world.user({ name: 'Ada' });
  const wrong: [string, unknown][] = [
    ['name', '   '],
    ['name', 'Ada\u0007'],
    ['homeCity', ''],
    ['homeCity', 'x'.repeat(81)],
    ['interests', ['music', 'chess']],
    ['mails', { novelties: true }],
    ['language', 'tlh'],
  ];
  for (const [field, value] of wrong) {
    const answer = await client.patch('/api/me/profile', { homeCity: 'Graz', [field]: value });
    expect([field, answer.status, answer.body.code]).toEqual([field, 400, 'invalid_request']);
    expect(answer.body.issues[0].path).toMatch(new RegExp(`^body\\.${field}`));
  }
  expect((await client.get('/api/me/profile')).body).toMatchObject({ name: 'Ada', homeCity: null });
});

test('changes at the same instant all hold', async () => {
  const { client } = await world.user();
  await Promise.all([
    client.patch('/api/me/profile', { homeCity: 'Oslo' }),
    client.patch('/api/me/profile', { interests: ['film'] }),
    client.patch('/api/me/profile', { mails: { reminders: false } }),
    client.patch('/api/me/profile', { mails: { signIns: false } }),
    client.patch('/api/me/profile', { mails: { news: false } }),
    client.patch('/api/me/profile', { language: 'fr' }),
  ]);
  expect((await client.get('/api/me/profile')).body).toMatchObject({
    homeCity: 'Oslo',
    interests: ['film'],
    language: 'fr',
    mails: { reminders: false, signIns: false, news: false, exports: true },
  });
});
