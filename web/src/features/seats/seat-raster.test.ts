import { expect, test } from 'vitest';
import type { SeatModel } from './seat-model.ts';
import { rasterSeats, type SeatInks } from './seat-raster.ts';

const inks: SeatInks = {
  background: 0xffffffff,
  taken: 0xff888888,
  zones: [0xffff0000, 0xff0000ff],
};
/** Four seats in a row at a distance of 11, 20 from the edges; and one of another zone below. */
const model = {
  x: Int32Array.from([20, 31, 42, 53, 20]),
  y: Int32Array.from([20, 20, 20, 20, 40]),
  rows: [
    { first: 0, count: 4, zone: 0, box: { left: 15, top: 15, right: 58, bottom: 25 } },
    { first: 4, count: 1, zone: 1, box: { left: 15, top: 35, right: 25, bottom: 45 } },
  ],
} as unknown as SeatModel;

function draw(scale: number, zone: number | null = null, seats = Uint8Array.of(0b11101), shift = 0) {
  const width = 80 * scale;
  const pixels = { words: new Uint32Array(width * width), width, height: width };
  rasterSeats(pixels, { model, seats, zone }, { scale, x: shift, y: 0 }, inks);
  return (x: number, y: number) =>
    (pixels.words[Math.floor(y * scale) * width + Math.floor(x * scale)] ?? 0) >>> 0;
}

test('close by, a free seat is a large disc of its zone and a taken one a small one on the tint of its zone', () => {
  const at = draw(2);
  expect(at(20, 20)).toBe(inks.zones[0]);
  expect(at(23, 20)).toBe(inks.zones[0]);
  // At every distance a price has its own colour.
  expect(at(20, 40)).toBe(inks.zones[1]);
  expect(at(31, 20)).toBe(inks.taken);
  const tint = at(34, 20);
  expect([inks.zones[0], inks.taken, inks.background]).not.toContain(tint);
  expect(at(31, 30)).toBe(inks.background);
});

test('from afar a free seat is its zone and a taken one covers it', () => {
  const at = draw(0.25);
  const [free, taken] = [at(20.1, 20.1), at(31.1, 20.1)];
  const blue = (word: number) => (word >>> 16) & 255;
  expect(blue(free)).toBeGreaterThan((free & 255) + 60);
  expect(Math.abs(blue(taken) - (taken & 255))).toBeLessThan(60);
});

test('a filter leaves the other zones as a shadow', () => {
  const all = draw(2);
  const only = draw(2, 1);
  expect(only(20, 40)).toBe(all(20, 40));
  const shadow = only(20, 20);
  expect(shadow).not.toBe(inks.zones[0]);
  expect(shadow & 255).toBeGreaterThan(180);
});

test('seats half outside the picture are cut off, not wrapped around to its other side', () => {
  const at = draw(1, null, Uint8Array.of(0xff), -20);
  expect(at(0, 20)).toBe(inks.zones[0]);
  for (let y = 0; y < 80; y++) expect(at(79, y)).toBe(inks.background);
});

test('without knowing what is free, everything is shown as free', () => {
  const at = draw(2, null, null as never);
  expect(at(31, 20)).toBe(inks.zones[0]);
});
