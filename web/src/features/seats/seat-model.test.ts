import { expect, test } from 'vitest';
import { isFree } from '../buy/availability.ts';
import {
  areaAt,
  bitsInMapOrder,
  neighbour,
  readSeatMap,
  rowOf,
  seatAt,
  seatOf,
  seatOfIndex,
  zoneOf,
} from './seat-model.ts';

const row = (label: string, zone: string, y: number, count: number, first: number, left = 0) => ({
  label,
  zone,
  seats: Array.from({ length: count }, (_, i) => ({
    id: `seat_E_${first + i}`,
    label: String(i + 1),
    x: left + i * 10,
    y,
  })),
});
const model = readSeatMap(
  {
    eventId: 'evt_E',
    seatCount: 9,
    width: 200,
    height: 200,
    zones: [
      { key: 'near', name: 'Near', color: '#112233' },
      { key: 'far', name: 'Far', color: '#445566' },
    ],
    sections: [
      { key: 'stalls', name: 'Stalls', rows: [row('A', 'near', 100, 3, 0), row('B', 'far', 112, 4, 3)] },
      {
        key: 'standing',
        name: 'Standing',
        rows: [],
        outline: [
          [0, 0],
          [50, 40],
          [0, 40],
        ],
        pool: 'floor',
      },
      { key: 'box', name: 'Box', rows: [row('1', 'near', 150, 2, 7, 150)] },
    ],
  } as never,
  {
    ticketTypes: [
      { id: 'tty_N', zone: 'near' },
      { id: 'tty_F', zone: 'far' },
      { id: 'tty_S', zone: null, pools: ['floor'] },
      { id: 'tty_B', zone: null, pools: ['balcony'] },
    ],
  } as never,
);

test('seats are numbered through sections and rows in order', () => {
  expect(model.count).toBe(9);
  expect([0, 2, 3, 6, 7, 8].map((seat) => seatOf(model, seat).id)).toEqual([
    'seat_E_0',
    'seat_E_2',
    'seat_E_3',
    'seat_E_6',
    'seat_E_7',
    'seat_E_8',
  ]);
  expect(seatOf(model, 8)).toMatchObject({ section: 'Box', row: '1', label: '2' });
});

test('a seat is sold by the ticket types of its zone', () => {
  expect(zoneOf(model, 1).types.map((type) => type.id)).toEqual(['tty_N']);
  expect(zoneOf(model, 4).types.map((type) => type.id)).toEqual(['tty_F']);
});

test('a standing area is sold by the ticket types of its pool, and found by a point inside its outline', () => {
  expect(model.areas).toMatchObject([{ section: 1, name: 'Standing', types: [{ id: 'tty_S' }] }]);
  expect(areaAt(model, 10, 30)?.name).toBe('Standing');
  expect(areaAt(model, 45, 10)).toBeNull();
  expect(areaAt(model, 10, 41)).toBeNull();
});

test('a standing area without a pool is sold by the types that belong to no other area', () => {
  const outline = [
    [0, 0],
    [9, 0],
    [9, 9],
  ];
  const section = (key: string, pool?: string) => ({
    key,
    name: key,
    rows: [],
    outline,
    ...(pool && { pool }),
  });
  const { areas } = readSeatMap(
    { zones: [], sections: [section('floor', 'floor'), section('rest')] } as never,
    {
      ticketTypes: [
        { id: 'tty_S', zone: null, pools: ['floor'] },
        { id: 'tty_B', zone: null, pools: ['balcony'] },
        { id: 'tty_N', zone: 'near', pools: ['zone-near'] },
      ],
    } as never,
  );
  expect(areas.map(({ types }) => types.map(({ id }) => id))).toEqual([['tty_S'], ['tty_B']]);
});

test('a point finds the nearest seat within reach, and none beyond', () => {
  expect(seatAt(model, 12, 101, 5)).toBe(1);
  expect(seatAt(model, 9, 111, 6)).toBe(4);
  expect(seatAt(model, 100, 60, 8)).toBeNull();
});

test('bounds take in seats and standing areas', () => {
  expect(model.bounds).toEqual({ left: -5, top: 0, right: 165, bottom: 155 });
});

test('arrow keys stay in the row and cross to the nearest seat of the next', () => {
  expect(neighbour(model, 0, 'ArrowLeft')).toBe(0);
  expect(neighbour(model, 1, 'ArrowRight')).toBe(2);
  expect(neighbour(model, 1, 'ArrowDown')).toBe(4);
  expect(rowOf(model, neighbour(model, 6, 'ArrowUp')).label).toBe('A');
  expect(neighbour(model, 0, 'ArrowUp')).toBe(0);
});

test('of an edited map, what is free goes by the index of each seat and not by its place', () => {
  // A new row stands before row A, whose seats keep their indexes; seat 1 is gone.
  const map = {
    ...model.map,
    sections: [
      {
        key: 's',
        name: 'S',
        rows: [row('0', 'near', 88, 2, 9), row('A', 'near', 100, 1, 0), row('C', 'far', 112, 1, 2)],
      },
    ],
  };
  const edited = readSeatMap(map as never, { ticketTypes: [] } as never);
  expect([...edited.index]).toEqual([9, 10, 0, 2]);
  expect([10, 0, 1, 2].map((index) => seatOfIndex(edited, index))).toEqual([1, 2, null, 3]);
  // Free: the indexes 0, 1 and 10.
  const bits = bitsInMapOrder(edited, new Uint8Array([0b011, 0b100]));
  expect([0, 1, 2, 3].map((seat) => isFree(bits, seat))).toEqual([false, true, true, false]);
  const same = new Uint8Array([0xff, 1]);
  expect(bitsInMapOrder(model, same)).toBe(same);
});
