import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDrawFault } from '../../../contract/draw.ts';
import type { Draw } from '../../../contract/waiting-room.ts';
import { verdictOn } from '../../../tools/verify-draw/verdict.ts';
import { hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { join, keep, leave, mine, queueOf, withOpening, withQueue } from './testing/queue.ts';

/* Priority lanes: who may open one, and what the draw gives to its people. */

let world: World;
beforeAll(async () => {
  // All callers in a test come from this machine.
  world = await createWorld({ RATE_LIMIT_FACTOR: '100' });
});
afterAll(() => world.close());

const members = { key: 'members', name: 'Members', percent: 20, code: 'MEMBERS-27', mostPeople: 50 };
const put = (event: TestEvent, lanes: object[], by: Pick<Person, 'client'> = event.organiser) =>
  by.client.put(`/api/events/${event.id}/queue/lanes`, { lanes });
const enter = (person: Person, event: TestEvent, code = 'members-27') =>
  person.client.put(`/api/events/${event.id}/queue/mine/lane`, { code });

async function laned(people: number, inLane: number, lane: object = members) {
  const event = await withOpening(world);
  expect((await put(event, [lane])).status).toBe(200);
  const persons = await Promise.all(Array.from({ length: people }, () => world.guest()));
  for (const person of persons) await join(person, event);
  const fans = persons.slice(people - inLane);
  for (const fan of fans) expect((await enter(fan, event)).body).toMatchObject({ lane: 'members' });
  return { event, persons, fans };
}

const published = async (event: TestEvent): Promise<Draw> =>
  (await world.client().get(`/api/events/${event.id}/queue/draw`)).body;

const faultOf = ({ eventId, seed, beacon, lanes, commitment, entries, entryLanes }: Draw) =>
  findDrawFault(
    { eventId, seed, beacon, lanes },
    {
      commitment,
      entries: entries.map(([id, salt], i) => ({ id, salt, lane: entryLanes[i] })),
      order: entries.map(([id]) => id),
    },
  );

test('of every ten first positions two are the lane’s, and everybody can check it', async () => {
  const { event, persons, fans } = await laned(40, 8);
  const { name, percent } = members;
  expect((await queueOf(world, event)).lanes).toEqual([{ key: 'members', name, percent }]);
  await keep(world, hours(1));
  const places = await Promise.all(fans.map((fan) => mine(fan, event)));
  const positions = places.map(({ position }) => position ?? 0).sort((a, b) => a - b);
  for (const n of [5, 10, 15, 20, 25, 30, 35, 40])
    expect(positions.filter((position) => position <= n).length).toBeGreaterThanOrEqual(Math.floor(n * 0.2));
  expect(places.every(({ lane }) => lane === 'members')).toBe(true);
  const draw = await published(event);
  expect(draw).toMatchObject({ method: 'admit-draw-2', count: 40, lanes: [{ key: 'members' }] });
  expect(await faultOf(draw)).toBeNull();
  const { holds, lines } = await verdictOn(draw);
  expect(holds).toBe(true);
  expect(lines).toContain('Lane "Members": 20 percent of the first positions, for 8 people.');
  // Whoever is put into the lane afterwards, or loses it, changes the list.
  const at = draw.entryLanes.indexOf('');
  expect(await faultOf({ ...draw, entryLanes: draw.entryLanes.with(at, 'members') })).toBe('order');
  expect(await faultOf({ ...draw, lanes: [{ key: 'members', name, percent: 50 }] })).toBe('order');
  // Nobody is missing, and nobody is told another position.
  const all = await Promise.all(persons.map((person) => mine(person, event)));
  for (const { id, position } of all) expect(draw.entries[(position ?? 0) - 1]?.[0]).toBe(id);
});

test('a lane opens for so many people, and its code for nobody who did not join', async () => {
  const { event, persons, fans } = await laned(4, 2, { ...members, mostPeople: 2 });
  const [first, second] = persons as [Person, Person];
  expect((await enter(first, event)).body.code).toBe('lane_full');
  expect((await mine(first, event)).lane).toBeNull();
  // Whoever is in it may enter the code again, and whoever leaves makes room.
  expect((await enter(fans[0] as Person, event)).status).toBe(200);
  await leave(fans[0] as Person, event);
  expect((await enter(first, event)).status).toBe(200);
  expect((await enter(second, event, 'WRONG-CODE')).body.code).toBe('unknown_lane_code');
  expect((await enter(await world.guest(), event, members.code)).body.code).toBe('lane_full');
  await put(event, [{ ...members, mostPeople: 9 }]);
  expect((await enter(await world.guest(), event)).status).toBe(404);
});

test('twenty people at the same time open a lane for ten', async () => {
  const { event, persons } = await laned(20, 0, { ...members, mostPeople: 10 });
  const answers = await Promise.all(persons.map((person) => enter(person, event)));
  expect(answers.map(({ status }) => status).sort()).toEqual([
    ...Array(10).fill(200),
    ...Array(10).fill(409),
  ]);
});

test('the team sees codes and people, the public sees neither, and a lane that is gone leaves its people waiting', async () => {
  const { event, fans } = await laned(3, 2);
  const path = `/api/events/${event.id}/queue/lanes`;
  expect((await event.organiser.client.get(path)).body.lanes).toEqual([{ ...members, people: 2 }]);
  expect(JSON.stringify(await queueOf(world, event))).not.toContain(members.code);
  expect((await (await world.organiser()).client.get(path)).status).toBe(404);
  const log = `/api/organisations/${event.organiser.organisationId}/audit-log?act=queue.lanes_changed`;
  const { body } = await event.organiser.client.get(log);
  expect(body.items[0].after).toEqual({ lanes: [{ name: 'Members', percent: 20 }] });
  expect((await put(event, [{ ...members, key: 'fans', code: 'FANS-2027' }])).status).toBe(200);
  expect((await mine(fans[0] as Person, event)).lane).toBeNull();
  expect((await enter(fans[0] as Person, event, 'fans-2027')).body.lane).toBe('fans');
});

test('lanes have at most half together, and end with the draw', async () => {
  const { event, persons, fans } = await laned(6, 2);
  const [first] = persons as [Person];
  const other = { ...members, key: 'fans', code: 'FANS-2027', percent: 31 };
  expect((await put(event, [members, other])).body.code).toBe('invalid_request');
  expect((await put(event, [members, { ...other, percent: 30, code: 'members-27' }])).body.code).toBe(
    'invalid_request',
  );
  await keep(world, hours(1));
  expect((await enter(first, event)).body.code).toBe('lanes_closed');
  expect((await put(event, [])).body.code).toBe('lanes_closed');
  expect((await mine(fans[0] as Person, event)).lane).toBe('members');
  // A queue without a draw has none.
  expect((await put(await withQueue(world), [members])).body.code).toBe('lanes_closed');
});
