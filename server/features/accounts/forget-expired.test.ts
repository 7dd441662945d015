import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Person, type World } from '../../testing/world.ts';
import { allTasks } from '../../work/tasks.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const forget = () => allTasks(world.app)['forget-expired']?.({});
const endSessionsOf = ({ userId }: Person) =>
  world.app.db.run(`update sessions set expires_at = now() - interval '1 minute' where user_id = $1`, [
    userId,
  ]);
const wasMadeYesterday = ({ userId }: Person) =>
  world.app.db.run(`update users set created_at = now() - interval '25 hours' where id = $1`, [userId]);
const count = async (table: 'users' | 'sessions', column: string, { userId }: Person) =>
  (await world.app.db.query(`select from ${table} where ${column} = $1`, [userId])).length;

test('sessions that have run out go, and those that have not stay', async () => {
  const [gone, here] = [await world.user(), await world.user()];
  await endSessionsOf(gone);
  await forget();
  expect([await count('sessions', 'user_id', gone), await count('sessions', 'user_id', here)]).toEqual([
    0, 1,
  ]);
  expect(await count('users', 'id', gone)).toBe(1);
  expect((await here.client.get('/api/me')).status).toBe(200);
});

test('links that have run out go', async () => {
  const insert = `
    insert into verifications (id, identifier, value, expires_at, created_at, updated_at)
    values ($1, 'someone', 'value', now() + $2::interval, now(), now())`;
  await world.app.db.run(insert, ['old', '-1 minute']);
  await world.app.db.run(insert, ['new', '1 hour']);
  await forget();
  const left = await world.app.db.query(`select id from verifications where identifier = 'someone'`);
  expect(left).toEqual([{ id: 'new' }]);
});

test('answers to retries are kept for a week', async () => {
  const insert = `
    insert into idempotency_keys (user_id, key, operation, fingerprint, created_at)
    values ('usr_retries', $1, 'createEvent', 'x', $2)`;
  const daysAgo = (days: number) => new Date(world.clock.now().getTime() - days * 24 * 3_600_000);
  await world.app.db.run(insert, ['old', daysAgo(8)]);
  await world.app.db.run(insert, ['new', daysAgo(6)]);
  await forget();
  const left = await world.app.db.query(`select key from idempotency_keys where user_id = 'usr_retries'`);
  expect(left).toEqual([{ key: 'new' }]);
});

test('of guests only those who are old, have no session and never ordered', async () => {
  const event = await world.event({ priceMinor: 0 });
  const [abandoned, present, fresh, buyer] = (await Promise.all(
    Array.from({ length: 4 }, () => world.guest()),
  )) as [Person, Person, Person, Person];
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
  const ordered = await buyer.client.post('/api/orders', {
    holdId: held.body.id,
    buyer: { name: 'Ada', email: 'ada@forget.example' },
  });
  expect(ordered.status, JSON.stringify(ordered.body)).toBe(201);
  for (const guest of [abandoned, present, buyer]) await wasMadeYesterday(guest);
  for (const guest of [abandoned, fresh, buyer]) await endSessionsOf(guest);
  await forget();
  const left = await Promise.all(
    [abandoned, present, fresh, buyer].map((guest) => count('users', 'id', guest)),
  );
  expect(left).toEqual([0, 1, 1, 1]);
  await forget();
  expect(await count('users', 'id', present)).toBe(1);
});
