/**
 * Runs the compared things in alternating slices: A, B, A, B. Other work of the machine slows neighbouring slices alike, and
 * medians over the rounds leave out the worst.
 */
import type { Slice } from './load-engine.ts';
import { median } from './percentiles.ts';
import { cpuSeconds, familyCpuSeconds, watchRss } from './process-stats.ts';
import type { Stage } from './stage.ts';

/** A slice with its cost in CPU of the server under test and the database. */
export interface MeasuredSlice extends Slice {
  serverCpu: number;
  postgresCpu: number;
  loadCpu: number;
  serverRssMb: number;
}

/** Runs a slice against the server under test. Costs are in cores: 1 means one core all the time. */
export async function measured(stage: Stage, run: () => Promise<Slice>): Promise<MeasuredSlice> {
  const before = { server: cpuSeconds(stage.server.pid), postgres: familyCpuSeconds(stage.postmasterPid) };
  const stopRss = watchRss(stage.server.pid);
  const slice = await run();
  const serverRssMb = stopRss();
  const seconds = slice.leadSeconds + slice.seconds;
  return {
    ...slice,
    serverCpu: (cpuSeconds(stage.server.pid) - before.server) / seconds,
    postgresCpu: (familyCpuSeconds(stage.postmasterPid) - before.postgres) / seconds,
    loadCpu: slice.cpuSeconds / seconds,
    serverRssMb,
  };
}

type Lanes = Record<string, (round: number) => Promise<unknown>>;

/** Runs every lane once per round, in order. */
export async function interleave<L extends Lanes>(
  rounds: number,
  lanes: L,
): Promise<{ [K in keyof L]: Awaited<ReturnType<L[K]>>[] }> {
  const results: Record<string, unknown[]> = Object.fromEntries(Object.keys(lanes).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(lanes)) results[name]?.push(await run(round));
  }
  return results as { [K in keyof L]: Awaited<ReturnType<L[K]>>[] };
}

/** The median of one figure over slices. */
export function over<T>(slices: T[], figure: (slice: T) => number): number {
  return median(slices.map(figure));
}

/** The median of the ratios of neighbours: a slow minute of the machine slows both. */
export function ratioOver(above: { rate: number }[], below: { rate: number }[]): number {
  return median(above.map(({ rate }, i) => rate / (below[i]?.rate ?? Number.NaN)));
}
