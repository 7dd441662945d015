/**
 * Breaks the ledger on purpose, in a copy of the tree, and shows which test suites notice.
 *
 *   npm run mutate
 *   npm run mutate -- --first                       only until the first suites notice, which is much faster
 *   npm run mutate -- --only "the lock is skipped"
 *   npm run mutate -- --suites simulator,resale      only these suites
 *   npm run mutate -- --from "late money is kept"    this one and those after it, to go on with a run that was cut off
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { startTestDatabaseServer } from '../server/testing/database-server.ts';
import { locate } from './mutate/locate.ts';
import type { Mutation } from './mutate/mutation.ts';
import { mutations } from './mutate/mutations.ts';

const root = join(import.meta.dirname, '..');

/** The quick suites. The suites that kill processes are slow and are left out. */
const suites = {
  tables: ['cancel', 'decide', 'limits', 'refund', 'refund-order', 'line', 'line-property', 'offer-time'].map(
    (name) => `server/features/inventory/${name}.test.ts`,
  ),
  prices: [
    'contract/price.test.ts',
    'server/features/sale/split.test.ts',
    'server/features/payments/dispute.test.ts',
  ],
  simulator: ['tools/simulate/simulate.test.ts', 'tools/simulate/broken.test.ts'],
  inventory: ['inventory', 'memory', 'promo-codes', 'hoarding'].map(
    (name) => `server/features/inventory/${name}.test.ts`,
  ),
  orders: ['purchases', 'cancel-order', 'quote-cancellation', 'refund-order', 'frozen', 'new-plan'].map(
    (name) => `server/features/purchases/${name}.test.ts`,
  ),
  returns: [
    'server/features/payments/disputes.test.ts',
    'server/features/payments/outside-refunds.test.ts',
    'server/features/event-changes/cancelled-event.test.ts',
    'server/features/notifications/moved-events.test.ts',
  ],
  transfers: [
    'server/features/transfers/transfers.test.ts',
    'server/features/transfers/whole-order.test.ts',
    'server/features/purchases/exchange-rules.test.ts',
  ],
  dates: ['other-dates', 'other-dates-races', 'dates-property'].map(
    (name) => `server/features/purchases/${name}.test.ts`,
  ),
  waitlist: ['waitlist', 'at-one-instant', 'offer-messages'].map(
    (name) => `server/features/waitlist/${name}.test.ts`,
  ),
  resale: ['resale', 'resale-races', 'resale-neighbours'].map(
    (name) => `server/features/purchases/${name}.test.ts`,
  ),
  linearizability: ['tools/linearizability/linearizability.test.ts'],
  audit: ['server/audit/audit.test.ts'],
};
type Suite = keyof typeof suites;

// Child processes end with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    from: { type: 'string' },
    suites: { type: 'string' },
    first: { type: 'boolean', default: false },
  },
});
const used = (Object.keys(suites) as Suite[]).filter(
  (suite) => values.suites === undefined || values.suites.split(',').includes(suite),
);
const start = values.from === undefined ? 0 : mutations.findIndex(({ name }) => name === values.from);
const chosen = mutations.filter(
  ({ name }, index) => index >= start && (values.only === undefined || name === values.only),
);
if (start < 0 || chosen.length === 0) throw new Error('no mutation has this name');
const tree = copyTree();
const database = await startTestDatabaseServer();
const survivors: string[] = [];
try {
  // On a busy machine a test may time out; a really broken tree fails again.
  let sane = await runSuites(true);
  if (sane.length > 0) sane = await runSuites(true);
  if (sane.length > 0)
    throw new Error(`without any mutation there is already something wrong: ${sane.join(', ')}`);
  console.log(line('mutation', used));
  for (const mutation of chosen) {
    const undo = apply(mutation);
    const caughtBy = undo === null ? [] : await runSuites();
    undo?.();
    if (caughtBy.length === 0) survivors.push(mutation.name);
    const cells = used.map((suite) => (caughtBy.includes(suite) ? 'caught' : '·'));
    console.log(line(mutation.name, undo === null ? ['does not apply any more'] : cells));
  }
} finally {
  await database.close();
  rmSync(tree, { recursive: true, force: true });
}
console.log(
  survivors.length === 0 ? `${chosen.length} mutations, each caught` : `SURVIVED: ${survivors.join('; ')}`,
);
process.exitCode = survivors.length === 0 ? 0 : 1;

function line(name: string, cells: string[]): string {
  return [name.padEnd(46), ...cells.map((cell) => cell.padEnd(16))].join(' ').trimEnd();
}

/** Copies all that the server needs, with the installed dependencies. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'admit-mutate-'));
  const code = ['contract', 'seat-map', 'server', 'tools', 'web/src'];
  for (const path of [...code, 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Changes one file. Returns a function that undoes it, or null if the text to change does not occur exactly once. */
function apply(mutation: Mutation): (() => void) | null {
  const found = locate(join(tree, 'server'), mutation);
  if (!found) return null;
  const { file, text } = found;
  writeFileSync(file, text.replace(mutation.find, mutation.put));
  return () => writeFileSync(file, text);
}

/** The suites that fail. Pure suites run first, because they wait for nothing; suites with a database follow. */
async function runSuites(verbose = false): Promise<Suite[]> {
  const isPure = (suite: Suite) => ['tables', 'prices', 'simulator'].includes(suite);
  const first = await runVitest(used.filter(isPure), verbose);
  if (values.first && first.length > 0) return first;
  return [
    ...first,
    ...(await runVitest(
      used.filter((suite) => !isPure(suite)),
      verbose,
    )),
  ];
}

/** Runs several suites in one Vitest, because its start takes as long as most of them. */
async function runVitest(names: Suite[], verbose: boolean): Promise<Suite[]> {
  if (names.length === 0) return [];
  const limits = ['--testTimeout=60000', '--hookTimeout=60000', '--teardownTimeout=2000'];
  const child = spawn(
    join(root, 'node_modules/.bin/vitest'),
    ['run', '--project', 'unit', '--reporter=verbose', ...limits, ...names.flatMap((name) => suites[name])],
    {
      cwd: tree,
      timeout: 200_000,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, NO_COLOR: '1', ADMIT_TEST_DATABASE_URL: database.url },
    },
  );
  // Do not block here: this process must keep reading PostgreSQL's log, or PostgreSQL stops.
  const stdout = await text(child.stdout);
  const status = child.exitCode ?? (await once(child, 'exit'))[0];
  const failed = stdout.split('\n').filter((each) => /^\s*(×|FAIL|❯)/.test(each));
  if (verbose && failed.length > 0) console.error(failed.join('\n'));
  const caught = names.filter((name) =>
    suites[name].some((path) => failed.some((each) => each.includes(path))),
  );
  // A run that never ends, or that fails without naming a test, also counts as noticed.
  return status !== 0 && caught.length === 0 ? names : caught;
}
