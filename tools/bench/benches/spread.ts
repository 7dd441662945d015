import { transactions } from '../baselines.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { cloneEvent } from '../clone-event.ts';
import { auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import { watchLedger } from '../ledger-metrics.ts';
import { printProfile } from '../profile.ts';
import type { Report } from '../report.ts';
import { interleave, over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';
import { startStatements } from '../statements.ts';

const connections = 128;

/** A thousand events on sale at once, in turn with one event that everyone wants. */
export async function spread(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const hot = await publishEvent(stage, await openOrganiser(stage));
    const others = await cloneEvent(stage, hot, 1000);
    const load = createHoldLoad(stage, (n) => placesOf(others[n % others.length]!));
    const hotLoad = createHoldLoad(stage, () => placesOf(hot));
    const empty = await createEmptyLoad(stage, placesOf(hot));
    await hotLoad.slice({ seconds: 1, connections });
    await load.slice({ seconds: 2, connections });
    await empty.slice(1, connections);
    load.windowsUs.length = 0;
    if (options.profile) await startStatements(stage.db);
    const seconds = options.seconds / 4;
    const ledger = await watchLedger(stage.server.url);
    const lanes = await interleave(4, {
      admit: () => load.slice({ seconds, connections }),
      hot: () => hotLoad.slice({ seconds, connections }),
      empty: () => empty.slice(seconds, connections),
      transaction: () => stage.baselines.run('transaction', transactions, 1),
    });
    const report = compare('spread', lanes);
    report.targets = [
      { what: 'to one hot event', value: ratioOver(lanes.admit, lanes.hot), least: 1 },
      { what: 'holds that were refused', value: unexpected([...lanes.admit, ...lanes.hot]), most: 0 },
    ];
    report.more = { ...report.more, hotRate: over(lanes.hot, (slice) => slice.rate), ...(await ledger()) };
    const audit = await auditOf(stage, { acknowledged: [...load.acknowledged, ...hotLoad.acknowledged] });
    if (options.profile) await printProfile(stage, load.windowsUs);
    return { ...report, audit };
  } finally {
    await stage.close();
  }
}
