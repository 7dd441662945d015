import type { PlanObject, PlanSection, PlanZone } from '../../../../contract/plan-fields.ts';
import {
  newArea,
  newBox,
  newRows,
  newShape,
  newStage,
  newTable,
  newText,
} from '../../../../seat-map/make-objects.ts';
import { boundsOf } from '../../../../seat-map/outlines.ts';
import type { Bounds } from '../../../../seat-map/plan.ts';
import type { PlanCommand } from '../../../../seat-map/plan-command.ts';
import { palette } from '../../../../seat-map/plan-file.ts';
import { keyOf } from '../organise/layouts.ts';
import type { Desk, DrawTool } from './desk.ts';
import { t } from './words.ts';

/** Letters and digits that no plan has. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join('');
}

export function newZone(
  zones: readonly PlanZone[],
  name = t('newZone', { number: zones.length + 1 }),
): PlanZone {
  return {
    key: freeKey(name, zones),
    name,
    color: palette[zones.length % palette.length] ?? '',
  };
}

/** The key of a name, with a number if another entry has it. */
export function freeKey(name: string, taken: readonly { key: string }[]): string {
  const wanted = keyOf(name).slice(0, 30).replace(/-+$/, '') || 'part';
  let key = wanted;
  for (let n = 2; taken.some((each) => each.key === key); n++) key = `${wanted}-${n}`;
  return key;
}

function newSection(sections: readonly PlanSection[], name: string): PlanSection {
  let free = name;
  for (let n = 2; sections.some((each) => each.name === free); n++) free = `${name} ${n}`;
  return { key: freeKey(free, sections), name: free };
}

const spacing = { seats: 11, rows: 16 };
/** More rows or seats in one drag are a slip of the hand. */
const most = { rows: 60, seats: 120 };

/** How many rows and seats fit into a box. */
const gridOf = ({ left, top, right, bottom }: Bounds): { rows: number; seats: number } => ({
  seats: Math.min(Math.max(Math.round((right - left) / spacing.seats), 1), most.seats),
  rows: Math.min(Math.max(Math.round((bottom - top) / spacing.rows), 1), most.rows),
});

/** What a drawn box will become, in figures. */
export function sayBox(tool: DrawTool, box: Bounds): string {
  const { rows, seats } = gridOf(box);
  if (tool === 'rows' || tool === 'arc') return `${rows} × ${seats}`;
  return `${Math.round((box.right - box.left) / 10)} × ${Math.round((box.bottom - box.top) / 10)}`;
}

/** Draws an object into a box; a click has a box without size and gets the usual one. */
export function drawObject(desk: Desk, tool: DrawTool, box: Bounds): void {
  const isClick = box.right - box.left < 8 && box.bottom - box.top < 8;
  const plan = desk.document;
  const id = newId();
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const [width, height] = isClick ? [400, 80] : [box.right - box.left, box.bottom - box.top].map(Math.round);
  const isSeats = tool === 'rows' || tool === 'arc' || tool === 'table' || tool === 'box';
  const zone = plan.zones.find(({ key }) => key === desk.state.zone) ?? plan.zones[0] ?? newZone([]);
  const section = sectionFor(desk, tool);
  const common = { id, section: section.key, zone: zone.key, ...middle };
  const made = make(tool, common, { isClick, box, width: width ?? 400, height: height ?? 80 }, desk);
  // The origin of an object is not in its middle: it is moved to where the hand drew it.
  const around = boundsOf(made);
  const object = {
    ...made,
    x: Math.round(made.x + middle.x - (around.left + around.right) / 2),
    y: Math.round(made.y + middle.y - (around.top + around.bottom) / 2),
  };
  const isNew = <Entry extends { key: string }>(list: readonly Entry[], entry: Entry) =>
    !list.some(({ key }) => key === entry.key);
  const command: PlanCommand = {
    do: 'add',
    objects: [object],
    ...((isSeats || tool === 'area') && isNew(plan.sections, section) && { sections: [section] }),
    ...(isSeats && isNew(plan.zones, zone) && { zones: [zone] }),
  };
  desk.perform(command, { choose: [id], said: t('added', { what: t(`kind.${object.kind}`) }) });
  desk.setTool('select');
}

/** Blocks and areas are sections of their own. Tables share a section, and so do boxes. */
function sectionFor(desk: Desk, tool: DrawTool): PlanSection {
  const { sections, objects } = desk.document;
  if (tool === 'table' || tool === 'box') {
    const before = objects.findLast(({ kind }) => kind === tool);
    const shared = before && 'section' in before && sections.find(({ key }) => key === before.section);
    if (shared) return shared;
  }
  const names = {
    rows: 'newBlock',
    arc: 'newBlock',
    table: 'newTables',
    box: 'newBoxes',
    area: 'newArea',
  } as const;
  const name = tool in names ? t(names[tool as keyof typeof names]) : '';
  return newSection(sections, name || t('newBlock'));
}

interface Drawn {
  isClick: boolean;
  box: Bounds;
  width: number;
  height: number;
}

function make(
  tool: DrawTool,
  common: { id: string; section: string; zone: string; x: number; y: number },
  { isClick, box, width, height }: Drawn,
  desk: Desk,
): PlanObject {
  const { id, x, y, section } = common;
  const grid = isClick ? { rows: 8, seats: 16 } : gridOf(box);
  const count = (kind: string) => desk.document.objects.filter((object) => object.kind === kind).length + 1;
  switch (tool) {
    case 'rows':
      return newRows({ ...common, ...grid });
    case 'arc':
      return newRows({ ...common, ...grid, radius: Math.round(Math.max(grid.seats * 9, 150)) });
    case 'table':
      return newTable({ ...common, seats: 8, label: String(count('table')) });
    case 'box':
      return newBox({
        ...common,
        columns: isClick ? 2 : Math.min(Math.max(Math.round(width / 12), 1), 40),
        rows: isClick ? 2 : Math.min(Math.max(Math.round(height / 12), 1), 20),
        label: String(count('box')),
      });
    case 'area':
      return newArea({ id, x, y, section, width: isClick ? 300 : width, height: isClick ? 200 : height });
    case 'stage':
      return newStage({ id, x, y, width, height });
    case 'shape':
      return newShape({ id, x, y, width: isClick ? 120 : width, height: isClick ? 60 : height });
    default:
      return newText({ id, x, y, text: t('newText'), size: 20 });
  }
}
