import { expect, test } from 'vitest';
import type { PlanObject, SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import { mergePlans } from './merge-plans.ts';

const text = (id: string, words: string): PlanObject => ({
  kind: 'text',
  id,
  x: 0,
  y: 0,
  rotation: 0,
  text: words,
  size: 20,
});
const planOf = (...objects: PlanObject[]): SeatPlanDocument => ({
  format: 1,
  width: 1000,
  height: 1000,
  zones: [],
  sections: [],
  objects,
});
const words = ({ objects }: SeatPlanDocument) =>
  objects.map((each) => (each.kind === 'text' ? each.text : ''));

const base = planOf(text('aaaa', 'A'), text('bbbb', 'B'), text('cccc', 'C'));

test('what each of two people changed alone is in the merged drawing', () => {
  const mine = planOf(text('aaaa', 'A mine'), text('bbbb', 'B'), text('dddd', 'D mine'));
  const theirs = planOf(
    text('aaaa', 'A'),
    text('bbbb', 'B theirs'),
    text('cccc', 'C'),
    text('eeee', 'E theirs'),
  );
  const { plan, clashes, taken } = mergePlans(base, mine, theirs, 'mine');
  expect(words(plan)).toEqual(['A mine', 'B theirs', 'D mine', 'E theirs']);
  expect(clashes).toEqual([]);
  expect(taken).toBe(2);
});

test('what both changed is a clash, and the chosen side wins', () => {
  const mine = planOf(text('aaaa', 'mine'), text('bbbb', 'B'));
  const theirs = planOf(text('aaaa', 'theirs'), text('bbbb', 'B'), text('cccc', 'C theirs'));
  const kept = mergePlans(base, mine, theirs, 'mine');
  expect(words(kept.plan)).toEqual(['mine', 'B']);
  expect(kept.clashes).toHaveLength(2);
  expect(words(mergePlans(base, mine, theirs, 'theirs').plan)).toEqual(['theirs', 'B', 'C theirs']);
});

test('the same change of both is no clash', () => {
  const both = planOf(text('aaaa', 'same'), text('bbbb', 'B'), text('cccc', 'C'));
  expect(mergePlans(base, both, structuredClone(both), 'mine')).toMatchObject({ clashes: [], taken: 0 });
});
