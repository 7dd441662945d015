import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SeatLayout, seatLayoutSchema } from '../../../../contract/layout.ts';
import { layoutIssues } from '../../../../server/features/seating/layout-issues.ts';
import { blockLayout, freeName, keyOf, parseLayout, seatsIn, withBlock, withoutSection } from './layouts.ts';

/** What is wrong with a layout for the server, and seats that lie on each other. */
function faultsIn(layout: SeatLayout): unknown[] {
  const places = layout.sections.flatMap(({ rows }) =>
    rows.flatMap(({ x, y }) => x.map((each, i) => `${each} ${y[i]}`)),
  );
  const outside = layout.sections.some(({ rows }) =>
    rows.some(({ x, y }) => x.some((each) => each > layout.width) || y.some((each) => each > layout.height)),
  );
  return [
    ...layoutIssues(layout),
    ...(new Set(places).size < places.length ? ['two seats in one place'] : []),
    ...(outside ? ['a seat outside of the map'] : []),
    ...(seatLayoutSchema.safeParse(layout).error?.issues ?? []),
  ];
}

test('a second section is added to the first, and no seat is lost', () => {
  const name = fc.constantFrom('Stalls', 'Circle', 'Rang', 'Очень', '舞台', 'x'.repeat(60));
  const block = fc.tuple(name, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 40 }));
  fc.assert(
    fc.property(
      fc.uniqueArray(block, { minLength: 1, maxLength: 5, selector: ([each]) => each }),
      (blocks) => {
        let layout: SeatLayout | null = null;
        for (const [each, rows, perRow] of blocks) layout = withBlock(layout, each, rows, perRow);
        if (!layout) return;
        expect(layout.sections.map((section) => section.name)).toEqual(blocks.map(([each]) => each));
        expect(layout.zones).toHaveLength(blocks.length);
        expect(seatsIn(layout)).toBe(blocks.reduce((sum, [, rows, perRow]) => sum + rows * perRow, 0));
        expect(faultsIn(layout)).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

test('a section of the same name is replaced in its zone, and the others stay', () => {
  const two = withBlock(blockLayout('Stalls', 3, 8), 'Circle', 2, 20);
  const again = withBlock(two, ' stalls ', 5, 4);
  expect(again.sections.map(({ name, rows }) => [name.trim(), rows.length])).toEqual([
    ['Circle', 2],
    ['stalls', 5],
  ]);
  expect(again.zones.map(({ key }) => key).sort()).toEqual(['circle', 'stalls']);
  expect(faultsIn(again)).toEqual([]);
  expect(freeName(two, 'Stalls')).toBe('Stalls 2');
  expect(freeName(withBlock(two, 'Stalls 2', 1, 1), 'Stalls 2')).toBe('Stalls 3');
  expect(freeName(two, 'Balcony')).toBe('Balcony');
});

test('a removed section takes its zone with it, and nothing else', () => {
  const two = withBlock(blockLayout('Stalls', 3, 8), 'Circle', 2, 20);
  const one = withoutSection(two, 'stalls');
  expect(one?.sections.map(({ key }) => key)).toEqual(['circle']);
  expect(one?.zones.map(({ key }) => key)).toEqual(['circle']);
  expect(withoutSection(one, 'circle')).toBeNull();
});

test('a block of rows is a layout of the contract, with an aisle in long rows only', () => {
  const long = seatLayoutSchema.parse(blockLayout('Front stalls', 30, 22));
  expect(seatsIn(long)).toBe(660);
  expect(long.sections[0]?.rows[0]?.gapsAfter).toEqual([10]);
  expect(long.sections[0]?.rows.slice(24).map((row) => row.label)).toEqual([
    'Y',
    'Z',
    'AA',
    'AB',
    'AC',
    'AD',
  ]);
  expect(blockLayout('Box', 2, 6).sections[0]?.rows[0]?.gapsAfter).toBeUndefined();
});

test('a key is made of a name', () => {
  expect(keyOf('  Öffentlicher Rang (links) ')).toBe('offentlicher-rang-links');
  expect(keyOf('Floor')).toBe('floor');
});

test('a pasted layout is held to the contract, and says where it is none', () => {
  const layout = blockLayout('Stalls', 2, 3);
  expect(parseLayout(JSON.stringify(layout))).toEqual(layout);
  const crooked: typeof layout = JSON.parse(JSON.stringify(layout));
  crooked.sections[0]?.rows[1]?.x.pop();
  expect(() => parseLayout(JSON.stringify(crooked))).toThrow('sections.0.rows.1: labels, x and y');
  expect(() => parseLayout('{}')).toThrow('width: ');
  expect(() => parseLayout('{')).toThrow(SyntaxError);
});
