import { setTimeout as wait } from 'node:timers/promises';
import { fillOrders } from '../bulk-orders.ts';
import { type BenchEvent, call, openOrganiser, publishEvent } from '../cast.ts';
import { auditOf, coresOf, unexpected } from '../comparison.ts';
import { createHoldLoad, type HoldLoad, placesOf } from '../hold-load.ts';
import { printProfile } from '../profile.ts';
import type { Report } from '../report.ts';
import { over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

const connections = 128;
const rounds = 4;
/** Load before the measured time of each slice. Beside the refunds, the cancellation and its first portion fall into it. */
const leadSeconds = 3;
/** Gives up waiting for the refunds after this time. */
const patienceMs = 900_000;

/**
 * Ten thousand orders of cancelled events are refunded while another event is on sale: 2,500 orders in each of four rounds. A
 * round measures the holds of the sale alone, and at once again beside the refunds of one cancelled event. The load runs
 * without a gap from before the cancellation to the end of the slice, because a server without buyers refunds at full speed.
 * The rest of the refunds run between the rounds, without load.
 */
export async function afterSale(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const count = options.sizes[0] ?? 10_000;
    const organiser = await openOrganiser(stage);
    const sale = await publishEvent(stage, organiser, { title: 'Day Shift' });
    const cancelled: BenchEvent[] = [];
    for (let i = 0; i < rounds; i++) cancelled.push(await publishEvent(stage, organiser));
    await fillOrders(stage, cancelled, 0, count);
    const load = createHoldLoad(stage, () => placesOf(sale));
    const seconds = options.seconds / rounds;
    const slice = () => load.slice({ seconds, leadSeconds, connections });
    await load.slice({ seconds: 2, connections });
    load.windowsUs.length = 0;

    const alone: Held[] = [];
    const beside: BesideRefunds[] = [];
    for (const event of cancelled) {
      alone.push(await slice());
      // With buyers at hand the load begins at once, and the server has not yet served anything else.
      await load.prepare({ seconds: leadSeconds + seconds, connections });
      beside.push(await holdBeside(stage, organiser, { event, sale, slice }));
    }
    if (options.profile)
      await printProfile(
        stage,
        load.windowsUs.filter((_window, i) => i % 2 === 1),
      );

    return {
      bench: 'after-sale',
      rate: over(beside, (each) => each.rate),
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
        { what: 'holds beside the refunds to holds alone', value: ratioOver(beside, alone), least: 0.8 },
        { what: 'holds that were refused', value: unexpected([...alone, ...beside]), most: 0 },
        // Slices without refunds beside them would compare nothing.
        { what: 'fewest refunds in a slice', value: least(beside, (each) => each.refunds), least: 1 },
        { what: 'fewest refunds left after one', value: least(beside, (each) => each.left), least: 1 },
        { what: 'orders that were not refunded once', value: await countWrong(stage, cancelled), most: 0 },
      ],
      more: {
        aloneRate: over(alone, (each) => each.rate),
        slicesAlone: alone.map(({ rate }) => Math.round(rate)).join(' '),
        slicesBeside: beside.map(({ rate }) => Math.round(rate)).join(' '),
        refundsInSlices: beside.map(({ refunds }) => refunds).join(' '),
        p99AloneMs: over(alone, (each) => each.p99Ms),
        refundsPerSecondBesideTheSale: over(beside, (each) => each.refunds / each.seconds),
        refundsPerSecondWithoutLoad: over(beside, (each) => each.refundsPerSecondAfter),
        ...coresOf(beside),
      },
      notes: [],
    };
  } finally {
    await stage.close();
  }
}

type Held = Awaited<ReturnType<HoldLoad['slice']>>;

interface BesideRefunds extends Held {
  /** Refunds in the measured time. */
  refunds: number;
  /** Refunds that were not done at its end. */
  left: number;
  /** Without load, until the last refund was done. */
  refundsPerSecondAfter: number;
}

interface Round {
  /** The event that is cancelled. */
  event: BenchEvent;
  sale: BenchEvent;
  slice: () => Promise<Held>;
}

/** Cancels the event when the load has begun, measures the holds, and waits until the rest of its refunds are done. */
async function holdBeside(
  stage: Stage,
  organiser: { cookie: string },
  { event, sale, slice }: Round,
): Promise<BesideRefunds> {
  const heldBefore = await countHolds(stage, sale);
  const cancelUnderLoad = async () => {
    while ((await countHolds(stage, sale)) === heldBefore) await wait(20);
    await cancelEvent(stage, organiser, event);
  };
  const [held] = await Promise.all([slice(), cancelUnderLoad()]);

  const endMs = held.startedAtMs + held.seconds * 1000;
  await finished(stage, organiser, event);
  const [before, then, all] = [
    await countRefunds(stage, event, held.startedAtMs),
    await countRefunds(stage, event, endMs),
    await countRefunds(stage, event, Date.now()),
  ];
  const left = all - then;
  const secondsAfter = ((await lastRefundMs(stage, event)) - endMs) / 1000;
  return { ...held, refunds: then - before, left, refundsPerSecondAfter: left / secondsAfter };
}

const least = (slices: BesideRefunds[], figure: (slice: BesideRefunds) => number): number =>
  Math.min(...slices.map(figure));

const cancelEvent = (stage: Stage, organiser: { cookie: string }, event: BenchEvent) =>
  call(
    stage,
    organiser,
    'POST',
    `/api/events/${event.id}/cancellation`,
    { reason: 'Storm.', refund: 'full' },
    { 'idempotency-key': `cancel-${event.id}` },
  );

const holdsSql = `select coalesce(sum(held), 0)::int as count from pools where event_id = $1`;

const countHolds = async (stage: Stage, event: BenchEvent): Promise<number> =>
  (await stage.db.query<{ count: number }>(holdsSql, [event.id]))[0]?.count ?? 0;

const refundsSql = `
  select count(*)::int as count from refunds where event_id = $1 and status = 'succeeded' and settled_at <= $2`;

/** Counts the refunds that were done at an instant. */
const countRefunds = async (stage: Stage, event: BenchEvent, atMs: number): Promise<number> =>
  (await stage.db.query<{ count: number }>(refundsSql, [event.id, new Date(atMs)]))[0]?.count ?? 0;

const lastSql = `select max(settled_at) as at from refunds where event_id = $1`;

const lastRefundMs = async (stage: Stage, event: BenchEvent): Promise<number> =>
  (await stage.db.query<{ at: Date }>(lastSql, [event.id]))[0]?.at.getTime() ?? Number.NaN;

/** Waits until the provider has confirmed every refund. */
async function finished(stage: Stage, organiser: { cookie: string }, event: BenchEvent): Promise<void> {
  for (const startMs = performance.now(); ; await wait(250)) {
    const progress = await call(stage, organiser, 'GET', `/api/events/${event.id}/cancellation`);
    if (progress.state === 'done') return;
    if (progress.state !== 'running' || performance.now() - startMs > patienceMs)
      throw new Error(`not every order was refunded: ${JSON.stringify(progress)}`);
  }
}

// An order is right if it is cancelled, and both Admit and the sandbox refunded all of it once.
const wrongSql = `
  select count(*)::int as count from orders
  where event_id = any($1::text[]) and not (
    status = 'cancelled'
    and (select array_agg(amount_minor) = array[orders.total_minor] from refunds
         where refunds.order_id = orders.id and refunds.event_id = orders.event_id and status = 'succeeded') is true
    and (select array_agg(refunds.amount_minor) = array[orders.total_minor]
         from sandbox.refunds join sandbox.payments using (intent_ref) where payments.order_id = orders.id) is true)`;

const countWrong = async (stage: Stage, events: BenchEvent[]): Promise<number> =>
  (await stage.db.query<{ count: number }>(wrongSql, [events.map(({ id }) => id)]))[0]?.count ?? 0;
