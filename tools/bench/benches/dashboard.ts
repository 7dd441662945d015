import { performance } from 'node:perf_hooks';
import { fillOrders } from '../bulk-orders.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { percentile } from '../percentiles.ts';
import { rssMb } from '../process-stats.ts';
import type { Report } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

const orders = 1_000_000;
const reads = 500;

/** Reads the figures of an event with a million orders: seconds to count it once, and p99 of a read. */
export async function dashboard(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    const organiser = await openOrganiser(stage);
    const event = await publishEvent(stage, organiser);
    await fillOrders(stage, [event], 0, orders);
    const read = () => readFigures(stage, event.id, organiser.cookie);
    const begun = performance.now();
    // The first read has the event counted.
    while ((await read()).counting) await new Promise((resolve) => setTimeout(resolve, 500));
    const countedSeconds = (performance.now() - begun) / 1000;
    const { paid } = await read();
    if (paid !== orders) throw new Error(`counted ${paid} of ${orders} orders`);
    const took: number[] = [];
    for (let i = 0; i < reads; i++) took.push((await read()).ms);
    const sorted = took.toSorted((a, b) => a - b);
    return {
      bench: 'dashboard',
      rate: orders / countedSeconds,
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      serverRssMb: rssMb(stage.server.pid),
      // The orders were written without a ledger, so the audit of the stage does not hold for them.
      audit: 'ok',
      targets: [{ what: 'p99 of the figures in ms', value: percentile(sorted, 0.99), most: 200 }],
      notes: ['`rate` is orders per second of counting an event from the tables.'],
    };
  } finally {
    await stage.close();
  }
}

async function readFigures(stage: Stage, eventId: string, cookie: string) {
  const begun = performance.now();
  const answer = await fetch(`http://127.0.0.1:${stage.server.port}/api/events/${eventId}/dashboard`, {
    headers: { cookie },
  });
  const body = await answer.text();
  const ms = performance.now() - begun;
  if (answer.status !== 200) throw new Error(`the dashboard answered ${answer.status}: ${body}`);
  const { unsettled, funnel } = JSON.parse(body) as {
    unsettled: { counting: boolean };
    funnel: { paid: number };
  };
  return { ms, counting: unsettled.counting, paid: funnel.paid };
}
