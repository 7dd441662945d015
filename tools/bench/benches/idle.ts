import { openOrganiser, publishEvent } from '../cast.ts';
import { auditOf, compare } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import { printProfile } from '../profile.ts';
import type { Report } from '../report.ts';
import { interleave, over } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';
import { startStatements } from '../statements.ts';

/** One client, one hold at a time: the latency of a hold on an idle server. */
export async function idle(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const event = await publishEvent(stage, await openOrganiser(stage));
    const load = createHoldLoad(stage, () => placesOf(event));
    const empty = await createEmptyLoad(stage, placesOf(event));
    // V8 optimises code after some thousand runs, so the bench first warms the server up.
    await load.slice({ seconds: 2, connections: 64 });
    await load.slice({ seconds: 1, connections: 1 });
    await empty.slice(1, 1);
    await stage.baselines.run('transaction', 1, 1);
    load.windowsUs.length = 0;
    if (options.profile) await startStatements(stage.db);
    const seconds = options.seconds / 5;
    const short = Math.min(1, seconds);
    const lanes = await interleave(5, {
      admit: () => load.slice({ seconds, connections: 1 }),
      transaction: () => stage.baselines.run('transaction', 1, seconds),
      pipelined: () => stage.baselines.run('pipelined', 1, short),
      statement: () => stage.baselines.run('statement', 1, short),
      empty: () => empty.slice(short, 1),
    });
    const p50 = (slices: { p50Ms: number }[]) => over(slices, (slice) => slice.p50Ms);
    const report = compare('idle', lanes);
    report.targets = [
      {
        what: 'latency to one durable transaction through pg',
        value: p50(lanes.admit) / p50(lanes.transaction),
        most: 1.3,
      },
    ];
    report.more = {
      ...report.more,
      transactionP50Ms: p50(lanes.transaction),
      transactionP99Ms: over(lanes.transaction, (slice) => slice.p99Ms),
      pipelinedP50Ms: p50(lanes.pipelined),
      statementP50Ms: p50(lanes.statement),
      emptyP50Ms: p50(lanes.empty),
    };
    const audit = await auditOf(stage, { acknowledged: load.acknowledged });
    if (options.profile) await printProfile(stage, load.windowsUs);
    return { ...report, audit };
  } finally {
    await stage.close();
  }
}
