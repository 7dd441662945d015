import { describe, expect, test } from 'vitest';
import { Refused } from '../../../contract/errors.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { asMeant, nearPatterns, nearSpellings, partsOf, slipsBetween } from './find-words.ts';
import { boxAround } from './near.ts';
import { freeSlug, slugOf } from './slug.ts';

const id = 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF';

describe('a slug', () => {
  test.each([
    ['Night Shift', 'night-shift'],
    ['  Łódź: Fête de l’Été!  ', 'lodz-fete-de-l-ete'],
    ['Straßenfest & Øl', 'strassenfest-ol'],
    ['مهرجان الموسيقى', 'مهرجان-الموسيقى'],
    ['שבת בצהריים', 'שבת-בצהריים'],
    ['ガラスの森', 'ガラスの森'],
    ['Ёлка 2027', 'ёлка-2027'],
    ['🎉🎉🎉', 'event'],
    ['🎉 Party', 'party'],
    ['../../etc', 'etc'],
    ['evt_01K9ZC4V7R8W3T5XN2M6QHJDEF', 'evt-01k9zc4v7r8w3t5xn2m6qhjdef'],
    ['—', 'event'],
  ])('of %j is %j', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  test('is cut at 80 letters, whole ones, and never ends with a hyphen', () => {
    expect(slugOf(`${'a'.repeat(79)} b`)).toBe('a'.repeat(79));
    expect([...slugOf('𝔘'.repeat(120))]).toHaveLength(80);
  });

  test('takes the first number that is free', () => {
    expect(freeSlug('x', new Set())).toBe('x');
    expect(freeSlug('x', new Set(['x', 'x-2', 'x-4']))).toBe('x-3');
  });
});

describe('words', () => {
  test('are what stands between spaces, eight at most, and symbols only where nothing else was typed', () => {
    expect(partsOf("  Größe's 'night' & (2027) | ")).toEqual(["Größe's", "'night'", '(2027)']);
    expect(partsOf('!!! 🎉')).toEqual(['!!!', '🎉']);
    expect(partsOf('a b c d e f g h i')).toHaveLength(8);
    expect(partsOf('a\0b')).toEqual(['a', 'b']);
  });

  test.each([
    ['night', 'night', 0],
    ['nihgt', 'night', 1],
    ['nigt', 'night', 1],
    ['nightt', 'night', 1],
    ['nigjt', 'night', 1],
    ['ngith', 'night', 2],
    ['', 'abc', 3],
    ['😀a', 'a😀', 1],
  ])('%s is so many slips from %s: %i', (from, to, slips) => {
    expect(slipsBetween(from, to)).toBe(slips);
    expect(slipsBetween(to, from)).toBe(slips);
  });

  test('are taken as meant where they are a slip away, however many such words there are', () => {
    const near = [...'abcdefgjklmnop'].map((letter) => `n${letter}ght`);
    const [typed, other] = asMeant([
      { typed: 'night', words: [...near, 'light', 'tonight', 'day'] },
      { typed: 'abc', words: ['abd'] },
    ])!;
    expect(typed!.map(({ text }) => text)).toEqual(['night', ...near, 'light']);
    expect(other!.map(({ text }) => text)).toEqual(['abc']);
    expect(asMeant([{ typed: 'abc', words: ['abd'] }])).toBeNull();
    expect(nearSpellings('nihgt')).toContain('night');
    expect(nearSpellings('nightt')).toContain('night');
    expect(nearSpellings('abc')).toEqual([]);
    expect(nearPatterns('jaxz')).toContain('ja_z');
    expect(nearPatterns('jaz')).toEqual([]);
    expect(nearPatterns('jazs')).toContain('jaz_s');
  });
});

describe('a box around a circle', () => {
  test('holds the circle and not much more', () => {
    const { south, north, west, east } = boxAround(52.52, 13.405, 10);
    expect(north - south).toBeCloseTo(0.1799, 3);
    expect(east - west).toBeCloseTo(0.2957, 3);
  });

  test('crosses the date line', () => {
    const { west, east } = boxAround(-17.7, 179.9, 50);
    expect(west).toBeGreaterThan(179);
    expect(east).toBeLessThan(-179);
  });

  test('has every longitude where it holds a pole', () => {
    expect(boxAround(89.9, 10, 50)).toMatchObject({ west: -180, east: 180, north: 90 });
    expect(boxAround(0, 0, 20_000)).toEqual({ south: -90, north: 90, west: -180, east: 180 });
  });
});

describe('a cursor', () => {
  const cursors: Cursor[] = [
    ['date', 'exact', '2027-01-15T22:00:00.000Z', id],
    ['price', 'similar', 2200, '2027-01-15T22:00:00.000Z', id],
    ['newest', 'exact', '2027-01-15T22:00:00.000Z', id],
  ];

  test.each(cursors)('of sort %s comes back as it was', (...cursor) => {
    expect(readCursor(writeCursor(cursor as Cursor), cursor[0])).toEqual(cursor);
  });

  test.each([
    ['nonsense', 'garbage'],
    ['another sort order', writeCursor(cursors[1]!)],
    [
      'a number for a price that no column holds',
      Buffer.from(JSON.stringify(['date', 'exact', 1e300, id])).toString('base64url'),
    ],
    ['nothing', ''],
  ])('that is %s is refused', (_, text) => {
    expect(() => readCursor(text, 'date')).toThrow(Refused);
  });
});
