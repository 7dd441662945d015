import { randomInt } from 'node:crypto';
import { openOrganiser, publishEvent } from '../cast.ts';
import { answersOf, auditOf, unexpected } from '../comparison.ts';
import { buy, type PurchaseSlice } from '../purchase-load.ts';
import type { Report, Target } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

/** A real on-sale from published figures: how many people came, when, and how many tickets there were. */
interface OnSale {
  name: string;
  tickets: number;
  people: number;
  /** Its duration in reality, and in this bench. */
  realSeconds: number;
  seconds: number;
  /** The time at which the share `u` (0 to 1) of the people had come, as a share of the duration. */
  arrival: (u: number) => number;
  quantities: number[];
  /** Every n-th buyer with a hold releases it; 0 for nobody. */
  abandonEvery: number;
}

const connections = 256;

/** Replays two published on-sales faster than in reality. The report says how much faster. */
export async function replay(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    // 51,658 people at a peak of 844 a second: with a triangular arrival rate, the rush lasted 122 seconds.
    const rush: OnSale = {
      name: 'Rush',
      tickets: 1000,
      people: 51_658,
      realSeconds: (2 * 51_658) / 844,
      // Four times as fast at ten seconds a bench: 3,400 people a second at the peak.
      seconds: options.seconds * 3,
      arrival: triangle,
      quantities: [1],
      abandonEvery: 5,
    };
    // 1,500 buyers a minute for 22 minutes. One in twelve takes two, so that demand is a little above supply.
    const steady: OnSale = {
      name: 'Steady',
      tickets: 34_458,
      people: 33_000,
      realSeconds: 22 * 60,
      // Eight times as fast, some 200 purchases a second: what two cores can carry beside the load itself.
      seconds: options.seconds * 16,
      arrival: (u) => u,
      quantities: [1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1],
      abandonEvery: 0,
    };
    const first = await run(stage, rush);
    const second = await run(stage, steady);
    const slices = [first.slice, second.slice];
    return {
      bench: 'replay',
      rate: second.slice.rate,
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: Math.max(...slices.map((slice) => slice.steps.hold.p50Ms)),
      p99Ms: Math.max(...slices.map((slice) => slice.steps.hold.p99Ms)),
      serverRssMb: Math.max(...slices.map((slice) => slice.serverRssMb)),
      audit: await auditOf(stage, {
        acknowledged: slices.flatMap((slice) => slice.paid),
        settled: slices.every((slice) => slice.unconfirmed === 0),
      }),
      targets: [...first.targets, ...second.targets],
      more: { ...first.more, ...second.more },
      notes: [
        first.note,
        second.note,
        'Latencies count from the instant a buyer came, whether or not a connection was free.',
      ],
    };
  } finally {
    await stage.close();
  }
}

async function run(stage: Stage, sale: OnSale) {
  const event = await publishEvent(stage, await openOrganiser(stage), {
    title: sale.name,
    pools: [{ key: 'floor', name: 'Floor', capacity: sale.tickets }],
  });
  const arrivals = Float64Array.from(
    { length: sale.people },
    () => sale.arrival(randomInt(1_000_000) / 1_000_000) * sale.seconds * 1000,
  ).sort();
  const { people: buyers, quantities, abandonEvery } = sale;
  // The last arrivals are served too.
  const slice = await buy(stage, {
    event,
    buyers,
    connections,
    seconds: sale.seconds + 60,
    quantities,
    abandonEvery,
    arrivals,
  });
  const [row] = await stage.db.query<{ tickets: number }>(ticketsSql, [event.id]);
  const { hold } = slice.steps;
  const faster = sale.realSeconds / sale.seconds;
  const label = sale.name.toLowerCase();
  const targets: Target[] = [
    {
      what: `${label}: tickets sold of ${sale.tickets}`,
      value: row!.tickets,
      least: sale.tickets,
      most: sale.tickets,
    },
    { what: `${label}: paid, and not confirmed a minute later`, value: slice.unconfirmed, most: 0 },
    { what: `${label}: p99 of a hold, ms`, value: hold.p99Ms, most: 250 },
    {
      what: `${label}: answers that are neither a success nor sold_out`,
      value: unexpected([slice], 'sold_out'),
      most: 0,
    },
  ];
  return { slice, targets, more: figuresOf(label, slice), note: noteOf(sale, faster) };
}

const ticketsSql = `select count(*)::int as tickets from tickets where event_id = $1 and status = 'valid'`;

const figuresOf = (label: string, slice: PurchaseSlice) => ({
  [`${label}Answers`]: answersOf([slice]),
  [`${label}HoldP50Ms`]: slice.steps.hold.p50Ms,
  [`${label}HoldP99Ms`]: slice.steps.hold.p99Ms,
  [`${label}HoldMaxMs`]: slice.steps.hold.maxMs,
  [`${label}OrderP99Ms`]: slice.steps.order.p99Ms,
  [`${label}PayP99Ms`]: slice.steps.pay.p99Ms,
  [`${label}LastConfirmedAfterMs`]: slice.behindMs,
});

function noteOf(sale: OnSale, faster: number): string {
  const people = sale.people.toLocaleString('en-GB');
  return `${sale.name}: ${people} people in ${Math.round(sale.seconds)} s, ${faster.toFixed(1)} times as fast as it was.`;
}

/** A rate that rises until the middle and then falls. */
const triangle = (u: number): number => (u < 0.5 ? Math.sqrt(u / 2) : 1 - Math.sqrt((1 - u) / 2));
