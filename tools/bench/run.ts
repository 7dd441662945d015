/**
 * Measures Admit and its baselines on this machine, in the same minutes.
 *
 *   npm run bench                           lists the benches
 *   npm run bench -- holds --seconds 5      one bench; the default is 10 seconds of load
 *   npm run bench -- holds idle --json      several benches; each ends with one JSON object on a line
 *   npm run bench -- holds --profile        also prints where the server's time went
 *   npm run bench -- growth --sizes 10000,1000000
 *   npm run bench -- after-sale --sizes 1000
 *   npm run bench -- all
 *
 * On a busy machine `--priority` (as root) gives all processes of the bench, server and baselines alike, priority over
 * other work.
 */
import { parseArgs } from 'node:util';
import { afterSale } from './benches/after-sale.ts';
import { checkIns } from './benches/check-ins.ts';
import { cluster } from './benches/cluster.ts';
import { dashboard } from './benches/dashboard.ts';
import { designer } from './benches/designer.ts';
import { door } from './benches/door.ts';
import { exportFiles } from './benches/export-files.ts';
import { fanOut } from './benches/fan-out.ts';
import { gatePage } from './benches/gate-page.ts';
import { growth } from './benches/growth.ts';
import { holds } from './benches/holds.ts';
import { idle } from './benches/idle.ts';
import { jobsBench } from './benches/jobs.ts';
import { mailBurst } from './benches/mail-burst.ts';
import { mixed } from './benches/mixed.ts';
import { newcomers } from './benches/newcomers.ts';
import { offers } from './benches/offers.ts';
import { pages } from './benches/pages.ts';
import { purchases } from './benches/purchases.ts';
import { reads } from './benches/reads.ts';
import { refusals } from './benches/refusals.ts';
import { replay } from './benches/replay.ts';
import { seatMap } from './benches/seat-map.ts';
import { seats } from './benches/seats.ts';
import { sizing } from './benches/sizing.ts';
import { spread } from './benches/spread.ts';
import { start } from './benches/start.ts';
import { streams } from './benches/streams.ts';
import { waitingRoom } from './benches/waiting-room.ts';
import { putFirst } from './priority.ts';
import { type Report, reached, toJson, toTable } from './report.ts';

export interface BenchOptions {
  /** Seconds of load on the server under test. The baselines take additional time. */
  seconds: number;
  profile: boolean;
  /** Give all processes of the bench priority over other work. */
  priority: boolean;
  /** The numbers of orders, for `growth`. `after-sale` refunds as many orders as the first of them. */
  sizes: number[];
}

const benches: Record<string, (options: BenchOptions) => Promise<Report>> = {
  holds,
  designer,
  'gate-page': gatePage,
  newcomers,
  refusals,
  idle,
  mixed,
  seats,
  'seat-map': seatMap,
  pages,
  purchases,
  'mail-burst': mailBurst,
  'after-sale': afterSale,
  offers,
  spread,
  cluster,
  sizing,
  jobs: jobsBench,
  streams,
  'fan-out': fanOut,
  reads,
  'waiting-room': waitingRoom,
  'check-ins': checkIns,
  door,
  export: exportFiles,
  dashboard,
  growth,
  start,
  replay,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    priority: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '10000,1000000,10000000' },
  },
});
const names = positionals.includes('all') ? Object.keys(benches) : positionals;
const unknown = names.find((name) => !(name in benches));
const seconds = Number(values.seconds);
const sizes = values.sizes.split(',').map(Number);
if (
  names.length === 0 ||
  unknown !== undefined ||
  !(seconds >= 1 && seconds <= 600) ||
  !sizes.every((size) => size > 0)
) {
  if (unknown !== undefined) console.error(`There is no bench "${unknown}".`);
  console.log(
    `npm run bench -- <name> … [--seconds 10] [--json] [--profile] [--priority] [--sizes 10000,1000000,10000000]\nNames: ${Object.keys(benches).join(', ')}, all`,
  );
  process.exit(2);
}

if (values.priority) putFirst();

for (const name of names) {
  const report = await benches[name]!({ seconds, profile: values.profile, priority: values.priority, sizes });
  console.log(toTable(report));
  if (values.json) console.log(toJson(report));
  // A missed target is a finding; a broken promise is a failure.
  if (report.audit !== 'ok') process.exitCode = 1;
  if (!report.targets.every(reached)) console.error(`${name}: not every target was reached`);
}
