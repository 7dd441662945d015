import type { Event, TicketType } from '../../../../contract/events.ts';
import type { SeatMap } from '../../../../contract/seating.ts';

/**
 * A seat map as flat arrays, in the order of the map. Eighteen thousand seats are a few typed arrays instead of
 * eighteen thousand objects in each frame. Here a seat is its position in this order. Its index within the event,
 * which is its bit of the availability, is a different number once the organiser has edited the map.
 */
export interface SeatModel {
  map: SeatMap;
  count: number;
  /** The index within the event of each seat. */
  index: Int32Array;
  /** True if seat i has the index i, as in the first version of every map. */
  inOrder: boolean;
  x: Int32Array;
  y: Int32Array;
  /** Index into rows. */
  row: Int32Array;
  /** 1 for a wheelchair place. */
  accessible: Uint8Array;
  /** 1 for a wheelchair user's companion. */
  companion: Uint8Array;
  /** 1 if one does not see all of the stage. */
  restricted: Uint8Array;
  /** 1 if an aisle follows: the next seat of the row is no neighbour. */
  aisleAfter: Uint8Array;
  rows: Row[];
  sections: Section[];
  zones: Zone[];
  /** Standing areas. */
  areas: Area[];
  /** The area of everything, in map units. */
  bounds: Box;
  /** Seats by grid cell. */
  cells: Map<number, number[]>;
}

export interface Row {
  section: number;
  sectionName: string;
  label: string;
  /** Index into zones. */
  zone: number;
  first: number;
  count: number;
  seats: SeatMap['sections'][number]['rows'][number]['seats'];
  box: Box;
}

interface Section {
  name: string;
  seats: number;
  /** The area of its seats or its outline. */
  box: Box;
}

/** A standing area: an outline whose places have no numbers. */
export interface Area {
  /** Index into sections. */
  section: number;
  name: string;
  outline: [number, number][];
  /** Ticket types that sell its places. */
  types: TicketType[];
}

export interface Zone {
  key: string;
  name: string;
  color: string;
  /** Ticket types that sell its seats, the cheapest last. The first is the ordinary one. */
  types: TicketType[];
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A seat is ten units wide. Half of that around its centre belongs to it. */
export const SEAT = 10;
const CELL = 40;
const cellOf = (x: number, y: number): number => Math.floor(y / CELL) * 10_000 + Math.floor(x / CELL);

export function readSeatMap(map: SeatMap, event: Pick<Event, 'ticketTypes'>): SeatModel {
  const count = map.sections.reduce(
    (sum, section) => sum + section.rows.reduce((n, row) => n + row.seats.length, 0),
    0,
  );
  const zones = map.zones.map((zone) => ({
    ...zone,
    types: event.ticketTypes.filter((type) => type.zone === zone.key),
  }));
  const model: SeatModel = {
    map,
    count,
    index: new Int32Array(count),
    inOrder: true,
    x: new Int32Array(count),
    y: new Int32Array(count),
    row: new Int32Array(count),
    accessible: new Uint8Array(count),
    companion: new Uint8Array(count),
    restricted: new Uint8Array(count),
    aisleAfter: new Uint8Array(count),
    rows: [],
    sections: [],
    zones,
    areas: areasOf(map, event),
    bounds: emptyBox(),
    cells: new Map(),
  };
  let next = 0;
  for (const [section, { name, rows, outline }] of map.sections.entries()) {
    const box = emptyBox();
    for (const [x, y] of outline ?? []) grow(box, x, y, 0);
    for (const { label, zone, seats } of rows) {
      const row: Row = {
        section,
        sectionName: name,
        label,
        zone: zones.findIndex((known) => known.key === zone),
        first: next,
        count: seats.length,
        seats,
        box: emptyBox(),
      };
      for (const seat of seats) {
        const index = indexOf(seat.id);
        model.index[next] = index;
        if (index !== next) model.inOrder = false;
        model.x[next] = seat.x;
        model.y[next] = seat.y;
        model.row[next] = model.rows.length;
        model.accessible[next] = seat.accessible ? 1 : 0;
        model.companion[next] = seat.companion ? 1 : 0;
        model.restricted[next] = seat.restrictedView ? 1 : 0;
        model.aisleAfter[next] = seat.aisleAfter ? 1 : 0;
        grow(row.box, seat.x, seat.y, SEAT / 2);
        const cell = cellOf(seat.x, seat.y);
        const there = model.cells.get(cell);
        if (there) there.push(next);
        else model.cells.set(cell, [next]);
        next++;
      }
      growBy(box, row.box);
      model.rows.push(row);
    }
    growBy(model.bounds, box);
    model.sections.push({ name, seats: rows.reduce((sum, row) => sum + row.seats.length, 0), box });
  }
  const { stage } = map;
  if (stage) {
    grow(model.bounds, stage.x, stage.y, 0);
    grow(model.bounds, stage.x + stage.width, stage.y + stage.height, 0);
  }
  return model;
}

function areasOf({ sections }: SeatMap, { ticketTypes }: Pick<Event, 'ticketTypes'>): Area[] {
  const named = sections.flatMap(({ pool }) => pool ?? []);
  const unnumbered = ticketTypes.filter((type) => type.zone === null);
  return sections.flatMap(({ name, outline, pool }, section) => {
    if (!outline || outline.length < 3) return [];
    const types = unnumbered.filter(({ pools }) =>
      pool === undefined ? !pools.some((key) => named.includes(key)) : pools.includes(pool),
    );
    return [{ section, name, outline, types }];
  });
}

/** The standing area at a point, or null. */
export function areaAt({ areas }: SeatModel, x: number, y: number): Area | null {
  return areas.find(({ outline }) => isInside(outline, x, y)) ?? null;
}

/** Counts the edges to the right of the point: their number is odd inside. */
function isInside(outline: [number, number][], x: number, y: number): boolean {
  let inside = false;
  for (const [i, [ax, ay]] of outline.entries()) {
    const [bx, by] = outline[(i + 1) % outline.length] as [number, number];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

const indexOf = (id: string): number => Number(id.slice(id.lastIndexOf('_') + 1));

/** The seat with an index within the event; null if this map has none. */
export function seatOfIndex(model: SeatModel, index: number): number | null {
  if (model.inOrder) return index < model.count ? index : null;
  const seat = model.index.indexOf(index);
  return seat === -1 ? null : seat;
}

/** The bits of an availability, which are by index, in the order of the map. */
export function bitsInMapOrder(model: SeatModel, bits: Uint8Array | null): Uint8Array | null {
  if (!bits || model.inOrder) return bits;
  const ordered = new Uint8Array(Math.ceil(model.count / 8));
  for (let seat = 0; seat < model.count; seat++) {
    const index = model.index[seat] ?? 0;
    const bit = ((bits[index >> 3] ?? 0) >> (index & 7)) & 1;
    ordered[seat >> 3] = (ordered[seat >> 3] ?? 0) | (bit << (seat & 7));
  }
  return ordered;
}

const emptyBox = (): Box => ({ left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity });

function grow(box: Box, x: number, y: number, by: number): void {
  box.left = Math.min(box.left, x - by);
  box.top = Math.min(box.top, y - by);
  box.right = Math.max(box.right, x + by);
  box.bottom = Math.max(box.bottom, y + by);
}

function growBy(box: Box, other: Box): void {
  if (other.left > other.right) return;
  grow(box, other.left, other.top, 0);
  grow(box, other.right, other.bottom, 0);
}

/** The seat nearest to a point, at most `reach` units away, or null. */
export function seatAt(model: SeatModel, x: number, y: number, reach: number): number | null {
  let best: number | null = null;
  let bestDistance = reach * reach;
  for (let cy = y - reach; cy <= y + reach + CELL; cy += CELL) {
    for (let cx = x - reach; cx <= x + reach + CELL; cx += CELL) {
      for (const seat of model.cells.get(cellOf(cx, cy)) ?? []) {
        const dx = (model.x[seat] ?? 0) - x;
        const dy = (model.y[seat] ?? 0) - y;
        const distance = dx * dx + dy * dy;
        if (distance <= bestDistance) {
          bestDistance = distance;
          best = seat;
        }
      }
    }
  }
  return best;
}

export const rowOf = (model: SeatModel, seat: number): Row => model.rows[model.row[seat] ?? 0] as Row;
export const zoneOf = (model: SeatModel, seat: number): Zone => model.zones[rowOf(model, seat).zone] as Zone;

/** The printed name of the seat, and its id. */
export function seatOf(model: SeatModel, seat: number) {
  const row = rowOf(model, seat);
  const found = row.seats[seat - row.first];
  return { id: found?.id ?? '', label: found?.label ?? '', row: row.label, section: row.sectionName };
}

/** One byte per seat, 1 for a seat that the filter shows; null if it shows all (seat-filter.ts). */
type Shown = Uint8Array | null;

/**
 * The seat that an arrow key leads to: left and right along the row, up and down to the nearest seat of the nearest
 * row on that side. Seats that are not shown are passed over.
 */
export function neighbour(model: SeatModel, seat: number, key: string, shown: Shown = null): number {
  if (key === 'ArrowLeft') return nextInRow(model, seat, -1, shown) ?? seat;
  if (key === 'ArrowRight') return nextInRow(model, seat, 1, shown) ?? seat;
  const sign = key === 'ArrowUp' ? -1 : 1;
  const x = model.x[seat] ?? 0;
  const y = model.y[seat] ?? 0;
  let best = seat;
  let bestCost = Infinity;
  for (let other = 0; other < model.count; other++) {
    const down = ((model.y[other] ?? 0) - y) * sign;
    if (down <= SEAT / 4 || model.row[other] === model.row[seat] || shown?.[other] === 0) continue;
    const cost = down + Math.abs((model.x[other] ?? 0) - x) * 3;
    if (cost < bestCost) {
      bestCost = cost;
      best = other;
    }
  }
  return best;
}

/** The next shown seat of the row to one side, from a seat or from outside of the row; null if there is none. */
function nextInRow(
  model: SeatModel,
  seat: number,
  step: 1 | -1,
  shown: Shown,
  { first, count }: Row = rowOf(model, seat),
): number | null {
  for (let other = seat + step; other >= first && other < first + count; other += step)
    if (shown?.[other] !== 0) return other;
  return null;
}

/** The first or the last shown seat of a seat's row. */
export function rowEnd(model: SeatModel, seat: number, key: 'Home' | 'End', shown: Shown = null): number {
  const row = rowOf(model, seat);
  return key === 'Home'
    ? (nextInRow(model, row.first - 1, 1, shown, row) ?? seat)
    : (nextInRow(model, row.first + row.count, -1, shown, row) ?? seat);
}
