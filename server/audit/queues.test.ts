import { afterAll, beforeAll, expect, test } from 'vitest';
import { join, keep, leave, steer, withOpening } from '../features/waiting-room/testing/queue.ts';
import { hours } from '../testing/clock.ts';
import { createWorld, type World } from '../testing/world.ts';
import { audit } from './audit.ts';
import { findAfter } from './testing/break-promise.ts';

let world: World;
/** A queue with a draw: some were let in, some left, some wait, and somebody came late. */
beforeAll(async () => {
  world = await createWorld();
  const event = await withOpening(world);
  const people = await Promise.all(Array.from({ length: 8 }, () => world.guest()));
  for (const person of people) await join(person, event);
  await leave(people[0]!, event);
  await keep(world, hours(1));
  await join(people[0]!, event);
  await steer(event, { peoplePerMinute: 60 });
  for (let i = 0; i < 3; i++) await keep(world, 3000);
  await leave(people[1]!, event);
  await leave(people[2]!, event);
  await world.drain();
});
afterAll(() => world.close());

const known = () => ({ settled: false, now: world.clock.now() });

test('a healthy queue breaks no promise', async () => {
  const statuses = await world.app.db.query<{ status: string }>(
    'select distinct status from queue_entries order by status',
  );
  expect(statuses.map(({ status }) => status)).toEqual(['active', 'ended', 'waiting']);
  expect(await audit(world.app.db, known())).toEqual([]);
});

const order = 'nobody is let in ahead';
const count = 'a waiting room counts those who wait';
const draw = 'the seed of a draw is the one that was promised';
test.each([
  [
    order,
    'the last one first',
    `update queue_entries set status = 'active', admitted_at = joined_at, active_until = joined_at
     where id = (select id from queue_places where status = 'waiting' order by position desc limit 1)`,
  ],
  [
    'a person has one open place',
    'two places',
    'drop index queue_of_user',
    `update queue_entries set user_id = (select user_id from queue_entries where status = 'active' limit 1) where status = 'waiting'`,
  ],
  [count, 'one too many', 'update waiting_rooms set waiting = waiting + 1'],
  [count, 'a position that nobody got', 'update waiting_rooms set next_position = next_position + 1'],
  [
    count,
    'somebody was lost',
    `delete from queue_entries where position = (select max(position) from queue_entries)`,
  ],
  [draw, 'another seed', `update waiting_rooms set seed = reverse(seed)`],
  [
    draw,
    'somebody was added',
    `update queue_entries set in_draw = true where position = (select max(position) from queue_entries)`,
  ],
])('%s: %s', async (promise, _how, ...sql) => {
  const found = await findAfter(world.app.db, sql, known());
  expect(
    found.some((text) => text.startsWith(promise)),
    found.join('\n'),
  ).toBe(true);
});
