import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MapName, placeNames } from './place-names.ts';

const named = (name: string, ...spots: [number, number, number, number][]): MapName => ({
  name,
  emWidth: name.length * 0.6,
  spots: spots.map(([x, y, width, height]) => ({ x, y, width, height })),
});

/** The rectangles of the names in pixels, without the room around them. */
const boxesOf = (names: readonly MapName[], scale: number) =>
  placeNames(names, scale).map(({ name, x, y, size }) => {
    const emWidth = names.find((each) => each.name === name)?.emWidth ?? 0;
    const [width, height] = [emWidth * size, size];
    return {
      left: x * scale - width / 2,
      right: x * scale + width / 2,
      top: y * scale - height / 2,
      bottom: y * scale + height / 2,
    };
  });

test('boxes on both sides of the stalls have their name beside it, and not over it', () => {
  const stalls = named('Stalls', [500, 400, 600, 300]);
  // The middle of all boxes is the middle of the stalls.
  const boxes = named('Boxes', [500, 400, 900, 300], [80, 400, 100, 300], [920, 400, 100, 300]);
  const found = placeNames([stalls, boxes], 1);
  expect(found.map(({ name }) => name).sort()).toEqual(['Boxes', 'Stalls']);
  const [left, right] = boxesOf([stalls, boxes], 1);
  expect(left && right && (left.bottom <= right.top || right.bottom <= left.top)).toBe(true);
});

test('no name lies over another one, at any zoom and wherever the sections are', () => {
  let shown = 0;
  const spot = fc.tuple(
    fc.integer({ min: 0, max: 2000 }),
    fc.integer({ min: 0, max: 2000 }),
    fc.integer({ min: 10, max: 900 }),
    fc.integer({ min: 10, max: 900 }),
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.string({ minLength: 1, maxLength: 30 }), fc.array(spot, { minLength: 1, maxLength: 4 })),
        {
          minLength: 1,
          maxLength: 40,
        },
      ),
      fc.double({ min: 0.02, max: 3, noNaN: true }),
      (sections, scale) => {
        const names = sections.map(([name, spots], i) => named(`${i}${name}`, ...spots));
        const boxes = boxesOf(names, scale);
        shown += boxes.length;
        for (const [i, a] of boxes.entries())
          for (const b of boxes.slice(i + 1))
            expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(
              true,
            );
      },
    ),
    {
      numRuns: 300,
      examples: [
        [
          [
            ['Stalls', [[5, 5, 900, 900]]],
            ['Boxes', [[5, 5, 800, 800]]],
          ],
          1,
        ],
      ],
    },
  );
  expect(shown).toBeGreaterThan(100);
});

test('names stay where they are while the map moves, and a name that has no room comes with the zoom', () => {
  const names = [named('Stalls', [100, 100, 200, 20]), named('Circle', [100, 104, 200, 20])];
  expect(placeNames(names, 1)).toHaveLength(1);
  expect(placeNames(names, 1)).toBe(placeNames(names, 1));
  expect(placeNames(names, 8)).toHaveLength(2);
});
