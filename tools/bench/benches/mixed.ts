import { transactions } from '../baselines.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { cloneEvent } from '../clone-event.ts';
import { auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import type { Report } from '../report.ts';
import { interleave, over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';

const connections = 128;

/** One buyer in ten wants the hot event, the others any of a thousand. In turn, all buyers want any of the thousand. */
export async function mixed(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    const hot = await publishEvent(stage, await openOrganiser(stage));
    const others = await cloneEvent(stage, hot, 1000);
    const other = (n: number) => placesOf(others[n % others.length]!);
    const load = createHoldLoad(stage, (n) => (n % 10 === 0 ? placesOf(hot) : other(n)));
    const spreadLoad = createHoldLoad(stage, other);
    const empty = await createEmptyLoad(stage, placesOf(hot));
    await load.slice({ seconds: 2, connections });
    await spreadLoad.slice({ seconds: 1, connections });
    await empty.slice(1, connections);
    const seconds = options.seconds / 4;
    const lanes = await interleave(4, {
      admit: () => load.slice({ seconds, connections }),
      spread: () => spreadLoad.slice({ seconds, connections }),
      empty: () => empty.slice(seconds, connections),
      transaction: () => stage.baselines.run('transaction', transactions, 1),
    });
    const report = compare('mixed', lanes);
    report.targets = [
      { what: 'to all of it spread', value: ratioOver(lanes.admit, lanes.spread), least: 0.8 },
      { what: 'holds that were refused', value: unexpected([...lanes.admit, ...lanes.spread]), most: 0 },
    ];
    report.more = { ...report.more, spreadRate: over(lanes.spread, (slice) => slice.rate) };
    return {
      ...report,
      audit: await auditOf(stage, { acknowledged: [...load.acknowledged, ...spreadLoad.acknowledged] }),
    };
  } finally {
    await stage.close();
  }
}
