import { transactions } from '../baselines.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, type HoldLoad, placesOf } from '../hold-load.ts';
import { encodeRequest } from '../http-requests.ts';
import { watchLedger } from '../ledger-metrics.ts';
import { printProfile } from '../profile.ts';
import { startRedis } from '../redis-baseline.ts';
import type { Report } from '../report.ts';
import { interleave, over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';
import { startStatements } from '../statements.ts';

const connections = 128;
const many = 256;

/** Everyone wants two places of the same general-admission event. */
export async function holds(options: BenchOptions): Promise<Report> {
  const { seconds, profile } = options;
  const stage = await openStage(options);
  try {
    const event = await publishEvent(stage, await openOrganiser(stage));
    const load = createHoldLoad(stage, () => placesOf(event));
    const empty = await createEmptyLoad(stage, placesOf(event));
    const redis = profile ? null : await startRedis(stage.directory, empty.replyBytes);
    const request = encodeRequest({ method: 'POST', path: '/empty', body: placesOf(event).body });
    const redisSlice = async (sliceSeconds: number) =>
      redis &&
      stage.load.run(
        { kind: 'repeated', request },
        { ports: [redis.port], connections, seconds: sliceSeconds },
      );

    const sliceSeconds = seconds / 4;
    const short = Math.min(1.5, sliceSeconds);
    await load.slice({ seconds: 2, connections });
    await empty.slice(1, connections);
    await redisSlice(1);
    load.windowsUs.length = 0;
    if (profile) await startStatements(stage.db);
    const ledger = await watchLedger(stage.server.url);
    const main = await interleave(4, {
      admit: () => load.slice({ seconds: sliceSeconds, connections }),
      empty: () => empty.slice(sliceSeconds, connections),
      transaction: async () => (profile ? null : stage.baselines.run('transaction', transactions, short)),
      statement: async () => (profile ? null : stage.baselines.run('statement', transactions, short)),
      redis: () => redisSlice(short),
    });
    const means = await ledger();
    const report = compare('holds', main);
    report.more = { ...report.more, ...means, relayBehindMs: over(main.admit, (slice) => slice.settleMs) };
    report.targets = [
      { what: 'to the empty route', value: report.ratioToEmpty!, least: 0.5 },
      { what: 'holds that were refused', value: unexpected(main.admit), most: 0 },
    ];
    if (profile) {
      const audit = await auditOf(stage, { acknowledged: load.acknowledged });
      await printProfile(stage, load.windowsUs);
      return {
        ...report,
        audit,
        notes: ['Profiled: rates are lower than without; the other baselines are left out.'],
      };
    }

    const single = main.statement.filter((slice) => slice !== null);
    const reservations = main.redis.filter((slice) => slice !== null);
    report.targets.push(
      { what: 'to one transaction per hold', value: report.ratioToSingleTx!, least: 5 },
      { what: 'to one statement per hold', value: ratioOver(main.admit, single), least: 3 },
    );
    report.more = {
      ...report.more,
      statementRate: over(single, (slice) => slice.rate),
      redisRate: over(reservations, (slice) => slice.rate),
      ratioToRedis: ratioOver(main.admit, reservations),
    };
    await crowd(load, empty, short, report);
    await twoProcesses(stage, load, short, report);
    await redis?.stop();
    return { ...report, audit: await auditOf(stage, { acknowledged: load.acknowledged }) };
  } finally {
    await stage.close();
  }
}

async function crowd(
  load: HoldLoad,
  empty: Awaited<ReturnType<typeof createEmptyLoad>>,
  seconds: number,
  report: Omit<Report, 'audit'>,
) {
  const { admit, nothing } = await interleave(2, {
    admit: () => load.slice({ seconds, connections: many }),
    nothing: () => empty.slice(seconds, many),
  });
  const p99At256Ms = over(admit, (slice) => slice.p99Ms);
  const emptyP99At256Ms = over(nothing, (slice) => slice.p99Ms);
  report.targets.push({
    what: 'p99 at 256 connections to the empty route’s',
    value: p99At256Ms / emptyP99At256Ms,
    most: 5,
  });
  report.more = {
    ...report.more,
    p99At256Ms,
    emptyP99At256Ms,
    rateAt256: over(admit, (slice) => slice.rate),
  };
}

async function twoProcesses(stage: Stage, load: HoldLoad, seconds: number, report: Omit<Report, 'audit'>) {
  const second = await stage.another();
  const ports = [stage.server.port, second.port];
  await load.slice({ seconds: 1, connections, ports });
  const { both } = await interleave(2, { both: () => load.slice({ seconds, connections, ports }) });
  report.more = {
    ...report.more,
    rateOfTwoProcesses: over(both, (slice) => slice.rate),
    p99OfTwoProcessesMs: over(both, (slice) => slice.p99Ms),
  };
}
