import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDrawFault } from '../../../contract/draw.ts';
import type { Draw } from '../../../contract/waiting-room.ts';
import { hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { drawRoom } from './draw-room.ts';
import { keepRooms } from './keep-rooms.ts';
import { join, keep, leave, mine, queueOf, withOpening } from './testing/queue.ts';

/* The draw at the opening: everybody who joined gets a position, and anybody can check it. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function joined(count: number): Promise<{ event: TestEvent; people: Person[] }> {
  const event = await withOpening(world);
  const people = await Promise.all(Array.from({ length: count }, () => world.guest()));
  await Promise.all(people.map((person) => join(person, event)));
  return { event, people };
}

async function published(event: TestEvent, limit = 10_000): Promise<Draw> {
  const pages: Draw[] = [];
  for (let cursor: number | null = 0; cursor !== null; ) {
    const { body } = await world
      .client()
      .get(`/api/events/${event.id}/queue/draw?cursor=${cursor}&limit=${limit}`);
    pages.push(body);
    cursor = body.nextCursor;
  }
  return { ...(pages[0] as Draw), entries: pages.flatMap(({ entries }) => entries) };
}

const faultOf = ({ eventId, seed, beacon, commitment, entries }: Draw) =>
  findDrawFault(
    { eventId, seed, beacon },
    { commitment, entries: entries.map(([id, salt]) => ({ id, salt })), order: entries.map(([id]) => id) },
  );

test('everybody who joined before the opening is drawn, and whoever comes later stands behind', async () => {
  const { event, people } = await joined(30);
  const { commitment } = await queueOf(world, event);
  await keep(world, hours(1) - 1000);
  expect(await queueOf(world, event)).toMatchObject({ state: 'before_draw' });
  await keep(world, 1000);
  const places = await Promise.all(people.map((person) => mine(person, event)));
  expect(places.map(({ position }) => position).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 1),
  );
  expect(places.map(({ position }) => position)).not.toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  expect((await join(await world.guest(), event)).position).toBe(31);
  const draw = await published(event, 7);
  expect(draw).toMatchObject({ commitment, count: 30 });
  expect(await faultOf(draw)).toBeNull();
  for (const { id, position, salt } of places) expect(draw.entries[(position ?? 0) - 1]).toEqual([id, salt]);
  const [first, second, ...rest] = draw.entries as [Draw['entries'][0], Draw['entries'][0]];
  expect(await faultOf({ ...draw, entries: [second, first, ...rest] })).toBe('order');
});

test('whoever leaves before the opening is not drawn, and whoever leaves after it stays in the draw', async () => {
  const { event, people } = await joined(5);
  const [early, late] = people as [Person, Person];
  await leave(early, event);
  await keep(world, hours(1));
  await leave(late, event);
  const draw = await published(event);
  expect(draw.count).toBe(4);
  expect(await faultOf(draw)).toBeNull();
  expect(draw.entries.map(([id]) => id)).toContain((await mine(late, event)).id);
});

test('a draw that dies between its portions gives the same order the next time, and tells nobody a part of it', async () => {
  const { event, people } = await joined(20);
  world.clock.advance(hours(1));
  const { db } = world.app;
  const written = () =>
    db.query<{ id: string; position: number }>(
      'select entry_id as id, position from queue_draws where event_id = $1 order by position',
      [event.id],
    );
  // The list is closed, and then the process dies in the middle of the draw.
  const rooms = { ...world.app.rooms, inUse: () => [event.id] };
  const failing = { ...db, run: failsAfter(0, db) };
  await expect(keepRooms({ ...world.app, rooms, db: failing })).rejects.toThrow('killed');
  expect(await written()).toEqual([]);
  const dying = { ...db, run: failsAfter(2, db) };
  await expect(drawRoom({ ...world.app, db: dying }, event.id, { portion: 6 })).rejects.toThrow('killed');
  await world.app.notices.catchUp();
  const first = await written();
  expect(first).toHaveLength(12);
  expect(await queueOf(world, event)).toMatchObject({ state: 'drawing', lastPosition: 20 });
  for (const person of people) {
    const told = await mine(person, event);
    expect(told).toMatchObject({ status: 'before_draw', position: null, ahead: null });
    expect(world.app.queueTokens.open(told.token)).toMatchObject({ position: 0 });
    expect(await join(person, event)).toMatchObject({ id: told.id, position: null });
  }
  expect((await world.client().get(`/api/events/${event.id}/queue/draw`)).body.code).toBe('draw_pending');
  const late = await join(await world.guest(), event);
  expect(late).toMatchObject({ position: 21, status: 'waiting' });
  // Whoever leaves now stays in the list that was closed.
  await leave(people[0]!, event);
  await keep(world, 1000);
  const draw = await published(event);
  for (const { id, position } of first) expect(draw.entries[position - 1]?.[0]).toBe(id);
  expect(await faultOf(draw)).toBeNull();
  expect(await queueOf(world, event)).toMatchObject({ state: 'open', lastPosition: 21 });
});

/** Statements of a process that dies after so many portions of the draw. */
function failsAfter(most: number, db: World['app']['db']): World['app']['db']['run'] {
  let portions = 0;
  return (text, values) =>
    text.includes('into queue_draws') && ++portions > most
      ? Promise.reject(new Error('killed'))
      : db.run(text, values);
}

test('several processes that draw at once agree', async () => {
  const { event } = await joined(12);
  const [second, third] = [await world.another(), await world.another()];
  world.clock.advance(hours(1));
  await Promise.all([world, second, third].map(({ app }) => keepRooms(app)));
  await keep(world);
  const draw = await published(event);
  expect([draw.count, await faultOf(draw)]).toEqual([12, null]);
});

test('an event that drops its opening still draws those who joined', async () => {
  const { event } = await joined(6);
  const { client } = event.organiser;
  const patched = await client.patch(
    `/api/events/${event.id}`,
    { waitingRoom: { mode: 'always' } },
    { 'if-match': `"${event.version}"` },
  );
  expect(patched.status).toBe(200);
  await keep(world, 1000);
  expect((await published(event)).count).toBe(6);
});

test('a sale that is stopped and goes on before the opening keeps the draw and those who joined', async () => {
  const { event, people } = await joined(4);
  const { client } = event.organiser;
  const match = { 'if-match': `"${event.version}"` };
  expect((await client.put(`/api/events/${event.id}/sale-stop`, undefined, match)).status).toBe(200);
  await keep(world, 1000);
  const resumed = { 'if-match': `"${event.version + 1}"` };
  expect((await client.delete(`/api/events/${event.id}/sale-stop`, resumed)).status).toBe(200);
  await keep(world, 1000);
  expect(await queueOf(world, event)).toMatchObject({ state: 'before_draw' });
  await join(await world.guest(), event);
  await keep(world, hours(1));
  const places = await Promise.all(people.map((person) => mine(person, event)));
  expect(places.every(({ position }) => position !== null)).toBe(true);
  expect((await published(event)).count).toBe(5);
});

test('a sale that is still stopped at the opening ends the queue without a draw', async () => {
  const { event, people } = await joined(2);
  const match = { 'if-match': `"${event.version}"` };
  expect(
    (await event.organiser.client.put(`/api/events/${event.id}/sale-stop`, undefined, match)).status,
  ).toBe(200);
  await keep(world, hours(1));
  await keep(world, 1000);
  for (const person of people) expect(await mine(person, event)).toMatchObject({ status: 'ended' });
});
