import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { fillOrders } from '../bulk-orders.ts';
import { type BenchEvent, call, openOrganiser, openPeople, type Person, publishEvent } from '../cast.ts';
import { unexpected } from '../comparison.ts';
import { createHoldLoad, placesOf } from '../hold-load.ts';
import { percentile } from '../percentiles.ts';
import { rssMb } from '../process-stats.ts';
import type { Report } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

const orders = 1_000_000;
const reads = 500;
const payoutReads = 50;
const connections = 128;

/**
 * The figures of an event with a million orders: seconds to count it once, p99 of a read of the figures and of the payouts, and how old the figures are while
 * 128 connections hold places of the same event.
 */
export async function dashboard(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    const organiser = await openOrganiser(stage);
    const event = await publishEvent(stage, organiser, {
      ticketTypes: [
        { name: 'Regular', priceMinor: 2500, pools: ['floor'] },
        { name: 'Guest list', priceMinor: 0, pools: ['floor'] },
      ],
    });
    const filling = performance.now();
    await fillOrders(stage, [event], 0, orders);
    const filledSeconds = (performance.now() - filling) / 1000;
    // The event was counted when it was published, and no message tells of these orders.
    await stage.settle();
    await stage.db.run('delete from figure_states where event_id = $1', [event.id]);
    const read = () => readFigures(stage, event.id, organiser.cookie);
    const begun = performance.now();
    // The first read has the event counted.
    while ((await read()).counting) await wait(500);
    const countedSeconds = (performance.now() - begun) / 1000;
    const { paid } = await read();
    if (paid !== orders) throw new Error(`counted ${paid} of ${orders} orders`);
    const took: number[] = [];
    for (let i = 0; i < reads; i++) took.push((await read()).ms);
    const sorted = took.toSorted((a, b) => a - b);

    const [payoutsFirstMs = Number.NaN] = await timeReads(() => readPayouts(stage, organiser), 1);
    // That look has the sums kept by a job.
    while ((await stage.db.query('select from payout_sums')).length === 0) await wait(500);
    const payouts = await timeReads(() => readPayouts(stage, organiser), payoutReads);
    const free = event.ticketTypes.find(({ name }) => name === 'Guest list')?.id ?? '';
    const regular = event.ticketTypes.find(({ name }) => name === 'Regular')?.id ?? '';
    const load = createHoldLoad(stage, () => placesOf({ ...event, ticketTypeId: regular }));
    await load.slice({ seconds: 2, connections });
    const guests = await openPeople(stage, options.seconds * 20);
    const { seconds } = options;
    const late: number[] = [];
    let isOver = false;
    const sales = (async () => {
      for (const guest of guests) {
        if (isOver) break;
        late.push(await buyAndWait(stage, event, free, guest, read));
      }
    })();
    const slice = await load.slice({ seconds, connections });
    isOver = true;
    await sales;
    const ages = late.toSorted((a, b) => a - b);
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
      targets: [
        { what: 'p99 of the figures in ms', value: percentile(sorted, 0.99), most: 200 },
        {
          what: 'ms until a sale is in the figures, the longest',
          value: ages.at(-1) ?? Number.NaN,
          most: 1000,
        },
        { what: 'p99 of the payouts in ms', value: percentile(payouts, 0.99), most: 200 },
        { what: 'holds that were refused', value: unexpected([slice]), most: 0 },
      ],
      more: {
        countedSeconds,
        filledSeconds,
        payoutsFirstMs,
        payoutsP50Ms: percentile(payouts, 0.5),
        payoutsP99Ms: percentile(payouts, 0.99),
        salesWatched: ages.length,
        untilCountedP50Ms: percentile(ages, 0.5),
        untilCountedMaxMs: ages.at(-1) ?? null,
        holdsRate: slice.rate,
        holdsP99Ms: slice.p99Ms,
      },
      notes: [
        '`rate` is orders per second of counting an event from the tables.',
        'A sale is a free order. Its time runs from the answer until a read of the figures has it.',
      ],
    };
  } finally {
    await stage.close();
  }
}

/** Buys a free ticket. Returns how many ms the figures needed to have it. */
async function buyAndWait(
  stage: Stage,
  { id }: BenchEvent,
  ticketTypeId: string,
  guest: Person,
  read: () => Promise<{ paid: number }>,
): Promise<number> {
  const { paid } = await read();
  const held = await call(stage, guest, 'POST', `/api/events/${id}/holds`, {
    items: [{ ticketTypeId, quantity: 1 }],
  });
  const buyer = { name: 'Guest', email: `${guest.userId.toLowerCase()}@example.com` };
  await call(stage, guest, 'POST', '/api/orders', { holdId: held.id, buyer });
  const begun = performance.now();
  while ((await read()).paid === paid) await wait(20);
  return performance.now() - begun;
}

/** How many ms each of so many reads took, the fastest first. */
async function timeReads(read: () => Promise<unknown>, count: number): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < count; i++) {
    const begun = performance.now();
    await read();
    took.push(performance.now() - begun);
  }
  return took.toSorted((a, b) => a - b);
}

const readPayouts = (stage: Stage, organiser: Person & { organisationId: string }) =>
  call(stage, organiser, 'GET', `/api/organisations/${organiser.organisationId}/payouts`);

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
