import { openOrganiser, publishEvent } from '../cast.ts';
import { cloneEvent } from '../clone-event.ts';
import { auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import type { Report } from '../report.ts';
import { interleave, over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';

const connections = 128;

/**
 * Holds on one event and on a thousand, through one, two and three processes in turn. A connection stays with its process, so
 * each process gets the same share. All processes run all the time; those without load only wait.
 */
export async function cluster(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const ports = [stage.server, await stage.another(), await stage.another()].map(({ port }) => port);
    const hot = await publishEvent(stage, await openOrganiser(stage));
    const others = await cloneEvent(stage, hot, 1000);
    const one = createHoldLoad(stage, () => placesOf(hot));
    const many = createHoldLoad(stage, (n) => placesOf(others[n % others.length]!));
    const empty = await createEmptyLoad(stage, placesOf(hot));
    await one.slice({ seconds: 1, connections, ports });
    await many.slice({ seconds: 1, connections, ports });
    const seconds = options.seconds / 4;
    const slice = (load: typeof one, processes: number) => () =>
      load.slice({ seconds, connections, ports: ports.slice(0, processes) });
    const lanes = await interleave(4, {
      one1: slice(one, 1),
      one2: slice(one, 2),
      one3: slice(one, 3),
      many1: slice(many, 1),
      many2: slice(many, 2),
      many3: slice(many, 3),
      empty: () => empty.slice(seconds, connections),
    });
    const { one1, one2, one3, many1, many2, many3 } = lanes;
    const all = [one1, one2, one3, many1, many2, many3];
    const report = compare('cluster', { admit: one1, empty: lanes.empty });
    report.targets = [{ what: 'holds that were refused', value: unexpected(all.flat()), most: 0 }];
    report.more = {
      ...report.more,
      ...Object.fromEntries(
        Object.entries({ one1, one2, one3, many1, many2, many3 }).flatMap(([name, slices]) => [
          [`${name}Rate`, over(slices, ({ rate }) => rate)],
          [`${name}P99Ms`, over(slices, ({ p99Ms }) => p99Ms)],
          [`${name}PostgresCores`, over(slices, ({ postgresCpu }) => postgresCpu)],
        ]),
      ),
      oneEventTwoToOne: ratioOver(one2, one1),
      oneEventThreeToOne: ratioOver(one3, one1),
      manyEventsTwoToOne: ratioOver(many2, many1),
      manyEventsThreeToOne: ratioOver(many3, many1),
    };
    const audit = await auditOf(stage, { acknowledged: [...one.acknowledged, ...many.acknowledged] });
    return { ...report, audit };
  } finally {
    await stage.close();
  }
}
