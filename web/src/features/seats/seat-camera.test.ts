import { assert, double, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { frameOn, minimapCamera, minimapSize, pointUnder } from './minimap.ts';
import {
  at,
  between,
  type Camera,
  fitToSection,
  fitWhole,
  showing,
  viewOf,
  within,
  zoomed,
} from './seat-camera.ts';
import { SEAT, type SeatModel } from './seat-model.ts';

const bounds = { left: 0, top: 0, right: 4000, bottom: 2000 };
const model = { bounds, x: Int32Array.of(1000, 2000), y: Int32Array.of(500, 1000) } as unknown as SeatModel;
const size = { width: 390, height: 600 };

const between1 = (min: number, max: number) => double({ min, max, noNaN: true });
const anyCamera = record({
  scale: between1(0.01, 6),
  x: between1(-5000, 5000),
  y: between1(-5000, 5000),
});
/** Where a point of the map is on the screen. */
const pixel = ({ scale, x, y }: Camera, mapX: number, mapY: number) => ({
  x: mapX * scale + x,
  y: mapY * scale + y,
});

test('zooming leaves the point under the fingers where it is, however far', () => {
  assert(
    property(anyCamera, between1(0.1, 10), between1(0, 390), between1(0, 600), (camera, factor, px, py) => {
      const held = pointUnder(camera, px, py);
      const after = zoomed(camera, factor, px, py);
      expect(after.scale).toBeCloseTo(camera.scale * factor, 6);
      expect(pixel(after, held.x, held.y).x).toBeCloseTo(px, 3);
      expect(pixel(after, held.x, held.y).y).toBeCloseTo(py, 3);
    }),
  );
});

test('a point goes to the screen and back, and a view is looked at the same again', () => {
  assert(
    property(anyCamera, between1(0, 4000), between1(0, 2000), (camera, x, y) => {
      const on = pixel(camera, x, y);
      const back = pointUnder(camera, on.x, on.y);
      expect([back.x, back.y].map((each) => Math.round(each * 100))).toEqual(
        [x, y].map((each) => Math.round(each * 100)),
      );
      const again = at(viewOf(camera, size), size);
      expect(again.x).toBeCloseTo(camera.x, 3);
      expect(again.y).toBeCloseTo(camera.y, 3);
    }),
  );
});

test('in another window the middle stays the middle', () => {
  const view = viewOf({ scale: 2, x: -300, y: -200 }, size);
  expect(viewOf(at(view, { width: 1280, height: 700 }), { width: 1280, height: 700 })).toEqual(view);
});

test('the whole room stands between what covers the map', () => {
  const camera = fitWhole(bounds, size);
  const [first, last] = [pixel(camera, 0, 0), pixel(camera, 4000, 2000)];
  expect(first.x).toBeGreaterThanOrEqual(24);
  expect(last.x).toBeLessThanOrEqual(390 - 24);
  expect(first.y).toBeGreaterThanOrEqual(64);
  expect(last.y).toBeLessThanOrEqual(600 - 52);
});

test('a section is looked at from so near that its seats can be hit, and in its middle', () => {
  const small = { left: 100, top: 100, right: 180, bottom: 160 };
  const near = fitToSection(small, size);
  expect(near.scale).toBe(2.6);
  const wide = { left: 0, top: 0, right: 3000, bottom: 400 };
  const close = fitToSection(wide, size);
  expect(close.scale * SEAT).toBeCloseTo(17, 6);
  for (const [box, camera] of [
    [small, near],
    [wide, close],
  ] as const) {
    const view = viewOf(camera, size);
    expect(view.x).toBeCloseTo((box.left + box.right) / 2, 6);
    expect(view.y).toBeCloseTo((box.top + box.bottom) / 2, 6);
  }
});

test('nobody gets lost: neither too far, nor too near, nor beside the room', () => {
  assert(
    property(anyCamera, between1(0.001, 1000), (camera, factor) => {
      const kept = within(zoomed(camera, factor, 195, 300), model, size);
      const view = viewOf(kept, size);
      expect(view.scale).toBeLessThanOrEqual(6.000_001);
      expect(view.scale * 4000).toBeGreaterThan(0.79 * (390 - 48));
      expect(view.x).toBeGreaterThanOrEqual(-0.01);
      expect(view.x).toBeLessThanOrEqual(4000.01);
      expect(view.y).toBeGreaterThanOrEqual(-0.01);
      expect(view.y).toBeLessThanOrEqual(2000.01);
    }),
  );
  const good = at({ x: 2000, y: 1000, scale: 1 }, size);
  expect(within(good, model, size)).toBe(good);
});

test('to show a seat the map moves no further than it must', () => {
  const seen = at({ x: 1000, y: 500, scale: 2 }, size);
  expect(showing(seen, model, 0, size)).toBe(seen);
  const moved = showing(seen, model, 1, size);
  expect(viewOf(moved, size)).toEqual({ x: 2000, y: 1000, scale: 2 });
  // From afar it comes closer too: nobody sees one seat of 18,000.
  expect(viewOf(showing(fitWhole(bounds, size), model, 0, size), size)).toEqual({
    x: 1000,
    y: 500,
    scale: 1.7,
  });
});

test('a flight begins and ends where it should, and grows evenly', () => {
  const [from, to] = [
    { x: 0, y: 0, scale: 1 },
    { x: 100, y: 50, scale: 4 },
  ];
  expect(between(from, to, 0)).toEqual(from);
  expect(between(from, to, 1)).toEqual(to);
  const half = between(from, to, 1 - 0.5 ** (1 / 3));
  expect(half.scale).toBeCloseTo(2, 6);
  const slide = between(from, { ...to, scale: 1 }, 1 - 0.5 ** (1 / 3));
  expect(slide.x).toBeCloseTo(50, 6);
});

test('the frame on the minimap is what the map shows, and a point in it leads there', () => {
  const small = minimapCamera(bounds);
  expect(minimapSize(bounds)).toEqual({ width: 132, height: 66 });
  expect(minimapSize({ ...bounds, bottom: 40_000 }).height).toBe(150);
  assert(
    property(between1(0, 4000), between1(0, 2000), between1(0.1, 6), (x, y, scale) => {
      const frame = frameOn(small, at({ x, y, scale }, size), size);
      expect(frame.width).toBeCloseTo((390 / scale) * small.scale, 6);
      expect(frame.height).toBeCloseTo((600 / scale) * small.scale, 6);
      const middle = pointUnder(small, frame.x + frame.width / 2, frame.y + frame.height / 2);
      expect(middle.x).toBeCloseTo(x, 3);
      expect(middle.y).toBeCloseTo(y, 3);
    }),
  );
});
