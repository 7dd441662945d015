import type {
  BlockRow,
  FreeRow,
  PlanObject,
  RowBlock,
  SeatedObject,
  SeatMark,
  SeatPlanDocument,
} from '../contract/plan-fields.ts';
import { mostRowsOfObject } from '../contract/plan-fields.ts';
import { nextStart } from './number-rows.ts';
import { countSeats, serialsOf } from './place-seats.ts';
import { isSeated, type SeatsOfRow } from './plan.ts';
import { changeEach, type MarkChange, type PlanCommand } from './plan-command.ts';

/* Commands that change the seats inside objects. */

type Command<Name extends PlanCommand['do']> = Extract<PlanCommand, { do: Name }>;

/** Takes seats away. A row without seats goes, and an object without rows too. */
export function removeSeats(plan: SeatPlanDocument, seats: readonly SeatsOfRow[]): SeatPlanDocument {
  const byObject = groupByObject(seats);
  const next = changeEach(plan, [...byObject.keys()], (object) =>
    isSeated(object) ? withoutSeats(object, byObject.get(object.id) ?? []) : object,
  );
  if (next === plan) return plan;
  return { ...next, objects: next.objects.filter((object) => !byObject.has(object.id) || hasSeats(object)) };
}

function withoutSeats(object: SeatedObject, seats: readonly SeatsOfRow[]): SeatedObject {
  if (object.kind === 'rows') {
    const rows = eachRow(object.rows, seats, (row, serials) => withGone(row, serials)).filter(
      (row) => serialsOf(row).length > 0,
    );
    return { ...object, rows };
  }
  if (object.kind === 'free') {
    const rows = eachRow(object.rows, seats, withoutFree).filter((row) => row.serials.length > 0);
    return { ...object, rows };
  }
  const serials = seats.flatMap((each) => each.seats);
  const gone = [...new Set([...(object.gone ?? []), ...serials])].sort((a, b) => a - b);
  return { ...object, gone };
}

const hasSeats = (object: PlanObject): boolean =>
  object.kind === 'rows' || object.kind === 'free'
    ? object.rows.length > 0
    : !isSeated(object) || countSeats(object) > 0;

/** Shortens a row where its end is taken away, so that its list of gaps stays short. */
function withGone(row: BlockRow, serials: readonly number[]): BlockRow {
  const missing = new Set([...(row.gone ?? []), ...serials]);
  let { from, count } = row;
  while (count > 0 && missing.has(from)) {
    from++;
    count--;
  }
  while (count > 0 && missing.has(from + count - 1)) count--;
  const gone = [...missing].filter((each) => each > from && each < from + count).sort((a, b) => a - b);
  const { gone: _, ...rest } = row;
  return { ...rest, from, count, ...(gone.length > 0 && { gone }) };
}

function withoutFree(row: FreeRow, serials: readonly number[]): FreeRow {
  const missing = new Set(serials);
  const kept = row.serials.flatMap((serial, i) => (missing.has(serial) ? [] : [i]));
  const pick = <Entry>(list: readonly Entry[]) => kept.map((i) => list[i] as Entry);
  return {
    ...row,
    serials: pick(row.serials),
    labels: pick(row.labels),
    x: pick(row.x),
    y: pick(row.y),
  };
}

/** Moves seats in the map's directions, whatever the turn of their object. */
export function moveSeats(
  plan: SeatPlanDocument,
  seats: readonly SeatsOfRow[],
  dx: number,
  dy: number,
): SeatPlanDocument {
  if (dx === 0 && dy === 0) return plan;
  return changeMarks(plan, seats, (mark, { rotation, mirrored }) => {
    const angle = (-rotation * Math.PI) / 180;
    const ownX = (dx * Math.cos(angle) - dy * Math.sin(angle)) * (mirrored ? -1 : 1);
    const ownY = dx * Math.sin(angle) + dy * Math.cos(angle);
    return withMembers(mark, {
      dx: tidy((mark.dx ?? 0) + ownX) || null,
      dy: tidy((mark.dy ?? 0) + ownY) || null,
    });
  });
}

export const markSeats = (
  plan: SeatPlanDocument,
  seats: readonly SeatsOfRow[],
  change: MarkChange,
): SeatPlanDocument => changeMarks(plan, seats, (mark) => withMembers(mark, change));

function withMembers(mark: SeatMark, change: MarkChange): SeatMark {
  const next: Record<string, unknown> = { ...mark };
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined) delete next[name];
    else next[name] = value;
  }
  // A place is for a wheelchair or for a companion.
  if (change.accessible) delete next.companion;
  if (change.companion) delete next.accessible;
  return next;
}

function changeMarks(
  plan: SeatPlanDocument,
  seats: readonly SeatsOfRow[],
  change: (mark: SeatMark, object: SeatedObject) => SeatMark,
): SeatPlanDocument {
  const byObject = groupByObject(seats);
  return changeEach(plan, [...byObject.keys()], (object): PlanObject => {
    if (!isSeated(object)) return object;
    const those = byObject.get(object.id) ?? [];
    const marked = <Marked extends { marks?: Record<string, SeatMark> }>(
      holder: Marked,
      serials: readonly number[],
    ): Marked => {
      const marks = { ...holder.marks };
      for (const serial of serials) {
        const next = change(marks[serial] ?? {}, object);
        if (Object.keys(next).length > 0) marks[serial] = next;
        else delete marks[serial];
      }
      const { marks: _, ...rest } = holder;
      return (Object.keys(marks).length > 0 ? { ...rest, marks } : rest) as Marked;
    };
    if (object.kind === 'rows') return { ...object, rows: eachRow(object.rows, those, marked) };
    if (object.kind === 'free') return { ...object, rows: eachRow(object.rows, those, marked) };
    const serials = those.flatMap((each) => each.seats);
    return object.kind === 'table' ? marked(object, serials) : marked(object, serials);
  });
}

function eachRow<Row extends { id: string }>(
  rows: Row[],
  seats: readonly SeatsOfRow[],
  change: (row: Row, serials: readonly number[]) => Row,
): Row[] {
  const byRow = new Map<string, readonly number[]>();
  for (const { row, seats: serials } of seats) byRow.set(row, [...(byRow.get(row) ?? []), ...serials]);
  return rows.map((row) => {
    const serials = byRow.get(row.id);
    return serials ? change(row, serials) : row;
  });
}

function groupByObject(seats: readonly SeatsOfRow[]): Map<string, SeatsOfRow[]> {
  const groups = new Map<string, SeatsOfRow[]>();
  for (const each of seats) {
    const group = groups.get(each.object);
    if (group) group.push(each);
    else groups.set(each.object, [each]);
  }
  return groups;
}

/** Gives a block so many rows of so many seats. Rows are added and taken at the back, seats at the ends that are not kept. */
export function setRows(plan: SeatPlanDocument, command: Command<'set-rows'>): SeatPlanDocument {
  const wanted = Math.min(Math.max(1, Math.trunc(command.rows)), mostRowsOfObject);
  const seats = Math.min(Math.max(1, Math.trunc(command.seats)), 500);
  return changeEach(plan, [command.object], (object) => {
    if (object.kind !== 'rows') return object;
    const rows = object.rows.slice(0, wanted);
    while (rows.length < wanted) {
      const { gone: _, marks: __, label: ___, ...last } = object.rows.at(-1) as BlockRow;
      rows.push({ ...last, id: freshRowId([...object.rows, ...rows]) });
    }
    const next = rows.map((row) => withLength(row, seats, command.keep));
    const isSame = next.length === object.rows.length && next.every((row, i) => row === object.rows[i]);
    return isSame ? object : { ...object, rows: next };
  });
}

/** An id that no row of the block has. It is never one that went at the back and came again, if a higher one is left. */
const freshRowId = (rows: readonly BlockRow[]): string =>
  `r${Math.max(0, ...rows.map(({ id }) => Number(/^r(\d+)$/.exec(id)?.[1] ?? 0))) + 1}`;

function withLength(row: BlockRow, seats: number, keep: 'left' | 'middle' | 'right'): BlockRow {
  const more = seats - row.count;
  if (more === 0) return row;
  const before = keep === 'left' ? 0 : keep === 'right' ? more : Math.trunc(more / 2);
  const { gone, ...rest } = row;
  const from = row.from - before;
  const left = gone?.filter((each) => each >= from && each < from + seats);
  return { ...rest, from, count: seats, ...(left && left.length > 0 && { gone: left }) };
}

export function changeRow(plan: SeatPlanDocument, command: Command<'change-row'>): SeatPlanDocument {
  return changeEach(plan, [command.object], (object) => {
    if (object.kind !== 'rows' && object.kind !== 'free') return object;
    const rows = (object.rows as (BlockRow | FreeRow)[]).map((row) => {
      if (row.id !== command.row) return row;
      const next: Record<string, unknown> = { ...row };
      for (const [name, value] of Object.entries(command.fields)) {
        if (object.kind === 'free' && name !== 'label' && name !== 'marks') continue;
        if (value === undefined) delete next[name];
        else next[name] = value;
      }
      return next;
    });
    return { ...object, rows } as PlanObject;
  });
}

/**
 * Numbers objects anew, and drops names that single rows and seats had. `continued` lets each object go on after the longest row
 * of the one before, in the order of the command.
 */
export function numberObjects(plan: SeatPlanDocument, command: Command<'number'>): SeatPlanDocument {
  const byId = new Map(plan.objects.map((object) => [object.id, object]));
  const starts = new Map<string, number>();
  if (command.continued && command.seatNames) {
    let { start } = command.seatNames;
    for (const id of command.objects) {
      const object = byId.get(id);
      if (!object || !isSeated(object)) continue;
      starts.set(id, start);
      start = nextStart({ ...command.seatNames, start }, longestRow(object));
    }
  }
  return changeEach(plan, command.objects, (object): PlanObject => {
    if (!isSeated(object) || object.kind === 'free') return object;
    const seatNames = command.seatNames && {
      ...command.seatNames,
      start: starts.get(object.id) ?? command.seatNames.start,
    };
    if (object.kind === 'rows') return numbered(object, command.rowNames, seatNames);
    return seatNames ? withoutNames({ ...object, seatNames }) : object;
  });
}

function numbered(
  block: RowBlock,
  rowNames: RowBlock['rowNames'] | undefined,
  seatNames: RowBlock['seatNames'] | undefined,
): RowBlock {
  const rows = block.rows.map((row) => {
    const { label, ...rest } = seatNames ? withoutNames(row) : row;
    return rowNames || label === undefined ? rest : { ...rest, label };
  });
  return { ...block, rows, ...(rowNames && { rowNames }), ...(seatNames && { seatNames }) };
}

function withoutNames<Holder extends { marks?: Record<string, SeatMark> }>(holder: Holder): Holder {
  if (!holder.marks) return holder;
  const marks = Object.fromEntries(
    Object.entries(holder.marks)
      .map(([serial, { label: _, ...mark }]) => [serial, mark] as const)
      .filter(([, mark]) => Object.keys(mark).length > 0),
  );
  const { marks: _, ...rest } = holder;
  return (Object.keys(marks).length > 0 ? { ...rest, marks } : rest) as Holder;
}

function longestRow(object: SeatedObject): number {
  if (object.kind === 'rows') return Math.max(...object.rows.map((row) => serialsOf(row).length));
  if (object.kind === 'free') return Math.max(...object.rows.map((row) => row.serials.length));
  if (object.kind === 'table') return object.seats;
  return object.columns * object.rows;
}

const tidy = (value: number): number => Math.round(value * 1000) / 1000 + 0;
