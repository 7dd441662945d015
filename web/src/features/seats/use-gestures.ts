import { type PointerEvent, type RefObject, useEffect, useMemo, useRef } from 'react';
import type { MapCamera } from './map-camera.ts';

interface Point {
  x: number;
  y: number;
}

/** A pointer that has moved less than this, in pixels, was a tap. */
const STEADY = 6;

/** One pointer drags, two pinch, the wheel zooms. `onPointerMove` says whether the map moved with it. */
export function useGestures(
  canvas: RefObject<HTMLCanvasElement | null>,
  camera: MapCamera,
  onTap: (point: Point) => void,
) {
  const tap = useRef(onTap);
  tap.current = onTap;

  useEffect(() => {
    const element = canvas.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * 16;
      // A pinch on a touchpad arrives as a wheel event with the control key, in smaller steps.
      const factor = Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0022));
      camera.zoomBy(factor, event.offsetX, event.offsetY);
    };
    // React's listeners are passive, but the page must not scroll while the map zooms.
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [canvas, camera]);

  return useMemo(() => {
    const points = new Map<number, Point>();
    let travelled = 0;
    const pointOf = ({ nativeEvent: { offsetX: x, offsetY: y } }: PointerEvent): Point => ({ x, y });

    const ended = (event: PointerEvent) => {
      const known = points.delete(event.pointerId);
      if (!known || points.size > 0 || travelled > STEADY || event.type !== 'pointerup') return;
      tap.current(pointOf(event));
    };
    return {
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        if (points.size === 0) travelled = 0;
        points.set(event.pointerId, pointOf(event));
      },
      onPointerMove(event: PointerEvent): boolean {
        const before = points.get(event.pointerId);
        if (!before) return false;
        const now = pointOf(event);
        const other = [...points].find(([id]) => id !== event.pointerId)?.[1];
        travelled += other ? STEADY + 1 : distance(now, before);
        points.set(event.pointerId, now);
        if (travelled <= STEADY) return false;
        // With two fingers, each moves the middle between them half as far. Then the map zooms about that middle.
        const share = other ? 0.5 : 1;
        camera.panBy((now.x - before.x) * share, (now.y - before.y) * share);
        if (other) {
          const factor = distance(now, other) / Math.max(1, distance(before, other));
          camera.zoomBy(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
        }
        return true;
      },
      onPointerUp: ended,
      onPointerCancel: ended,
    };
  }, [camera]);
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
