import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMapCamera } from './map-camera.ts';
import type { SeatModel } from './seat-model.ts';

const model = {
  bounds: { left: 0, top: 0, right: 4000, bottom: 2000 },
  sections: [
    { name: 'Stalls', seats: 100, box: { left: 500, top: 200, right: 700, bottom: 300 } },
    {
      name: 'Nothing',
      seats: 0,
      box: { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity },
    },
  ],
  x: Int32Array.of(1000),
  y: Int32Array.of(500),
} as unknown as SeatModel;
const size = { width: 800, height: 600 };

let calm = false;
beforeEach(() => {
  calm = false;
  // Node has no screen to ask: what the reader wishes is what the test says.
  vi.stubGlobal('matchMedia', () => ({ matches: calm }));
});
afterEach(() => vi.unstubAllGlobals());

function openMap(start: Parameters<typeof createMapCamera>[1] = null) {
  const camera = createMapCamera(model, start);
  camera.resize(size);
  return camera;
}

/** Frame by frame, as the map is drawn; returns how many it took. */
function land(camera: ReturnType<typeof openMap>): number {
  let frames = 1;
  for (let nowMs = 5_000; camera.step(nowMs); nowMs += 16) frames++;
  return frames;
}

test('the whole room stays whole in another window; a view that somebody chose keeps its middle', () => {
  const camera = openMap();
  expect(camera.whole).toBe(true);
  const before = camera.camera.scale;
  camera.resize({ width: 390, height: 600 });
  expect(camera.whole).toBe(true);
  expect(camera.camera.scale).toBeLessThan(before);

  camera.zoomBy(4, 195, 300);
  expect(camera.whole).toBe(false);
  const { view } = camera;
  camera.resize(size);
  expect(camera.whole).toBe(false);
  expect(camera.view.x).toBeCloseTo(view.x, 6);
  expect(camera.view.y).toBeCloseTo(view.y, 6);
  expect(camera.view.scale).toBe(view.scale);
});

test('what was looked at before is looked at again', () => {
  const camera = openMap({ x: 900, y: 450, scale: 2 });
  expect(camera.whole).toBe(false);
  expect(camera.view).toEqual({ x: 900, y: 450, scale: 2 });
});

test('it flies to a section in a third of a second and tells of each frame', () => {
  const camera = openMap();
  const told = vi.fn();
  const stop = camera.subscribe(told);
  camera.showSection(0);
  const frames = land(camera);
  expect(frames).toBeGreaterThan(15);
  expect(frames).toBeLessThan(25);
  expect(told.mock.calls.length).toBeGreaterThanOrEqual(frames);
  expect(camera.view.x).toBeCloseTo(600, 6);
  expect(camera.view.y).toBeCloseTo(250, 6);
  expect(camera.view.scale).toBeCloseTo(2.6, 6);
  stop();
  told.mockClear();
  camera.panBy(1, 1);
  expect(told).not.toHaveBeenCalled();
});

test('where less motion is wished it is there at once', () => {
  calm = true;
  const camera = openMap();
  camera.showSection(0);
  expect(camera.view.scale).toBeCloseTo(2.6, 6);
  expect(camera.step(0)).toBe(false);
  camera.showAll();
  expect(camera.whole).toBe(true);
});

test('a finger on the map ends a flight', () => {
  const camera = openMap();
  camera.showSection(0);
  camera.step(0);
  camera.step(100);
  camera.panBy(10, 0);
  const { view } = camera;
  expect(camera.step(200)).toBe(false);
  expect(camera.view).toEqual(view);
});

test('the whole room is whole again only when the flight has landed', () => {
  const camera = openMap({ x: 900, y: 450, scale: 2 });
  camera.showAll();
  camera.step(0);
  camera.step(100);
  expect(camera.whole).toBe(false);
  land(camera);
  expect(camera.whole).toBe(true);
});

test('buttons zoom about the middle, and not beyond what can be seen', () => {
  calm = true;
  const camera = openMap({ x: 900, y: 450, scale: 2 });
  camera.zoomStep(1.5);
  expect(camera.view).toEqual({ x: 900, y: 450, scale: 3 });
  for (let i = 0; i < 10; i++) camera.zoomStep(1.6);
  expect(camera.view.scale).toBe(6);
  for (let i = 0; i < 30; i++) camera.zoomStep(1 / 1.6);
  expect(camera.view.scale * 4000).toBeGreaterThan(0.79 * (800 - 48));
});

test('at its limits a zoom leaves the map where it is, wherever the fingers are', () => {
  const camera = openMap({ x: 900, y: 450, scale: 6 });
  camera.zoomBy(1.5, 10, 20);
  expect(camera.view).toEqual({ x: 900, y: 450, scale: 6 });
  camera.zoomBy(1e-6, 400, 300);
  const furthest = camera.view;
  camera.zoomBy(0.5, 10, 20);
  expect(camera.view.x).toBeCloseTo(furthest.x, 6);
  expect(camera.view.scale).toBeCloseTo(furthest.scale, 6);
});

test('the map is not dragged off the screen, and a section without places is nowhere to go', () => {
  const camera = openMap({ x: 900, y: 450, scale: 2 });
  camera.panBy(1e6, -1e6);
  expect(camera.view).toEqual({ x: 0, y: 2000, scale: 2 });
  camera.centre(300, 400);
  expect(camera.view).toEqual({ x: 300, y: 400, scale: 2 });
  camera.showSection(1);
  camera.showSection(7);
  expect(camera.step(0)).toBe(false);
  expect(camera.view).toEqual({ x: 300, y: 400, scale: 2 });
});
