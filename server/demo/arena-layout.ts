import type { LayoutRow, SeatLayout } from '../../contract/layout.ts';

const seatPitch = 11;
const rowPitch = 16;
/** Between two blocks of a tier. */
const stairs = 18;
const margin = 60;

/** The floor between the tiers, its corners rounded, and the depth of the stage at its top end. */
const floor = { width: 760, height: 1120, corner: 90, stageDepth: 150 };

interface Tier {
  key: string;
  name: string;
  /** The number of its first block: 101, 201. */
  firstBlock: number;
  /** From the edge of the floor to its first row. */
  distance: number;
  rows: number;
  /** Rows from here on, from 0, belong to the rear zone. */
  rearFrom: number;
}

const tiers: Tier[] = [
  { key: 'lower', name: 'Lower tier', firstBlock: 101, distance: 50, rows: 24, rearFrom: 12 },
  {
    key: 'upper',
    name: 'Upper tier',
    firstBlock: 201,
    distance: 50 + 24 * rowPitch + 70,
    rows: 27,
    rearFrom: 14,
  },
];

/** A piece of the line along which a block's rows stand: its length at a distance, and its position. */
interface Stretch {
  lengthAt(distance: number): number;
  /** The point at `along` from the stretch's middle, at this distance from the floor's edge. */
  pointAt(distance: number, along: number): { x: number; y: number };
}

/** An arena of exactly `seatCount` numbered seats in two tiers around a standing floor, the stage at one end. */
export function arenaLayout(seatCount = 18_000): SeatLayout {
  const depth = Math.max(...tiers.map((tier) => tier.distance + tier.rows * rowPitch));
  const origin = { x: depth + margin, y: margin };
  const stretches = stretchesAround(origin);
  const sections = tiers.flatMap((tier) => stretches.map((stretch, i) => blockOf(tier, stretch, i)));
  trim(sections, seatCount);
  const left = origin.x + 20;
  const right = origin.x + floor.width - 20;
  const front = origin.y + floor.stageDepth + 30;
  const back = origin.y + floor.height - 20;
  return {
    width: floor.width + 2 * (depth + margin),
    height: floor.height + depth + 2 * margin,
    stage: {
      x: origin.x + 110,
      y: origin.y,
      width: floor.width - 220,
      height: floor.stageDepth,
      label: 'Stage',
    },
    zones: [
      { key: 'lower-front', name: 'Lower tier, front', color: '#b3325f' },
      { key: 'lower-rear', name: 'Lower tier, rear', color: '#7a4fa3' },
      { key: 'upper-front', name: 'Upper tier, front', color: '#2a6f97' },
      { key: 'upper-rear', name: 'Upper tier, rear', color: '#b07d1a' },
    ],
    sections: [
      {
        key: 'floor',
        name: 'Floor',
        rows: [],
        pool: 'standing',
        outline: [
          [left, front],
          [right, front],
          [right, back],
          [left, back],
        ],
      },
      ...sections,
    ],
  };
}

/**
 * The blocks of a tier, from the stage's left side around the floor to its right side, which is from left to right
 * for people who sit there: straight blocks along the sides and the end, wedges in the two corners.
 */
function stretchesAround(origin: { x: number; y: number }): Stretch[] {
  const { width, height, corner, stageDepth } = floor;
  const top = origin.y + stageDepth;
  const bottom = origin.y + height;
  const right = origin.x + width;
  const sideLength = height - corner - stageDepth;
  return [
    ...straight({ x: origin.x, y: top }, { x: 0, y: 1 }, { x: -1, y: 0 }, sideLength, 4),
    ...wedges({ x: origin.x + corner, y: bottom - corner }, Math.PI, 3),
    ...straight({ x: origin.x + corner, y: bottom }, { x: 1, y: 0 }, { x: 0, y: 1 }, width - 2 * corner, 3),
    ...wedges({ x: right - corner, y: bottom - corner }, Math.PI / 2, 3),
    ...straight({ x: right, y: bottom - corner }, { x: 0, y: -1 }, { x: 1, y: 0 }, sideLength, 4),
  ];
}

type Vector = { x: number; y: number };

function straight(from: Vector, along: Vector, outwards: Vector, length: number, blocks: number): Stretch[] {
  const each = length / blocks;
  return Array.from({ length: blocks }, (_, i) => {
    const middle = (i + 0.5) * each;
    return {
      lengthAt: () => each,
      pointAt: (distance, offset) => ({
        x: from.x + along.x * (middle + offset) + outwards.x * distance,
        y: from.y + along.y * (middle + offset) + outwards.y * distance,
      }),
    };
  });
}

/** A quarter circle, from the angle `from` towards smaller angles: in map coordinates that is anticlockwise. */
function wedges(centre: Vector, from: number, blocks: number): Stretch[] {
  const span = Math.PI / 2 / blocks;
  return Array.from({ length: blocks }, (_, i) => {
    const middle = from - (i + 0.5) * span;
    return {
      lengthAt: (distance) => (floor.corner + distance) * span,
      pointAt: (distance, offset) => {
        const radius = floor.corner + distance;
        const angle = middle - offset / radius;
        return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
      },
    };
  });
}

function blockOf(tier: Tier, stretch: Stretch, index: number): SeatLayout['sections'][number] {
  const number = tier.firstBlock + index;
  const rows = Array.from({ length: tier.rows }, (_, i): LayoutRow => {
    const distance = tier.distance + i * rowPitch;
    const count = Math.floor((stretch.lengthAt(distance) - stairs) / seatPitch) + 1;
    const points = Array.from({ length: count }, (_, seat) =>
      stretch.pointAt(distance, (seat - (count - 1) / 2) * seatPitch),
    );
    // The entrances open behind the lower tier, so its last row is where wheelchairs need no step.
    const stepless = tier.key === 'lower' && i === tier.rows - 1;
    return {
      label: String(i + 1),
      zone: `${tier.key}-${i < tier.rearFrom ? 'front' : 'rear'}`,
      labels: points.map((_, seat) => String(seat + 1)),
      x: points.map((point) => Math.round(point.x)),
      y: points.map((point) => Math.round(point.y)),
      ...(stepless && { accessible: [0, 2], companion: [1, 3] }),
    };
  });
  return { key: `block-${number}`, name: `Block ${number}`, rows };
}

/** Removes seats from the longest last rows of the upper tier, at both ends in turn, until `seatCount` are left. */
function trim(sections: SeatLayout['sections'], seatCount: number): void {
  let surplus =
    sections.flatMap((section) => section.rows).reduce((sum, row) => sum + row.labels.length, 0) - seatCount;
  if (surplus < 0) throw new RangeError(`the arena has ${-surplus} seats too few`);
  const lastRows = sections
    .slice(-sections.length / tiers.length)
    .map((section) => section.rows.at(-1) as LayoutRow);
  for (; surplus > 0; surplus--) {
    const row = lastRows.reduce((longest, each) => (each.x.length > longest.x.length ? each : longest));
    const fromLeft = row.x.length % 2 === 0;
    for (const list of [row.x, row.y]) fromLeft ? list.shift() : list.pop();
    row.labels.pop();
  }
}
