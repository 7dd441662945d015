import { assert, integer, property, record, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { bestAvailable } from '../../../../contract/best-seats.ts';
import type { SeatLayout } from '../../../../contract/layout.ts';
import { arenaLayout } from '../../../../server/demo/arena-layout.ts';
import { buildSeatMap } from '../../../../server/features/seating/seat-map.ts';
import { type NumberedLayout, planSeats } from '../../../../server/features/seating/seat-plan.ts';
import { findBest } from './find-best.ts';
import { readSeatMap } from './seat-model.ts';

const row = (label: string, zone: string, left: number, y: number, count: number) => ({
  label,
  zone,
  labels: Array.from({ length: count }, (_, i) => String(i + 1)),
  x: Array.from({ length: count }, (_, i) => left + i * 10),
  y: Array.from({ length: count }, () => y),
  ...(count > 6 && { gapsAfter: [3] }),
});
/** Two wings; the second one in the list is nearer to the middle of the stage. */
const hall: SeatLayout = {
  width: 400,
  height: 200,
  stage: { x: 200, y: 0, width: 100, height: 20, label: '' },
  zones: [
    { key: 'near', name: 'Near', color: '#112233' },
    { key: 'far', name: 'Far', color: '#445566' },
  ],
  sections: [
    { key: 'left', name: 'Left', rows: [row('A', 'near', 0, 40, 8), row('B', 'near', 0, 52, 8)] },
    {
      key: 'middle',
      name: 'Middle',
      rows: [row('A', 'near', 210, 50, 5), row('B', 'near', 205, 62, 7), row('C', 'far', 205, 74, 7)],
    },
  ],
};

function roomOf(layout: SeatLayout) {
  const numbered = {
    id: 'map_1',
    version: 1,
    layout,
    indexes: null,
    indexCount: 35,
  } as never as NumberedLayout & {
    version: number;
  };
  const map = buildSeatMap('evt_1', numbered);
  return { plan: planSeats(numbered), model: readSeatMap(map, { ticketTypes: [] } as never) };
}

test('the page finds the seats that the server would hold', () => {
  const { plan, model } = roomOf(hall);
  const some = record({
    taken: uniqueArray(integer({ min: 0, max: model.count - 1 })),
    quantity: integer({ min: 1, max: 9 }),
    zone: integer({ min: 0, max: 1 }),
  });
  assert(
    property(some, ({ taken, quantity, zone }) => {
      const statuses = new Uint8Array(model.count);
      const bits = new Uint8Array(Math.ceil(model.count / 8)).fill(255);
      for (const seat of taken) {
        statuses[seat] = 1;
        bits[seat >> 3] = (bits[seat >> 3] ?? 0) & ~(1 << (seat & 7));
      }
      const key = model.zones[zone]?.key ?? '';
      expect(findBest(model, bits, { zone, quantity, passed: new Set() })).toEqual(
        bestAvailable(plan, statuses, key, quantity),
      );
    }),
  );
});

test('a next suggestion leaves out the seats of those before it, until there are no more', () => {
  const { model } = roomOf(hall);
  const free = new Uint8Array(5).fill(255);
  const passed = new Set<number>();
  for (let round = 0; round < 3; round++) {
    const seats = findBest(model, free, { zone: 1, quantity: 2, passed }) ?? [];
    expect(seats).toHaveLength(2);
    expect(seats.some((seat) => passed.has(seat))).toBe(false);
    for (const seat of seats) passed.add(seat);
  }
  expect(findBest(model, free, { zone: 1, quantity: 2, passed })).toBeNull();
});

test('the arena, too, has the same best seats on both sides', () => {
  const layout = arenaLayout() as SeatLayout;
  const { plan, model } = roomOf(layout);
  expect(
    findBest(model, new Uint8Array(2250).fill(255), { zone: 0, quantity: 4, passed: new Set() }),
  ).toEqual(bestAvailable(plan, new Uint8Array(18_000), 'lower-front', 4));
});
