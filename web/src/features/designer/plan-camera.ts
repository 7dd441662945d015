import {
  at,
  between,
  type Camera,
  fitTo,
  type Size,
  type View,
  viewOf,
  zoomed,
} from '../seats/seat-camera.ts';
import type { Box } from '../seats/seat-model.ts';

const flightMs = 220;
/** Pixels per map unit: from a stadium on a phone to one seat as large as a hand. */
const scales = { least: 0.004, most: 12 };

export type PlanCamera = ReturnType<typeof createPlanCamera>;

/**
 * The camera over the plan. It lives outside React, because each frame of a gesture changes it. The plan grows while
 * somebody draws, so unlike the buyer's camera this one has no edge that it stops at.
 */
export function createPlanCamera() {
  let size: Size = { width: 0, height: 0 };
  let camera: Camera = { scale: 1, x: 0, y: 0 };
  let flight: { from: View; to: View; startMs: number | null } | null = null;
  /** What to show as soon as the size is known. */
  let wanted: Box | null = null;
  const listeners = new Set<() => void>();
  const move = (next: Camera) => {
    camera = next;
    for (const listener of listeners) listener();
  };
  const jump = (next: Camera) => {
    flight = null;
    move(next);
  };
  const flyTo = (next: Camera) => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return jump(next);
    flight = { from: viewOf(camera, size), to: viewOf(next, size), startMs: null };
    move(camera);
  };
  const within = (scale: number) => Math.min(Math.max(scale, scales.least), scales.most);
  return {
    get camera() {
      return camera;
    },
    get size() {
      return size;
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** One step of a flight. True if another one follows. */
    step(nowMs: number): boolean {
      if (!flight) return false;
      flight.startMs ??= nowMs;
      const share = Math.min((nowMs - flight.startMs) / flightMs, 1);
      const { from, to } = flight;
      if (share === 1) flight = null;
      move(at(between(from, to, share), size));
      return share < 1;
    },
    resize(next: Size): void {
      const view = viewOf(camera, size);
      const isFirst = size.width === 0;
      size = next;
      if (isFirst && wanted) jump(fitTo(wanted, size, 4, 32));
      else jump(at(view, size));
    },
    panBy: (dx: number, dy: number) => jump({ ...camera, x: camera.x + dx, y: camera.y + dy }),
    zoomBy(factor: number, px: number, py: number): void {
      jump(zoomed(camera, within(camera.scale * factor) / camera.scale, px, py));
    },
    zoomStep(factor: number): void {
      flyTo(zoomed(camera, within(camera.scale * factor) / camera.scale, size.width / 2, size.height / 2));
    },
    /** Shows a box as large as fits, at most so close that a seat has 40 pixels. */
    show(box: Box, instantly = false): void {
      wanted = box;
      if (size.width === 0) return;
      const next = fitTo(box, size, 4, 32);
      if (instantly) jump(next);
      else flyTo(next);
    },
    /** Moves so that a box is in sight, if it is not. */
    reveal(box: Box): void {
      const left = box.left * camera.scale + camera.x;
      const right = box.right * camera.scale + camera.x;
      const top = box.top * camera.scale + camera.y;
      const bottom = box.bottom * camera.scale + camera.y;
      if (left >= 0 && top >= 0 && right <= size.width && bottom <= size.height) return;
      const fits = right - left <= size.width && bottom - top <= size.height;
      const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
      flyTo(fits ? at({ ...middle, scale: camera.scale }, size) : fitTo(box, size, camera.scale, 32));
    },
    /** A point of the screen in map units. */
    toMap: (px: number, py: number): [number, number] => [
      (px - camera.x) / camera.scale,
      (py - camera.y) / camera.scale,
    ],
  };
}
