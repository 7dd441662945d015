import type { PlanObject, PlanSection, PlanZone, SeatPlanDocument } from '../contract/plan-fields.ts';
import { applyCommand } from './edit-plan.ts';
import {
  emptyPlan,
  fitCommands,
  fromLeft,
  newArea,
  newBox,
  newRows,
  newShape,
  newStage,
  newTable,
} from './make-objects.ts';
import type { NewObjectId } from './plan.ts';

/* Rooms to begin with. Each can be sold as it is; most organisers change the number of rows and seats. */

export const templateNames = ['theatre', 'arena', 'club', 'cinema', 'stadium'] as const;
export type TemplateName = (typeof templateNames)[number];

/** Words that a template writes into the plan, in the language of whoever begins with it. */
export interface TemplateWords {
  stage: string;
  screen: string;
  pitch: string;
  bar: string;
  stalls: string;
  circle: string;
  boxes: string;
  floor: string;
  standing: string;
  block: string;
  tables: string;
  rows: string;
  balcony: string;
  lower: string;
  upper: string;
  best: string;
  good: string;
  standard: string;
}

/** Makes a room. The map is as large as the room. */
export function makeTemplate(name: TemplateName, words: TemplateWords, newId: NewObjectId): SeatPlanDocument {
  const plan = { ...emptyPlan(), ...rooms[name](words, newId) };
  // Nothing lies left of or above the map before it is fitted, because commands only move.
  return fitCommands(plan, 40).reduce(applyCommand, plan);
}

interface Room {
  zones: PlanZone[];
  sections: PlanSection[];
  objects: PlanObject[];
}

const gold = '#b45309';
const blue = '#1d4ed8';
const green = '#15803d';
const zonesOf = ({ best, good, standard }: TemplateWords): PlanZone[] => [
  { key: 'best', name: best, color: gold },
  { key: 'good', name: good, color: blue },
  { key: 'standard', name: standard, color: green },
];

const rooms: Record<TemplateName, (words: TemplateWords, newId: NewObjectId) => Room> = {
  theatre,
  arena,
  club,
  cinema,
  stadium,
};

/** Names of rows in theatres leave out I and O, which look like numbers. */
const theatreRows = { scheme: 'letters', start: 1, from: 'front', skip: ['I', 'O'] } as const;
const rowNames = () => ({ ...theatreRows, skip: [...theatreRows.skip] });

/** Stalls in three curved blocks, a circle behind them, and a box on each side. 466 seats. */
function theatre(words: TemplateWords, newId: NewObjectId): Room {
  const stalls = newRows({
    id: newId(),
    section: 'stalls',
    zone: 'good',
    x: 500,
    y: 200,
    rows: 14,
    seats: 24,
    radius: 420,
    rowSpacing: 18,
    aisles: [-7, 5],
    aisleWidth: 22,
    rowNames: rowNames(),
    seatNames: fromLeft,
  });
  const last = stalls.rows.length - 1;
  const rows = stalls.rows.map((row, r) => {
    // The front rows have fewer seats, as in a room that widens.
    const narrower = Math.max(0, 3 - r);
    const serials = Array.from({ length: 24 - 2 * narrower }, (_, i) => row.from + narrower + i);
    const zone = r < 5 ? { zone: 'best' } : {};
    const isPlace = (serial: number) => r === last && (serial === row.from || serial === row.from + 23);
    const isCompanion = (serial: number) =>
      r === last && (serial === row.from + 1 || serial === row.from + 22);
    const marks = Object.fromEntries(
      serials.flatMap((serial) => {
        const mark = {
          ...zone,
          ...(isPlace(serial) && { accessible: true as const }),
          ...(isCompanion(serial) && { companion: true as const }),
        };
        return Object.keys(mark).length > 0 ? [[serial, mark]] : [];
      }),
    );
    return {
      ...row,
      from: row.from + narrower,
      count: 24 - 2 * narrower,
      ...(Object.keys(marks).length > 0 && { marks }),
    };
  });
  const circle = newRows({
    id: newId(),
    section: 'circle',
    zone: 'standard',
    x: 500,
    y: 500,
    rows: 5,
    seats: 28,
    radius: 720,
    rowSpacing: 18,
    aisles: [-8, 6],
    aisleWidth: 22,
    rowNames: rowNames(),
  });
  const boxes = [-1, 1].flatMap((side) =>
    [0, 1].map((i) =>
      newBox({
        id: newId(),
        section: 'boxes',
        zone: 'best',
        x: 500 + side * 215,
        y: 225 + i * 60,
        rotation: side * 65,
        columns: 3,
        rows: 2,
        label: String(side < 0 ? i + 1 : i + 3),
      }),
    ),
  );
  return {
    zones: zonesOf(words),
    sections: [
      { key: 'stalls', name: words.stalls },
      { key: 'boxes', name: words.boxes },
      { key: 'circle', name: words.circle },
    ],
    objects: [
      newStage({ id: newId(), x: 500, y: 130, width: 240, height: 60, label: words.stage }),
      { ...stalls, rows },
      circle,
      ...boxes,
    ],
  };
}

/** A floor to stand on in front of the stage, and blocks around it on three sides. 1,836 seats. */
function arena(words: TemplateWords, newId: NewObjectId): Room {
  const objects: PlanObject[] = [
    newStage({ id: newId(), x: 700, y: 160, width: 300, height: 80, label: words.stage }),
    newArea({ id: newId(), section: 'floor', x: 700, y: 420, width: 380, height: 360, pool: 'floor' }),
  ];
  const sections: PlanSection[] = [{ key: 'floor', name: words.floor }];
  const block = (number: number, x: number, y: number, rotation: number, zone: string) => {
    const key = `block-${number}`;
    sections.push({ key, name: `${words.block} ${number}` });
    objects.push(
      newRows({
        id: newId(),
        section: key,
        zone,
        x,
        y,
        rotation,
        rows: 12,
        seats: 17,
        rowSpacing: 14,
        rowNames: { scheme: 'numbers', start: 1, from: 'front' },
      }),
    );
  };
  // Rows count away from the floor, so a block beside it is turned by a quarter.
  for (const [i, y] of [270, 460, 650].entries()) block(101 + i, 455, y - 20, 90, i === 0 ? 'good' : 'best');
  for (const [i, x] of [510, 700, 890].entries()) block(104 + i, x, 730, 0, 'good');
  for (const [i, y] of [650, 460, 270].entries()) block(107 + i, 945, y - 20, -90, i === 2 ? 'good' : 'best');
  return { zones: zonesOf(words).slice(0, 2), sections, objects };
}

/** Tables in front of a small stage, a bar, and a floor to stand on behind. 96 seats. */
function club(words: TemplateWords, newId: NewObjectId): Room {
  const tables = [0, 1, 2].flatMap((r) =>
    [0, 1, 2, 3].map((c) =>
      newTable({
        id: newId(),
        section: 'tables',
        zone: r === 0 ? 'best' : 'good',
        x: 180 + c * 80 + (r % 2) * 40,
        y: 180 + r * 75,
        label: String(r * 4 + c + 1),
      }),
    ),
  );
  return {
    zones: zonesOf(words).slice(0, 2),
    sections: [
      { key: 'tables', name: words.tables },
      { key: 'standing', name: words.standing },
    ],
    objects: [
      newStage({ id: newId(), x: 320, y: 90, width: 160, height: 50, label: words.stage }),
      ...tables,
      newArea({
        id: newId(),
        section: 'standing',
        x: 320,
        y: 460,
        width: 380,
        height: 120,
        pool: 'standing',
      }),
      newShape({ id: newId(), x: 590, y: 300, width: 50, height: 260, label: words.bar }),
    ],
  };
}

/** Straight rows with two aisles; the best seats are behind the middle, the wheelchair places in the first row. 206 seats. */
function cinema(words: TemplateWords, newId: NewObjectId): Room {
  const block = newRows({
    id: newId(),
    section: 'rows',
    zone: 'standard',
    x: 300,
    y: 160,
    rows: 12,
    seats: 18,
    rowSpacing: 20,
    aisles: [-6, 4],
    aisleWidth: 20,
    rowNames: { scheme: 'letters', start: 1, from: 'front' },
  });
  const rows = block.rows.map((row, r) => {
    if (r === 0)
      return {
        ...row,
        // Places for wheelchairs are wider, so fewer fit.
        gone: [row.from + 1, row.from + 3, row.from + 14, row.from + 16],
        marks: {
          [row.from]: { accessible: true as const },
          [row.from + 2]: { companion: true as const },
          [row.from + 15]: { companion: true as const },
          [row.from + 17]: { accessible: true as const },
        },
      };
    const marks = Object.fromEntries(Array.from({ length: 18 }, (_, i) => [row.from + i, { zone: 'best' }]));
    return r >= 7 ? { ...row, marks } : row;
  });
  const [best, , standard] = zonesOf(words) as [PlanZone, PlanZone, PlanZone];
  return {
    zones: [best, standard],
    sections: [{ key: 'rows', name: words.rows }],
    objects: [
      newStage({ id: newId(), x: 300, y: 90, width: 220, height: 12, label: words.screen }),
      { ...block, rows },
    ],
  };
}

/** A pitch with a lower and an upper tier of 16 blocks each around it. 14,400 seats. */
function stadium(words: TemplateWords, newId: NewObjectId): Room {
  const objects: PlanObject[] = [
    newStage({ id: newId(), x: 1500, y: 1100, width: 1050, height: 680, label: words.pitch }),
  ];
  const sections: PlanSection[] = [];
  const tier = (name: string, first: number, zone: (side: boolean) => string, out: number, seats: number) => {
    for (const [i, { x, y, rotation, isSide }] of around(out).entries()) {
      const number = first + i;
      sections.push({ key: `block-${number}`, name: `${name} ${number}` });
      objects.push(
        newRows({
          id: newId(),
          section: `block-${number}`,
          zone: zone(isSide),
          x,
          y,
          rotation,
          rows: 20,
          seats,
          rowSpacing: 14,
          rowNames: { scheme: 'numbers', start: 1, from: 'front' },
        }),
      );
    }
  };
  tier(words.lower, 101, (isSide) => (isSide ? 'best' : 'good'), 0, 20);
  tier(words.upper, 201, () => 'standard', 330, 25);
  return { zones: zonesOf(words), sections, objects };
}

/** The middles of the first rows of 16 blocks around the pitch, clockwise from the left above. */
function around(out: number): { x: number; y: number; rotation: number; isSide: boolean }[] {
  const [across, down] = [1050 / 2 + 60 + out, 680 / 2 + 60 + out];
  const spread = (count: number, from: number, to: number) =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 0.5)) / count);
  return [
    ...spread(5, -across, across).map((x) => ({ x: 1500 + x, y: 1100 - down, rotation: 180, isSide: true })),
    ...spread(3, -down, down).map((y) => ({ x: 1500 + across, y: 1100 + y, rotation: -90, isSide: false })),
    ...spread(5, across, -across).map((x) => ({ x: 1500 + x, y: 1100 + down, rotation: 0, isSide: true })),
    ...spread(3, down, -down).map((y) => ({ x: 1500 - across, y: 1100 + y, rotation: 90, isSide: false })),
  ];
}
