/**
 * Compares this checkout with another one of Admit. Both servers run at once and are measured in alternating slices.
 *
 *   node tools/bench/against.ts ../before holds purchases reads check-ins --seconds 2 --rounds 12
 *
 * The other checkout needs its own `npm ci`. While one server is measured, the other is paused. Each round gives one
 * ratio of rates (this checkout to the other) and one of costs (CPU time per answer of the other to this one, server and
 * PostgreSQL together). The output has medians and quartiles over all rounds. A value below 0.95 means slower and needs a
 * reason in docs/performance.md. On a busy machine the costs are much steadier than the rates.
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
    rounds: { type: 'string', default: '12' },
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
  const sides = [await openSide(here, name), await openSide(otherRoot, name)] as const;
  try {
    const [ours, theirs] = sides;
    const alone = async (side: Side, rest: Side, seconds: number) =>
      rest.stage.server.paused(() => side.slice(seconds));
    for (const [side, rest] of [
      [ours, theirs],
      [theirs, ours],
    ] as const)
      await alone(side, rest, 2);
    const rounds: { ours: MeasuredSlice; theirs: MeasuredSlice }[] = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      const seconds = Number(values.seconds);
      // The order alternates, so that neither server always follows the other's writes.
      if (round % 2 === 0) {
        const first = await alone(ours, theirs, seconds);
        rounds.push({ ours: first, theirs: await alone(theirs, ours, seconds) });
      } else {
        const first = await alone(theirs, ours, seconds);
        rounds.push({ theirs: first, ours: await alone(ours, theirs, seconds) });
      }
    }
    console.log(
      JSON.stringify({
        bench: name,
        rate: quartiles(rounds.map((each) => each.ours.rate / each.theirs.rate)),
        cost: quartiles(rounds.map((each) => costUs(each.theirs) / costUs(each.ours))),
        oursUs: quartiles(rounds.map((each) => costUs(each.ours))),
        theirsUs: quartiles(rounds.map((each) => costUs(each.theirs))),
      }),
    );
  } finally {
    for (const { stage } of sides) await stage.close();
  }
}

/** CPU time per answer, in µs, of the server and PostgreSQL. */
function costUs(slice: MeasuredSlice): number {
  return ((slice.serverCpu + slice.postgresCpu) / slice.rate) * 1e6;
}

function quartiles(values: number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.25, 0.5, 0.75].map((share) =>
    Number(sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(3)),
  );
}

if (other === undefined || names.length === 0 || names.some((name) => !(name in benches))) {
  console.error(`Usage: node tools/bench/against.ts DIRECTORY ${Object.keys(benches).join(' ')}`);
  process.exitCode = 1;
} else {
  if (values.priority) putFirst();
  for (const name of names) await compare(name, resolve(other));
}
