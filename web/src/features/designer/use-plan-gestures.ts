import { type PointerEvent, type RefObject, useEffect, useMemo } from 'react';
import type { Bounds } from '../../../../seat-map/plan.ts';
import { growsEvenly } from '../../../../seat-map/resize-objects.ts';
import { SEAT } from '../seats/seat-model.ts';
import { type Desk, gridStep, isDrawTool } from './desk.ts';
import { drawObject, sayBox } from './new-object.ts';
import { resizeChosen } from './plan-acts.ts';
import type { PlanCamera } from './plan-camera.ts';
import { type Handle, handleUnder, resizedBox } from './plan-handles.ts';
import { sayChoice } from './say-object.ts';
import {
  boxOf,
  hitAt,
  objectsIn,
  rowKey,
  type SeatChoice,
  sceneOf,
  seatsIn,
  seatsOfChoice,
} from './scene.ts';
import { t } from './words.ts';

type Point = [number, number];

/** A pointer that has moved less than this, in pixels, was a click. */
const steady = 4;

/** What the pointer that is down does. `from` is in map units, the rest follows from the tool and what lay under it. */
type Hand =
  | { does: 'pan' }
  | { does: 'move'; from: Point; box: Bounds; moved: boolean; seats: boolean }
  | {
      does: 'band';
      from: Point;
      adds: boolean;
      moved: boolean;
      seats: boolean;
      before: SeatChoice;
      chosen: string[];
    }
  | { does: 'draw'; from: Point }
  | { does: 'turn'; middle: Point }
  | { does: 'resize'; handle: Handle; from: Point; box: Bounds; even: boolean; moved: boolean };

/** One pointer works with the tool; two fingers, the middle button and the wheel move the view. */
export function usePlanGestures(canvas: RefObject<HTMLCanvasElement | null>, desk: Desk, camera: PlanCamera) {
  useEffect(() => {
    const element = canvas.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const unit = event.deltaMode === 0 ? 1 : 16;
      if (event.shiftKey) return camera.panBy(-event.deltaY * unit, 0);
      const factor = Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0022));
      camera.zoomBy(factor, event.offsetX, event.offsetY);
    };
    // React's listeners are passive, but the page must not scroll while the plan zooms.
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [canvas, camera]);
  return useMemo(() => gesturesOf(desk, camera), [desk, camera]);
}

function gesturesOf(desk: Desk, camera: PlanCamera) {
  const points = new Map<number, { x: number; y: number }>();
  let hand: Hand | null = null;
  const pointOf = ({ nativeEvent: { offsetX: x, offsetY: y } }: PointerEvent) => ({ x, y });
  const drop = () => {
    hand = null;
    desk.setGesture(null);
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button > 1) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      points.set(event.pointerId, pointOf(event));
      // A second finger ends what the first began, and moves the view.
      if (points.size > 1) return drop();
      const { x, y } = pointOf(event);
      hand = event.button === 1 ? { does: 'pan' } : begin(desk, camera, x, y, event);
    },
    onPointerMove(event: PointerEvent) {
      const before = points.get(event.pointerId);
      if (!before) return;
      const now = pointOf(event);
      points.set(event.pointerId, now);
      const other = [...points].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        camera.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
        const factor =
          Math.hypot(now.x - other.x, now.y - other.y) /
          Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
        return camera.zoomBy(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
      }
      if (hand?.does === 'pan') camera.panBy(now.x - before.x, now.y - before.y);
      else if (hand) follow(desk, camera, hand, now, event);
    },
    onPointerUp(event: PointerEvent) {
      if (!points.delete(event.pointerId) || points.size > 0) return;
      const done = hand;
      const gesture = desk.gesture;
      drop();
      if (done) finish(desk, camera, done, gesture, pointOf(event));
    },
    onPointerCancel(event: PointerEvent) {
      points.delete(event.pointerId);
      drop();
    },
  };
}

const reachOf = (camera: PlanCamera): number => Math.max(SEAT * 0.6, 6 / camera.camera.scale);

function begin(desk: Desk, camera: PlanCamera, px: number, py: number, event: PointerEvent): Hand {
  const { tool, chosen, seats } = desk.state;
  const from = camera.toMap(px, py);
  const adds = event.shiftKey || event.ctrlKey || event.metaKey;
  if (tool === 'pan') return { does: 'pan' };
  if (isDrawTool(tool)) return { does: 'draw', from };
  const scene = sceneOf(desk.document);
  const around = boxOf(scene, chosen);
  if (tool === 'select' && around) {
    const objects = [...chosen].flatMap((id) => scene.byId.get(id)?.object ?? []);
    const isTouch = event.pointerType === 'touch';
    const held = handleUnder(around, camera.camera, objects, { x: px, y: py }, isTouch);
    const middle: Point = [(around.left + around.right) / 2, (around.top + around.bottom) / 2];
    if (held === 'turn') return { does: 'turn', middle };
    if (held) {
      const even = objects.some((object) => !object.locked && growsEvenly(object));
      return { does: 'resize', handle: held, from, box: around, even, moved: false };
    }
  }
  const hit = hitAt(scene, ...from, reachOf(camera));
  const band: Omit<Extract<Hand, { does: 'band' }>, 'seats'> = {
    does: 'band',
    from,
    adds,
    moved: false,
    before: seats,
    chosen: [...chosen],
  };
  // A finger on empty ground moves the view, as on every map; a mouse opens a box around what it selects.
  if (!hit) return event.pointerType === 'touch' ? { does: 'pan' } : { ...band, seats: tool === 'seats' };
  if (tool === 'seats') {
    if (!hit.seat) return { ...band, seats: true };
    const key = rowKey(hit.placed.object.id, hit.seat.row);
    const isChosen = seats.get(key)?.has(hit.seat.serial) ?? false;
    if (!isChosen || adds) {
      const next = new Map(adds ? seats : []);
      const serials = new Set(next.get(key));
      if (isChosen) serials.delete(hit.seat.serial);
      else serials.add(hit.seat.serial);
      if (serials.size > 0) next.set(key, serials);
      else next.delete(key);
      desk.chooseSeats(next);
    }
    return { does: 'move', from, box: hit.placed.box, moved: false, seats: true };
  }
  const { id, locked } = hit.placed.object;
  if (adds) desk.choose(chosen.has(id) ? [...chosen].filter((each) => each !== id) : [...chosen, id]);
  else if (!chosen.has(id)) desk.choose([id]);
  desk.say(sayChoice(desk));
  if (locked) return { does: 'pan' };
  return {
    does: 'move',
    from,
    box: boxOf(scene, desk.state.chosen) ?? hit.placed.box,
    moved: false,
    seats: false,
  };
}

function follow(
  desk: Desk,
  camera: PlanCamera,
  hand: Hand,
  { x: px, y: py }: { x: number; y: number },
  event: PointerEvent,
): void {
  if (hand.does === 'pan') return;
  const [x, y] = camera.toMap(px, py);
  if (hand.does === 'turn') {
    const [mx, my] = hand.middle;
    const degrees = (Math.atan2(x - mx, my - y) * 180) / Math.PI;
    return void desk.setGesture({
      kind: 'turn',
      degrees: event.shiftKey ? degrees : Math.round(degrees / 5) * 5,
    });
  }
  const [fx, fy] = hand.from;
  if ('moved' in hand) {
    hand.moved ||= Math.hypot(x - fx, y - fy) * camera.camera.scale > steady;
    if (!hand.moved) return;
  }
  if (hand.does === 'move') {
    const onGrid = (to: number, edge: number) =>
      desk.state.snaps && !event.altKey ? Math.round((edge + to) / gridStep) * gridStep - edge : to;
    return void desk.setGesture({
      kind: 'move',
      dx: onGrid(x - fx, hand.box.left),
      dy: onGrid(y - fy, hand.box.top),
    });
  }
  if (hand.does === 'resize') {
    const isOnGrid = desk.state.snaps && !event.altKey && !hand.even;
    const to = resizedBox(hand.box, hand.handle, [x - fx, y - fy], {
      even: hand.even || event.shiftKey,
      snap: (edge) => (isOnGrid ? Math.round(edge / gridStep) * gridStep : edge),
    });
    return void desk.setGesture({ kind: 'resize', to });
  }
  const box = boxBetween(hand.from, [x, y]);
  const { tool } = desk.state;
  if (hand.does === 'draw' && isDrawTool(tool))
    return void desk.setGesture({ kind: 'draw', box, text: sayBox(tool, box) });
  desk.setGesture({ kind: 'band', box });
}

const boxBetween = ([ax, ay]: Point, [bx, by]: Point): Bounds => ({
  left: Math.min(ax, bx),
  top: Math.min(ay, by),
  right: Math.max(ax, bx),
  bottom: Math.max(ay, by),
});

function finish(
  desk: Desk,
  camera: PlanCamera,
  hand: Hand,
  gesture: Desk['gesture'],
  at: { x: number; y: number },
): void {
  const { tool, chosen, seats } = desk.state;
  if (hand.does === 'draw' && isDrawTool(tool))
    return void drawObject(
      desk,
      tool,
      gesture?.kind === 'draw' ? gesture.box : boxBetween(hand.from, hand.from),
    );
  if (hand.does === 'turn' && gesture?.kind === 'turn') {
    const degrees = Math.round(gesture.degrees);
    return void desk.perform(
      { do: 'rotate', objects: [...chosen], degrees },
      { said: t('turned', { degrees }) },
    );
  }
  if (hand.does === 'resize' && gesture?.kind === 'resize') return void resizeChosen(desk, gesture.to);
  if (hand.does === 'move' && gesture?.kind === 'move') {
    const { dx, dy } = gesture;
    if (dx === 0 && dy === 0) return;
    if (hand.seats)
      desk.perform({ do: 'move-seats', seats: seatsOfChoice(seats), dx, dy }, { said: t('moved') });
    else desk.perform({ do: 'move', objects: [...chosen], dx, dy }, { said: t('moved') });
    return;
  }
  if (hand.does !== 'band') return;
  const scene = sceneOf(desk.document);
  if (hand.moved && gesture?.kind === 'band') {
    if (hand.seats) desk.chooseSeats(seatsIn(scene, gesture.box, hand.adds ? hand.before : new Map()));
    else desk.choose([...(hand.adds ? hand.chosen : []), ...objectsIn(scene, gesture.box)]);
  } else if (!hand.adds && !hitAt(scene, ...camera.toMap(at.x, at.y), reachOf(camera))) desk.choose([]);
  else return;
  desk.say(sayChoice(desk));
}
