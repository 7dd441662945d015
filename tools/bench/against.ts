/**
 * Compares this checkout with another one of Admit. Both servers run at once and are measured in alternating slices.
 *
 *   node tools/bench/against.ts ../before holds purchases reads check-ins --pairs 8 --rounds 4 --seconds 2
 *
 * The other checkout needs its own `npm ci`. A server that happens to start well stays up to a fifth faster than another
 * one of the same checkout, so each pair starts both servers anew. While one server is measured, the other is paused. Each
 * round gives one ratio of rates (this checkout to the other) and one of costs (CPU time per answer of the other to this
 * one, server and PostgreSQL together). A pair counts with the medians of its rounds; the output has medians and quartiles
 * over the pairs. A value below 0.95 means slower and needs a reason in docs/performance.md. On a busy machine the costs
 * are steadier than the rates.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { putFirst } from './priority.ts';
import type { MeasuredSlice } from './rounds.ts';
import type { Stage } from './stage.ts';

const connections = 128;
const here = resolve(import.meta.dirname, '../..');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '4' },
    pairs: { type: 'string', default: '8' },
    priority: { type: 'boolean', default: false },
  },
});
const [other, ...names] = positionals;

interface Side {
  stage: Stage;
  slice: (seconds: number) => Promise<MeasuredSlice>;
}

type Open = (load: <T>(path: string) => Promise<T>, stage: Stage) => Promise<Side['slice']>;

/** Each bench loads a checkout with that checkout's own load code, because the two APIs may differ. */
const benches: Record<string, Open> = {
  async holds(load, stage) {
    const cast = await load<typeof import('./cast.ts')>('cast.ts');
    const { createHoldLoad, placesOf } = await load<typeof import('./hold-load.ts')>('hold-load.ts');
    const event = await cast.publishEvent(stage, await cast.openOrganiser(stage));
    const holds = createHoldLoad(stage, () => placesOf(event));
    return (seconds) => holds.slice({ seconds, connections });
  },
  async spread(load, stage) {
    const cast = await load<typeof import('./cast.ts')>('cast.ts');
    const { cloneEvent } = await load<typeof import('./clone-event.ts')>('clone-event.ts');
    const { createHoldLoad, placesOf } = await load<typeof import('./hold-load.ts')>('hold-load.ts');
    const events = await cloneEvent(
      stage,
      await cast.publishEvent(stage, await cast.openOrganiser(stage)),
      1000,
    );
    const holds = createHoldLoad(stage, (n) => placesOf(events[n % events.length]!));
    return (seconds) => holds.slice({ seconds, connections });
  },
  async purchases(load, stage) {
    const cast = await load<typeof import('./cast.ts')>('cast.ts');
    const { buy } = await load<typeof import('./purchase-load.ts')>('purchase-load.ts');
    const event = await cast.publishEvent(stage, await cast.openOrganiser(stage));
    return (seconds) => buy(stage, { event, seconds, connections, buyers: Math.ceil(1500 * seconds) });
  },
  async reads(load, stage) {
    const { openReads } = await load<typeof import('./benches/reads.ts')>('benches/reads.ts');
    const { slice, pages } = await openReads(stage);
    return (seconds) => slice(seconds, stage.server.port, pages);
  },
  async 'check-ins'(load, stage) {
    const { openCheckIns } = await load<typeof import('./benches/check-ins.ts')>('benches/check-ins.ts');
    const { slice } = await openCheckIns(stage);
    return slice;
  },
};

async function openSide(root: string, name: string): Promise<Side> {
  const load = <T>(path: string): Promise<T> =>
    import(pathToFileURL(resolve(root, 'tools/bench', path)).href) as Promise<T>;
  const { openStage } = await load<typeof import('./stage.ts')>('stage.ts');
  const stage = await openStage({ priority: values.priority });
  return { stage, slice: await benches[name]!(load, stage) };
}

async function compare(name: string, otherRoot: string): Promise<void> {
  const pairs: Round[][] = [];
  for (let pair = 0; pair < Number(values.pairs); pair++)
    pairs.push(await measurePair(name, otherRoot, pair % 2));
  const medians = (figure: (round: Round) => number) =>
    pairs.map((rounds) => quartile(rounds.map(figure), 0.5));
  const rates = medians(({ ours, theirs }) => ours.rate / theirs.rate);
  const costs = medians(({ ours, theirs }) => costUs(theirs) / costUs(ours));
  console.log(
    JSON.stringify({
      bench: name,
      rate: quartiles(rates),
      cost: quartiles(costs),
      oursUs: quartiles(medians(({ ours }) => costUs(ours))),
      theirsUs: quartiles(medians(({ theirs }) => costUs(theirs))),
      oursOfPostgresUs: quartiles(medians(({ ours }) => postgresCostUs(ours))),
      theirsOfPostgresUs: quartiles(medians(({ theirs }) => postgresCostUs(theirs))),
      rates: rates.map(rounded),
      costs: costs.map(rounded),
    }),
  );
}

interface Round {
  ours: MeasuredSlice;
  theirs: MeasuredSlice;
}

/** Starts a server of each checkout, and measures them in turn. */
async function measurePair(name: string, otherRoot: string, opensFirst: number): Promise<Round[]> {
  const roots = opensFirst === 0 ? [here, otherRoot] : [otherRoot, here];
  const sides: Side[] = [];
  try {
    for (const root of roots) sides.push(await openSide(root, name));
    const [ours, theirs] = (opensFirst === 0 ? sides : sides.toReversed()) as [Side, Side];
    const alone = (side: Side, seconds: number) =>
      (side === ours ? theirs : ours).stage.server.paused(() => side.slice(seconds));
    for (const side of sides) await alone(side, 2);
    const rounds: Round[] = [];
    const seconds = Number(values.seconds);
    for (let round = 0; round < Number(values.rounds); round++) {
      // The order alternates, so that neither server always follows the other's writes.
      if (round % 2 === 0) {
        const first = await alone(ours, seconds);
        rounds.push({ ours: first, theirs: await alone(theirs, seconds) });
      } else {
        const first = await alone(theirs, seconds);
        rounds.push({ theirs: first, ours: await alone(ours, seconds) });
      }
    }
    return rounds;
  } finally {
    for (const { stage } of sides) await stage.close();
  }
}

/** CPU time per answer, in µs, of the server and PostgreSQL. */
function costUs(slice: MeasuredSlice): number {
  return ((slice.serverCpu + slice.postgresCpu) / slice.rate) * 1e6;
}

/** The part of PostgreSQL in that cost, in µs. */
function postgresCostUs(slice: MeasuredSlice): number {
  return (slice.postgresCpu / slice.rate) * 1e6;
}

const quartiles = (figures: number[]): number[] =>
  [0.25, 0.5, 0.75].map((share) => rounded(quartile(figures, share)));

/** Between two figures it interpolates. */
function quartile(figures: number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return below + (above - below) * (at % 1);
}

const rounded = (figure: number): number => Number(figure.toFixed(3));

if (other === undefined || names.length === 0 || names.some((name) => !(name in benches))) {
  console.error(`Usage: node tools/bench/against.ts DIRECTORY ${Object.keys(benches).join(' ')}`);
  process.exitCode = 1;
} else {
  if (values.priority) putFirst();
  for (const name of names) await compare(name, resolve(other));
}
