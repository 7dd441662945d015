import { type HoldCosts, simulateHolds } from '../../size/hold-model.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import { watchLedger } from '../ledger-metrics.ts';
import { median } from '../percentiles.ts';
import type { Report } from '../report.ts';
import { interleave, type MeasuredSlice } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';

/** The model is fitted to the first and the last of these, and predicts the others. */
const sizes = [16, 64, 128, 384];
const rounds = 3;

interface Measured {
  slice: MeasuredSlice;
  batchSize: number;
  commitMs: number;
}

/** Compares the simulation of holds (tools/size/) with real holds of one event, at several numbers of connections. */
export async function sizing(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    const event = await publishEvent(stage, await openOrganiser(stage));
    const load = createHoldLoad(stage, () => placesOf(event));
    const empty = await createEmptyLoad(stage, placesOf(event));
    await load.slice({ seconds: 2, connections: 128 });
    const seconds = options.seconds / rounds;
    const lane = (connections: number) => async (): Promise<Measured> => {
      const watched = await watchLedger(stage.server.url);
      const slice = await load.slice({ seconds, connections });
      const { batchSize, commitMs } = await watched();
      return { slice, batchSize, commitMs };
    };
    const lanes = await interleave(
      rounds,
      Object.fromEntries(sizes.map((connections) => [`at${connections}`, lane(connections)])),
    );
    const emptySlice = await empty.slice(seconds, 128);
    const of = (connections: number) => lanes[`at${connections}`] ?? [];
    const costs = costsOf(of(sizes[0] as number), of(sizes.at(-1) as number));
    const told = sizes.map((clients) => {
      const slices = of(clients).map(({ slice }) => slice);
      const model = simulateHolds(costs, { clients, forMs: 5000 });
      const rate = median(slices.map((slice) => slice.rate));
      const p50Ms = median(slices.map((slice) => slice.p50Ms));
      return { clients, rate, p50Ms, model, ratio: model.rate / rate };
    });
    const all = sizes.flatMap((size) => of(size).map(({ slice }) => slice));
    const predicted = told.slice(1, -1);
    return {
      ...compare('sizing', { admit: of(128).map(({ slice }) => slice), empty: [emptySlice] }),
      targets: [
        ...predicted.flatMap(({ clients, ratio }) => [
          { what: `model to measured, ${clients} connections`, value: ratio, least: 0.75, most: 1.33 },
        ]),
        { what: 'holds that were refused', value: unexpected(all), most: 0 },
      ],
      more: {
        threadUs: costs.threadMs * 1000,
        batchMs: costs.batchMs,
        batchUsPerHold: costs.batchMsPerHold * 1000,
        postgresUs: median(of(128).map(({ slice }) => (slice.postgresCpu * 1e6) / slice.rate)),
        ...Object.fromEntries(
          told.flatMap(({ clients, rate, p50Ms, model }) => [
            [`rate${clients}`, rate],
            [`model${clients}`, model.rate],
            [`p50Ms${clients}`, p50Ms],
            [`modelP50Ms${clients}`, model.p50Ms],
          ]),
        ),
      },
      audit: await auditOf(stage, { acknowledged: load.acknowledged }),
    };
  } finally {
    await stage.close();
  }
}

/** The costs by which the model has the batches of a small and of a large load. */
function costsOf(small: Measured[], large: Measured[]): HoldCosts {
  const mean = (some: Measured[], figure: (each: Measured) => number) => median(some.map(figure));
  const [n1, n2] = [small, large].map((some) => mean(some, (each) => each.batchSize)) as [number, number];
  const [t1, t2] = [small, large].map((some) => mean(some, (each) => each.commitMs)) as [number, number];
  const batchMsPerHold = Math.max(0, (t2 - t1) / (n2 - n1));
  return {
    threadMs: mean(large, ({ slice }) => (slice.serverCpu / slice.rate) * 1000),
    batchMs: Math.max(0, t1 - batchMsPerHold * n1),
    batchMsPerHold,
  };
}
