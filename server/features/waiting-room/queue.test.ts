import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitmentTo } from '../../../contract/draw.ts';
import { createClient } from '../../testing/client.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { join, keep, leave, mine, queueOf, withOpening, withQueue } from './testing/queue.ts';

/* Joining the queue of an event, standing in it, leaving it, and steering it. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('people stand in the order in which they joined, and all see the same queue', async () => {
  const event = await withQueue(world);
  const people = await Promise.all([1, 2, 3].map(() => world.guest()));
  const places = [];
  for (const person of people) places.push(await join(person, event));
  expect(places.map(({ position }) => position)).toEqual([1, 2, 3]);
  expect(places[2]).toMatchObject({
    status: 'waiting',
    ahead: 2,
    estimatedWaitSeconds: null,
    activeUntil: null,
    now: world.clock.now().toISOString(),
  });
  expect(await queueOf(world, event)).toMatchObject({ state: 'open', nowServing: 0, message: '' });
});

test('a person has one place, however often and from wherever they join', async () => {
  const event = await withQueue(world);
  const person = await world.guest();
  const first = await join(person, event);
  const device = createClient(world.url);
  for (const [name, value] of person.client.cookies) device.cookies.set(name, value);
  const again = await Promise.all(
    Array.from({ length: 200 }, (_, i) => join(i % 2 ? person : { ...person, client: device }, event)),
  );
  expect(new Set(again.map(({ id, position }) => `${id} ${position}`))).toEqual(new Set([`${first.id} 1`]));
  const other = await join(await world.guest(), event);
  expect(other.position).toBe(2);
});

test('whoever joins many times at one instant has one place, also through two processes', async () => {
  const event = await withQueue(world);
  const second = await world.another();
  const person = await world.guest();
  const device = createClient(second.url);
  for (const [name, value] of person.client.cookies) device.cookies.set(name, value);
  const joined = await Promise.all(
    Array.from({ length: 50 }, (_, i) => join({ ...person, client: i % 2 ? person.client : device }, event)),
  );
  expect(new Set(joined.map(({ id }) => id)).size).toBe(1);
  const [row] = await world.app.db.query(
    'select waiting, next_position from waiting_rooms where event_id = $1',
    [event.id],
  );
  expect(row).toEqual({ waiting: 1, next_position: 2 });
});

test('whoever leaves gives the place up, and stands at the end when they come back', async () => {
  const event = await withQueue(world);
  const [ann, bob] = [await world.guest(), await world.guest()];
  const first = await join(ann, event);
  await join(bob, event);
  await leave(ann, event);
  await leave(ann, event);
  expect(await mine(ann, event)).toMatchObject({
    id: first.id,
    status: 'ended',
    endReason: 'left',
    position: 1,
  });
  expect(await join(ann, event)).toMatchObject({ status: 'waiting', position: 3 });
  expect(await mine(bob, event)).toMatchObject({ position: 2 });
});

test('before the opening everybody sees how many people wait', async () => {
  const event = await withOpening(world);
  const [ann, bob] = [await world.guest(), await world.guest()];
  await join(ann, event);
  await join(bob, event);
  await keep(world);
  const { waiting, version } = await queueOf(world, event);
  expect(waiting).toBe(2);
  // Without news nothing is told.
  await keep(world);
  expect((await queueOf(world, event)).version).toBe(version);
  await leave(ann, event);
  await keep(world);
  expect((await queueOf(world, event)).waiting).toBe(1);
});

test('before the opening nobody has a position, and the hash of the seed is public', async () => {
  const event = await withOpening(world);
  const [ann, bob] = [await world.guest(), await world.guest()];
  const salt = createHash('md5').update('ann').digest('hex');
  expect(await join(ann, event, { salt })).toMatchObject({
    status: 'before_draw',
    position: null,
    ahead: null,
    salt,
  });
  expect((await join(bob, event)).salt).toMatch(/^[0-9a-f]{32}$/);
  // A second try with another salt changes nothing.
  expect((await join(ann, event, { salt: '0'.repeat(32) })).salt).toBe(salt);
  const queue = await queueOf(world, event);
  expect(queue).toMatchObject({ state: 'before_draw', nowServing: 0, drawnAt: null });
  const [row] = await world.app.db.query<{ seed: string }>(
    'select seed from waiting_rooms where event_id = $1',
    [event.id],
  );
  expect(queue.commitment).toBe(await commitmentTo({ eventId: event.id, seed: row?.seed ?? '' }));
  expect(JSON.stringify(queue)).not.toContain(row?.seed);
  const draw = await world.client().get(`/api/events/${event.id}/queue/draw`);
  expect([draw.status, draw.body.code]).toEqual([409, 'draw_pending']);
});

test('a cache may answer for the queue for one second, and nothing changed costs no body', async () => {
  const event = await withQueue(world);
  const path = `/api/events/${event.id}/queue`;
  const first = await world.client().get(path);
  expect(first.headers.get('cache-control')).toBe('public, max-age=1');
  expect(first.headers.get('set-cookie')).toBeNull();
  const etag = first.headers.get('etag') ?? '';
  expect((await world.client().get(path, { 'if-none-match': etag })).status).toBe(304);
  await event.organiser.client.patch(path, { message: 'Doors open late.' });
  const changed = await world.client().get(path, { 'if-none-match': etag });
  expect([changed.status, changed.body.message]).toEqual([200, 'Doors open late.']);
});

test('the organiser pauses the queue and goes on, every process says so, and the audit log has it', async () => {
  const event = await withQueue(world);
  const path = `/api/events/${event.id}/queue`;
  const { client } = event.organiser;
  const paused = await client.patch(path, { paused: true, message: 'A short break', peoplePerMinute: 30 });
  expect([paused.status, paused.body.state, paused.body.message]).toEqual([200, 'paused', 'A short break']);
  const second = await world.another();
  expect((await createClient(second.url).get(path)).body).toMatchObject({
    state: 'paused',
    isPaused: true,
    wishedPerMinute: 30,
  });
  expect((await client.patch(path, { paused: false, peoplePerMinute: null })).body).toMatchObject({
    state: 'open',
    message: 'A short break',
    isPaused: false,
    wishedPerMinute: null,
  });
  const log = await client.get(`/api/organisations/${event.organiser.organisationId}/audit-log`);
  const steered = log.body.items.filter(
    ({ act, subject }: { act: string; subject: { id: string } }) =>
      act === 'queue.steered' && subject.id === event.id,
  );
  expect(steered).toHaveLength(2);
  expect((await (await world.user()).client.patch(path, { paused: true })).status).toBe(404);
});

test('an event without a waiting room has no queue, and a mode needs its time', async () => {
  const event = await world.event();
  const person = await world.guest();
  const path = `/api/events/${event.id}/queue`;
  for (const answer of [
    await person.client.get(path),
    await person.client.post(path, {}),
    await person.client.get(`${path}/mine`),
    await person.client.delete(`${path}/mine`),
    await person.client.get(`${path}/draw`),
  ])
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  for (const waitingRoom of [
    { mode: 'scheduled' },
    { mode: 'always', opensAt: '2027-01-01T00:00:00Z' },
    { mode: 'x' },
  ]) {
    const patched = await event.organiser.client.patch(
      `/api/events/${event.id}`,
      { waitingRoom },
      { 'if-match': `"${event.version}"` },
    );
    expect([patched.status, patched.body.code]).toEqual([400, 'invalid_request']);
  }
  const on = await event.organiser.client.patch(
    `/api/events/${event.id}`,
    { waitingRoom: { mode: 'always' } },
    { 'if-match': `"${event.version}"` },
  );
  expect([on.status, on.body.waitingRoom]).toEqual([200, { mode: 'always', opensAt: null }]);
  expect((await join(person, event)).position).toBe(1);
});
