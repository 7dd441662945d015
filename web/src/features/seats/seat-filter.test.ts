import { expect, test } from 'vitest';
import type { SeatMap } from '../../../../contract/seating.ts';
import { fewShown, filtersIn, shownBy } from './seat-filter.ts';
import { neighbour, readSeatMap, rowEnd } from './seat-model.ts';

const seat = (at: number, marks: object = {}) => ({
  id: `seat_1_${at}`,
  label: String(at),
  x: (at % 4) * 10,
  y: Math.floor(at / 4) * 10,
  ...marks,
});
const rows = [
  [seat(0), seat(1, { accessible: true }), seat(2, { companion: true }), seat(3)],
  [seat(4, { restrictedView: true }), seat(5), seat(6), seat(7, { accessible: true, restrictedView: true })],
  [seat(8), seat(9), seat(10), seat(11)],
];
const map = (count: number) =>
  ({
    zones: [{ key: 'a', name: 'A', color: '#112233' }],
    sections: [
      {
        key: 's',
        name: 'S',
        rows: rows.slice(-count).map((seats, i) => ({ label: `${i}`, zone: 'a', seats })),
      },
    ],
  }) as unknown as SeatMap;
const model = readSeatMap(map(3), { ticketTypes: [] });
const passing = (...chosen: Parameters<typeof shownBy>[1]) =>
  [...(shownBy(model, chosen)?.entries() ?? [])].flatMap(([at, is]) => (is ? [at] : []));

test('a room offers the filters that say something about it', () => {
  expect(filtersIn(model)).toEqual(['accessible', 'companion', 'clear']);
  expect(filtersIn(readSeatMap(map(2), { ticketTypes: [] }))).toEqual(['accessible', 'clear']);
  expect(filtersIn(readSeatMap(map(1), { ticketTypes: [] }))).toEqual([]);
});

test('wheelchair places and companion seats are shown together, and a clear view is demanded of both', () => {
  expect(shownBy(model, [])).toBeNull();
  expect(passing('accessible')).toEqual([1, 7]);
  expect(passing('accessible', 'companion')).toEqual([1, 2, 7]);
  expect(passing('accessible', 'clear')).toEqual([1]);
  expect(passing('clear')).toEqual([0, 1, 2, 3, 5, 6, 8, 9, 10, 11]);
});

test('the keyboard goes from one shown seat to the next, and stays if there is none', () => {
  const shown = shownBy(model, ['accessible', 'companion']);
  expect(neighbour(model, 1, 'ArrowRight', shown)).toBe(2);
  expect(neighbour(model, 2, 'ArrowRight', shown)).toBe(2);
  expect(neighbour(model, 2, 'ArrowLeft', shown)).toBe(1);
  expect(neighbour(model, 0, 'ArrowRight', shown)).toBe(1);
  expect(neighbour(model, 1, 'ArrowDown', shown)).toBe(7);
  expect(neighbour(model, 7, 'ArrowDown', shown)).toBe(7);
  expect(rowEnd(model, 2, 'Home', shown)).toBe(1);
  expect(rowEnd(model, 1, 'End', shown)).toBe(2);
  expect(rowEnd(model, 9, 'End', shown)).toBe(9);
});

test('only a few seats are drawn larger', () => {
  expect(fewShown(Uint8Array.of(0, 1, 0, 1))).toEqual([1, 3]);
  expect(fewShown(new Uint8Array(501).fill(1))).toEqual([]);
});
