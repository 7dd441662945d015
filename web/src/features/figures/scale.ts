/** Round steps that divide 0 to `most` into about `wanted` parts. The last one is `most` or more. */
export function niceTicks(most: number, wanted = 4): number[] {
  const rough = Math.max(most, 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const count = Math.ceil(Math.max(most, 1) / step);
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

/** A step of a growing sum: after `at` (from the beginning of the sale, in milliseconds) it is `total`. */
export interface Step {
  at: number;
  total: number;
}

interface Sales {
  onSaleAt: string | null;
  points: { at: string; tickets: number }[];
}

/** The growing sum of tickets since the beginning of the sale. A point is the sum at the end of its hour or day. */
export function growth({ onSaleAt, points }: Sales, unitMs: number): Step[] {
  const [first] = points;
  if (!first) return [];
  const begin = Math.min(Date.parse(first.at), onSaleAt ? Date.parse(onSaleAt) : Number.POSITIVE_INFINITY);
  let total = 0;
  const steps: Step[] = [{ at: 0, total: 0 }];
  for (const { at, tickets } of points) {
    const before = Date.parse(at) - begin;
    // Nothing was sold meanwhile.
    if (before > (steps.at(-1)?.at ?? 0)) steps.push({ at: before, total });
    total += tickets;
    steps.push({ at: Math.max(before, 0) + unitMs, total });
  }
  return steps;
}

/** An SVG path through these steps. */
export const pathOf = (steps: Step[], x: (at: number) => number, y: (total: number) => number): string =>
  steps
    .map(({ at, total }, i) => `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(total).toFixed(1)}`)
    .join('');
