import type { PlanObject, SeatedObject } from '../contract/plan-fields.ts';

/* What the model's parts say to each other about a plan. The document itself is declared in contract/plan-fields.ts. */

/** Makes an id for a new object: 4 to 16 small letters and digits that no plan has. The caller supplies the chance in it. */
export type NewObjectId = () => string;

/** Seats of one row, by their serials. A table or a box has one row, whose id is `0`. */
export interface SeatsOfRow {
  object: string;
  row: string;
  seats: readonly number[];
}

/** One seat. */
export interface SeatPlace {
  object: string;
  row: string;
  serial: number;
}

/** A row as it stands on the map: its seats from left to right, with their names. */
export interface PlacedRow {
  id: string;
  label: string;
  /** What the keys of its seats begin with; the serial follows. */
  stem: string;
  serials: readonly number[];
  /** In map units, not rounded. */
  x: readonly number[];
  y: readonly number[];
  labels: readonly string[];
  /** The keys of the seats' price zones. */
  zones: readonly string[];
  /** What is special about each seat: a sum of `seatFlags`. */
  flags: Uint8Array;
  /** Positions (from 0) with an aisle after them. */
  gapsAfter: readonly number[];
}

export const seatFlags = { accessible: 1, companion: 2, restrictedView: 4, blocked: 8, described: 16 };

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const isSeated = (object: PlanObject): object is SeatedObject =>
  object.kind === 'rows' || object.kind === 'free' || object.kind === 'table' || object.kind === 'box';
