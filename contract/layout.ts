import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { whole } from './numbers.ts';

/** An organiser's description of where the seats are. Written with zod/mini for the browser; see person.ts. */

/** The organiser's key for a zone, section or pool: unique inside its event, stable across edits. */
export const keySchema = z
  .string()
  .check(
    z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected lower-case letters, digits and hyphens'),
    z.meta({ examples: ['stalls'] }),
  );

/** The largest numbers in one section. */
const mostRows = 400;
const mostSeatsInRow = 500;
/** The most seats in one layout. The largest stadiums have as many. */
const mostSeats = 120_000;

const text = (min: number, max: number) => z.string().check(z.minLength(min), z.maxLength(max));
const listOf = <Entry extends z.ZodMiniType>(entry: Entry, min: number, max: number) =>
  z.array(entry).check(z.minLength(min), z.maxLength(max));

/** The largest width and height of a map. */
const mostUnits = 100_000;
const coordinate = whole(0, mostUnits);

/**
 * A list with one entry per seat. One schema per entry takes 0.4 s for 120,000 seats, and the server answers nobody in
 * that time. One check of the whole list takes 5 ms. Like a schema per entry, it names the first entry that is wrong.
 */
const seatList = <Entry>(isEntry: (entry: unknown) => boolean, message: string, entry: object) =>
  z.any().check(
    (payload) => {
      const list: unknown = payload.value;
      const refuse = (why: string, ...path: number[]) =>
        payload.issues.push({ code: 'custom', message: why, path, input: list });
      if (!Array.isArray(list) || list.length < 1 || list.length > mostSeatsInRow)
        return void refuse(`expected a list of 1 to ${mostSeatsInRow}`);
      const wrong = list.findIndex((each) => !isEntry(each));
      if (wrong >= 0) refuse(message, wrong);
    },
    z.meta({ type: 'array', items: entry, minItems: 1, maxItems: mostSeatsInRow }),
  ) as unknown as z.ZodMiniType<Entry[], Entry[]>;

const mostLabelLetters = 8;
const seatLabels = () =>
  seatList<string>(
    (label) => typeof label === 'string' && label.length >= 1 && label.length <= mostLabelLetters,
    `expected 1 to ${mostLabelLetters} characters`,
    { type: 'string', minLength: 1, maxLength: mostLabelLetters },
  );
/** The organiser's key of a seat: stable across edits, whatever the seat is called and wherever it stands. */
export const seatKeyPattern = /^[a-z0-9][a-z0-9.-]{0,30}\.-?\d{1,6}$/;
const seatKeys = () =>
  seatList<string>(
    (key) => typeof key === 'string' && seatKeyPattern.test(key),
    'expected letters, digits, dots and hyphens that end in a dot and a number',
    { type: 'string', pattern: seatKeyPattern.source },
  );
const seatCoordinates = () =>
  seatList<number>(
    (at) => Number.isInteger(at) && (at as number) >= 0 && (at as number) <= mostUnits,
    `expected a whole number from 0 to ${mostUnits}`,
    { type: 'integer', minimum: 0, maximum: mostUnits },
  );

/** A price zone of a seat map. The ticket types that name a zone sell every seat in it. */
export const zoneSchema = z.strictObject({
  key: keySchema,
  name: text(1, 60),
  /** `#rrggbb`. The page shows it next to the name and never alone. */
  color: z.string().check(z.regex(/^#[0-9a-f]{6}$/)),
});

const positions = z.array(whole(0, mostSeatsInRow - 1)).check(z.maxLength(mostSeatsInRow));

const seatNoteSchema = z.strictObject({
  at: whole(0, mostSeatsInRow - 1),
  text: z.optional(text(1, 120)),
  photo: z.optional(idSchema('picture')),
});

/**
 * One row: its seats from left to right for a viewer who faces the stage. Neighbours in this list are neighbours in the
 * room unless `gapsAfter` names an aisle between them. Coordinates are in tenths of a seat's width, from the top left of
 * the map.
 */
const layoutRowSchema = z
  .strictObject({
    label: z.string().check(z.maxLength(8)),
    zone: keySchema,
    labels: seatLabels(),
    x: seatCoordinates(),
    y: seatCoordinates(),
    /** Positions (from 0) in this row with an aisle after them. */
    gapsAfter: z.optional(positions),
    /** Positions (from 0) of places for wheelchairs. */
    accessible: z.optional(positions),
    /** Positions (from 0) of seats for companions of wheelchair users. */
    companion: z.optional(positions),
    /** Positions (from 0) of seats from where one does not see all of the stage. */
    restrictedView: z.optional(positions),
    /** What buyers read about single seats, and photos of the view from there (ids of uploaded pictures). */
    notes: z.optional(z.array(seatNoteSchema).check(z.maxLength(mostSeatsInRow))),
    /**
     * A key for each seat, unique in the layout. A seat with the same key and zone in the next layout is the same seat, so its
     * holder keeps it under another name or in another place. Without keys a seat is known by section, row and label.
     */
    keys: z.optional(seatKeys()),
  })
  .check(
    z.refine((row) => row.labels.length === row.x.length && row.x.length === row.y.length, {
      message: 'labels, x and y must have one entry per seat',
    }),
    z.refine((row) => row.keys === undefined || row.keys.length === row.labels.length, {
      message: 'keys must have one entry per seat',
    }),
  );

const layoutSectionSchema = z.strictObject({
  key: keySchema,
  name: text(1, 60),
  /** The rows, the nearest to the stage first. `bestAvailable` prefers them in this order. */
  rows: z.array(layoutRowSchema).check(z.maxLength(mostRows)),
  /** The outline of a standing area, as points in map units. A standing area has no rows; a pool sells it. */
  outline: z.optional(z.array(z.tuple([coordinate, coordinate])).check(z.maxLength(200))),
  /**
   * The pool that sells the standing area. The page offers the ticket types that take from this pool when somebody taps the
   * area. Without it, the page offers all types without a zone that belong to no other area.
   */
  pool: z.optional(keySchema),
  /** A photo of the view from the section: the id of an uploaded picture. */
  photo: z.optional(idSchema('picture')),
});

const seatsOf = (sections: { rows: { labels: unknown[] }[] }[]): number =>
  sections.reduce((sum, { rows }) => sum + rows.reduce((inRows, { labels }) => inRows + labels.length, 0), 0);

/** A reserved-seat layout from an organiser. Seats are numbered from 0 in the order of this list. */
export const seatLayoutSchema = z
  .strictObject({
    width: whole(1, 100_000),
    height: whole(1, 100_000),
    /** The stage, as a rectangle in map units. */
    stage: z.optional(
      z.strictObject({
        x: coordinate,
        y: coordinate,
        width: coordinate,
        height: coordinate,
        label: z.string().check(z.maxLength(30)),
      }),
    ),
    zones: listOf(zoneSchema, 1, 40),
    sections: listOf(layoutSectionSchema, 1, 400),
  })
  .check(
    z.refine((layout) => seatsOf(layout.sections) <= mostSeats, {
      path: ['sections'],
      message: `have more than ${mostSeats} seats`,
    }),
  )
  .check(z.meta({ id: 'SeatLayout' }));
export type SeatLayout = z.infer<typeof seatLayoutSchema>;
export type LayoutRow = z.infer<typeof layoutRowSchema>;

/** A plain block of rows. The web app makes a layout from it. */
export const blockFields = z.strictObject({
  name: text(1, 60),
  rows: whole(1, mostRows),
  seatsPerRow: whole(1, mostSeatsInRow),
});
