import { describe, expect, test } from 'vitest';
import { Refused } from '../../../contract/errors.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { asMeant, asTyped, nearSpellings, slipsBetween, wordsOf } from './find-words.ts';
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
  test('are letters and digits of any script, six at most', () => {
    expect(wordsOf("  Größe's 'night' & (2027) | ")).toEqual(['Größe', 's', 'night', '2027']);
    expect(wordsOf('!!! 🎉')).toEqual([]);
    expect(wordsOf('a b c d e f g h')).toHaveLength(6);
  });

  test('are looked for as they stand', () => {
    expect(asTyped(['blue', 'night'])).toEqual({ numbers: [0, 1], spellings: ['blue', 'night'] });
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

  test('are taken as meant where they are a slip away, or part of a word', () => {
    const guesses = [
      { typed: 'nihgt', words: ['nights', 'light', 'night', 'tonight'] },
      { typed: '音楽', words: ['夜の音楽会'] },
    ];
    expect(asMeant(guesses)).toEqual({ numbers: [0, 1], spellings: ['night', '夜の音楽会'] });
    expect(asMeant([...guesses, { typed: 'abc', words: ['abd'] }])).toBeNull();
    expect(nearSpellings('nihgt')).toContain('night');
    expect(nearSpellings('nightt')).toContain('night');
    expect(nearSpellings('abc')).toEqual([]);
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
    ['price', 'forgiving', 2200, '2027-01-15T22:00:00.000Z', id],
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
