import { auditBench, auditWord } from '../audit.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import type { Report } from '../report.ts';
import { interleave, over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';

/** One client, one hold at a time: what a hold costs when nobody else is there. */
export async function idle({ seconds, priority }: BenchOptions): Promise<Report> {
  const stage = await openStage({ priority });
  try {
    const event = await publishEvent(stage, await openOrganiser(stage));
    const load = createHoldLoad(stage, () => placesOf(event));
    const empty = await createEmptyLoad(stage, placesOf(event), 400);
    await load.slice({ seconds: 1, connections: 1 });
    await empty(1, 1);
    await stage.baselines.run('transaction', 1, 1);
    const sliceSeconds = seconds / 5;
    const short = Math.min(1, sliceSeconds);
    const rounds = await interleave(5, {
      admit: () => load.slice({ seconds: sliceSeconds, connections: 1 }),
      transaction: () => stage.baselines.run('transaction', 1, sliceSeconds),
      pipelined: () => stage.baselines.run('pipelined', 1, short),
      statement: () => stage.baselines.run('statement', 1, short),
      empty: () => empty(short, 1),
    });
    const { admit, transaction, empty: nothing } = rounds;
    const p50 = (slices: { p50Ms: number }[]) => over(slices, (slice) => slice.p50Ms);
    return {
      bench: 'idle',
      rate: over(admit, (slice) => slice.rate),
      emptyRate: over(nothing, (slice) => slice.rate),
      ratioToEmpty: ratioOver(admit, nothing),
      singleTxRate: over(transaction, (slice) => slice.rate),
      ratioToSingleTx: ratioOver(admit, transaction),
      p50Ms: p50(admit),
      p99Ms: over(admit, (slice) => slice.p99Ms),
      serverRssMb: Math.max(...admit.map((slice) => slice.serverRssMb)),
      audit: auditWord(await auditBench(stage.db, load.acknowledged)),
      targets: [
        {
          what: 'latency to one durable transaction through pg',
          value: p50(admit) / p50(transaction),
          most: 1.3,
        },
      ],
      more: {
        transactionP50Ms: p50(transaction),
        transactionP99Ms: over(transaction, (slice) => slice.p99Ms),
        pipelinedP50Ms: p50(rounds.pipelined),
        statementP50Ms: p50(rounds.statement),
        emptyP50Ms: p50(nothing),
      },
    };
  } finally {
    await stage.close();
  }
}
