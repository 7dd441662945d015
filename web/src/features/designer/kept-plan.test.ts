import { beforeEach, expect, test, vi } from 'vitest';
import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import { forgetPlan, forgetPlans, keepPlan, keptPlan } from './kept-plan.ts';

const plan = (width: number): SeatPlanDocument => ({
  format: 1,
  width,
  height: 100,
  zones: [],
  sections: [],
  objects: [],
});
const drawn = (width: number) => ({ plan: plan(width), base: plan(1), version: 3 });
const owner = { userId: 'usr_a', drawingId: 'evt_1' };

/** A tab's memory with room for so many characters. */
function memory(most: number) {
  const kept = new Map<string, string>([['other', 'stays']]);
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (i: number) => [...kept.keys()][i] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => void kept.delete(name),
    setItem(name: string, value: string) {
      if (value.length > most) throw new DOMException('full', 'QuotaExceededError');
      kept.set(name, value);
    },
  };
}

let tab = memory(1_000);
beforeEach(() => {
  tab = memory(1_000);
  vi.stubGlobal('sessionStorage', tab);
  return () => vi.unstubAllGlobals();
});

test('a drawing comes back to the person who drew it, and to nobody else', () => {
  expect(keepPlan(owner, drawn(50))).toBe(true);
  expect(keptPlan(owner)).toEqual(drawn(50));
  expect(keptPlan({ ...owner, drawingId: 'evt_2' })).toBeNull();
  expect(keptPlan({ ...owner, userId: 'usr_b' })).toBeNull();
  // The next person in this tab has erased it.
  expect([...tab.kept.keys()]).toEqual(['other']);
});

test('the sign-out erases all drawings and nothing else', () => {
  keepPlan(owner, drawn(50));
  keepPlan({ ...owner, drawingId: 'evt_2' }, drawn(60));
  forgetPlans();
  expect([...tab.kept.keys()]).toEqual(['other']);
});

test('a drawing without room is not kept, and the earlier one stays', () => {
  keepPlan(owner, drawn(50));
  const large = drawn(60);
  large.plan.zones = Array.from({ length: 40 }, (_, i) => ({ key: `z${i}`, name: 'Z', color: '#000000' }));
  expect(keepPlan(owner, large)).toBe(false);
  expect(keptPlan(owner)).toEqual(drawn(50));
  forgetPlan(owner);
  expect(keptPlan(owner)).toBeNull();
});
