import type { LayoutRow, SeatLayout } from '../../contract/layout.ts';

/**
 * The rooms of the demo, computed the way such rooms are built: rows on arcs around a stage, aisles that divide them,
 * tiers around a floor. Lengths are in tenths of a seat's width, as everywhere in a layout.
 */
const seatPitch = 11;
const rowPitch = 16;
const aisle = 20;
const margin = 40;

interface Point {
  x: number;
  y: number;
}

/** Row letters as theatres use them: no I and no O, which look like 1 and 0. */
const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ'];

/** The positions after which an aisle runs, for blocks side by side. */
const gapsBetween = (blocks: number[]): number[] =>
  blocks.slice(0, -1).map((_, i) => blocks.slice(0, i + 1).reduce((sum, count) => sum + count, 0) - 1);

/** The positions of seats along a row: distances from its middle, with aisles between the blocks. */
function offsetsOf(blocks: number[]): number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const [i, count] of blocks.entries()) {
    if (i > 0) at += aisle;
    for (let seat = 0; seat < count; seat++, at += seatPitch) offsets.push(at);
  }
  const middle = ((offsets[0] ?? 0) + (offsets.at(-1) ?? 0)) / 2;
  return offsets.map((offset) => offset - middle);
}

function rowAt(label: string, zone: string, points: Point[], more: Partial<LayoutRow> = {}): LayoutRow {
  return {
    label,
    zone,
    labels: points.map((_, i) => String(i + 1)),
    x: points.map((point) => Math.round(point.x)),
    y: points.map((point) => Math.round(point.y)),
    ...more,
  };
}

/** A row on an arc about `centre`, opening downwards: the stage is above. */
function arcRow(
  label: string,
  zone: string,
  centre: Point,
  radius: number,
  blocks: number[],
  wheelchairs: Pick<LayoutRow, 'accessible' | 'companion'> = {},
): LayoutRow {
  const points = offsetsOf(blocks).map((offset) => ({
    x: centre.x + radius * Math.sin(offset / radius),
    y: centre.y + radius * Math.cos(offset / radius),
  }));
  const gapsAfter = gapsBetween(blocks);
  return rowAt(label, zone, points, {
    ...(gapsAfter.length > 0 && { gapsAfter }),
    ...wheelchairs,
  });
}

/**
 * A theatre of the nineteenth century with 1,195 seats: stalls of eighteen curved rows, a circle of ten behind
 * them, and twelve boxes along the walls. Rows grow towards the back.
 */
export function theatreLayout(): SeatLayout {
  const width = 800;
  const stage = { x: width / 2 - 150, y: margin, width: 300, height: 70, label: 'Stage' };
  const centre = { x: width / 2, y: -270 };
  const firstRadius = 430;

  const stalls = letters.slice(0, 18).map((label, i) => {
    const side = 6 + Math.round(i * 0.3);
    const middle = 13 + Math.round(i * 0.4);
    const count = 2 * side + middle;
    // The mixing desk takes the middle of the last row. Beside it and at both ends there is room for wheelchairs.
    const last = i === 17;
    const blocks = last ? [side, 6, 6, side] : [side, middle, side];
    const wheelchairs = last
      ? { accessible: [side + 4, side + 5, side + 6, side + 7], companion: [side + 3, side + 8] }
      : i === 16
        ? { accessible: [0, 1, count - 2, count - 1], companion: [2, count - 3] }
        : {};
    return arcRow(
      label,
      i < 10 ? 'premium' : 'standard',
      centre,
      firstRadius + i * rowPitch,
      blocks,
      wheelchairs,
    );
  });

  const circleRadius = firstRadius + 18 * rowPitch + 44;
  const circle = letters.slice(0, 10).map((letter, i) => {
    const side = 9 + Math.round(i * 0.35);
    const middle = 15 + Math.round(i * 0.3);
    const blocks = [side, middle, middle, side];
    return arcRow(letter + letter, i < 4 ? 'standard' : 'value', centre, circleRadius + i * rowPitch, blocks);
  });

  const boxSizes = [6, 6, 5, 5, 4, 4];
  const boxes = boxSizes.flatMap((size, i) => [
    boxRow(2 * i + 1, size, { x: margin + 20 + i * 6, y: 150 + i * 46 }, 1),
    boxRow(2 * i + 2, size, { x: width - margin - 20 - i * 6, y: 150 + i * 46 }, -1),
  ]);

  return {
    width,
    height: centre.y + circleRadius + 9 * rowPitch + margin,
    stage,
    zones: [
      { key: 'premium', name: 'Premium', color: '#b3325f' },
      { key: 'standard', name: 'Standard', color: '#2a6f97' },
      { key: 'value', name: 'Value', color: '#b07d1a' },
    ],
    sections: [
      { key: 'stalls', name: 'Stalls', rows: stalls },
      { key: 'circle', name: 'Circle', rows: circle },
      { key: 'boxes', name: 'Boxes', rows: boxes },
    ],
  };
}

/** A box: chairs in pairs behind each other, the pair nearest to the balustrade first. */
function boxRow(number: number, size: number, corner: Point, inwards: 1 | -1): LayoutRow {
  const points = Array.from({ length: size }, (_, i) => ({
    x: corner.x + inwards * (1 - (i % 2)) * 13,
    y: corner.y + Math.floor(i / 2) * 12,
  }));
  return rowAt(`Box ${number}`, 'value', points);
}

/** A room with straight rows and one aisle in the middle, as small halls and cinemas have. */
export function hallLayout(options: {
  rows: number;
  perRow: number;
  /** The number of rows in the first zone, counted from the front. The others are the second zone. */
  frontRows: number;
  zones: SeatLayout['zones'];
  section: string;
  stageLabel: string;
}): SeatLayout {
  const { rows, perRow, frontRows, zones, section, stageLabel } = options;
  const half = perRow / 2;
  const width = (perRow - 1) * seatPitch + aisle + 2 * margin;
  const [front = 'all', back = front] = zones.map((zone) => zone.key);
  return {
    width,
    height: 170 + rows * rowPitch + margin,
    stage: {
      x: Math.round(width * 0.2),
      y: margin,
      width: Math.round(width * 0.6),
      height: 60,
      label: stageLabel,
    },
    zones,
    sections: [
      {
        key: 'hall',
        name: section,
        rows: letters.slice(0, rows).map((label, i) => {
          // Every second row has two seats fewer, so that nobody sits right behind another head.
          const blocks = i % 2 === 0 ? [half, half] : [half - 1, half - 1];
          const points = offsetsOf(blocks).map((offset) => ({
            x: width / 2 + offset,
            y: 150 + i * rowPitch,
          }));
          const wheelchairs = i === 0 ? { accessible: [0, 1], companion: [2] } : {};
          return rowAt(label, i < frontRows ? front : back, points, {
            gapsAfter: gapsBetween(blocks),
            ...wheelchairs,
          });
        }),
      },
    ],
  };
}
