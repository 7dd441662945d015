import { describe, expect, test } from 'vitest';
import type { LayoutRow, SeatLayout } from '../../../contract/layout.ts';
import { layoutIssues } from './layout-issues.ts';
import { numberSeats } from './number-seats.ts';
import { buildSeatMap } from './seat-map.ts';
import { countSeats, countSeatsByZone, placeName, planSeats } from './seat-plan.ts';

const eventId = 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF';

const row = (
  label: string,
  zone: string,
  count: number,
  y: number,
  more: Partial<LayoutRow> = {},
): LayoutRow => ({
  label,
  zone,
  labels: Array.from({ length: count }, (_, i) => String(i + 1)),
  x: Array.from({ length: count }, (_, i) => 10 + i * 10),
  y: Array.from({ length: count }, () => y),
  ...more,
});

/** Two rows of stalls in front of a stage at the top, and a box beside the stage that is nearer than both. */
const room = (): SeatLayout => ({
  width: 200,
  height: 200,
  stage: { x: 0, y: 0, width: 200, height: 20, label: 'Stage' },
  zones: [
    { key: 'near', name: 'Near', color: '#112233' },
    { key: 'far', name: 'Far', color: '#445566' },
    { key: 'none', name: 'None', color: '#778899' },
  ],
  sections: [
    {
      key: 'stalls',
      name: 'Stalls',
      rows: [
        row('A', 'near', 3, 50),
        row('B', 'far', 4, 70, { gapsAfter: [1], accessible: [3], companion: [2] }),
      ],
    },
    { key: 'box', name: 'Box', rows: [row('1', 'far', 2, 22, { x: [95, 105] })] },
  ],
});

/** As the first version of a seat map. */
const numbered = (layout: SeatLayout) => ({
  id: 'map_1' as const,
  layout,
  indexes: null,
  indexCount: countSeats(layout),
});

describe('a seat plan', () => {
  const plan = planSeats(numbered(room()));

  test('numbers the seats through sections, rows and labels', () => {
    expect(plan.seatCount).toBe(9);
    expect(plan.zoneOf).toEqual(['near', 'near', 'near', 'far', 'far', 'far', 'far', 'far', 'far']);
    expect(plan.rows.map(({ seats }) => seats)).toEqual([
      [0, 1, 2],
      [3, 4, 5, 6],
      [7, 8],
    ]);
    expect(plan.rows.map((each) => each.gapsAfter)).toEqual([[], [1], []]);
  });

  test('names a place as its ticket prints it', () => {
    expect(placeName(plan, 0)).toEqual({ section: 'Stalls', row: 'A', seat: '1' });
    expect(placeName(plan, 6)).toEqual({ section: 'Stalls', row: 'B', seat: '4' });
    expect(placeName(plan, 8)).toEqual({ section: 'Box', row: '1', seat: '2' });
    expect(() => placeName(plan, 9)).toThrow(RangeError);
    expect(() => placeName(plan, -1)).toThrow(RangeError);
  });

  test('ranks rows by their distance from the stage, across sections', () => {
    expect(plan.rows.map((each) => each.order)).toEqual([1, 2, 0]);
  });

  test('never ranks a row before the one that stands in front of it', () => {
    const layout = room();
    // A second row that is drawn nearer than the first, as in a room whose rows bend around the stage.
    layout.sections[0]!.rows[1]!.y = [25, 25, 25, 25];
    expect(planSeats(numbered(layout)).rows.map((each) => each.order)).toEqual([1, 2, 0]);
  });

  test('ranks rows as listed where there is no stage', () => {
    const { stage, ...layout } = room();
    expect(stage).toBeDefined();
    expect(planSeats(numbered(layout)).rows.map((each) => each.order)).toEqual([0, 1, 2]);
  });

  test('counts the seats of every zone, of an empty one too', () => {
    expect(Object.fromEntries(countSeatsByZone(room()))).toEqual({ near: 3, far: 6, none: 0 });
  });
});

describe('a seat map', () => {
  const map = buildSeatMap(eventId, { ...numbered(room()), version: 1 });
  const seats = map.sections.flatMap((section) => section.rows.flatMap((each) => each.seats));

  test('gives the seats in the order of the plan, each with its index in its id', () => {
    expect(seats.map((seat) => seat.id)).toEqual(
      Array.from({ length: 9 }, (_, i) => `seat_${eventId.slice(4)}_${i}`),
    );
    expect(map.seatCount).toBe(9);
  });

  test('marks aisles, places for wheelchairs and their companions', () => {
    expect(seats.flatMap((seat, i) => (seat.aisleAfter ? [i] : []))).toEqual([4]);
    expect(seats.flatMap((seat, i) => (seat.accessible ? [i] : []))).toEqual([6]);
    expect(seats.flatMap((seat, i) => (seat.companion ? [i] : []))).toEqual([5]);
  });
});

test('a seat map says from where one sees less, and what the organiser says of single seats', () => {
  const layout = room();
  const photo = 'pic_01K9ZC4V7R8W3T5XN2M6QHJDEF';
  Object.assign(layout.sections[0]!.rows[0]!, {
    restrictedView: [1],
    notes: [
      { at: 1, text: 'Behind a pillar' },
      { at: 2, photo },
    ],
  });
  layout.sections[0]!.photo = photo;
  const [stalls] = buildSeatMap(eventId, { ...numbered(layout), version: 1 }).sections;
  expect(stalls!.photo).toBe(photo);
  const [first, second, third] = stalls!.rows[0]!.seats;
  expect(Object.keys(first!).sort()).toEqual(['id', 'label', 'x', 'y']);
  expect(second).toMatchObject({ restrictedView: true, note: 'Behind a pillar' });
  expect(third).toMatchObject({ photo });
});

describe('the next version of a seat map', () => {
  const first = numbered(room());
  const edited = (edit: (layout: SeatLayout) => void) => {
    const layout = room();
    edit(layout);
    return { layout, ...numberSeats(layout, first) };
  };

  test('keeps the index of each seat when a row is put in front, and numbers the new ones on', () => {
    const next = edited((layout) => layout.sections[0]!.rows.unshift(row('0', 'near', 2, 40)));
    expect(next).toMatchObject({ indexes: [9, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8], indexCount: 11 });
    const plan = planSeats({ id: 'map_2', ...next });
    expect(placeName(plan, 0)).toEqual({ section: 'Stalls', row: 'A', seat: '1' });
    expect(placeName(plan, 10)).toEqual({ section: 'Stalls', row: '0', seat: '2' });
    expect(plan.rows[0]!.seats).toEqual([9, 10]);
    const map = buildSeatMap(eventId, { id: 'map_2', version: 2, ...next });
    expect(map.sections[0]!.rows[1]!.seats[0]).toMatchObject({
      id: `seat_${eventId.slice(4)}_0`,
      label: '1',
    });
  });

  test('never gives the index of a seat that is gone to another', () => {
    const without = edited((layout) => layout.sections[0]!.rows.shift());
    expect(without).toMatchObject({ indexes: [3, 4, 5, 6, 7, 8], indexCount: 9 });
    expect(() => placeName(planSeats({ id: 'map_2', ...without }), 0)).toThrow(RangeError);
    expect(numberSeats(room(), without).indexes).toEqual([9, 10, 11, 3, 4, 5, 6, 7, 8]);
  });

  test('takes a seat with another label, row or price zone, or of another section, for another seat', () => {
    const changed = edited((layout) => {
      const [a, b] = layout.sections[0]!.rows as [LayoutRow, LayoutRow];
      a.labels[2] = '3a';
      a.zone = 'far';
      b.label = 'C';
      layout.sections[1]!.key = 'loge';
    });
    expect(changed.indexes.every((index) => index >= 9)).toBe(true);
  });

  test('takes a seat that is drawn elsewhere, or whose section has another name, for the same', () => {
    const changed = edited((layout) => {
      layout.sections[0]!.name = 'Parterre';
      layout.sections[0]!.rows[0]!.y = [60, 60, 60];
      layout.sections.reverse();
    });
    expect(changed).toMatchObject({ indexes: [7, 8, 0, 1, 2, 3, 4, 5, 6], indexCount: 9 });
  });
});

describe('the issues of a layout', () => {
  const issuesAfter = (spoil: (layout: SeatLayout) => void): string[] => {
    const layout = room();
    spoil(layout);
    return layoutIssues(layout).map((issue) => issue.path);
  };
  const stalls = (layout: SeatLayout) => layout.sections[0]!;
  const first = (layout: SeatLayout) => stalls(layout).rows[0]!;

  test.each<[string, (layout: SeatLayout) => void, string[]]>([
    ['nothing', () => {}, []],
    [
      'a zone that does not exist',
      (l) => {
        first(l).zone = 'mid';
      },
      ['sections.0.rows.0.zone'],
    ],
    [
      'two zones with one key',
      (l) => {
        l.zones[1]!.key = 'none';
      },
      ['zones.2.key', 'sections.0.rows.1.zone', 'sections.1.rows.0.zone'],
    ],
    [
      'two sections with one key',
      (l) => {
        l.sections[1]!.key = 'stalls';
      },
      ['sections.1.key'],
    ],
    [
      'two sections with one name',
      (l) => {
        l.sections[1]!.name = 'STALLS';
      },
      ['sections.1.name'],
    ],
    [
      'two rows with one label',
      (l) => {
        stalls(l).rows[1]!.label = 'A';
      },
      ['sections.0.rows.1.labels'],
    ],
    [
      'two seats with one label',
      (l) => {
        first(l).labels[2] = '1';
      },
      ['sections.0.rows.0.labels'],
    ],
    [
      'two seats on one spot',
      (l) => {
        l.sections[1]!.rows[0]!.x[1] = 95;
      },
      ['sections.1.rows.0.x.1'],
    ],
    [
      'a seat outside the map',
      (l) => {
        first(l).x[0] = 201;
      },
      ['sections.0.rows.0.x.0'],
    ],
    [
      'an aisle after the last seat',
      (l) => {
        first(l).gapsAfter = [2];
      },
      ['sections.0.rows.0.gapsAfter'],
    ],
    [
      'a wheelchair where no seat is',
      (l) => {
        first(l).accessible = [3];
      },
      ['sections.0.rows.0.accessible'],
    ],
    [
      'a companion where no seat is',
      (l) => {
        first(l).companion = [3];
      },
      ['sections.0.rows.0.companion'],
    ],
    [
      'a place for a wheelchair and a companion at once',
      (l) => {
        Object.assign(first(l), { accessible: [0], companion: [0] });
      },
      ['sections.0.rows.0.companion'],
    ],
    [
      'an outline outside the map',
      (l) => {
        stalls(l).outline = [[0, 201]];
      },
      ['sections.0.outline'],
    ],
  ])('name %s', (_, spoil, paths) => {
    expect(issuesAfter(spoil)).toEqual(paths);
  });
});

describe('a row with two price zones', () => {
  const rowOf = (label: string, zone: string, labels: string[], y: number) => ({
    label,
    zone,
    labels,
    x: labels.map((_, i) => 10 * (i + 1)),
    y: labels.map(() => y),
  });
  const layoutOf = (...rows: ReturnType<typeof rowOf>[]): SeatLayout => ({
    width: 200,
    height: 200,
    zones: [
      { key: 'gold', name: 'Gold', color: '#aa8800' },
      { key: 'blue', name: 'Blue', color: '#0000aa' },
    ],
    sections: [{ key: 'stalls', name: 'Stalls', rows }],
  });

  test('is two rows of one label, whose seats differ', () => {
    const layout = layoutOf(rowOf('A', 'gold', ['1', '2'], 10), rowOf('A', 'blue', ['3', '4'], 20));
    expect(layoutIssues(layout)).toEqual([]);
    expect(layoutIssues(layoutOf(rowOf('A', 'gold', ['1', '2'], 10), rowOf('A', 'blue', ['2'], 20)))).toEqual(
      [{ path: 'sections.0.rows.1.labels', message: 'two seats of a row have the same label' }],
    );
    const same = layoutOf(rowOf('A', 'gold', ['1'], 10), rowOf('A', 'gold', ['2'], 20));
    expect(layoutIssues(same)).toEqual([{ path: 'sections.0.rows.1.label', message: 'is there twice' }]);
  });

  test.each([
    ['a1', 'A1'],
    ['1', '１'],
    ['1', ' 1'],
    ['1 a', '1  a'],
    ['1', '1\u200b'],
    ['é', 'e\u0301'],
    ['1', '①'],
  ])('labels that print the same are the same: %j and %j', (one, other) => {
    expect(layoutIssues(layoutOf(rowOf('A', 'gold', [one, other], 10))).map(({ path }) => path)).toEqual([
      'sections.0.rows.0.labels',
    ]);
    const rows = layoutOf(rowOf(one, 'gold', ['1'], 10), rowOf(other, 'blue', ['1'], 20));
    expect(layoutIssues(rows)).toHaveLength(1);
  });
});
