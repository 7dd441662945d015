import { audit } from '../../server/audit/audit.ts';
import type { Slice } from './load-engine.ts';
import type { Report } from './report.ts';
import { type MeasuredSlice, over, ratioOver } from './rounds.ts';
import type { Stage } from './stage.ts';

/** The slices of one run. The n-th slices of all lists ran next to each other. */
interface Compared {
  admit: MeasuredSlice[];
  empty: Slice[];
  /** One transaction per hold, if the bench compares with that. */
  transaction?: ({ rate: number } | null)[];
}

/** The figures that every bench has; each bench adds its targets and the audit. */
export function compare(bench: string, { admit, empty, transaction = [] }: Compared): Omit<Report, 'audit'> {
  const single = transaction.filter((slice) => slice !== null);
  return {
    bench,
    rate: over(admit, (slice) => slice.rate),
    emptyRate: over(empty, (slice) => slice.rate),
    ratioToEmpty: ratioOver(admit, empty),
    singleTxRate: single.length === 0 ? null : over(single, (slice) => slice.rate),
    ratioToSingleTx: single.length === 0 ? null : ratioOver(admit, single),
    p50Ms: over(admit, (slice) => slice.p50Ms),
    p99Ms: over(admit, (slice) => slice.p99Ms),
    serverRssMb: Math.max(...admit.map((slice) => slice.serverRssMb)),
    targets: [],
    more: {
      emptyP99Ms: over(empty, (slice) => slice.p99Ms),
      slices: admit.map((slice) => Math.round(slice.rate)).join(' '),
      emptySlices: empty.map((slice) => Math.round(slice.rate)).join(' '),
      ...coresOf(admit),
    },
  };
}

/** How many cores server, PostgreSQL and load kept busy. This shows what limits the rate. */
export const coresOf = (slices: MeasuredSlice[]) => ({
  serverCores: over(slices, (slice) => slice.serverCpu),
  postgresCores: over(slices, (slice) => slice.postgresCpu),
  loadCores: over(slices, (slice) => slice.loadCpu),
});

/** Counts of answers by status or code, as text: `{ '201': 9000, sold_out: 12 }`. */
export function answersOf(slices: Slice[]): string {
  const sums = new Map<string, number>();
  for (const { statuses, codes } of slices) {
    const successes = Object.entries(statuses).filter(([status]) => Number(status) < 400);
    for (const [name, count] of [...successes, ...Object.entries(codes)])
      sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return [...sums].map(([name, count]) => `${name} ${count}`).join(', ');
}

/** Answers that were neither a success nor an expected refusal of the bench. */
export function unexpected(slices: Slice[], ...codes: string[]): number {
  let count = 0;
  for (const slice of slices) {
    for (const [code, times] of Object.entries(slice.codes)) if (!codes.includes(code)) count += times;
  }
  return count;
}

/** Checks every promise from the tables. Returns 'ok', or what is broken. */
export async function auditOf(
  stage: Stage,
  options: { acknowledged?: string[]; eventIds?: `evt_${string}`[]; settled?: boolean } = {},
): Promise<string> {
  await stage.settle();
  const broken = await audit(stage.db, { ...options, now: new Date() });
  return broken.length === 0 ? 'ok' : `BROKEN: ${broken.join('; ')}`;
}
