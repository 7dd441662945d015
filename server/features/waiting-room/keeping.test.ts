import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { keepRooms } from './keep-rooms.ts';
import { hold, keep, keepOn, mine, served } from './testing/queue.ts';

/* What becomes of turns and of the queue when Admit was away, and when a clock is wrong. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  expect(await audit(world.app.db, { settled: false, now: world.clock.now() })).toEqual([]);
  await world.close();
});

const inTable = async (person: Person, event: TestEvent) => {
  const [row] = await world.app.db.query<{ how: string; seen_at: Date | null; active_until: Date | null }>(
    `select coalesce(end_reason, status) as how, seen_at, active_until from queue_entries where event_id = $1 and user_id = $2`,
    [event.id, person.userId],
  );
  return row;
};

test('nobody is idle because of an outage, and the time of silence begins anew after it', async () => {
  const { event, ann } = await served(world);
  await keep(world);
  await world.app.db.run(
    `update queue_entries set active_until = active_until + interval '1 hour' where event_id = $1 and status = 'active'`,
    [event.id],
  );
  world.clock.advance(minutes(6));
  await keep(world);
  expect(await inTable(ann, event)).toMatchObject({ how: 'active' });
  await keepOn(world, minutes(5));
  expect(await inTable(ann, event)).toMatchObject({ how: 'active' });
  await keepOn(world, 3000);
  expect(await inTable(ann, event)).toMatchObject({ how: 'idle' });
});

test('whose window ran out during an outage has a minute to choose, with the token from before', async () => {
  const { event, ann, token } = await served(world, 5);
  world.clock.advance(minutes(12));
  await keep(world, 0);
  expect(await inTable(ann, event)).toMatchObject({
    how: 'active',
    active_until: new Date(world.clock.now().getTime() + minutes(1)),
  });
  await keepOn(world, 58_000);
  expect((await hold(ann, event, token)).status).toBe(201);
  await keepOn(world, 5000);
  expect(await inTable(ann, event)).toMatchObject({ how: 'window_over' });
  expect((await hold(ann, event, token)).body).toMatchObject({ code: 'not_admitted', reason: 'expired' });
});

test('a sign of life that a failed step could not write is written by the next one', async () => {
  const { event, ann } = await served(world);
  await keep(world);
  world.clock.advance(1000);
  await mine(ann, event);
  const at = world.clock.now();
  const { db } = world.app;
  const noDb = { ...db, transaction: () => Promise.reject(new Error('down')) };
  await expect(keepRooms({ ...world.app, db: noDb })).rejects.toThrow('down');
  world.clock.advance(1000);
  await keepRooms(world.app);
  expect(await inTable(ann, event)).toMatchObject({ seen_at: at });
});

test('a process whose clock is ahead stops no queue and ends no turn', async () => {
  const { event, ann, bob } = await served(world, 5);
  const ahead = new Date(world.clock.now().getTime() + minutes(30));
  await keepRooms({ ...world.app, clock: { ...world.clock, now: () => ahead } });
  const warn = vi.fn();
  world.clock.advance(1000);
  await keepRooms({ ...world.app, log: { ...world.app.log, warn } });
  expect(warn).toHaveBeenCalledWith(
    expect.objectContaining({ eventId: event.id }),
    expect.stringMatching(/clock is ahead/),
  );
  await keep(world);
  await keep(world);
  expect([await inTable(ann, event), await inTable(bob, event)]).toMatchObject([
    { how: 'active' },
    { how: 'active' },
  ]);
});
