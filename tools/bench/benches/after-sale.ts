import { setTimeout as wait } from 'node:timers/promises';
import { fillOrders } from '../bulk-orders.ts';
import { type BenchEvent, call, openOrganiser, publishEvent } from '../cast.ts';
import { auditOf, coresOf, unexpected } from '../comparison.ts';
import { createHoldLoad, placesOf } from '../hold-load.ts';
import { familyCpuSeconds, threadSeconds } from '../process-stats.ts';
import { printProfile } from '../profile.ts';
import type { Report } from '../report.ts';
import { over } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

const connections = 128;
/** Slices before the cancellation, and slices while the refunds run. */
const rounds = 4;
/** Slices after the last refund. They show how much the pace of the machine itself has changed. */
const roundsAfter = 2;
/** Gives up waiting for the refunds after this time. */
const patienceMs = 900_000;

/**
 * Ten thousand orders of a cancelled event are refunded while another event is on sale. It measures the holds of the sale
 * alone, then beside the refunds, then alone again, all in one run.
 */
export async function afterSale(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const count = options.sizes[0] ?? 10_000;
    const organiser = await openOrganiser(stage);
    const [cancelled, sale] = [
      await publishEvent(stage, organiser),
      await publishEvent(stage, organiser, { title: 'Day Shift' }),
    ];
    await fillOrders(stage, [cancelled], 0, count);
    const load = createHoldLoad(stage, () => placesOf(sale));
    const seconds = options.seconds / rounds;
    const slice = () => load.slice({ seconds, connections });
    await load.slice({ seconds: 2, connections });
    load.windowsUs.length = 0;

    const before = await repeat(rounds, slice);
    // Without this the server would have no buyers, and would refund at full speed, while the bench creates them.
    await load.prepare({ seconds: seconds * rounds * 1.2, connections });
    const cpuBefore = usage(stage);
    const startMs = performance.now();
    await cancelEvent(stage, organiser, cancelled);
    const beside = await repeat(rounds, async () => {
      const done = await countRefunds(stage, cancelled);
      const held = await slice();
      return { ...held, refunds: (await countRefunds(stage, cancelled)) - done };
    });
    const duringLoad = await countRefunds(stage, cancelled);
    const loadedMs = performance.now() - startMs;
    const unloadedCpu = usage(stage);
    const progress = await finished(stage, organiser, cancelled);
    const allMs = performance.now() - startMs;
    const cpuMs = ((usage(stage) - unloadedCpu) / Math.max(1, count - duringLoad)) * 1000;
    const after = await repeat(roundsAfter, slice);
    if (options.profile) await printProfile(stage, load.windowsUs.slice(rounds, 2 * rounds));

    const alone = [...before, ...after];
    const rate = (slices: { rate: number }[]) => over(slices as typeof before, (each) => each.rate);
    return {
      bench: 'after-sale',
      rate: rate(beside),
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: over(beside, (each) => each.p50Ms),
      p99Ms: over(beside, (each) => each.p99Ms),
      serverRssMb: Math.max(...beside.map((each) => each.serverRssMb)),
      // Only the event on sale, because the sold orders were written without a ledger.
      audit: await auditOf(stage, { acknowledged: load.acknowledged, eventIds: [sale.id] }),
      targets: [
        { what: 'holds beside the refunds to holds alone', value: rate(beside) / rate(alone), least: 0.8 },
        { what: 'holds that were refused', value: unexpected([...alone, ...beside]), most: 0 },
        // If the refunds ended before the load, the slices compared nothing.
        { what: 'refunds left after the last slice beside them', value: count - duringLoad, least: 1 },
        { what: 'orders that were not refunded once', value: await countWrong(stage, cancelled), most: 0 },
      ],
      more: {
        aloneRate: rate(alone),
        slicesBefore: shown(before),
        slicesBeside: shown(beside),
        slicesAfter: shown(after),
        p99AloneMs: over(alone, (each) => each.p99Ms),
        refundsPerSecondBesideTheSale: (duringLoad / loadedMs) * 1000,
        refundsPerSecondAfterTheSale: ((count - duringLoad) / (allMs - loadedMs)) * 1000,
        secondsForAllRefunds: allMs / 1000,
        cpuMsOfRefund: cpuMs,
        cpuSecondsBeside: unloadedCpu - cpuBefore,
        ...coresOf(beside),
      },
      notes: [
        `${progress.orders.done} of ${progress.orders.total} orders done, ${progress.orders.failed} failed.`,
      ],
    };
  } finally {
    await stage.close();
  }
}

async function repeat<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < times; i++) results.push(await run());
  return results;
}

const shown = (slices: { rate: number }[]) => slices.map(({ rate }) => Math.round(rate)).join(' ');

const cancelEvent = (stage: Stage, organiser: { cookie: string }, event: BenchEvent) =>
  call(
    stage,
    organiser,
    'POST',
    `/api/events/${event.id}/cancellation`,
    { reason: 'Storm.', refund: 'full' },
    { 'idempotency-key': 'cancel-the-event' },
  );

const countSql = `select count(*)::int as count from refunds where event_id = $1 and status = 'succeeded'`;

const countRefunds = async (stage: Stage, event: BenchEvent): Promise<number> =>
  (await stage.db.query<{ count: number }>(countSql, [event.id]))[0]?.count ?? 0;

/** Waits until the provider has confirmed every refund. */
async function finished(stage: Stage, organiser: { cookie: string }, event: BenchEvent) {
  for (const startMs = performance.now(); ; await wait(250)) {
    const progress = await call(stage, organiser, 'GET', `/api/events/${event.id}/cancellation`);
    if (progress.state !== 'running' || performance.now() - startMs > patienceMs) return progress;
  }
}

// An order is right if it is cancelled, and both Admit and the sandbox refunded all of it once.
const wrongSql = `
  select count(*)::int as count from orders
  where event_id = $1 and not (
    status = 'cancelled'
    and (select array_agg(amount_minor) = array[orders.total_minor] from refunds
         where refunds.order_id = orders.id and refunds.event_id = orders.event_id and status = 'succeeded') is true
    and (select array_agg(refunds.amount_minor) = array[orders.total_minor]
         from sandbox.refunds join sandbox.payments using (intent_ref) where payments.order_id = orders.id) is true)`;

const countWrong = async (stage: Stage, event: BenchEvent): Promise<number> =>
  (await stage.db.query<{ count: number }>(wrongSql, [event.id]))[0]?.count ?? 0;

/** CPU seconds of server and PostgreSQL. */
function usage(stage: Stage): number {
  const { first, drawing, others } = threadSeconds(stage.server.pid);
  return first + drawing + others + familyCpuSeconds(stage.postmasterPid);
}
