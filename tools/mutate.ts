/**
 * Breaks the ledger on purpose, in a copy of the tree, and shows which suites notice.
 *
 *   npm run mutate
 *   npm run mutate -- --only "the lock is skipped"
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
import { type Mutation, mutations } from './mutate/mutations.ts';

const root = join(import.meta.dirname, '..');

/** The quick suites. Those that kill processes are left out: they prove what no table can, but slowly. */
const suites = {
  tables: ['cancel', 'decide', 'limits'].map((name) => `server/features/inventory/${name}.test.ts`),
  simulator: ['tools/simulate/simulate.test.ts'],
  inventory: ['inventory', 'memory', 'promo-codes', 'hoarding'].map(
    (name) => `server/features/inventory/${name}.test.ts`,
  ),
  orders: ['purchases', 'cancel-order', 'frozen', 'new-plan'].map(
    (name) => `server/features/purchases/${name}.test.ts`,
  ),
  linearizability: ['tools/linearizability/linearizability.test.ts'],
  audit: ['server/testing/audit.test.ts'],
};
type Suite = keyof typeof suites;

// What was started goes when this does.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen = mutations.filter(({ name }) => values.only === undefined || name === values.only);
const tree = copyTree();
const database = await startTestDatabaseServer();
const survivors: string[] = [];
try {
  // On a machine that is busy with something else a test may run out of time; a broken tree fails again.
  let sane = await runSuites(true);
  if (sane.length > 0) sane = await runSuites(true);
  if (sane.length > 0)
    throw new Error(`without any mutation there is already something wrong: ${sane.join(', ')}`);
  console.log(line('mutation', Object.keys(suites)));
  for (const mutation of chosen) {
    const undo = apply(mutation);
    const caughtBy = undo === null ? [] : await runSuites();
    undo?.();
    if (caughtBy.length === 0) survivors.push(mutation.name);
    const cells = Object.keys(suites).map((suite) => (caughtBy.includes(suite as Suite) ? 'caught' : '·'));
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

/** All that the server needs, with the dependencies as they are here. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'admit-mutate-'));
  const code = ['contract', 'server', 'tools', 'web/src'];
  for (const path of [...code, 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Changes one file; answers how to put it back, or null where what should be changed is not there once. */
function apply(mutation: Mutation): (() => void) | null {
  const found = locate(join(tree, 'server'), mutation);
  if (!found) return null;
  const { file, text } = found;
  writeFileSync(file, text.replace(mutation.find, mutation.put));
  return () => writeFileSync(file, text);
}

/** The suites that fail: the pure ones first, which nothing can hold up, then those with a database. */
async function runSuites(verbose = false): Promise<Suite[]> {
  const pure: Suite[] = ['tables', 'simulator'];
  const names = Object.keys(suites) as Suite[];
  const first = await runVitest(pure, verbose);
  return [
    ...first,
    ...(await runVitest(
      names.filter((name) => !pure.includes(name)),
      verbose,
    )),
  ];
}

/** One Vitest for several suites: starting it takes as long as most of them do. */
async function runVitest(names: Suite[], verbose: boolean): Promise<Suite[]> {
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
  // Never waited for by blocking: this process must go on reading what PostgreSQL logs, or PostgreSQL stops.
  const stdout = await text(child.stdout);
  const status = child.exitCode ?? (await once(child, 'exit'))[0];
  const failed = stdout.split('\n').filter((each) => /^\s*(×|FAIL|❯)/.test(each));
  if (verbose && failed.length > 0) console.error(failed.join('\n'));
  const caught = names.filter((name) =>
    suites[name].some((path) => failed.some((each) => each.includes(path))),
  );
  // A run that never ends, or that ends badly without a name, has been noticed all the same.
  return status !== 0 && caught.length === 0 ? names : caught;
}
