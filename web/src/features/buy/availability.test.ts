import { expect, test } from 'vitest';
import { applyDelta, isFree, readAvailability } from './availability.ts';

const snapshot = readAvailability({
  version: 4,
  ticketTypes: [{ id: 'tty_A', available: 3 }],
  seatMapId: 'map_1',
  // Seats 0, 2 and 9 are free.
  seats: btoa(String.fromCharCode(0b101, 0b10)),
} as never);

const free = (seats: Uint8Array | null) => [...Array(16).keys()].filter((index) => isFree(seats, index));
const change = {
  eventId: 'evt_1',
  seatMapId: 'map_1' as const,
  ticketTypes: [{ id: 'tty_A', available: 2 }],
  freed: [15],
  taken: [2, 9],
};

test('bits are read lowest first', () => {
  expect(free(snapshot.seats)).toEqual([0, 2, 9]);
});

test('a change that follows is applied and leaves the old snapshot alone', () => {
  const next = applyDelta(snapshot, { ...change, from: 4, version: 5 });
  expect(next?.version).toBe(5);
  expect(next?.available).toEqual({ tty_A: 2 });
  expect(free(next?.seats ?? null)).toEqual([0, 15]);
  expect(free(snapshot.seats)).toEqual([0, 2, 9]);
});

test('a change that began before the snapshot says how things stand now, and is applied', () => {
  expect(applyDelta(snapshot, { ...change, from: 2, version: 6 })?.version).toBe(6);
});

test('a change that is already in the snapshot changes nothing', () => {
  expect(applyDelta(snapshot, { ...change, from: 3, version: 4 })).toBe(snapshot);
});

test('a gap is noticed', () => {
  expect(applyDelta(snapshot, { ...change, from: 5, version: 6 })).toBeNull();
});

test('a change of another seat map asks for the whole, and one without seats too', () => {
  expect(applyDelta(snapshot, { ...change, from: 4, version: 5, seatMapId: 'map_2' })).toBeNull();
  expect(applyDelta(snapshot, { ...change, from: 4, version: 5, seatMapId: null })).toBeNull();
  const { seatMapId: _, ...standing } = snapshot;
  expect(applyDelta(standing, { ...change, from: 4, version: 5, seatMapId: null })?.version).toBe(5);
  expect(applyDelta(standing, { ...change, from: 4, version: 5 })).toBeNull();
});
