import { auditBench, auditWord } from '../audit.ts';
import { openOrganiser, openPeople, publishEvent } from '../cast.ts';
import { createEmptyLoad, createHoldLoad, encodeHold, placesOf } from '../hold-load.ts';
import { encodeRequest } from '../http-requests.ts';
import { watchLedger } from '../ledger-metrics.ts';
import { readProfile, showProfile } from '../profile.ts';
import { startRedis } from '../redis-baseline.ts';
import type { Report } from '../report.ts';
import { interleave, over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';
import { showStatements, startStatements } from '../statements.ts';

const connections = 128;
const many = 256;
/** As many as PostgreSQL likes best for one row; more only wait for each other. */
const transactions = 4;

/** Everyone wants two places of the same general-admission event. */
export async function holds({ seconds, profile, priority }: BenchOptions): Promise<Report> {
  const stage = await openStage({ profile, priority });
  try {
    const organiser = await openOrganiser(stage);
    const event = await publishEvent(stage, organiser);
    const load = createHoldLoad(stage, () => placesOf(event));
    const replyBytes = await measureReply(stage, event);
    const empty = await createEmptyLoad(stage, placesOf(event), replyBytes);
    const redis = profile ? null : await startRedis(stage.directory, replyBytes);
    const redisRequest = encodeRequest({ method: 'POST', path: '/empty', body: placesOf(event).body });
    const redisSlice = async (sliceSeconds: number) =>
      redis &&
      stage.load.run(
        { kind: 'repeated', request: redisRequest },
        { ports: [redis.port], connections, seconds: sliceSeconds },
      );

    const sliceSeconds = seconds / 4;
    const short = Math.min(1.5, sliceSeconds);
    await load.slice({ seconds: 2, connections });
    await empty(1, connections);
    await redisSlice(1);
    load.windowsUs.length = 0;
    if (profile) await startStatements(stage.db);
    const ledger = await watchLedger(stage.server.url);
    const main = await interleave(4, {
      admit: () => load.slice({ seconds: sliceSeconds, connections }),
      empty: () => empty(sliceSeconds, connections),
      transaction: async () => (profile ? null : stage.baselines.run('transaction', transactions, short)),
      statement: async () => (profile ? null : stage.baselines.run('statement', transactions, short)),
      redis: () => redisSlice(short),
    });
    const means = await ledger();
    if (profile) return await profiled(stage, load, reportOf(main, means));

    const crowd = await interleave(2, {
      admit: () => load.slice({ seconds: short, connections: many }),
      empty: () => empty(short, many),
    });
    const second = await stage.another();
    const ports = [stage.server.port, second.port];
    await load.slice({ seconds: 1, connections, ports });
    const both = await interleave(2, { admit: () => load.slice({ seconds: short, connections, ports }) });
    await redis?.stop();

    const report = reportOf(main, means);
    report.p99Ms = over(main.admit, (slice) => slice.p99Ms);
    const crowdP99Ms = over(crowd.admit, (slice) => slice.p99Ms);
    const crowdEmptyP99Ms = over(crowd.empty, (slice) => slice.p99Ms);
    report.targets.push({
      what: 'p99 at 256 connections to the empty route’s',
      value: crowdP99Ms / crowdEmptyP99Ms,
      most: 5,
    });
    report.more = {
      ...report.more,
      p99At256Ms: crowdP99Ms,
      emptyP99At256Ms: crowdEmptyP99Ms,
      rateAt256: over(crowd.admit, (slice) => slice.rate),
      rateOfTwoProcesses: over(both.admit, (slice) => slice.rate),
      p99OfTwoProcessesMs: over(both.admit, (slice) => slice.p99Ms),
    };
    return { ...report, audit: auditWord(await auditBench(stage.db, load.acknowledged)) };
  } finally {
    await stage.close();
  }
}

type Main = Awaited<
  ReturnType<
    typeof interleave<{
      admit: () => ReturnType<ReturnType<typeof createHoldLoad>['slice']>;
      empty: () => ReturnType<Awaited<ReturnType<typeof createEmptyLoad>>>;
      transaction: () => Promise<{ rate: number } | null>;
      statement: () => Promise<{ rate: number } | null>;
      redis: () => Promise<{ rate: number } | null>;
    }>
  >
>;

function reportOf(main: Main, means: Awaited<ReturnType<Awaited<ReturnType<typeof watchLedger>>>>): Report {
  const present = <T>(values: (T | null)[]): T[] => values.filter((value) => value !== null);
  const { admit, empty } = main;
  const [transaction, statement, redis] = [
    present(main.transaction),
    present(main.statement),
    present(main.redis),
  ];
  const refused = admit.reduce((sum, slice) => sum + slice.answered - (slice.statuses[201] ?? 0), 0);
  const ratioToEmpty = ratioOver(admit, empty);
  const ratioToSingleTx = ratioOver(admit, transaction);
  return {
    bench: 'holds',
    rate: over(admit, (slice) => slice.rate),
    emptyRate: over(empty, (slice) => slice.rate),
    ratioToEmpty,
    singleTxRate: over(transaction, (slice) => slice.rate),
    ratioToSingleTx,
    p50Ms: over(admit, (slice) => slice.p50Ms),
    p99Ms: over(admit, (slice) => slice.p99Ms),
    serverRssMb: Math.max(...admit.map((slice) => slice.serverRssMb)),
    audit: 'ok',
    targets: [
      { what: 'to the empty route', value: ratioToEmpty, least: 0.5 },
      ...(transaction.length === 0
        ? []
        : [
            { what: 'to one transaction per hold', value: ratioToSingleTx, least: 5 },
            { what: 'to one statement per hold', value: ratioOver(admit, statement), least: 3 },
          ]),
      { what: 'holds that were refused', value: refused, most: 0 },
    ],
    more: {
      statementRate: over(statement, (slice) => slice.rate),
      redisRate: over(redis, (slice) => slice.rate),
      ratioToRedis: ratioOver(admit, redis),
      emptyP99Ms: over(empty, (slice) => slice.p99Ms),
      slices: admit.map((slice) => Math.round(slice.rate)).join(' '),
      emptySlices: empty.map((slice) => Math.round(slice.rate)).join(' '),
      batchSize: means.batchSize,
      batchMs: means.commitMs,
      queueMs: means.queueMs,
      serverCores: over(admit, (slice) => slice.serverCpu),
      postgresCores: over(admit, (slice) => slice.postgresCpu),
      loadCores: over(admit, (slice) => slice.loadCpu),
      relayBehindMs: over(admit, (slice) => slice.settleMs),
    },
  };
}

async function profiled(
  stage: Stage,
  load: ReturnType<typeof createHoldLoad>,
  report: Report,
): Promise<Report> {
  const audit = auditWord(await auditBench(stage.db, load.acknowledged));
  console.log(await showStatements(stage.db));
  await stage.server.stop();
  console.log(showProfile(readProfile(stage.directory, load.windowsUs)));
  return {
    ...report,
    audit,
    notes: ['Profiled: the rates are lower than without, and the baselines are left out.'],
  };
}

/** How many bytes the answer to a hold has. */
async function measureReply(stage: Stage, event: Parameters<typeof placesOf>[0]): Promise<number> {
  const [buyer] = await openPeople(stage, 1);
  const slice = await stage.load.run(
    { kind: 'sized', request: encodeHold(buyer!, placesOf(event)) },
    { ports: [stage.server.port], connections: 1, seconds: 5 },
  );
  return slice.notes.bytes as number;
}
