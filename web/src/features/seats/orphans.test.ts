import { expect, test } from 'vitest';
import { orphansLeft } from './orphans.ts';
import { readSeatMap } from './seat-model.ts';

/** A row of ten seats, an aisle after the sixth, a wheelchair's place at its end; and a row of two behind it. */
const model = readSeatMap(
  {
    zones: [{ key: 'all', name: 'All', color: '#112233' }],
    sections: [
      {
        key: 'hall',
        name: 'Hall',
        rows: [10, 2].map((count, row) => ({
          label: String(row),
          zone: 'all',
          seats: Array.from({ length: count }, (_, i) => ({
            id: `seat_E_${row}_${i}`,
            label: String(i + 1),
            x: i * 11,
            y: row * 16,
            ...(row === 0 && i === 5 && { aisleAfter: true }),
            ...(row === 0 && i === 9 && { accessible: true }),
          })),
        })),
      },
    ],
  } as never,
  { ticketTypes: [] } as never,
);

function left(chosen: number[], taken: number[] = []): number[] {
  const seats = new Uint8Array(2).fill(255);
  for (const seat of taken) seats[seat >> 3] = (seats[seat >> 3] ?? 0) & ~(1 << (seat & 7));
  return orphansLeft(model, seats, new Set(chosen));
}

test('a seat between what is chosen and what is taken is left alone', () => {
  expect(left([1, 2], [4])).toEqual([0, 3]);
  expect(left([2, 3], [5])).toEqual([4]);
});

test('a seat between two chosen ones is left alone', () => {
  expect(left([0, 2])).toEqual([1]);
});

test('a seat beside an aisle or the end of a row is left alone, and an aisle parts neighbours', () => {
  expect(left([4], [3])).toEqual([5]);
  expect(left([1, 2])).toEqual([0]);
  expect(left([6, 7], [8])).toEqual([]);
  expect(left([5], [3, 4])).toEqual([]);
});

test('two seats left beside each other are company, across rows there is none', () => {
  expect(left([2, 3])).toEqual([]);
  expect(left([10])).toEqual([11]);
});

test('who was alone before, or is in a wheelchair, is not left alone by this choice', () => {
  expect(left([4, 5], [1, 3])).toEqual([]);
  expect(left([7, 8])).toEqual([6]);
});

test('nothing is said of what is not known', () => {
  expect(orphansLeft(model, null, new Set([1]))).toEqual([]);
});
