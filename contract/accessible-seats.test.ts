import { array, assert, boolean, constantFrom, integer, property, record, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { bestAccessible, companion, type KnownRow, ordinary, wheelchair } from './accessible-seats.ts';
import { bestAvailable } from './best-seats.ts';

/** A row by its signs: `W` a wheelchair place, `C` a companion's seat, `.` another seat, `|` an aisle, lower case if taken. */
function roomOf(...texts: string[]) {
  const statuses: number[] = [];
  const rows = texts.map((text, order): KnownRow => {
    const seats: number[] = [];
    const kinds: number[] = [];
    const gapsAfter: number[] = [];
    for (const sign of text) {
      if (sign === '|') {
        gapsAfter.push(seats.length - 1);
        continue;
      }
      seats.push(statuses.length);
      statuses.push('wcx'.includes(sign) ? 1 : 0);
      kinds.push('Ww'.includes(sign) ? wheelchair : 'Cc'.includes(sign) ? companion : ordinary);
    }
    return { zone: 'hall', seats, gapsAfter, order, ...(kinds.some(Boolean) && { kinds }) };
  });
  return { rows, statuses: Uint8Array.from(statuses) };
}

function find(texts: string[], accessible: number, companions: number) {
  const { rows, statuses } = roomOf(...texts);
  return bestAccessible({ rows }, statuses, 'hall', { accessible, companions });
}

test.each([
  ['beside each other, as near to the middle as can be', ['..WC..CW..'], 1, 1, [2, 3]],
  ['in the front row first', ['....', 'WC..', 'CW..'], 1, 1, [4, 5]],
  ['marked seats before others', ['CW....'], 1, 1, [0, 1]],
  ['in another row rather than apart', ['WwC', 'WC.'], 1, 1, [3, 4]],
  ['with a place of others between, if there is nothing else', ['WwC'], 1, 1, [0, 2]],
  ['an ordinary seat beside it, if the marked one is taken', ['cW.'], 1, 1, [1, 2]],
  ['two companions after each other', ['xWC.'], 1, 2, [1, 2, 3]],
  ['two wheelchairs with one companion each, in two rows', ['WC', 'CW'], 2, 2, [0, 1, 2, 3]],
  ['wheelchairs alone', ['W.W', '.W.'], 3, 0, [0, 2, 4]],
  ['in two chains of a row', ['Wc.W'], 2, 1, [0, 2, 3]],
  ['never over an aisle', ['W|C', 'xWC'], 1, 1, [3, 4]],
])('a group gets places %s', (_name, texts, accessible, companions, seats) => {
  expect(find(texts, accessible, companions)).toEqual(seats);
});

test.each([
  ['a companion would sit behind an aisle', ['W|C'], 1, 1, { accessible: 1, companions: 0 }],
  ['somebody sits between', ['Wx.'], 1, 1, { accessible: 1, companions: 0 }],
  [
    'a seat for a companion has no wheelchair beside it',
    ['CC.', 'W|.'],
    1,
    1,
    { accessible: 1, companions: 0 },
  ],
  ['fewer companions have room', ['WC|.'], 1, 3, { accessible: 1, companions: 1 }],
  ['there are fewer wheelchair places', ['WCCC'], 2, 1, { accessible: 1, companions: 0 }],
])('a group is refused if %s, and hears what there is', (_name, texts, accessible, companions, few) => {
  expect(find(texts, accessible, companions)).toEqual(few);
});

test('a group is found whenever there is one, and no companion is alone', () => {
  const seat = record({
    sign: constantFrom('W', 'C', '.'),
    isTaken: boolean(),
    aisle: integer({ min: 0, max: 7 }),
  });
  const rows = array(array(seat, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 2 });
  let [found, refused] = [0, 0];
  const rooms = record({
    rows,
    accessible: integer({ min: 1, max: 3 }),
    companions: integer({ min: 0, max: 4 }),
  });
  assert(
    property(rooms, ({ rows: drawn, accessible, companions }) => {
      const texts = drawn.map((row) =>
        row
          .map(({ sign, isTaken, aisle }, at) => {
            const shown = isTaken ? (sign === '.' ? 'x' : sign.toLowerCase()) : sign;
            return aisle === 0 && at < row.length - 1 ? `${shown}|` : shown;
          })
          .join(''),
      );
      const { rows: plan, statuses } = roomOf(...texts);
      const answer = bestAccessible({ rows: plan }, statuses, 'hall', { accessible, companions });
      const most = mostByForce(plan, statuses, accessible);
      if (Array.isArray(answer)) {
        found++;
        expect(new Set(answer).size).toBe(accessible + companions);
        expect(answer.every((index) => statuses[index] === 0)).toBe(true);
        expect(isGroup(plan, new Set(answer), accessible)).toBe(true);
      } else {
        refused++;
        expect(most).toBeLessThan(companions);
        expect(answer.companions).toBe(Math.max(0, most));
      }
    }),
    {
      numRuns: 4000,
      examples: [
        [{ rows: [[{ sign: 'W', isTaken: false, aisle: 1 }]], accessible: 1, companions: 0 }],
        [{ rows: [[{ sign: 'W', isTaken: true, aisle: 1 }]], accessible: 1, companions: 0 }],
      ],
    },
  );
  expect(Math.min(found, refused)).toBeGreaterThan(0);
});

/** The most companions of any group with so many wheelchair places, by looking at every set of free seats; -1 if there is none. */
function mostByForce(rows: KnownRow[], statuses: Uint8Array, accessible: number): number {
  const free = rows.flatMap(({ seats }) => Array.from(seats).filter((index) => statuses[index] === 0));
  let most = -1;
  for (let set = 0; set < 2 ** free.length; set++) {
    const chosen = new Set(free.filter((_, bit) => (set >> bit) & 1));
    if (chosen.size - accessible > most && isGroup(rows, chosen, accessible)) most = chosen.size - accessible;
  }
  return most;
}

function isGroup(rows: KnownRow[], chosen: ReadonlySet<number>, accessible: number): boolean {
  let wheels = 0;
  for (const { seats, kinds = [], gapsAfter } of rows) {
    const taken = Array.from(seats, (_, at) => at).filter((at) => chosen.has(seats[at] as number));
    let chain: number[] = [];
    const isAlone = () => chain.length > 0 && chain.every((at) => kinds[at] !== wheelchair);
    for (const at of taken) {
      const last = chain.at(-1);
      const between = Array.from({ length: at - (last ?? at) + 1 }, (_, i) => (last ?? at) + i);
      const isBeside =
        last !== undefined &&
        !between.slice(0, -1).some((each) => gapsAfter.includes(each)) &&
        (at === last + 1 || between.every((each) => kinds[each]));
      if (!isBeside && isAlone()) return false;
      chain = isBeside ? [...chain, at] : [at];
      if (kinds[at] === wheelchair) wheels++;
    }
    if (isAlone()) return false;
  }
  return wheels === accessible;
}

test('a large group is found in a room full of wheelchair places', () => {
  const rows = Array.from(
    { length: 240 },
    (_, row) => `${'WC'.repeat(124)}${row % 2 ? 'w' : 'W'}${'cW'.repeat(125)}`,
  );
  const { rows: plan, statuses } = roomOf(...rows);
  const wanted = { accessible: 10, companions: 10 };
  expect(bestAccessible({ rows: plan }, statuses, 'hall', wanted)).toHaveLength(20);
  const sparse = statuses.map((status, index) => (index % 3 === 0 ? status : 1));
  expect(bestAccessible({ rows: plan }, sparse, 'hall', wanted)).toHaveLength(20);
});

test('other buyers get wheelchair places and companion seats last', () => {
  const { rows, statuses } = roomOf('WC..', '....');
  expect(bestAvailable({ rows }, statuses, 'hall', 3)).toEqual([4, 5, 6]);
  expect(bestAvailable({ rows }, statuses, 'hall', 2)).toEqual([2, 3]);
  // No false "sold out".
  expect(bestAvailable({ rows }, statuses, 'hall', 8)).toHaveLength(8);
  const taken = uniqueArray(integer({ min: 0, max: 7 }));
  assert(
    property(taken, integer({ min: 1, max: 8 }), (gone, quantity) => {
      const known = statuses.map((_, index) => (gone.includes(index) ? 1 : 0));
      const seats = bestAvailable({ rows }, known, 'hall', quantity);
      expect(seats?.length ?? null).toBe(8 - gone.length >= quantity ? quantity : null);
    }),
  );
});
