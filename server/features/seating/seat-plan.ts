import { companion, wheelchair } from '../../../contract/accessible-seats.ts';
import { rankRows } from '../../../contract/best-seats.ts';
import type { SeatId, SeatMapId } from '../../../contract/ids.ts';
import type { LayoutRow, SeatLayout } from '../../../contract/layout.ts';

/**
 * What the ledger knows of a room: seats by their index within the event, and their rows. It has names only; the
 * positions of seats stay in the layout.
 */
export interface SeatPlan {
  /** The version of the event's seat map. */
  mapId: SeatMapId;
  seatCount: number;
  /** Every index is below this. Seats of earlier versions only have no entries in the following lists. */
  indexCount: number;
  /** By seat: the key of its price zone, then the names that a ticket prints. */
  zoneOf: (string | undefined)[];
  section: (string | undefined)[];
  row: (string | undefined)[];
  label: (string | undefined)[];
  rows: PlanRow[];
}

/** What a ticket prints of a seat. */
export interface SeatName {
  section: string;
  row: string;
  seat: string;
}

interface PlanRow {
  section: string;
  row: string;
  zone: string;
  /** The indexes of its seats, from left to right. */
  seats: number[];
  /** Positions in the row, from 0, after which an aisle separates neighbours. */
  gapsAfter: number[];
  /** The row's rank from the stage, 0 for the nearest. No two rows share one. */
  order: number;
  /** By position: what the place is (contract/accessible-seats.ts). Only a row with marked places has it. */
  kinds?: Uint8Array;
}

/** How many seats a layout has. */
export function countSeats(layout: SeatLayout): number {
  return eachRow(layout).reduce((sum, { row }) => sum + row.labels.length, 0);
}

/** How many seats each zone of a layout has, by the zone's key; a zone without seats has 0. */
export function countSeatsByZone(layout: SeatLayout): Map<string, number> {
  const counts = new Map(layout.zones.map((zone) => [zone.key, 0]));
  for (const { row } of eachRow(layout))
    counts.set(row.zone, (counts.get(row.zone) ?? 0) + row.labels.length);
  return counts;
}

/** A version of a seat map: its layout, and the index of each seat in the order of the layout. */
export interface NumberedLayout {
  id: SeatMapId;
  layout: SeatLayout;
  /** Null if seat i has the index i. */
  indexes: number[] | null;
  indexCount: number;
}

export function planSeats({ id, layout, indexes, indexCount }: NumberedLayout): SeatPlan {
  const perSeat = () => new Array<string | undefined>(indexCount).fill(undefined);
  const plan: SeatPlan = {
    mapId: id,
    seatCount: 0,
    indexCount,
    zoneOf: perSeat(),
    section: perSeat(),
    row: perSeat(),
    label: perSeat(),
    rows: [],
  };
  const places = eachRow(layout);
  const orders = rankRows(
    layout.stage,
    places.map(({ section, row: { x, y } }) => ({ section, x, y })),
  );
  for (const [i, { section, row }] of places.entries()) {
    const first = plan.seatCount;
    const seats = row.labels.map((_, position) => indexes?.[first + position] ?? first + position);
    plan.rows.push({
      section: section.name,
      row: row.label,
      zone: row.zone,
      seats,
      gapsAfter: row.gapsAfter ?? [],
      order: orders[i] ?? i,
      ...kindsOf(row),
    });
    for (const [position, index] of seats.entries()) {
      plan.zoneOf[index] = row.zone;
      plan.section[index] = section.name;
      plan.row[index] = row.label;
      plan.label[index] = row.labels[position];
    }
    plan.seatCount += seats.length;
  }
  return plan;
}

function kindsOf({ labels, accessible = [], companion: companions = [] }: LayoutRow): Pick<PlanRow, 'kinds'> {
  if (accessible.length + companions.length === 0) return {};
  const kinds = new Uint8Array(labels.length);
  for (const at of companions) kinds[at] = companion;
  for (const at of accessible) kinds[at] = wheelchair;
  return { kinds };
}

/** How many of these seats are wheelchair places. */
export function countWheelchairs({ rows }: SeatPlan, seats: readonly number[]): number {
  const wanted = new Set(seats);
  let count = 0;
  for (const { kinds, seats: ofRow } of rows)
    for (const [at, kind] of kinds?.entries() ?? [])
      if (kind === wheelchair && wanted.has(ofRow[at] as number)) count++;
  return count;
}

/** The names of a seat on a ticket. Throws a RangeError for an index that the plan does not have. */
export function placeName(plan: SeatPlan, index: number): SeatName {
  const seat = plan.label[index];
  if (seat === undefined) throw new RangeError(`there is no seat ${index} among ${plan.seatCount}`);
  return { section: plan.section[index] ?? '', row: plan.row[index] ?? '', seat };
}

/** `Stalls, row A, seat 4`, for organisers. */
export const seatText = ({ section, row, seat }: SeatName): string =>
  [section, row && `row ${row}`, `seat ${seat}`].filter(Boolean).join(', ');

/** Makes seat ids from a common prefix, so that 18,000 of them need one concatenation each. */
export const seatIdsOf = (eventId: string): ((index: number) => SeatId) => {
  const stem = `seat_${eventId.slice(4)}_` as const;
  return (index) => `${stem}${index}`;
};

type Place = { section: SeatLayout['sections'][number]; row: LayoutRow };

function eachRow(layout: SeatLayout): Place[] {
  return layout.sections.flatMap((section) => section.rows.map((row) => ({ section, row })));
}
