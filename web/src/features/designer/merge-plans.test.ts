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

const room = (name: string, more: object = {}): SeatPlanDocument => ({
  ...planOf(),
  zones: [{ key: 'gold', name: 'Gold', color: '#aa8800' }],
  sections: [{ key: 'stalls', name, ...more }],
});

test('a new name and a new photo of one section are both kept', () => {
  const mine = room('Block A', { photo: 'pic_01K9ZC4V7R8W3T5XN2M6QHJDEF' });
  const { plan, clashes, taken } = mergePlans(room('Block A'), mine, room('Parkett'), 'mine');
  expect(plan.sections).toEqual([{ ...mine.sections[0], name: 'Parkett' }]);
  expect([clashes, taken]).toEqual([[], 1]);
});

test('two names of one section, zone, map or picture are asked about, and the chosen side wins', () => {
  const zoned = (color: string, name: string, width: number, opacity: number): SeatPlanDocument => ({
    ...room(name),
    width,
    zones: [{ key: 'gold', name: 'Gold', color }],
    background: { picture: 'pic_01K9ZC4V7R8W3T5XN2M6QHJDEF', x: 0, y: 0, width: 9, height: 9, opacity },
  });
  const [old, mine, theirs] = [
    zoned('#aa8800', 'Block A', 1000, 1),
    zoned('#aa0000', 'Parkett', 1100, 0.5),
    zoned('#00aa00', 'Parterre', 1200, 0.2),
  ];
  const kept = mergePlans(old, mine, theirs, 'mine');
  expect(kept.clashes).toEqual([
    { of: 'zone', name: 'Gold' },
    { of: 'section', name: 'Parkett' },
    { of: 'size' },
    { of: 'background' },
  ]);
  expect(kept.plan).toEqual(mine);
  expect(mergePlans(old, mine, theirs, 'theirs').plan).toEqual(theirs);
});

test('a zone that one person removed and the other renamed is asked about', () => {
  const mine = { ...room('A'), zones: [] };
  const theirs = { ...room('A'), zones: [{ key: 'gold', name: 'Best', color: '#aa8800' }] };
  expect(mergePlans(room('A'), mine, theirs, 'mine').clashes).toEqual([{ of: 'zone', name: 'Best' }]);
});

/** The same drawing as it comes out of a jsonb column: the keys of each object in the order of their length. */
const asStored = <Value>(value: Value): Value => {
  if (Array.isArray(value)) return value.map(asStored) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const inOrder = Object.entries(value).toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return Object.fromEntries(inOrder.map(([key, each]) => [key, asStored(each)])) as Value;
};

test('what only one person changed is no clash if the other drawing comes from the database', () => {
  const drawn: SeatPlanDocument = {
    ...planOf(text('aaaa', 'A'), text('bbbb', 'B')),
    sections: [{ key: 'stalls', name: 'Stalls', entrances: [{ name: 'Door 1', x: 1, y: 2 }] }] as never,
    background: { picture: 'pic_01K9ZC4V7R8W3T5XN2M6QHJDEF', x: 0, y: 0, width: 9, height: 9, opacity: 1 },
  };
  const mine = { ...drawn, objects: [text('aaaa', 'A mine'), text('bbbb', 'B')] };
  const theirs = asStored({ ...drawn, objects: [text('aaaa', 'A'), text('bbbb', 'B theirs')] });
  // Otherwise this test shows nothing.
  expect(JSON.stringify(theirs.objects[0])).not.toBe(JSON.stringify(drawn.objects[0]));
  const { plan, clashes, taken } = mergePlans(drawn, mine, theirs, 'mine');
  expect([clashes, taken]).toEqual([[], 1]);
  expect(words(plan)).toEqual(['A mine', 'B theirs']);
  expect(mergePlans(drawn, drawn, asStored(drawn), 'mine')).toMatchObject({ clashes: [], taken: 0 });
});
