/** How far the simulation in virtual time is from the real run of the same people. */
import { type Journal, type Sample, summariseWaits } from '../../server/features/rehearsals/journal.ts';

interface Difference {
  name: string;
  real: number;
  simulated: number;
  /** The mean distance of the two curves, as a share of the real curve's highest point; null for a single figure. */
  apart: number | null;
}

const curves: [string, (sample: Sample) => number][] = [
  ['people who wait (highest)', (at) => at.waiting],
  ['people let in (highest)', (at) => at.admitted],
  ['places sold (highest)', (at) => at.sold],
];

export function compareRuns(real: Journal, simulated: Journal): Difference[] {
  const waits = [real, simulated].map(({ waits: of }) => summariseWaits(of));
  return [
    ...curves.map(([name, of]) => ({
      name,
      real: highest(real.samples, of),
      simulated: highest(simulated.samples, of),
      apart: distance(real.samples, simulated.samples, of),
    })),
    {
      name: 'median wait in seconds',
      real: (waits[0]?.realMedianMs ?? 0) / 1000,
      simulated: (waits[1]?.realMedianMs ?? 0) / 1000,
      apart: null,
    },
  ];
}

const highest = (samples: Sample[], of: (sample: Sample) => number): number =>
  samples.reduce((top, sample) => Math.max(top, of(sample)), 0);

/** Looks at both curves at a hundred instants until the first of them ends. */
function distance(real: Sample[], simulated: Sample[], of: (sample: Sample) => number): number {
  const endMs = Math.min(real.at(-1)?.atMs ?? 0, simulated.at(-1)?.atMs ?? 0);
  const looks = Array.from({ length: 100 }, (_, i) => ((i + 1) * endMs) / 100);
  const sum = looks.reduce(
    (total, atMs) => total + Math.abs(valueAt(real, atMs, of) - valueAt(simulated, atMs, of)),
    0,
  );
  return sum / looks.length / Math.max(1, highest(real, of));
}

/** The value of the last sample until then. */
function valueAt(samples: Sample[], atMs: number, of: (sample: Sample) => number): number {
  let [from, to] = [0, samples.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((samples[middle] as Sample).atMs <= atMs) from = middle + 1;
    else to = middle;
  }
  const sample = samples[from - 1];
  return sample ? of(sample) : 0;
}
