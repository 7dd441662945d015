import type { PlanObject, SeatPlanDocument } from '../contract/plan-fields.ts';
import { changeRow, markSeats, moveSeats, numberObjects, removeSeats, setRows } from './edit-seats.ts';
import { align, distribute, mirror, moveBy, rotate, snap } from './move-objects.ts';
import { changeEach, type PlanCommand } from './plan-command.ts';
import { resize } from './resize-objects.ts';

/**
 * Decision: the plan after a command. Objects that the command does not touch are the same objects, so a plan of 100,000 seats
 * costs what the command touches. Returns the same plan if nothing changes.
 */
export function applyCommand(plan: SeatPlanDocument, command: PlanCommand): SeatPlanDocument {
  switch (command.do) {
    case 'add':
      return add(plan, command);
    case 'remove':
      return without(plan, command.objects);
    case 'remove-seats':
      return removeSeats(plan, command.seats);
    case 'move':
      return moveBy(plan, command.objects, command.dx, command.dy);
    case 'move-seats':
      return moveSeats(plan, command.seats, command.dx, command.dy);
    case 'rotate':
      return rotate(plan, command.objects, command.degrees);
    case 'resize':
      return resize(plan, command.objects, command.to);
    case 'mirror':
      return mirror(plan, command.objects, command.axis);
    case 'align':
      return align(plan, command.objects, command.edge);
    case 'distribute':
      return distribute(plan, command.objects, command.axis);
    case 'snap':
      return snap(plan, command.objects, command.step);
    case 'change':
      return changeEach(plan, command.objects, (object) => changed(object, command.fields));
    case 'set-rows':
      return setRows(plan, command);
    case 'change-row':
      return changeRow(plan, command);
    case 'mark':
      return markSeats(plan, command.seats, command.mark);
    case 'number':
      return numberObjects(plan, command);
    case 'order':
      return reorder(plan, command.objects, command.to);
    case 'set-zones':
      return { ...plan, zones: [...command.zones] };
    case 'set-sections':
      return { ...plan, sections: [...command.sections] };
    case 'change-plan':
      return changePlan(plan, command.fields);
  }
}

/** Adds sections, zones and objects that the plan does not have yet, so that adding twice is adding once. */
function add(
  plan: SeatPlanDocument,
  { objects, sections = [], zones = [], at }: Extract<PlanCommand, { do: 'add' }>,
): SeatPlanDocument {
  const known = new Set(plan.objects.map(({ id }) => id));
  const more = objects.filter(({ id }) => !known.has(id));
  const next = {
    ...plan,
    sections: withNew(plan.sections, sections),
    zones: withNew(plan.zones, zones),
    objects: more.length === 0 ? plan.objects : plan.objects.toSpliced(at ?? plan.objects.length, 0, ...more),
  };
  const isSame =
    next.sections === plan.sections && next.zones === plan.zones && next.objects === plan.objects;
  return isSame ? plan : next;
}

function withNew<Entry extends { key: string }>(list: Entry[], more: readonly Entry[]): Entry[] {
  const known = new Set(list.map(({ key }) => key));
  const added = more.filter(({ key }) => !known.has(key));
  return added.length === 0 ? list : [...list, ...added];
}

function without(plan: SeatPlanDocument, ids: readonly string[]): SeatPlanDocument {
  const gone = new Set(ids);
  const objects = plan.objects.filter(({ id }) => !gone.has(id));
  return objects.length === plan.objects.length ? plan : { ...plan, objects };
}

/** What may not be changed by fields: what an object is, and what the keys of its seats begin with. */
const fixed = new Set(['id', 'kind']);
/** Members that an object may lack, by kind, and that a command may still set. */
const optional: Partial<Record<PlanObject['kind'], readonly string[]>> = {
  rows: ['aisles', 'aisleWidth'],
  table: ['marks', 'gone'],
  box: ['marks', 'gone'],
  shape: ['points'],
};

function changed(object: PlanObject, fields: Readonly<Record<string, unknown>>): PlanObject {
  const may = (name: string) =>
    !fixed.has(name) &&
    (name in object ||
      name === 'locked' ||
      name === 'mirrored' ||
      (optional[object.kind]?.includes(name) ?? false));
  const entries = Object.entries(fields).filter(
    ([name, value]) => may(name) && (object as unknown as Record<string, unknown>)[name] !== value,
  );
  if (entries.length === 0) return object;
  const next: Record<string, unknown> = { ...object };
  for (const [name, value] of entries) {
    if (value === undefined) delete next[name];
    else next[name] = value;
  }
  // The rows of an imported object may have zones of their own. A zone for the object is for all of them.
  if (object.kind === 'free' && 'zone' in fields) next.rows = object.rows.map(({ zone: _, ...row }) => row);
  return next as unknown as PlanObject;
}

function reorder(plan: SeatPlanDocument, ids: readonly string[], to: 'front' | 'back'): SeatPlanDocument {
  const chosen = new Set(ids);
  const those = plan.objects.filter(({ id }) => chosen.has(id));
  const others = plan.objects.filter(({ id }) => !chosen.has(id));
  const objects = to === 'front' ? [...others, ...those] : [...those, ...others];
  return objects.every((object, i) => object === plan.objects[i]) ? plan : { ...plan, objects };
}

function changePlan(
  plan: SeatPlanDocument,
  { background, ...size }: Extract<PlanCommand, { do: 'change-plan' }>['fields'],
): SeatPlanDocument {
  if (background === undefined) return { ...plan, ...size };
  const { background: _, ...rest } = plan;
  return background === null ? { ...rest, ...size } : { ...rest, ...size, background };
}
