import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('what a dump of the database says opens nothing', async () => {
  const person = await world.user();
  await world.client().post('/api/auth/request-password-reset', { email: person.email });
  const sessions = await world.app.db.query<{ token_hash: string }>(
    'select token_hash from sessions where user_id = $1',
    [person.userId],
  );
  expect(sessions).toHaveLength(1);
  for (const { token_hash } of sessions) {
    expect((await world.client().get('/api/me', { authorization: `Bearer ${token_hash}` })).status).toBe(401);
    expect(person.client.cookie()).not.toContain(token_hash);
  }
  const token = decodeURIComponent(person.client.cookies.get('admit.session_token') ?? '').split('.')[0];
  expect((await world.client().get('/api/me', { authorization: `Bearer ${token}` })).status).toBe(200);

  const links = await world.app.db.query<{ identifier: string }>(
    'select identifier from verifications where value = $1',
    [person.userId],
  );
  expect(links).toHaveLength(1);
  for (const { identifier } of links)
    for (const guess of [identifier, identifier.split(':')[1] as string]) {
      const body = { token: guess.replace(/[^\w.-]/g, ''), newPassword: 'kite lamp river' };
      expect((await world.client().post('/api/auth/reset-password', body)).body.code).toBe('token_invalid');
    }
  const everywhere = `select count(*)::int as count from sessions where token_hash !~ '^[A-Za-z0-9_-]{43}$'`;
  expect(await world.app.db.query(everywhere)).toEqual([{ count: 0 }]);
});
