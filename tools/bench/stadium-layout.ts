import type { LayoutRow, SeatLayout } from '../../contract/layout.ts';

const seatPitch = 11;
const rowPitch = 16;
const stairs = 24;
const margin = 60;
/** Half of a pitch with the grass around it: 120 by 85 metres. A seat is half a metre wide. */
const pitch = { x: 1200, y: 850 };
const blocks = 40;
const tiers = [
  { name: 'Lower', distance: 60, rows: 34 },
  { name: 'Middle', distance: 60 + 36 * rowPitch, rows: 26 },
  { name: 'Upper', distance: 60 + 64 * rowPitch, rows: 39 },
];
const zones = [
  { key: 'lower', name: 'Lower tier', color: '#b3325f' },
  { key: 'middle', name: 'Middle tier', color: '#7a4fa3' },
  { key: 'upper-side', name: 'Upper tier, sides', color: '#2a6f97' },
  { key: 'upper-end', name: 'Upper tier, ends', color: '#b07d1a' },
];

/** Makes a stadium of exactly `seatCount` seats: ellipses around a pitch, in three tiers of forty blocks. */
export function stadiumLayout(seatCount = 100_000): SeatLayout {
  const depth = 60 + (64 + 39) * rowPitch;
  const centre = { x: pitch.x + depth + margin, y: pitch.y + depth + margin };
  let left = seatCount;
  const sections = tiers.flatMap((tier, t) =>
    Array.from({ length: blocks }, (_, block) => {
      const rows: LayoutRow[] = [];
      for (let row = 0; row < tier.rows && left > 0; row++) {
        const points = pointsOf(centre, tier.distance + row * rowPitch, block).slice(0, left);
        left -= points.length;
        rows.push({
          label: String(row + 1),
          zone: t === 0 ? 'lower' : t === 1 ? 'middle' : isAtAnEnd(block) ? 'upper-end' : 'upper-side',
          labels: points.map((_, seat) => String(seat + 1)),
          x: points.map(({ x }) => Math.round(x)),
          y: points.map(({ y }) => Math.round(y)),
          ...(row === tier.rows - 1 && points.length > 2 && { accessible: [0, 1] }),
        });
      }
      const number = 100 * (t + 1) + block + 1;
      return { key: `block-${number}`, name: `${tier.name} ${number}`, rows };
    }),
  );
  if (left > 0) throw new RangeError(`the stadium has ${left} seats too few`);
  return {
    width: 2 * centre.x,
    height: 2 * centre.y,
    stage: {
      x: centre.x - pitch.x + 150,
      y: centre.y - pitch.y + 170,
      width: 2 * pitch.x - 300,
      height: 2 * pitch.y - 340,
      label: 'Pitch',
    },
    zones,
    sections,
  };
}

const isAtAnEnd = (block: number): boolean =>
  Math.abs(Math.cos((2 * Math.PI * (block + 0.5)) / blocks)) > 0.8;

/** The seats of one row of a block, evenly spaced along an ellipse. */
function pointsOf(centre: { x: number; y: number }, distance: number, block: number) {
  const [a, b] = [pitch.x + distance, pitch.y + distance];
  const stepAt = (angle: number, length: number) =>
    length / Math.hypot(a * Math.sin(angle), b * Math.cos(angle));
  const from = (2 * Math.PI * block) / blocks;
  const to = (2 * Math.PI * (block + 1)) / blocks;
  const points = [];
  for (
    let angle = from + stepAt(from, stairs / 2);
    angle < to - stepAt(to, stairs / 2);
    angle += stepAt(angle, seatPitch)
  )
    points.push({ x: centre.x + a * Math.cos(angle), y: centre.y + b * Math.sin(angle) });
  return points;
}
