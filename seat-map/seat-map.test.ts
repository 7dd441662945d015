import { describe, expect, test } from 'vitest';
import { seatLayoutSchema } from '../contract/layout.ts';
import { planSchema } from '../contract/plan-fields.ts';
import { compilePlan } from './compile-plan.ts';
import { applyCommand } from './edit-plan.ts';
import { findProblems } from './find-problems.ts';
import { newRows } from './make-objects.ts';
import { nameRows, nameSeats } from './number-rows.ts';
import { placeRows } from './place-seats.ts';
import { planFromJson, planToJson } from './plan-json.ts';
import { planFromPretix } from './pretix-in.ts';
import { planToPretix } from './pretix-out.ts';
import { planFromSvg } from './svg-in.ts';
import { planToSvg } from './svg-out.ts';
import { templateNames } from './templates.ts';
import { countedIds, smallHall, template } from './testing/plans.ts';

const sale = { zonesSold: null, pools: null };

describe('names', () => {
  const rows = (more: object) => nameRows({ scheme: 'letters', start: 1, from: 'front', ...more }, 4);
  const seats = (more: object, count = 5) =>
    nameSeats({ scheme: 'all', start: 1, from: 'left', ...more }, count);
  test.each([
    [rows({}), 'A B C D'],
    [rows({ from: 'back' }), 'D C B A'],
    [rows({ start: 8, skip: ['I', 'o'] }), 'H J K L'],
    [rows({ start: 25 }), 'Y Z AA AB'],
    [rows({ scheme: 'numbers', start: 12, skip: ['13'] }), '12 14 15 16'],
    [rows({ scheme: 'none' }), '   '],
    [seats({}), '1 2 3 4 5'],
    [seats({ from: 'right', start: 11 }), '15 14 13 12 11'],
    [seats({ scheme: 'odd' }), '1 3 5 7 9'],
    [seats({ scheme: 'even' }), '2 4 6 8 10'],
    [seats({ scheme: 'middle' }), '5 3 1 2 4'],
    [seats({ scheme: 'middle' }, 6), '5 3 1 2 4 6'],
    [seats({ scheme: 'letters' }), 'A B C D E'],
    [seats({ skip: ['4', '13'] }), '1 2 3 5 6'],
  ])('%j', (found, wanted) => {
    expect(found.join(' ')).toBe(wanted);
  });
});

describe('rows', () => {
  const block = newRows({ id: 'block', section: 's', zone: 'z', x: 100, y: 50, rows: 2, seats: 3 });
  test('stand in straight lines around the middle of the block', () => {
    expect(placeRows(block).map(({ x, y }) => [x, y])).toEqual([
      [
        [90, 100, 110],
        [50, 50, 50],
      ],
      [
        [90, 100, 110],
        [66, 66, 66],
      ],
    ]);
  });
  test('bend around a centre in front of them, with equal distances along the row', () => {
    const [first, second] = placeRows({ ...block, radius: 100 }) as [never, never];
    const { x, y } = first as { x: number[]; y: number[] };
    expect(Math.hypot(x[0]! - 100, y[0]! - -50)).toBeCloseTo(100);
    expect(Math.hypot(x[2]! - 100, y[2]! - -50)).toBeCloseTo(100);
    const back = second as { x: number[]; y: number[] };
    expect(Math.hypot(back.x[0]! - 100, back.y[0]! - -50)).toBeCloseTo(116);
    // The ends of the row are nearer to the stage than its middle.
    expect(y[0]).toBeLessThan(y[1]!);
  });
  test('keep their seats’ keys when seats are added at either side and taken from the middle', () => {
    const keys = (plan: ReturnType<typeof smallHall>) => placeRows(plan.objects[1] as never)[0]!.serials;
    const plan = smallHall();
    const before = keys(plan);
    const wider = applyCommand(plan, { do: 'set-rows', object: 'rows1', rows: 4, seats: 14, keep: 'middle' });
    expect(keys(wider).slice(2, -2)).toEqual(before);
    const [row] = placeRows(wider.objects[1] as never);
    const holed = applyCommand(wider, {
      do: 'remove-seats',
      seats: [{ object: 'rows1', row: row!.id, seats: [before[4]!] }],
    });
    expect(keys(holed)).toEqual(keys(wider).filter((serial) => serial !== before[4]));
    expect(placeRows(holed.objects[1] as never)[0]!.gapsAfter).toEqual([5]);
  });
});

describe('a compiled plan', () => {
  test('joins rows of one name in several objects, from left to right with an aisle between them', () => {
    const at = { section: 'stalls', zone: 'gold', y: 100, rows: 1, seats: 3 };
    const plan = {
      ...smallHall(),
      objects: [
        newRows({ ...at, id: 'right', x: 300, seatNames: { scheme: 'all', start: 4, from: 'left' } }),
        newRows({ ...at, id: 'left1', x: 200 }),
      ],
    };
    const [section] = compilePlan(plan).layout.sections;
    expect(section!.rows).toHaveLength(1);
    expect(section!.rows[0]).toMatchObject({ labels: ['1', '2', '3', '4', '5', '6'], gapsAfter: [2] });
  });

  test('makes two rows of one name of a row with two zones', () => {
    const plan = applyCommand(smallHall(), {
      do: 'mark',
      seats: [{ object: 'rows1', row: 'r1', seats: [-1, 0, 1] }],
      mark: { zone: 'blue', restrictedView: true, note: 'Pillar' },
    });
    const rows = compilePlan(plan).layout.sections[0]!.rows.filter(({ label }) => label === 'A');
    expect(rows.map(({ zone, labels }) => [zone, labels.length])).toEqual([
      ['gold', 7],
      ['blue', 3],
    ]);
    expect(rows[1]).toMatchObject({ restrictedView: [0, 1, 2], notes: [{ at: 0, text: 'Pillar' }, {}, {}] });
    // Seats on both sides of the others are no neighbours.
    expect(rows[0]!.gapsAfter).toEqual([3]);
  });

  test('leaves out seats that are kept off sale, with an aisle where they stand', () => {
    const plan = applyCommand(smallHall(), {
      do: 'mark',
      seats: [{ object: 'rows1', row: 'r1', seats: [0, 1] }],
      mark: { blocked: true },
    });
    const [row] = compilePlan(plan).layout.sections[0]!.rows;
    expect(row).toMatchObject({ labels: ['1', '2', '3', '4', '5', '8', '9', '10'], gapsAfter: [4] });
  });

  test('keeps the numbers of a mirrored block with their seats', () => {
    const plan = applyCommand(smallHall(), { do: 'mirror', objects: ['rows2'], axis: 'x' });
    const [row] = placeRows(plan.objects[2] as never);
    expect(row!.labels.at(-1)).toBe('1');
    expect(row!.x[0]).toBeLessThan(row!.x[1]!);
  });
});

describe('templates', () => {
  test.each(templateNames)('%s can be saved and sold', (name) => {
    const plan = template(name);
    expect(planSchema.safeParse(plan).error?.issues ?? []).toEqual([]);
    const { layout } = compilePlan(plan);
    expect(seatLayoutSchema.safeParse(layout).error?.issues ?? []).toEqual([]);
    expect(
      findProblems(plan, sale)
        .map(({ code, object }) => `${code} ${object}`)
        .slice(0, 5),
    ).toEqual([]);
    const accessible = layout.sections.some(({ rows }) =>
      rows.some((row) => (row.accessible?.length ?? 0) > 0),
    );
    expect({
      name,
      accessible: accessible || name === 'arena' || name === 'club' || name === 'stadium',
    }).toMatchObject({
      accessible: true,
    });
  });
});

describe('problems', () => {
  const codes = (plan: ReturnType<typeof smallHall>, known = sale) =>
    findProblems(plan, known).map(({ code, object }) => [code, object]);
  test.each<[string, (plan: ReturnType<typeof smallHall>) => ReturnType<typeof smallHall>, unknown[]]>([
    ['a good plan', (plan) => plan, []],
    [
      'a double label',
      (plan) =>
        applyCommand(plan, {
          do: 'mark',
          seats: [{ object: 'rows2', row: 'r1', seats: [0] }],
          mark: { label: '1' },
        }),
      [['double_seat', 'rows2']],
    ],
    [
      'a seat outside',
      (plan) => applyCommand(plan, { do: 'move', objects: ['box01'], dx: 300, dy: 0 }),
      [['outside', 'box01']],
    ],
    [
      'an area without a pool',
      (plan) => applyCommand(plan, { do: 'change', objects: ['area1'], fields: { pool: null } }),
      [['area_without_pool', 'area1']],
    ],
    [
      'an unknown zone',
      (plan) => applyCommand(plan, { do: 'change', objects: ['table1'], fields: { zone: 'grey' } }),
      [['unknown_zone', 'table1']],
    ],
    [
      'an empty section',
      (plan) => applyCommand(plan, { do: 'remove', objects: ['table1'] }),
      [['empty_section', undefined]],
    ],
    [
      'two stages',
      (plan) => ({ ...plan, objects: [...plan.objects, { ...plan.objects[0]!, id: 'stage2' }] }),
      [['two_stages', 'stage2']],
    ],
    [
      'no zones',
      (plan) => ({
        ...plan,
        zones: [],
        objects: plan.objects.filter(({ kind }) => kind === 'area'),
        sections: [plan.sections[3]!],
      }),
      [['no_zones', undefined]],
    ],
  ])('%s', (_, spoil, wanted) => {
    const found = codes(spoil(smallHall()));
    expect(
      wanted.length === 0 ? found : found.filter(([code]) => code === (wanted[0] as string[])[0]).slice(0, 1),
    ).toEqual(wanted);
  });

  test('seats that cover each other are named with their place', () => {
    const plan = applyCommand(smallHall(), {
      do: 'move-seats',
      seats: [{ object: 'rows2', row: 'r1', seats: [0] }],
      dx: 7,
      dy: 0,
    });
    expect(findProblems(plan, sale)).toMatchObject([
      {
        code: 'overlap',
        severity: 'warning',
        object: 'rows2',
        row: 'r1',
        at: [expect.any(Number), expect.any(Number)],
      },
    ]);
  });

  test('a zone that no ticket type sells, and a pool that the event does not have', () => {
    const known = { zonesSold: new Set(['gold']), pools: new Set(['other']) };
    expect(
      findProblems(smallHall(), known)
        .map(({ code }) => code)
        .sort(),
    ).toEqual(['unknown_pool', 'unsold_zone']);
  });
});

describe('files', () => {
  const seatsOf = (plan: ReturnType<typeof smallHall>) =>
    compilePlan(plan).layout.sections.flatMap((section) =>
      section.rows.flatMap((row) =>
        row.labels.map(
          (label, i) =>
            `${section.key} ${row.label} ${label} ${row.zone} ${row.x[i]} ${row.y[i]} ${row.keys?.[i]}`,
        ),
      ),
    );
  const read = (found: ReturnType<typeof planFromSvg>) => {
    if ('wrong' in found) throw new Error(JSON.stringify(found.wrong));
    return found;
  };

  test.each(templateNames)('our SVG of the %s is read as the same seats', (name) => {
    const plan = template(name);
    const { plan: again, notes } = read(planFromSvg(planToSvg(plan), countedIds('new')));
    expect(seatsOf(again).sort()).toEqual(seatsOf(plan).sort());
    expect(notes).toEqual([]);
    expect(planSchema.safeParse(again).error?.issues ?? []).toEqual([]);
  });

  test.each(templateNames)('pretix’s format of the %s is read as the same seats', (name) => {
    const plan = template(name);
    const { plan: again } = read(
      planFromPretix(JSON.parse(JSON.stringify(planToPretix(plan, name))), countedIds('new')),
    );
    // Keys of zones and sections come from their names.
    const plain = (list: string[]) => list.map((seat) => seat.split(' ').slice(-3).join(' ')).sort();
    expect(plain(seatsOf(again))).toEqual(plain(seatsOf(plan)));
    expect(planSchema.safeParse(again).error?.issues ?? []).toEqual([]);
  });

  test('JSON is read as the same plan, and a layout as a plan', () => {
    const plan = smallHall();
    expect(planFromJson(planToJson(plan))).toEqual({ plan });
    const { layout } = compilePlan(plan);
    const found = planFromJson(JSON.stringify(layout));
    expect('plan' in found && compilePlan(found.plan).layout).toEqual(layout);
  });

  test('a file that is wrong says where', () => {
    expect(planFromJson('{"format":1')).toMatchObject({ wrong: [{ path: '' }] });
    const plan = smallHall() as unknown as { objects: { rows: { count: number }[] }[] };
    plan.objects[1]!.rows[2]!.count = -1;
    expect(planFromJson(JSON.stringify(plan))).toMatchObject({ wrong: [{ path: 'objects.1.rows.2.count' }] });
    const pretix = JSON.parse(JSON.stringify(planToPretix(smallHall(), 'x')));
    pretix.zones[0].rows[1].seats[2].category = 'None such';
    pretix.zones[0].rows[1].seats[3].position = { x: 1 };
    expect(planFromPretix(pretix, countedIds())).toEqual({
      wrong: [
        { path: 'zones.0.rows.1.seats.2.category', code: 'unknown_category' },
        { path: 'zones.0.rows.1.seats.3.position.y', code: 'missing' },
      ],
    });
    expect(planFromPretix([], countedIds())).toEqual({ wrong: [{ path: '', code: 'not_a_plan' }] });
    expect(planFromSvg('<html/>', countedIds())).toEqual({ wrong: [{ path: 'html', code: 'not_a_plan' }] });
  });

  test('a stranger’s drawing: circles in groups, transforms, squares, and a report of the rest', () => {
    const svg = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">
      <svg viewBox="100 100 400 300"><g id="Parkett" transform="translate(10 20) scale(2)">
        <circle cx="60" cy="50" r="4" fill="#f00"/><circle cx="72" cy="50" r="4" fill="#f00"/>
        <circle cx="60" cy="66" r="4" style="fill:#00ff00"><title>12</title></circle></g>
        <rect x="150" y="110" width="120" height="20" id="stage"/><path d="M0 0"/><path d="M1 1"/>
        <text x="200" y="120">Bühne &amp; mehr</text></svg>`;
    const { plan, notes } = read(planFromSvg(svg, countedIds('new')));
    const [section] = compilePlan(plan).layout.sections;
    expect(section).toMatchObject({ key: 'parkett', name: 'Parkett' });
    expect(section!.rows.map(({ labels }) => labels)).toEqual([['1', '2'], ['12']]);
    // A seat of eight units, drawn twice as large, is ten units wide.
    expect(section!.rows[0]!.x).toEqual([(130 - 100) * (10 / 16), (154 - 100) * (10 / 16)].map(Math.round));
    expect(plan.zones.map(({ color }) => color).sort()).toEqual(['#00ff00', '#ff0000']);
    expect(plan.objects.map(({ kind }) => kind).sort()).toEqual(['free', 'stage', 'text']);
    expect(notes).toContainEqual({ code: 'ignored_element', what: 'path', count: 2 });
  });

  test.each([
    ['entities', '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg><text>&b;</text></svg>'],
    ['a file of ours', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'],
    ['depth', `${'<g>'.repeat(200_000)}`],
    ['an open tag', '<svg><circle'],
    ['nothing', ''],
  ])('a hostile file is refused: %s', (_, svg) => {
    expect(planFromSvg(svg, countedIds())).toEqual({ wrong: [{ path: '', code: 'not_readable' }] });
  });

  test('scripts, pictures and links of a drawing are left out and named', () => {
    const svg = `<svg viewBox="0 0 9 9"><script>alert(1)</script><image href="http://evil.example/x"/><use href="#a"/>
      <foreignObject><b/></foreignObject><circle cx="1" cy="1" r="1" onclick="alert(2)"/></svg>`;
    const { plan, notes } = read(planFromSvg(svg, countedIds('new')));
    expect(notes.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['script', 'image', 'use', 'foreignObject']),
    );
    expect(JSON.stringify(plan)).not.toMatch(/alert|evil/);
    expect(planToSvg(plan)).not.toMatch(/script|alert|href|<image/);
  });

  test('names in our SVG cannot end an attribute', () => {
    const plan = {
      ...smallHall(),
      sections: smallHall().sections.map((each) => ({ ...each, name: '"><script>x</script>' })),
    };
    const svg = planToSvg(plan);
    expect(svg).not.toContain('<script');
    expect('plan' in planFromSvg(svg, countedIds('new'))).toBe(true);
  });
});
