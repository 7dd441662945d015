import type {
  Area,
  Box,
  PlanObject,
  PlanText,
  RowBlock,
  RowNames,
  SeatNames,
  SeatPlanDocument,
  Shape,
  Stage,
  Table,
} from '../contract/plan-fields.ts';
import { boundsOfAll } from './outlines.ts';
import type { NewObjectId } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';

/* New objects with sizes that fit people: a seat is ten units wide, which is about 55 cm. */

const fromFront: RowNames = { scheme: 'letters', start: 1, from: 'front' };
export const fromLeft: SeatNames = { scheme: 'all', start: 1, from: 'left' };

interface At {
  id: string;
  x: number;
  y: number;
}
interface SeatedAt extends At {
  section: string;
  zone: string;
}

/** Rows of so many seats, with serial 0 in their middle. */
export function newRows({
  rows,
  seats,
  ...at
}: SeatedAt & { rows: number; seats: number } & Partial<Omit<RowBlock, 'rows' | 'kind'>>): RowBlock {
  const middle = Math.floor(seats / 2);
  return {
    kind: 'rows',
    rotation: 0,
    spacing: 10,
    rowSpacing: 16,
    radius: 0,
    rowNames: fromFront,
    seatNames: fromLeft,
    ...at,
    // An even number of seats has no seat in the middle.
    rows: Array.from({ length: rows }, (_, i) => ({
      id: `r${i + 1}`,
      from: -middle,
      count: seats,
      ...(seats % 2 === 0 && { shift: (at.spacing ?? 10) / 2 }),
    })),
  };
}

export const newTable = (at: SeatedAt & Partial<Table>): Table => ({
  kind: 'table',
  rotation: 0,
  shape: 'round',
  width: 30,
  height: 30,
  seats: 8,
  sides: [0, 0, 0, 0],
  label: '1',
  seatNames: fromLeft,
  ...at,
});

export const newBox = (at: SeatedAt & Partial<Box>): Box => ({
  kind: 'box',
  rotation: 0,
  columns: 3,
  rows: 2,
  spacing: 12,
  label: '1',
  seatNames: fromLeft,
  ...at,
});

/** A rectangle of so much width and height around the point. */
export const newArea = ({
  width = 200,
  height = 120,
  ...at
}: At & { section: string; width?: number; height?: number } & Partial<Area>): Area => ({
  kind: 'area',
  rotation: 0,
  pool: null,
  points: [
    [-width / 2, -height / 2],
    [width / 2, -height / 2],
    [width / 2, height / 2],
    [-width / 2, height / 2],
  ],
  ...at,
});

export const newStage = (at: At & Partial<Stage>): Stage => ({
  kind: 'stage',
  rotation: 0,
  width: 200,
  height: 50,
  label: 'Stage',
  ...at,
});

export const newShape = (at: At & Partial<Shape>): Shape => ({
  kind: 'shape',
  rotation: 0,
  shape: 'rectangle',
  width: 80,
  height: 40,
  fill: '#c8ccd4',
  label: '',
  ...at,
});

export const newText = (at: At & Partial<PlanText>): PlanText => ({
  kind: 'text',
  rotation: 0,
  text: 'Text',
  size: 16,
  ...at,
});

/** A plan with nothing in it. */
export const emptyPlan = (width = 1200, height = 900): SeatPlanDocument => ({
  format: 1,
  width,
  height,
  zones: [],
  sections: [],
  objects: [],
});

/** Objects that were copied, with the sections and zones that they need in another plan. */
interface Clip {
  objects: readonly PlanObject[];
  sections: SeatPlanDocument['sections'];
  zones: SeatPlanDocument['zones'];
}

export function copyObjects(plan: SeatPlanDocument, ids: readonly string[]): Clip {
  const chosen = new Set(ids);
  const objects = plan.objects.filter(({ id }) => chosen.has(id));
  const sections = new Set(objects.flatMap((object) => ('section' in object ? [object.section] : [])));
  return {
    objects,
    sections: plan.sections.filter(({ key }) => sections.has(key)),
    zones: plan.zones,
  };
}

/**
 * The command that adds copies with ids of their own, so far from the originals. A copied standing area gets a section of its own,
 * because a section has one area. Imported rows lose the keys of the seats that they were copied from.
 */
export function pasteCommand(
  plan: SeatPlanDocument,
  clip: Clip,
  newId: NewObjectId,
  { dx, dy }: { dx: number; dy: number },
): Extract<PlanCommand, { do: 'add' }> {
  const sections = [...clip.sections];
  const keys = new Set([...plan.sections, ...clip.sections].map(({ key }) => key));
  const objects = clip.objects.map((object): PlanObject => {
    const copy = { ...object, id: newId(), x: object.x + dx, y: object.y + dy };
    if (copy.kind === 'free') return { ...copy, rows: copy.rows.map(({ stem: _, ...row }) => row) };
    if (copy.kind !== 'area') return copy;
    const section = freeKey(copy.section, keys);
    keys.add(section);
    const name = clip.sections.find(({ key }) => key === copy.section)?.name ?? copy.section;
    sections.push({
      key: section,
      name: `${name} ${section.slice(section.lastIndexOf('-') + 1)}`.slice(0, 60),
    });
    return { ...copy, section };
  });
  return { do: 'add', objects, sections, zones: clip.zones };
}

function freeKey(key: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const next = `${key.slice(0, 34)}-${number}`;
    if (!taken.has(next)) return next;
  }
}

/** The commands that make the map as large as what is drawn, with a margin. Empty for an empty plan. */
export function fitCommands(plan: SeatPlanDocument, margin = 30): PlanCommand[] {
  const all = boundsOfAll(plan.objects);
  if (!all) return [];
  const ids = plan.objects.map(({ id }) => id);
  return [
    { do: 'move', objects: ids, dx: Math.round(margin - all.left), dy: Math.round(margin - all.top) },
    {
      do: 'change-plan',
      fields: {
        width: Math.ceil(all.right - all.left + 2 * margin),
        height: Math.ceil(all.bottom - all.top + 2 * margin),
      },
    },
  ];
}
