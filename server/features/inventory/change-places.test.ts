import { afterAll, beforeAll, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const inSeats = (event: TestEvent, seats: number[]) => ({
  seats: seats.map((index) => ({ seatId: seatId(event.id, index) })),
});
const hold = (person: Person, event: TestEvent, body: object) =>
  person.client.post(`/api/events/${event.id}/holds`, body);
const change = (person: Person, holdId: string, body: object, url = '') =>
  person.client.put(`${url}/api/holds/${holdId}/places`, body);
const hall = () => world.event({ seats: [{ zone: 'gold', rows: 2, perRow: 10 }] });

/** The seats of an event that are free. */
async function freeSeats(event: TestEvent): Promise<number[]> {
  const { body } = await world.client().get(`/api/events/${event.id}/availability`);
  const bits = Buffer.from(body.seats, 'base64');
  return Array.from({ length: 20 }, (_, i) => i).filter((i) => ((bits[i >> 3] ?? 0) >> (i & 7)) & 1);
}

test('a hold gets other seats: same id, same end, other price, and the others are free at once', async () => {
  const event = await hall();
  const ada = await world.guest();
  const held = (await hold(ada, event, inSeats(event, [0, 1]))).body;
  world.clock.advance(minutes(4));
  const changed = await change(ada, held.id, inSeats(event, [1, 5, 6]));
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({
    id: held.id,
    status: 'active',
    expiresAt: held.expiresAt,
    total: { amount: (held.total.amount / 2) * 3 },
    lines: [{ quantity: 3 }],
  });
  expect(changed.body.resumed).toBeUndefined();
  expect(changed.body.lines[0].seats.map((seat: { seatId: string }) => seat.seatId)).toEqual(
    [1, 5, 6].map((index) => seatId(event.id, index)),
  );
  expect(await freeSeats(event)).not.toContain(5);
  expect(await freeSeats(event)).toContain(0);
  const { now: _, ...shown } = (await ada.client.get(`/api/holds/${held.id}`)).body;
  expect(changed.body).toMatchObject(shown);
  expect((await hold(await world.guest(), event, inSeats(event, [0]))).status).toBe(201);

  const again = await change(ada, held.id, inSeats(event, [1, 5, 6]));
  expect(again).toMatchObject({
    status: 200,
    body: { expiresAt: held.expiresAt, lines: changed.body.lines },
  });
});

test('a refused change leaves the hold as it is, and names why', async () => {
  const event = await hall();
  const [ada, bob] = [await world.guest(), await world.guest()];
  const held = (await hold(ada, event, inSeats(event, [0, 1]))).body;
  await hold(bob, event, inSeats(event, [2]));
  expect(await change(ada, held.id, inSeats(event, [3, 2]))).toMatchObject({
    status: 409,
    body: { code: 'seats_taken', seats: [seatId(event.id, 2)] },
  });
  expect(await change(bob, held.id, inSeats(event, [3]))).toMatchObject({ status: 404 });
  expect(await change(ada, held.id, {})).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  expect(
    await change(ada, held.id, { bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 2 } }),
  ).toMatchObject({
    status: 400,
  });
  const { body } = await ada.client.get(`/api/holds/${held.id}`);
  expect(body.lines).toEqual(held.lines);
  expect(await freeSeats(event)).toContain(3);
});

test('seats and places without numbers are one hold and one order', async () => {
  const organiser = await world.organiser();
  const event = await world.event({
    organiser,
    seats: [{ zone: 'gold', rows: 1, perRow: 10 }],
    fields: {
      pools: [{ key: 'floor', name: 'Floor', capacity: 5 }],
      ticketTypes: [
        { name: 'Gold', priceMinor: 3000, zone: 'gold' },
        { name: 'Standing', priceMinor: 2000, pools: ['floor'] },
      ],
    },
  });
  const { ticketTypes } = (await world.client().get(`/api/events/${event.id}`)).body;
  const standing = ticketTypes.find((type: { name: string }) => type.name === 'Standing').id;
  const ada = await world.guest();
  const held = await hold(ada, event, {
    ...inSeats(event, [4]),
    items: [{ ticketTypeId: standing, quantity: 2 }],
  });
  expect(held).toMatchObject({ status: 201, body: { total: { amount: 7000 } } });
  const changed = await change(ada, held.body.id, {
    ...inSeats(event, [5, 6]),
    items: [{ ticketTypeId: standing, quantity: 1 }],
  });
  expect(changed).toMatchObject({ status: 200, body: { total: { amount: 8000 } } });
  const buyer = { name: 'Ada Osei', email: 'ada-mixed@example.com' };
  const placed = (await ada.client.post('/api/orders', { holdId: held.body.id, buyer })).body;
  expect(placed.order).toMatchObject({ status: 'pending', total: { amount: 8000 } });
  expect(await change(ada, held.body.id, inSeats(event, [5]))).toMatchObject({
    status: 409,
    body: { code: 'already_ordered' },
  });
  await ada.client.post(`/api/sandbox/payments/${placed.payment.id}/confirmation`, {
    clientSecret: placed.payment.clientSecret,
    card: { number: '4242424242424242' },
  });
  await world.drain();
  const order = (await ada.client.get(`/api/orders/${placed.order.id}`)).body;
  expect(order.tickets).toHaveLength(3);
});

test('thirty people swap to and fro among twenty seats: each seat has one owner, and nobody loses a place', async () => {
  const event = await world.event({
    seats: [{ zone: 'gold', rows: 2, perRow: 10 }],
    fields: { placesPerNetwork: 0 },
  });
  const people = await Promise.all(Array.from({ length: 10 }, () => world.guest()));
  const holds = await Promise.all(
    people.map(async (person, i) => (await hold(person, event, inSeats(event, [i]))).body.id as string),
  );
  for (let round = 1; round <= 3; round++) {
    const answers = await Promise.all(
      people.map((person, i) =>
        change(person, holds[i] as string, inSeats(event, [(i * 3 + round * 7) % 20])),
      ),
    );
    for (const { status, body } of answers)
      expect([200, 'seats_taken']).toContain(status === 200 ? 200 : body.code);
    const seats = await Promise.all(
      people.map(async (person, i) => {
        const { lines } = (await person.client.get(`/api/holds/${holds[i]}`)).body;
        expect(lines).toMatchObject([{ quantity: 1 }]);
        return lines[0].seats[0].seatId;
      }),
    );
    expect(new Set(seats).size).toBe(10);
    expect(await freeSeats(event)).toHaveLength(10);
  }
});

test('two processes change one hold: the last answer is what it has', async () => {
  const event = await hall();
  const { url: other } = await world.another();
  const ada = await world.guest();
  const held = (await hold(ada, event, inSeats(event, [0]))).body;
  expect((await change(ada, held.id, inSeats(event, [1, 2]), other)).status).toBe(200);
  expect((await change(ada, held.id, inSeats(event, [2, 3]))).status).toBe(200);
  expect(await freeSeats(event)).toEqual(expect.arrayContaining([0, 1]));
  const order = await ada.client.post(`${other}/api/orders`, {
    holdId: held.id,
    buyer: { name: 'Ada', email: 'ada-two@example.com' },
  });
  expect(order.body.order.lines).toMatchObject([{ quantity: 2 }]);
});

test('a hold that ends earlier after a change is free for others at its new end', async () => {
  // A guest of the same network would share the clocks of the seats.
  const [ada, bob] = [await world.guest(), await world.user()];
  const seated = await hall();
  const first = (await hold(ada, seated, inSeats(seated, [0]))).body;
  world.clock.advance(minutes(6));
  await ada.client.delete(`/api/holds/${first.id}`);
  const second = (await hold(ada, seated, inSeats(seated, [5]))).body;
  const changed = await change(ada, second.id, inSeats(seated, [0, 5]));
  expect(changed.body).toMatchObject({ resumed: true, expiresAt: first.expiresAt });
  world.clock.advance(minutes(4));
  expect((await hold(bob, seated, inSeats(seated, [0, 5]))).status).toBe(201);
});
