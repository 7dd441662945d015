import { describe, expect, test } from 'vitest';
import { type SeatLayout, seatLayoutSchema } from '../../contract/layout.ts';
import { layoutIssues } from '../features/seating/layout-issues.ts';
import { countSeats, countSeatsByZone } from '../features/seating/seat-plan.ts';
import { arenaLayout } from './arena-layout.ts';
import { hallLayout, theatreLayout } from './layouts.ts';

const hall = hallLayout({
  rows: 12,
  perRow: 20,
  frontRows: 6,
  zones: [
    { key: 'front', name: 'Front', color: '#b3325f' },
    { key: 'back', name: 'Back', color: '#2a6f97' },
  ],
  section: 'Hall',
  stageLabel: 'Podium',
});

describe.each([
  ['theatre', theatreLayout()],
  ['arena', arenaLayout()],
  ['hall', hall],
])('the %s', (_, layout) => {
  test('is a layout that an organiser could send', () => {
    expect(seatLayoutSchema.parse(layout)).toEqual(layout);
    expect(layoutIssues(layout)).toEqual([]);
  });

  test('has no two seats that overlap', () => {
    expect(closestSeats(layout)).toBeGreaterThanOrEqual(9);
  });

  test('keeps seats off the stage and inside the map', () => {
    const { stage } = layout;
    if (!stage) throw new Error('no stage');
    for (const { x, y } of seatsOf(layout)) {
      const onStage =
        x >= stage.x && x <= stage.x + stage.width && y >= stage.y && y <= stage.y + stage.height;
      expect(onStage).toBe(false);
      expect(x >= 5 && x <= layout.width - 5 && y >= 5 && y <= layout.height - 5).toBe(true);
    }
  });
});

test('the theatre has about 1,200 seats in stalls, circle and boxes, rows of unequal length and three zones', () => {
  const layout = theatreLayout();
  expect(countSeats(layout)).toBe(1195);
  expect(layout.sections.map((section) => section.name)).toEqual(['Stalls', 'Circle', 'Boxes']);
  expect(Object.fromEntries(countSeatsByZone(layout))).toEqual({ premium: 296, standard: 501, value: 398 });
  const lengths = new Set(layout.sections.flatMap((section) => section.rows.map((row) => row.labels.length)));
  expect(lengths.size).toBeGreaterThan(15);
  const accessible = layout.sections.flatMap((section) =>
    section.rows.flatMap((row) => row.accessible ?? []),
  );
  expect(accessible.length).toBe(8);
  const rows = layout.sections.flatMap((section) => section.rows);
  expect(rows.flatMap((row) => row.companion ?? []).length).toBe(4);
});

test('the arena has exactly 18,000 seats in 34 blocks around a standing floor', () => {
  const layout = arenaLayout();
  expect(countSeats(layout)).toBe(18_000);
  const standing = layout.sections.filter((section) => section.outline);
  expect(standing.map((section) => section.rows)).toEqual([[]]);
  expect(layout.sections.length - standing.length).toBe(34);
  expect([...countSeatsByZone(layout).values()].every((count) => count > 3000)).toBe(true);
});

test('seats of a row run from left to right for whoever faces the stage or the floor', () => {
  const block = (key: string) => arenaLayout().sections.find((section) => section.key === key)?.rows[0];
  // People left of the floor look to the right: their left hand points to the stage, up on the map.
  const left = block('block-101');
  expect(left && left.y[0]! < left.y.at(-1)!).toBe(true);
  const end = block('block-109');
  expect(end && end.x[0]! < end.x.at(-1)!).toBe(true);
  const right = block('block-117');
  expect(right && right.y[0]! > right.y.at(-1)!).toBe(true);
});

function seatsOf(layout: SeatLayout): { x: number; y: number }[] {
  return layout.sections.flatMap((section) =>
    section.rows.flatMap((row) => row.x.map((x, i) => ({ x, y: row.y[i]! }))),
  );
}

/** The smallest distance between two seats, found through a grid of cells as large as a seat. */
function closestSeats(layout: SeatLayout): number {
  const cells = Map.groupBy(seatsOf(layout), ({ x, y }) => `${Math.floor(x / 10)},${Math.floor(y / 10)}`);
  let closest = Number.POSITIVE_INFINITY;
  for (const [cell, seats] of cells) {
    const [column, row] = cell.split(',').map(Number) as [number, number];
    const around = [-1, 0, 1].flatMap((dx) =>
      [-1, 0, 1].flatMap((dy) => cells.get(`${column + dx},${row + dy}`) ?? []),
    );
    for (const a of seats) {
      for (const b of around) if (a !== b) closest = Math.min(closest, Math.hypot(a.x - b.x, a.y - b.y));
    }
  }
  return closest;
}
