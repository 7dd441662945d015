import { describe, expect, test } from 'vitest';
import type { LayoutRow, SeatLayout } from '../../../contract/layout.ts';
import { layoutIssues } from './layout-issues.ts';
import { buildSeatMap, etagOf } from './seat-map.ts';
import { countSeatsByZone, placeName, planSeats } from './seat-plan.ts';

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

/** Two rows of stalls before a stage at the top, and a box beside the stage that is nearer than either. */
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

describe('a seat plan', () => {
  const plan = planSeats(room());

  test('numbers the seats through sections, rows and labels', () => {
    expect(plan.seatCount).toBe(9);
    expect(plan.zoneOf).toEqual(['near', 'near', 'near', 'far', 'far', 'far', 'far', 'far', 'far']);
    expect(plan.rows.map(({ first, count }) => [first, count])).toEqual([
      [0, 3],
      [3, 4],
      [7, 2],
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
    expect(planSeats(layout).rows.map((each) => each.order)).toEqual([1, 2, 0]);
  });

  test('ranks rows as listed where there is no stage', () => {
    const { stage, ...layout } = room();
    expect(stage).toBeDefined();
    expect(planSeats(layout).rows.map((each) => each.order)).toEqual([0, 1, 2]);
  });

  test('counts the seats of every zone, of an empty one too', () => {
    expect(Object.fromEntries(countSeatsByZone(room()))).toEqual({ near: 3, far: 6, none: 0 });
  });
});

describe('a seat map', () => {
  const map = buildSeatMap(eventId, room());
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

  test('has an etag that follows the layout', () => {
    const moved = room();
    moved.sections[0]!.rows[0]!.x[0] = 11;
    expect(etagOf(room())).toBe(etagOf(room()));
    expect(etagOf(moved)).not.toBe(etagOf(room()));
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
      ['sections.0.rows.1.label'],
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
