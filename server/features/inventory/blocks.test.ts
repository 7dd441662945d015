import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { holdOf, join, mine } from '../waitlist/testing/sold-out.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const block = (event: TestEvent, body: object, headers = {}) =>
  event.organiser.client.post(`/api/events/${event.id}/blocks`, { label: 'House seats', ...body }, headers);
const release = (event: TestEvent, blockId: string) =>
  event.organiser.client.delete(`/api/events/${event.id}/blocks/${blockId}`);
const listed = async (event: TestEvent) =>
  (await event.organiser.client.get(`/api/events/${event.id}/blocks`)).body.items;
const free = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;
const places = (event: TestEvent, quantity: number) => ({
  items: [{ ticketTypeId: event.ticketTypeId, quantity }],
});
const seats = (event: TestEvent, ...indexes: number[]) => ({
  seats: indexes.map((index) => ({ seatId: seatId(event.id, index) })),
});
const hold = async (event: TestEvent, wants: object) =>
  (await world.guest()).client.post(`/api/events/${event.id}/holds`, wants);

describe('places without numbers', () => {
  test('a block takes free places off sale, and its release puts them back', async () => {
    const event = await world.event({ capacity: 5 });
    const made = await block(event, places(event, 3));
    expect(made).toMatchObject({ status: 201, body: { label: 'House seats', places: 3 } });
    expect(await free(event)).toBe(2);
    expect(await hold(event, places(event, 3))).toMatchObject({
      status: 409,
      body: { code: 'sold_out', available: 2 },
    });
    expect((await hold(event, places(event, 2))).status).toBe(201);
    expect(await listed(event)).toEqual([made.body]);
    const figures = await event.organiser.client.get(`/api/events/${event.id}/dashboard`);
    expect(figures.body.counts).toMatchObject({ capacity: 5, held: 2, blocked: 3, free: 0 });
    expect((await release(event, made.body.id)).status).toBe(204);
    expect(await free(event)).toBe(3);
    expect(await listed(event)).toEqual([]);
    expect((await release(event, made.body.id)).status).toBe(204);
    expect(await free(event)).toBe(3);
  });

  test('only free places can be blocked, and more than the limit of an order may be', async () => {
    const event = await world.event({ capacity: 200 });
    expect((await hold(event, places(event, 2))).status).toBe(201);
    expect(await block(event, places(event, 199))).toMatchObject({
      status: 409,
      body: { code: 'sold_out', available: 198 },
    });
    expect((await block(event, places(event, 198))).status).toBe(201);
    expect(await free(event)).toBe(0);
  });

  test('a retry with the same key blocks once', async () => {
    const event = await world.event({ capacity: 5 });
    const key = { 'idempotency-key': 'block-1' };
    const [first, second] = [
      await block(event, places(event, 2), key),
      await block(event, places(event, 2), key),
    ];
    expect(second.body).toEqual(first.body);
    expect(await free(event)).toBe(3);
    expect(await block(event, places(event, 1), key)).toMatchObject({
      body: { code: 'idempotency_key_reused' },
    });
  });

  test('the capacity cannot become smaller than what is blocked', async () => {
    const event = await world.event({ capacity: 5 });
    await block(event, places(event, 4));
    const { client } = event.organiser;
    const { body } = await client.get(`/api/events/${event.id}/management`);
    const [pool] = body.pools;
    expect(pool).toMatchObject({ blocked: 4 });
    const change = await client.patch(
      `/api/events/${event.id}`,
      { pools: [{ key: pool.key, name: pool.name, capacity: 3 }] },
      { 'if-match': `"${body.version}"` },
    );
    expect(change.body).toMatchObject({ code: 'capacity_below_taken', taken: 4 });
  });

  test('a block and buyers race for the last places: nobody gets one twice', async () => {
    const event = await world.event({ capacity: 6 });
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => hold(event, places(event, 1))),
      ...Array.from({ length: 5 }, () => block(event, places(event, 1))),
    ]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(6);
    expect(await free(event)).toBe(0);
  });
});

describe('seats', () => {
  const hall = () => world.event({ seats: [{ zone: 'a', rows: 1, perRow: 6 }] });

  test('a blocked seat is nobody’s to take, and the best seats are chosen beside it', async () => {
    const event = await hall();
    const made = await block(event, { ...seats(event, 2, 3), label: 'Camera' });
    expect(made.body).toMatchObject({
      places: 2,
      lines: [
        {
          quantity: 2,
          seats: [
            { row: 'A', seat: '3' },
            { row: 'A', seat: '4' },
          ],
        },
      ],
    });
    expect(await hold(event, seats(event, 3))).toMatchObject({ body: { code: 'seats_taken' } });
    const best = await hold(event, { bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 2 } });
    const taken = best.body.lines[0].seats.map(({ seat }: { seat: string }) => seat);
    expect(['3', '4'].some((seat) => taken.includes(seat))).toBe(false);
    const figures = await event.organiser.client.get(`/api/events/${event.id}/dashboard/seats`);
    expect(figures.body.blocked).toEqual([2, 3]);
    await release(event, made.body.id);
    expect((await hold(event, seats(event, 3))).status).toBe(201);
  });

  test('all or none: a seat that is held refuses the block by name', async () => {
    const event = await hall();
    await hold(event, seats(event, 1));
    expect(await block(event, seats(event, 0, 1))).toMatchObject({
      status: 409,
      body: { code: 'seats_taken', seats: [seatId(event.id, 1)] },
    });
    expect(await free(event)).toBe(5);
  });

  test('another process sees the block', async () => {
    const event = await hall();
    const other = await world.another();
    const guest = await world.guest();
    await guest.client.get(`${other.url}/api/events/${event.id}/availability`);
    await block(event, seats(event, 0));
    const held = await guest.client.post(`${other.url}/api/events/${event.id}/holds`, seats(event, 0));
    expect(held.body).toMatchObject({ code: 'seats_taken' });
  });
});

test('people in the waitlist are offered released places before they go on sale', async () => {
  const event = await world.event({ capacity: 2 });
  const { body } = await block(event, places(event, 1));
  await holdOf(await world.guest(), event, 1);
  const ann = await world.user();
  expect((await join(ann, event)).status).toBe(201);
  await release(event, body.id);
  expect(await mine(ann, event)).toMatchObject({ status: 'offered' });
});

test('places add up with blocks, and a wrong count or owner is found', async () => {
  const event = await world.event({ seats: [{ zone: 'a', rows: 1, perRow: 6 }] });
  await block(event, seats(event, 0, 1));
  const options = { eventIds: [event.id] };
  const { db } = world.app;
  expect(await audit(db, options)).toEqual([]);
  await db.run('update pools set blocked = 1 where event_id = $1', [event.id]);
  expect(await audit(db, options)).toEqual([expect.stringContaining('counters are the sums')]);
  await db.run('update pools set blocked = 2 where event_id = $1', [event.id]);
  await db.run(`update seats set status = 'free', hold_id = null where event_id = $1 and index = 0`, [
    event.id,
  ]);
  expect(await audit(db, options)).toEqual([expect.stringContaining('one live owner')]);
  await expect(db.run('update pools set blocked = 7 where event_id = $1', [event.id])).rejects.toThrow(
    'pool_never_oversold',
  );
  await db.run(
    `update seats set status = 'blocked', hold_id = (select hold_id from blocks where event_id = $1)
     where event_id = $1 and index = 0`,
    [event.id],
  );
});
