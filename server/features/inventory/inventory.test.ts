import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { sweepHolds } from './sweep-holds.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const guests = (count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => world.guest()));
const hold = (person: Person, event: TestEvent, quantity: number, headers = {}) =>
  person.client.post(
    `/api/events/${event.id}/holds`,
    { items: [{ ticketTypeId: event.ticketTypeId, quantity }] },
    headers,
  );
const holdSeats = (person: Person, event: TestEvent, seats: number[]) =>
  person.client.post(`/api/events/${event.id}/holds`, {
    seats: seats.map((index) => ({ seatId: seatId(event.id, index) })),
  });
const tally = (statuses: number[]) =>
  Object.fromEntries([...Map.groupBy(statuses, (s) => s)].map(([s, all]) => [s, all.length]));

async function counters(event: TestEvent) {
  const [pool] = await world.app.db.query<{ held: number; sold: number; capacity: number; places: number }>(
    `select held, sold, capacity,
       (select coalesce(sum(places), 0)::int from holds where holds.event_id = pools.event_id and status = 'active') as places
     from pools where event_id = $1`,
    [event.id],
  );
  return pool;
}

describe('many at once', () => {
  test('300 buyers for the last 10 places: 10 held, 290 refused by name, nothing else', async () => {
    const event = await world.event({ capacity: 10 });
    const buyers = await guests(300);
    const answers = await Promise.all(buyers.map((buyer) => hold(buyer, event, 1)));
    expect(tally(answers.map((answer) => answer.status))).toEqual({ 201: 10, 409: 290 });
    const refusals = answers.filter((answer) => answer.status === 409);
    expect(new Set(refusals.map((answer) => answer.body.code))).toEqual(new Set(['sold_out']));
    expect(refusals[0]?.headers.get('content-type')).toContain('application/problem+json');
    expect(await counters(event)).toEqual({ capacity: 10, held: 10, sold: 0, places: 10 });
  });

  test('100 buyers for 100 free places: every one of them gets a place', async () => {
    const event = await world.event({ capacity: 100 });
    const buyers = await guests(100);
    const answers = await Promise.all(buyers.map((buyer) => hold(buyer, event, 1)));
    expect(tally(answers.map((answer) => answer.status))).toEqual({ 201: 100 });
  });

  test('overlapping sets of seats: one owner each, all or nothing, no deadlock', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 2, perRow: 10 }] });
    const buyers = await guests(100);
    const wanted = buyers.map((_, i) => [0, 1, 2].map((step) => (i * 7 + step * 3) % 20));
    const answers = await Promise.all(
      buyers.map((buyer, i) => holdSeats(buyer, event, wanted[i] as number[])),
    );
    const held = answers.flatMap((answer, i) => (answer.status === 201 ? [wanted[i] as number[]] : []));
    expect(new Set(answers.map((answer) => (answer.status === 201 ? 'held' : answer.body.code)))).toEqual(
      new Set(['held', 'seats_taken']),
    );
    expect(new Set(held.flat()).size).toBe(held.flat().length);
    const rows = await world.app.db.query<{ index: number; hold_id: string | null }>(
      'select index, hold_id from seats where event_id = $1 and hold_id is not null',
      [event.id],
    );
    expect(rows.map((row) => row.index).sort((a, b) => a - b)).toEqual(held.flat().sort((a, b) => a - b));
    expect(held.length).toBeGreaterThan(0);
  });

  test('no more than 100 places in one hold, however many items ask for them', async () => {
    const event = await world.event({
      fields: {
        maxPerBuyer: 1000,
        pools: [{ key: 'floor', name: 'Floor', capacity: 500 }],
        ticketTypes: ['A', 'B'].map((name) => ({
          name,
          priceMinor: 1000,
          pools: ['floor'],
          maxPerOrder: 100,
        })),
      },
    });
    const buyer = await world.user();
    const ask = (quantities: number[]) =>
      buyer.client.post(`/api/events/${event.id}/holds`, {
        items: quantities.map((quantity, i) => ({ ticketTypeId: event.ticketTypes[i]!.id, quantity })),
      });
    expect(await ask([60, 41])).toMatchObject({
      status: 400,
      body: {
        code: 'invalid_request',
        issues: [{ path: 'body.items', message: 'one hold has 100 places at most' }],
      },
    });
    expect((await ask([60, 40])).status).toBe(201);
  });

  test('two processes sell one event: still never more than there is', async () => {
    const event = await world.event({ capacity: 20 });
    const other = await world.another();
    const buyers = await guests(60);
    const answers = await Promise.all(
      buyers.map((buyer, i) => {
        const path = `/api/events/${event.id}/holds`;
        return buyer.client.post(i % 2 ? path : `${other.url}${path}`, {
          items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
        });
      }),
    );
    await other.close();
    expect(tally(answers.map((answer) => answer.status))).toEqual({ 201: 20, 409: 40 });
  });

  test('two processes sell numbered seats: each knows what the other has sold', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 12 }] });
    const other = await world.another();
    const buyers = await guests(24);
    const answers = await Promise.all(
      buyers.map((buyer, i) => {
        const path = `/api/events/${event.id}/holds`;
        return buyer.client.post(i % 2 ? path : `${other.url}${path}`, {
          bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 1 },
        });
      }),
    );
    await other.close();
    expect(tally(answers.map((answer) => answer.status))).toEqual({ 201: 12, 409: 12 });
    const seats = answers
      .filter((answer) => answer.status === 201)
      .map((answer) => answer.body.lines[0].seats[0].seatId);
    expect(new Set(seats).size).toBe(12);
  });

  test('one buyer, the same request twice at once: one hold', async () => {
    const event = await world.event({ capacity: 10 });
    const buyer = await world.guest();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => hold(buyer, event, 2, { 'idempotency-key': 'double-click' })),
    );
    expect(tally(answers.map((answer) => answer.status))).toEqual({ 201: 8 });
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect((await counters(event))?.held).toBe(2);
    const other = await hold(buyer, event, 3, { 'idempotency-key': 'double-click' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });
});

describe('expiry', () => {
  test('frees places by the clock alone, without the sweeper', async () => {
    const event = await world.event({ capacity: 2 });
    const [ann, bob] = await guests(2);
    const mine = await hold(ann as Person, event, 2);
    expect((await hold(bob as Person, event, 1)).body.code).toBe('sold_out');
    expect(
      (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available,
    ).toBe(0);
    world.clock.advance(minutes(10));
    expect(
      (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available,
    ).toBe(2);
    expect((await (ann as Person).client.get(`/api/holds/${mine.body.id}`)).body.status).toBe('expired');
    expect((await hold(bob as Person, event, 2)).status).toBe(201);
    expect(
      (
        await (ann as Person).client.post('/api/orders', {
          holdId: mine.body.id,
          buyer: { name: 'Ann', email: 'ann@example.com' },
        })
      ).body.code,
    ).toBe('hold_expired');
  });

  test('the sweeper tells the world, and changes nothing twice', async () => {
    const event = await world.event({ capacity: 3 });
    const ann = await world.guest();
    await hold(ann, event, 3);
    world.clock.advance(minutes(10));
    await sweepHolds(world.app);
    await sweepHolds(world.app);
    expect(await counters(event)).toEqual({ capacity: 3, held: 0, sold: 0, places: 0 });
    const told = await world.app.db.query(
      `select 1 from outbox where event_id = $1 and topic = 'ticket_availability'`,
      [event.id],
    );
    // One message for the new event, one for the hold, one for its end.
    expect(told).toHaveLength(3);
  });

  test('a clock that jumps back makes no place appear', async () => {
    const event = await world.event({ capacity: 1 });
    const [ann, bob, cat] = await guests(3);
    await hold(ann as Person, event, 1);
    world.clock.advance(minutes(10));
    expect((await hold(bob as Person, event, 1)).status).toBe(201);
    world.clock.advance(-minutes(10));
    expect((await hold(cat as Person, event, 1)).body.code).toBe('sold_out');
    world.clock.advance(minutes(10));
  });
});

describe('letting go', () => {
  test('frees the places at once, twice is no error, another’s hold is none', async () => {
    const event = await world.event({ capacity: 2 });
    const [ann, bob] = await guests(2);
    const { body } = await hold(ann as Person, event, 2);
    expect((await (bob as Person).client.delete(`/api/holds/${body.id}`)).status).toBe(404);
    expect((await (ann as Person).client.delete(`/api/holds/${body.id}`)).status).toBe(204);
    expect((await (ann as Person).client.delete(`/api/holds/${body.id}`)).status).toBe(204);
    expect((await hold(bob as Person, event, 2)).status).toBe(201);
  });
});

describe('availability', () => {
  test('counts and seat bits are of one instant, and an unchanged answer is 304', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 10 }] });
    const ann = await world.guest();
    await holdSeats(ann, event, [1, 8]);
    const answer = await world.client().get(`/api/events/${event.id}/availability`);
    expect(answer.body.ticketTypes).toEqual([{ id: event.ticketTypeId, available: 8 }]);
    expect([...Buffer.from(answer.body.seats, 'base64')]).toEqual([0b11111101, 0b00000010]);
    const etag = answer.headers.get('etag') ?? '';
    expect(
      (await world.client().get(`/api/events/${event.slug}/availability`, { 'if-none-match': etag })).status,
    ).toBe(304);
  });
});

describe('when the organiser changes the capacity', () => {
  const change = (event: TestEvent, capacity: number) =>
    event.organiser.client.patch(
      `/api/events/${event.id}`,
      { pools: [{ key: 'floor', name: 'Floor', capacity }] },
      { 'if-match': `"${event.version}"` },
    );

  test('an expired hold takes no place, even before the sweep', async () => {
    const event = await world.event({ capacity: 10 });
    const late = await world.guest();
    const { body } = await hold(late, event, 4);
    world.clock.advance(minutes(11));
    expect(await change(event, 2)).toMatchObject({
      status: 200,
      body: { pools: [{ capacity: 2, held: 0 }] },
    });
    expect((await late.client.get(`/api/holds/${body.id}`)).body.status).toBe('expired');
  });

  test('an active hold keeps its places', async () => {
    const event = await world.event({ capacity: 10 });
    await hold(await world.guest(), event, 3);
    expect((await change(event, 2)).body).toMatchObject({ code: 'capacity_below_taken', taken: 3 });
  });

  test('everyone who looks is told, as one more version', async () => {
    const event = await world.event({ capacity: 10 });
    await hold(await world.guest(), event, 3);
    const { body: before } = await world.client().get(`/api/events/${event.id}/availability`);
    expect((await change(event, 5)).status).toBe(200);
    const [told] = await world.app.db.query<{ payload: object }>(
      `select payload from outbox where event_id = $1 and type = 'admit.availability.changed.v1' order by tx desc, id desc limit 1`,
      [event.id],
    );
    expect(told?.payload).toMatchObject({
      from: before.version,
      version: before.version + 1,
      ticketTypes: [{ id: event.ticketTypeId, available: 2 }],
    });
    expect((await world.client().get(`/api/events/${event.id}/availability`)).body.version).toBe(
      before.version + 1,
    );
  });
});

describe('the database’s own guard', () => {
  test('refuses changes that only a bug could ask for', async () => {
    const event = await world.event({ capacity: 2, seats: undefined as never });
    const ann = await world.guest();
    const { body } = await hold(ann, event, 2);
    const oversell = world.app.db.run('update pools set sold = 1 where event_id = $1', [event.id]);
    await expect(oversell).rejects.toThrow('pool_never_oversold');
    await world.app.db.run(`update holds set status = 'released' where id = $1`, [body.id]);
    const back = world.app.db.run(`update holds set status = 'active' where id = $1`, [body.id]);
    await expect(back).rejects.toThrow('can not go from released to active');
  });
});
