import {
  at,
  between,
  type Camera,
  fitToSeats,
  fitToSection,
  fitWhole,
  type Size,
  scaleWithin,
  showing,
  type View,
  viewOf,
  within,
  zoomed,
} from './seat-camera.ts';
import type { SeatModel } from './seat-model.ts';

/** How long the map takes to move to a new place. */
const FLIGHT_MS = 280;

export type MapCamera = ReturnType<typeof createMapCamera>;

/**
 * The map's camera. It is outside of React, because it changes with every frame of a gesture. The map and the minimap
 * listen to it.
 */
export function createMapCamera(model: SeatModel, start: View | null) {
  let size: Size = { width: 0, height: 0 };
  let camera: Camera = { scale: 1, x: 0, y: 0 };
  let flight: { from: View; to: View; startMs: number | null; toWhole: boolean } | null = null;
  /** True if everything is visible. Then it stays so when the window changes. */
  let whole = start === null;
  const listeners = new Set<() => void>();

  const move = (next: Camera, isWhole = false) => {
    camera = within(next, model, size);
    whole = isWhole;
    for (const listener of listeners) listener();
  };
  const set = (next: Camera) => {
    flight = null;
    move(next);
  };
  const flyTo = (next: Camera, toWhole = false) => {
    const to = within(next, model, size);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      flight = null;
      return move(to, toWhole);
    }
    flight = { from: viewOf(camera, size), to: viewOf(to, size), startMs: null, toWhole };
    move(camera);
  };
  return {
    get camera() {
      return camera;
    },
    get size() {
      return size;
    },
    get whole() {
      return whole;
    },
    get view(): View {
      return viewOf(camera, size);
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** One step of a flight. True if another one follows. */
    step(nowMs: number): boolean {
      if (!flight) return false;
      flight.startMs ??= nowMs;
      const share = Math.min((nowMs - flight.startMs) / FLIGHT_MS, 1);
      const { from, to, toWhole } = flight;
      if (share === 1) flight = null;
      move(at(between(from, to, share), size), share === 1 && toWhole);
      return share < 1;
    },
    /** In a resized window the centre stays the same. */
    resize(next: Size) {
      const view = size.width === 0 ? start : viewOf(camera, size);
      size = next;
      flight = null;
      if (whole || !view) move(fitWhole(model.bounds, size), true);
      else move(at(view, size));
    },
    panBy: (dx: number, dy: number) => set({ ...camera, x: camera.x + dx, y: camera.y + dy }),
    /** Zooms within the limits. Beyond them, the point under the fingers would slide away. */
    zoomBy(factor: number, px: number, py: number) {
      const scale = scaleWithin(camera.scale * factor, model, size);
      set(zoomed(camera, scale / camera.scale, px, py));
    },
    /** Zooms about the centre, as the buttons do. */
    zoomStep: (factor: number) => flyTo(zoomed(camera, factor, size.width / 2, size.height / 2)),
    showAll: () => flyTo(fitWhole(model.bounds, size), true),
    showSection(section: number) {
      const box = model.sections[section]?.box;
      if (box && box.left <= box.right) flyTo(fitToSection(box, size));
    },
    /** Moves to these seats together, with some of the room around them. */
    showSeats: (seats: number[]) => flyTo(fitToSeats(model, seats, size)),
    showSeat(seat: number) {
      const next = showing(camera, model, seat, size);
      if (next !== camera) flyTo(next);
    },
    /** Moves a point of the map to the centre. */
    centre: (x: number, y: number) => set(at({ x, y, scale: camera.scale }, size)),
  };
}
