import { performance } from 'node:perf_hooks';
import { fillOrders } from '../bulk-orders.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { rssMb } from '../process-stats.ts';
import type { Report } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

const orders = 100_000;
/** The first table is the slowest, because each order has two tickets. The library for XLSX is loaded with its first file. */
const files = ['attendees.csv', 'orders.csv', 'orders.json', 'orders.xlsx', 'attendees.xlsx', 'payments.csv'];

interface Sent {
  seconds: number;
  megabytes: number;
  /** How much larger the process was at its largest than before the file. */
  grownMb: number;
}

/** Downloads the tables of an event with 100,000 orders of two tickets: seconds, and how much the server grows meanwhile. */
export async function exportFiles(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    const organiser = await openOrganiser(stage);
    const event = await publishEvent(stage, organiser);
    await fillOrders(stage, [event], 0, orders);
    const each: Record<string, Sent> = {};
    const path = (file: string) => `/api/events/${event.id}/exports/${file}`;
    // V8 has optimised the code after the first file.
    await download(stage, path('orders.csv'), organiser.cookie);
    for (const file of files) each[file] = await download(stage, path(file), organiser.cookie);
    const sent = Object.values(each);
    const most = (of: (each: Sent) => number) => Math.max(...sent.map(of));
    return {
      bench: 'export',
      rate: orders / (each['orders.csv']?.seconds ?? Number.NaN),
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: Number.NaN,
      p99Ms: Number.NaN,
      serverRssMb: rssMb(stage.server.pid),
      // The orders were written without a ledger, so the audit of the stage does not hold for them.
      audit: 'ok',
      targets: [
        { what: 'seconds of the slowest file', value: most(({ seconds }) => seconds), most: 30 },
        { what: 'MB that the process grows', value: most(({ grownMb }) => grownMb), most: 100 },
      ],
      each: each as unknown as Record<string, Record<string, number>>,
      notes: ['`rate` is rows of orders.csv per second.'],
    };
  } finally {
    await stage.close();
  }
}

async function download(stage: Stage, path: string, cookie: string): Promise<Sent> {
  const before = rssMb(stage.server.pid);
  let largest = before;
  const timer = setInterval(() => {
    largest = Math.max(largest, rssMb(stage.server.pid));
  }, 50);
  const begun = performance.now();
  let bytes = 0;
  try {
    const answer = await fetch(`http://127.0.0.1:${stage.server.port}${path}`, { headers: { cookie } });
    if (answer.status !== 200 || !answer.body)
      throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    for await (const piece of answer.body) bytes += piece.byteLength;
  } finally {
    clearInterval(timer);
  }
  return { seconds: (performance.now() - begun) / 1000, megabytes: bytes / 1e6, grownMb: largest - before };
}
