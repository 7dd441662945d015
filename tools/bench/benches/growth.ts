import { fillOrders } from '../bulk-orders.ts';
import { type BenchEvent, openOrganiser, publishEvent } from '../cast.ts';
import { cloneEvent } from '../clone-event.ts';
import { auditOf, coresOf, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import { median } from '../percentiles.ts';
import { buy, type PurchaseSlice } from '../purchase-load.ts';
import type { Report } from '../report.ts';
import { interleave, type MeasuredSlice, over } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

const connections = 128;
const rounds = 4;

interface Grown {
  size: number;
  holds: MeasuredSlice[];
  purchases: PurchaseSlice[];
  /** The rate of the empty route in the same minutes. */
  emptyRates: number[];
}

/** The same sale with more and more orders in the tables: by default 10 thousand, a million and ten million. */
export async function growth(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    const event = await publishEvent(stage, await openOrganiser(stage));
    const past = await cloneEvent(stage, event, 200);
    const acknowledged: string[] = [];
    const grown: Grown[] = [];
    let before = 0;
    for (const size of options.sizes) {
      await fillOrders(stage, past, before, size);
      before = size;
      grown.push(await sell(stage, event, size, options.seconds / rounds, acknowledged));
    }
    const settled = grown.every((each) => each.purchases.every((slice) => slice.unconfirmed === 0));
    // Only the event that was on sale, because the bulk data was written without a ledger.
    const audit = await auditOf(stage, { acknowledged, eventIds: [event.id], settled });
    return reportOf(grown, audit);
  } finally {
    await stage.close();
  }
}

async function sell(
  stage: Stage,
  event: BenchEvent,
  size: number,
  seconds: number,
  acknowledged: string[],
): Promise<Grown> {
  const load = createHoldLoad(stage, () => placesOf(event));
  const empty = await createEmptyLoad(stage, placesOf(event));
  await load.slice({ seconds: 2, connections });
  let rate = 2500;
  const slice = async () => {
    const bought = await buy(stage, {
      event,
      connections,
      seconds,
      buyers: Math.ceil(rate * seconds * 1.4) + 256,
    });
    rate = Math.max(bought.rate, bought.came / bought.seconds);
    acknowledged.push(...bought.paid);
    return bought;
  };
  await slice();
  const lanes = await interleave(rounds, {
    holds: () => load.slice({ seconds, connections }),
    purchases: slice,
    empty: () => stage.server.paused(() => empty.slice(Math.min(1.5, seconds), connections)),
  });
  acknowledged.push(...load.acknowledged);
  return {
    size,
    holds: lanes.holds,
    purchases: lanes.purchases,
    emptyRates: lanes.empty.map((each) => each.rate),
  };
}

const rateOf = (each: Grown, of: 'holds' | 'purchases') => over(each[of], (slice) => slice.rate);

function reportOf(grown: Grown[], audit: string): Report {
  const first = grown[0]!;
  const last = grown.at(-1)!;
  // The machine's speed may change during the hour that this takes, so each size has its own empty route.
  const relative = (each: Grown, of: 'holds' | 'purchases') =>
    over(each[of], (slice) => slice.rate) / median(each.emptyRates);
  const kept = (of: 'holds' | 'purchases') => relative(last, of) / relative(first, of);
  const named = (size: number) => (size >= 1_000_000 ? `${size / 1_000_000}M` : `${size / 1000}k`);
  return {
    bench: 'growth',
    rate: over(last.holds, (slice) => slice.rate),
    emptyRate: median(last.emptyRates),
    ratioToEmpty: rateOf(last, 'holds') / median(last.emptyRates),
    singleTxRate: null,
    ratioToSingleTx: null,
    p50Ms: over(last.holds, (slice) => slice.p50Ms),
    p99Ms: over(last.holds, (slice) => slice.p99Ms),
    serverRssMb: Math.max(...last.holds.map((slice) => slice.serverRssMb)),
    audit,
    targets: [
      {
        what: `holds at ${named(last.size)} orders to ${named(first.size)}`,
        value: kept('holds'),
        least: 0.8,
      },
      {
        what: `purchases at ${named(last.size)} orders to ${named(first.size)}`,
        value: kept('purchases'),
        least: 0.8,
      },
      {
        what: 'answers that were no success',
        value: unexpected(grown.flatMap((each) => [...each.holds, ...each.purchases])),
        most: 0,
      },
    ],
    more: Object.fromEntries([
      ...grown.flatMap((each) => [
        [`holdsAt${named(each.size)}`, over(each.holds, (slice) => slice.rate)],
        [`purchasesAt${named(each.size)}`, over(each.purchases, (slice) => slice.rate)],
        [`emptyAt${named(each.size)}`, median(each.emptyRates)],
      ]),
      ...Object.entries(coresOf(last.holds)),
    ]),
    notes: [
      'The empty rates beside each size tell how much the pace of the machine itself has changed meanwhile.',
    ],
  };
}
