import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { keySchema, zoneSchema } from './layout.ts';
import { whole } from './numbers.ts';

/**
 * A seat plan as it is drawn: objects that the designer edits (docs/seat-plans.md). `compilePlan` makes the layout that is sold.
 * Lengths are in tenths of a seat's width, as in a layout. Angles are in degrees, clockwise. Written with zod/mini for the
 * browser; see person.ts.
 */

/** How many versions of a plan a library keeps. */
export const mostPlanVersions = 20;
const mostObjects = 2_000;
export const mostRowsOfObject = 400;
const mostSeatsOfRow = 500;
/** How far from the origin anything may be drawn. A map is at most as large. */
const mostUnits = 100_000;

const text = (min: number, max: number) => z.string().check(z.minLength(min), z.maxLength(max));
const number = (min: number, max: number) => z.number().check(z.gte(min), z.lte(max));
const coordinate = number(-mostUnits, mostUnits);
const length = number(1, mostUnits);

/** Unique in its plan and never used again for another object, because the keys of its seats begin with it. */
const objectIdSchema = z.string().check(z.regex(/^[a-z0-9]{4,16}$/, 'expected 4 to 16 letters and digits'));
const rowIdSchema = z.string().check(z.regex(/^[a-z0-9]{1,8}$/));

/** What is special about one seat. A member that is left out is as for the object. */
export interface SeatMark {
  /** At most 8 characters. */
  label?: string;
  /** The key of another price zone. */
  zone?: string;
  accessible?: true;
  companion?: true;
  restrictedView?: true;
  /** Kept off sale. */
  blocked?: true;
  /** What buyers read about the seat. At most 120 characters. */
  note?: string;
  /** The seat's photo of the view: the id of an uploaded picture. */
  photo?: string;
  /** How far the seat stands from its place in the row, before the object is turned. */
  dx?: number;
  dy?: number;
}

const flags = ['accessible', 'companion', 'restrictedView', 'blocked'];
const isText = (value: unknown, max: number) =>
  typeof value === 'string' && value.length >= 1 && value.length <= max;
const isMark = (mark: unknown): boolean =>
  typeof mark === 'object' &&
  mark !== null &&
  !Array.isArray(mark) &&
  Object.entries(mark).every(([name, value]) => {
    if (flags.includes(name)) return value === true;
    if (name === 'label') return isText(value, 8);
    if (name === 'note') return isText(value, 120);
    if (name === 'zone') return keySchema.safeParse(value).success;
    if (name === 'photo') return typeof value === 'string' && /^pic_[0-9A-HJKMNP-TV-Z]{26}$/.test(value);
    return (name === 'dx' || name === 'dy') && typeof value === 'number' && Math.abs(value) <= mostUnits;
  });

/** By the seat's number in the row, as text. One check of all, because a schema for each of 100,000 seats takes 0.4 s. */
const marksSchema = z.any().check(
  (payload) => {
    const marks: unknown = payload.value;
    const refuse = (message: string, ...path: string[]) =>
      payload.issues.push({ code: 'custom', message, path, input: marks });
    if (typeof marks !== 'object' || marks === null || Array.isArray(marks))
      return void refuse('expected an object');
    const entries = Object.entries(marks);
    if (entries.length > mostSeatsOfRow)
      return void refuse(`expected at most ${mostSeatsOfRow} marks in a row`);
    const wrong = entries.find(([serial, mark]) => !/^-?\d{1,6}$/.test(serial) || !isMark(mark));
    if (wrong) refuse('expected what is special about a seat, by its number in the row', wrong[0]);
  },
  z.meta({ type: 'object', additionalProperties: { type: 'object' } }),
) as unknown as z.ZodMiniType<Record<string, SeatMark>, Record<string, SeatMark>>;

const serial = whole(-100_000, 999_999);

/** One list of values per seat; checked at once, as the lists of a layout are. */
const seatList = <Entry>(isEntry: (entry: unknown) => boolean, items: object) =>
  z.any().check(
    (payload) => {
      const list: unknown = payload.value;
      if (!Array.isArray(list) || list.length > mostSeatsOfRow)
        return void payload.issues.push({
          code: 'custom',
          message: `expected a list of at most ${mostSeatsOfRow}`,
          path: [],
          input: list,
        });
      const wrong = list.findIndex((entry) => !isEntry(entry));
      if (wrong >= 0)
        payload.issues.push({ code: 'custom', message: 'is no such value', path: [wrong], input: list });
    },
    z.meta({ type: 'array', items, maxItems: mostSeatsOfRow }),
  ) as unknown as z.ZodMiniType<Entry[], Entry[]>;
const serials = () =>
  seatList<number>((entry) => Number.isInteger(entry) && Math.abs(entry as number) < 1_000_000, {
    type: 'integer',
    minimum: -999_999,
    maximum: 999_999,
  });
const places = () =>
  seatList<number>((entry) => typeof entry === 'number' && Math.abs(entry) <= mostUnits, {
    type: 'number',
    minimum: -mostUnits,
    maximum: mostUnits,
  });

const skip = z.optional(z.array(text(1, 8)).check(z.maxLength(30)));

/** How the rows of a block are named. */
const rowNamesSchema = z.strictObject({
  scheme: z.enum(['letters', 'numbers', 'none']),
  /** 1 is A, or 1. */
  start: whole(1, 999),
  from: z.enum(['front', 'back']),
  /** Names that no row gets, for instance I and O. */
  skip,
});
export type RowNames = z.infer<typeof rowNamesSchema>;

/**
 * How the seats of a row are numbered. all: 1, 2, 3. odd: 1, 3, 5. even: 2, 4, 6. middle: from the middle outwards, odd to the
 * left and even to the right. letters: A, B, C.
 */
const seatNamesSchema = z.strictObject({
  scheme: z.enum(['all', 'odd', 'even', 'middle', 'letters']),
  /** The first number; of `letters`, 1 is A. */
  start: whole(0, 9_999),
  from: z.enum(['left', 'right']),
  skip,
});
export type SeatNames = z.infer<typeof seatNamesSchema>;

const placed = {
  id: objectIdSchema,
  /** Where the object's own origin is on the map. */
  x: coordinate,
  y: coordinate,
  rotation: number(-360, 360),
  /** True if left and right are exchanged before the object is turned. */
  mirrored: z.optional(z.literal(true)),
  locked: z.optional(z.literal(true)),
};
const seated = { ...placed, section: keySchema, zone: keySchema };

/**
 * One row of a block. Its seats are numbered from left to right by serials: `from`, `from + 1`, …; serial 0 stands in the middle
 * of the block. A seat keeps its serial whatever is added or removed beside it, so it stays the same seat.
 */
const blockRowSchema = z.strictObject({
  id: rowIdSchema,
  from: serial,
  count: whole(0, mostSeatsOfRow),
  /** Serials inside the row where no seat stands. */
  gone: z.optional(serials()),
  /** How far the row stands to the right of its place; half a spacing for rows that alternate. */
  shift: z.optional(coordinate),
  /** A name of its own, in place of the one that `rowNames` gives. */
  label: z.optional(z.string().check(z.maxLength(8))),
  marks: z.optional(marksSchema),
});
export type BlockRow = z.infer<typeof blockRowSchema>;

/** Rows with equal distances, straight or around a centre in front of them. The first row is the nearest to the stage. */
const blockSchema = z.strictObject({
  kind: z.literal('rows'),
  ...seated,
  rows: z.array(blockRowSchema).check(z.minLength(1), z.maxLength(mostRowsOfObject)),
  /** From the middle of a seat to the middle of the next. */
  spacing: length,
  rowSpacing: length,
  /** The radius of the first row. 0 is straight; below 0 the ends bend away from the stage. */
  radius: coordinate,
  /** Serials after which an aisle runs through all rows, and its width. */
  aisles: z.optional(z.array(serial).check(z.maxLength(40))),
  aisleWidth: z.optional(length),
  rowNames: rowNamesSchema,
  seatNames: seatNamesSchema,
});
export type RowBlock = z.infer<typeof blockSchema>;

/** A row whose seats stand anywhere, as in an imported layout. x and y are relative to the object. */
const freeRowSchema = z
  .strictObject({
    id: rowIdSchema,
    label: z.string().check(z.maxLength(8)),
    serials: serials(),
    labels: seatList<string>((entry) => isText(entry, 8), { type: 'string', maxLength: 8 }),
    x: places(),
    y: places(),
    /** Another price zone than the object's. */
    zone: z.optional(keySchema),
    /** Serials with an aisle after them. */
    aisles: z.optional(serials()),
    /** What the keys of its seats begin with, if not with the ids of object and row. */
    stem: z.optional(z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]{0,30}$/))),
    marks: z.optional(marksSchema),
  })
  .check(
    z.refine(
      ({ serials, labels, x, y }) =>
        labels.length === serials.length && x.length === serials.length && y.length === serials.length,
      { message: 'serials, labels, x and y must have one entry per seat' },
    ),
  );
export type FreeRow = z.infer<typeof freeRowSchema>;

const freeRowsSchema = z.strictObject({
  kind: z.literal('free'),
  ...seated,
  rows: z.array(freeRowSchema).check(z.minLength(1), z.maxLength(mostRowsOfObject)),
});
export type FreeRows = z.infer<typeof freeRowsSchema>;

/** A table with seats around it. Its seats are one row, whose name is the table's. */
const tableSchema = z.strictObject({
  kind: z.literal('table'),
  ...seated,
  shape: z.enum(['round', 'rectangle']),
  /** Of the table without the seats. A round table takes the width. */
  width: length,
  height: length,
  /** Seats at a round table. */
  seats: whole(0, 60),
  /** Seats at a rectangular table: above, to the right, below, to the left. */
  sides: z.tuple([whole(0, 60), whole(0, 60), whole(0, 60), whole(0, 60)]),
  label: z.string().check(z.maxLength(8)),
  seatNames: seatNamesSchema,
  /** Serials where no seat stands. */
  gone: z.optional(serials()),
  marks: z.optional(marksSchema),
});
export type Table = z.infer<typeof tableSchema>;

/** A box: a few seats in a grid behind a wall. Its seats are one row, whose name is the box's. */
const boxSchema = z.strictObject({
  kind: z.literal('box'),
  ...seated,
  columns: whole(1, 40),
  rows: whole(1, 20),
  spacing: length,
  label: z.string().check(z.maxLength(8)),
  seatNames: seatNamesSchema,
  gone: z.optional(serials()),
  marks: z.optional(marksSchema),
});
export type Box = z.infer<typeof boxSchema>;

const point = z.tuple([coordinate, coordinate]);
const points = z.array(point).check(z.minLength(3), z.maxLength(200));

/** A standing area. A section of its own names it, and a pool sells it. */
const areaSchema = z.strictObject({
  kind: z.literal('area'),
  ...placed,
  section: keySchema,
  pool: z.nullable(keySchema),
  points,
});
export type Area = z.infer<typeof areaSchema>;

const stageSchema = z.strictObject({
  kind: z.literal('stage'),
  ...placed,
  width: length,
  height: length,
  label: z.string().check(z.maxLength(30)),
});
export type Stage = z.infer<typeof stageSchema>;

const colour = z.string().check(z.regex(/^#[0-9a-f]{6}$/));

/** What helps to find one's way: a bar, a wall, a pillar. */
const shapeSchema = z.strictObject({
  kind: z.literal('shape'),
  ...placed,
  shape: z.enum(['rectangle', 'ellipse', 'polygon']),
  width: length,
  height: length,
  /** Of a polygon. */
  points: z.optional(points),
  fill: colour,
  label: z.string().check(z.maxLength(30)),
});
export type Shape = z.infer<typeof shapeSchema>;

const textSchema = z.strictObject({
  kind: z.literal('text'),
  ...placed,
  text: text(1, 80),
  /** The height of the letters. */
  size: number(4, 2_000),
});
export type PlanText = z.infer<typeof textSchema>;

const objectSchema = z.discriminatedUnion('kind', [
  blockSchema,
  freeRowsSchema,
  tableSchema,
  boxSchema,
  areaSchema,
  stageSchema,
  shapeSchema,
  textSchema,
]);
export type PlanObject = z.infer<typeof objectSchema>;
export type SeatedObject = RowBlock | FreeRows | Table | Box;

const sectionSchema = z.strictObject({
  key: keySchema,
  name: text(1, 60),
  /** The section's photo of the view: the id of an uploaded picture. */
  photo: z.optional(idSchema('picture')),
});
export type PlanSection = z.infer<typeof sectionSchema>;

/** A picture under the drawing, which buyers do not see. */
const backgroundSchema = z.strictObject({
  picture: idSchema('picture'),
  x: coordinate,
  y: coordinate,
  width: length,
  height: length,
  opacity: number(0, 1),
});

/** As many as a layout may have. */
const mostSeats = 120_000;

/** How many seats an object may have at most, without placing them. */
function roomOf(object: PlanObject): number {
  if (object.kind === 'rows') return object.rows.reduce((sum, { count }) => sum + count, 0);
  if (object.kind === 'free') return object.rows.reduce((sum, row) => sum + row.serials.length, 0);
  if (object.kind === 'table') return object.seats + object.sides.reduce((sum, count) => sum + count, 0);
  return object.kind === 'box' ? object.columns * object.rows : 0;
}

export const planSchema = z
  .strictObject({
    format: z.literal(1),
    width: whole(1, mostUnits),
    height: whole(1, mostUnits),
    zones: z.array(zoneSchema).check(z.maxLength(40)),
    /** Sections in the order in which they are sold and listed. */
    sections: z.array(sectionSchema).check(z.maxLength(400)),
    /** In the order of drawing: the last one lies on top. */
    objects: z.array(objectSchema).check(z.maxLength(mostObjects)),
    background: z.optional(backgroundSchema),
  })
  .check(
    // Checked here, because nothing may place the seats of a plan that asks for a hundred million.
    z.refine(({ objects }) => objects.reduce((sum, object) => sum + roomOf(object), 0) <= mostSeats, {
      path: ['objects'],
      message: `have more than ${mostSeats} seats`,
    }),
  )
  .check(z.meta({ id: 'SeatPlanDocument' }));
export type SeatPlanDocument = z.infer<typeof planSchema>;
export type PlanZone = SeatPlanDocument['zones'][number];
