import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SeatId, seatIndex } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { type NumberedLayout, planSeats } from '../seating/seat-plan.ts';
import { chooseAgain } from './choose-lines.ts';
import type { HoldLine } from './inventory.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Row A: two wheelchair places, a companion's seat, three seats. Row B: six seats, the middle ones marked. */
const layout = {
  width: 100,
  height: 60,
  zones: [{ key: 'stalls', name: 'Stalls', color: '#3366cc' }],
  sections: [
    {
      key: 'stalls',
      name: 'Stalls',
      rows: [
        { marks: { accessible: [0, 1], companion: [2] }, label: 'A', y: 30 },
        { marks: { accessible: [2], companion: [3] }, label: 'B', y: 45 },
      ].map(({ marks, label, y }) => ({
        label,
        zone: 'stalls',
        labels: ['1', '2', '3', '4', '5', '6'],
        x: [10, 20, 30, 40, 50, 60],
        y: [y, y, y, y, y, y],
        ...marks,
      })),
    },
  ],
} satisfies SeatLayout;

const seated = () =>
  world.event({
    fields: {
      seatLayout: layout,
      pools: [{ key: 'bar', name: 'Bar', capacity: 5 }],
      ticketTypes: [
        { name: 'Stalls', priceMinor: 3000, zone: 'stalls' },
        { name: 'Bar', priceMinor: 1000, pools: ['bar'] },
      ],
      maxPerBuyer: 30,
    },
  });

async function best(event: TestEvent, quantity: number, accessible?: number, typeAt = 0) {
  const ticketTypeId = event.ticketTypes[typeAt]?.id;
  const { client } = await world.guest();
  return client.post(`/api/events/${event.id}/holds`, {
    bestAvailable: { ticketTypeId, quantity, ...(accessible !== undefined && { accessible }) },
  });
}

const seatsOf = (event: TestEvent, { body }: Awaited<ReturnType<typeof best>>) =>
  body.lines.flatMap(({ seats }: { seats: { seatId: SeatId }[] }) =>
    seats.map(({ seatId }) => seatIndex(event.id, seatId)),
  );

test('a wheelchair user and a companion get places beside each other, or hear what is free', async () => {
  const event = await seated();
  expect(seatsOf(event, await best(event, 2, 1))).toEqual([1, 2]);
  expect(seatsOf(event, await best(event, 2, 1))).toEqual([8, 9]);
  // One wheelchair place is left, and nobody else sits beside it.
  expect(await best(event, 2, 1)).toMatchObject({
    status: 409,
    body: { code: 'accessible_taken', accessible: 1, companions: 0 },
  });
  expect(await best(event, 3, 2)).toMatchObject({ body: { accessible: 1, companions: 0 } });
  expect(seatsOf(event, await best(event, 1, 1))).toEqual([0]);
});

test('of many who ask at once as many get places as there are', async () => {
  const event = await seated();
  const answers = await Promise.all(Array.from({ length: 8 }, () => best(event, 1, 1)));
  const held = answers.filter(({ status }) => status === 201);
  expect(held.flatMap((answer) => seatsOf(event, answer)).sort()).toEqual([0, 1, 8]);
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set([undefined, 'accessible_taken']));
});

test('others get these places last, and are never told that they are sold out', async () => {
  const event = await seated();
  expect(seatsOf(event, await best(event, 3))).toEqual([3, 4, 5]);
  expect(seatsOf(event, await best(event, 4))).toEqual([6, 7, 10, 11]);
  expect(seatsOf(event, await best(event, 5))).toEqual([0, 1, 2, 8, 9]);
});

test('places without numbers, and more than can be asked for, are refused', async () => {
  const event = await seated();
  expect(await best(event, 2, 1, 1)).toMatchObject({ body: { code: 'accessible_taken', accessible: 0 } });
  expect(await best(event, 1, 2)).toMatchObject({
    status: 400,
    body: { issues: [{ path: 'body.bestAvailable.accessible' }] },
  });
  expect(await best(event, 21, 1)).toMatchObject({
    status: 400,
    body: { issues: [{ path: 'body.bestAvailable.quantity' }] },
  });
  expect(await best(event, 11, 11)).toMatchObject({ status: 400 });
});

test('late money for a wheelchair place buys another one, and never a seat', () => {
  const numbered = { id: 'map_1', layout, indexes: null, indexCount: 12 } as unknown as NumberedLayout;
  const plan = planSeats(numbered);
  const line = { ticketTypeId: 'tty_1', quantity: 2, pools: [], seats: [1, 2], seatMapId: 'map_1' };
  const again = (taken: number[]) => {
    const seats = Uint8Array.from({ length: 12 }, (_, index) => (taken.includes(index) ? 1 : 0));
    const state = { pools: new Map(), seats } as never;
    return chooseAgain({ seats: plan } as never, state, [line as unknown as HoldLine])?.[0]?.seats ?? null;
  };
  expect(again([])).toEqual([1, 2]);
  expect(again([1])).toEqual([8, 9]);
  expect(again([1, 8])).toEqual([0, 2]);
  expect(again([0, 1])).toEqual([8, 9]);
  expect(again([0, 1, 8])).toBeNull();
});
