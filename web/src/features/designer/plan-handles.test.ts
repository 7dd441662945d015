import { expect, test } from 'vitest';
import type { PlanObject } from '../../../../contract/plan-fields.ts';
import { handlesOf, handleUnder, resizedBox } from './plan-handles.ts';

const stage = (more: object = {}): PlanObject => ({
  kind: 'stage',
  id: 'stage1',
  x: 100,
  y: 50,
  rotation: 0,
  width: 200,
  height: 100,
  label: '',
  ...more,
});
const box = { left: 0, right: 200, top: 0, bottom: 100 };
const camera = { scale: 1, x: 50, y: 60 };

test('a handle is where it is drawn, also for a finger beside it, and nowhere else', () => {
  const objects = [stage()];
  for (const { x, y, across, down } of handlesOf(box, camera, objects))
    expect(handleUnder(box, camera, objects, { x: x + 5, y: y - 5 }, false)).toEqual({ across, down });
  expect(handlesOf(box, camera, objects)).toHaveLength(8);
  const beside = { x: 50 + 206 + 16, y: 60 + 106 };
  expect(handleUnder(box, camera, objects, beside, true)).toEqual({ across: 1, down: 1 });
  expect(handleUnder(box, camera, objects, beside, false)).toBeNull();
  expect(handleUnder(box, camera, objects, { x: 150, y: 60 - 28 }, false)).toBe('turn');
  // In the middle a hand moves the object, however small it is.
  expect(handleUnder(box, camera, objects, { x: 150, y: 110 }, true)).toBeNull();
  const far = { scale: 0.1, x: 50, y: 60 };
  expect(handleUnder(box, far, objects, { x: 60, y: 65 }, true)).toBeNull();
});

test('what grows evenly has handles at its corners only, and what is locked has none', () => {
  const corners = handlesOf(box, camera, [stage({ rotation: 30 })]);
  expect(corners.map(({ across, down }) => across * down)).toEqual([1, -1, -1, 1]);
  expect(handlesOf(box, camera, [stage({ locked: true })])).toEqual([]);
  expect(handleUnder(box, camera, [stage({ locked: true })], { x: 256, y: 166 }, false)).toBeNull();
});

test('a dragged handle moves its own edges, keeps the opposite ones, and never turns the box inside out', () => {
  const free = { even: false, snap: (edge: number) => edge };
  expect(resizedBox(box, { across: 1, down: 0 }, [30, 99], free)).toEqual({ ...box, right: 230 });
  expect(resizedBox(box, { across: -1, down: -1 }, [-10, 20], free)).toEqual({ ...box, left: -10, top: 20 });
  const inside = resizedBox(box, { across: 1, down: 1 }, [-900, -900], free);
  expect([inside.right - inside.left, inside.bottom - inside.top]).toEqual([4, 4]);
  const even = resizedBox(box, { across: 1, down: 1 }, [100, 10], { ...free, even: true });
  expect(even).toEqual({ left: 0, top: 0, right: 300, bottom: 150 });
  const snapped = resizedBox(box, { across: 1, down: 0 }, [31, 0], {
    ...free,
    snap: (at) => Math.round(at / 5) * 5,
  });
  expect(snapped.right).toBe(230);
});
