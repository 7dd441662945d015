/**
 * The steps of `npm test`. Every step runs even if an earlier one failed, so that one run reports everything. Only a step
 * that needs a failed one is skipped, and says so.
 *
 *   npm test                                  everything
 *   npm test -- --only unit                   one step or several, with commas
 *   npm test -- --only unit server/features   the other arguments go to Vitest
 *   npm run test:thorough                     the same, with all of the long proofs (server/testing/thorough.ts)
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureChromium } from './chromium.ts';
import { newMemoryFolder } from './memory-folder.ts';
import { fetchKafka } from './services.ts';
import {
  ensurePoppler,
  fetchMoto,
  fetchNginx,
  fetchPgBouncer,
  fetchPromtool,
  fetchRedis,
  fetchStripeMock,
} from './system-packages.ts';

const root = join(import.meta.dirname, '..');

interface Step {
  name: string;
  /** If this step fails, the present one is skipped. */
  needs?: string;
  /** Returns a reason if there is nothing to do. */
  absent?(): string | undefined;
  run(): boolean;
}

const steps: Step[] = [
  // Compiles the client again alone, without the types of browsers and Node.
  {
    name: 'types',
    run: () => [run('tsc', '--noEmit'), run('tsc', '--noEmit', '-p', 'client')].every(Boolean),
  },
  {
    name: 'lint',
    run: () =>
      run('biome', 'ci', '--error-on-warnings', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`),
  },
  { name: 'tidy', run: () => run('node', 'tools/tidy.ts') },
  {
    name: 'unit',
    run() {
      ensurePoppler();
      const nginx = fetchNginx();
      if (!nginx) console.log('There is no nginx here: server/http/nginx.test.ts is left out.');
      const stripeMock = fetchStripeMock();
      if (!stripeMock)
        console.log(
          'There is no stripe-mock and no Go here: server/adapters/payments/stripe-mock.test.ts is left out.',
        );
      const promtool = fetchPromtool();
      if (!promtool) notes.push('The alert rules were not checked: that needs promtool.');
      return vitestTwice('unit', {
        ...(promtool && { ADMIT_PROMTOOL: promtool }),
        ...(nginx && { ADMIT_NGINX: nginx }),
        ...(stripeMock && { ADMIT_STRIPE_MOCK: stripeMock }),
      });
    },
  },
  {
    name: 'services',
    run() {
      const kafka = fetchKafka();
      if (!kafka)
        notes.push('Kafka was not tested: it needs Java 17 and Maven, or ADMIT_KAFKA with its jars.');
      const redis = fetchRedis();
      if (!redis) notes.push('Redis was not tested: it needs the program redis-server or valkey-server.');
      const nginx = fetchNginx();
      if (!nginx) notes.push('Many processes behind nginx were not tested: that needs nginx.');
      const pgBouncer = fetchPgBouncer();
      if (!pgBouncer) notes.push('PgBouncer was not tested: it needs the program pgbouncer.');
      const moto = fetchMoto();
      if (!moto)
        notes.push('Pictures in a bucket were not tested: that needs Python 3 with pip, which fetches moto.');
      return vitestTwice('services', {
        ...(moto && { ADMIT_MOTO: moto }),
        ...(nginx && { ADMIT_NGINX: nginx }),
        ...(pgBouncer && { ADMIT_PGBOUNCER: pgBouncer }),
        ...(kafka && { ADMIT_KAFKA: kafka }),
        ...(redis && { ADMIT_REDIS: redis }),
      });
    },
  },
  {
    name: 'build',
    absent: () =>
      existsSync(join(root, 'web/vite.config.ts')) ? undefined : 'there is no web/vite.config.ts',
    run: () => run('vite', 'build', 'web', '--logLevel', 'warn'),
  },
  {
    name: 'e2e',
    needs: 'build',
    absent: () =>
      globSync('web/e2e/**/*.e2e.ts', { cwd: root }).length > 0 ? undefined : 'there is no web/e2e/*.e2e.ts',
    run() {
      ensurePoppler();
      return vitestTwice('e2e', { ADMIT_CHROMIUM: ensureChromium() });
    },
  },
];

/** What was left out, for the last lines. */
const notes: string[] = [];
const { only, rest } = readArguments(process.argv.slice(2));
const projects = ['unit', 'services', 'e2e'];
/** Where random tests begin. One seed for the whole run, so that a failure can be repeated: `ADMIT_SEED=… npm test`. */
const seed = process.env.ADMIT_SEED ?? String(randomInt(2 ** 31));
console.log(`ADMIT_SEED=${seed}`);
const reports = mkdtempSync(join(tmpdir(), 'admit-test-report-'));
const results = new Map<string, boolean>();
const seconds = new Map<string, number>();
for (const step of steps) {
  if (only && !only.includes(step.name)) continue;
  const absent = step.absent?.();
  if (absent) {
    console.log(`\n── ${step.name}: left out, ${absent}`);
    continue;
  }
  if (step.needs && results.get(step.needs) === false) {
    console.log(`\n── ${step.name}: FAILED, because ${step.needs} did`);
    results.set(step.name, false);
    continue;
  }
  console.log(`\n── ${step.name}`);
  const startMs = performance.now();
  const passed = attempt(step);
  results.set(step.name, passed);
  const took = (performance.now() - startMs) / 1000;
  seconds.set(step.name, took);
  console.log(`── ${step.name}: ${passed ? 'passed' : 'FAILED'} in ${took.toFixed(1)} s`);
}

const failed = [...results].filter(([, passed]) => !passed).map(([name]) => name);
console.log(whatFailed());
console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}\n` : '');
console.log(whereTheTimeWent());
if (!process.env.ADMIT_THOROUGH)
  notes.push('This was the short round of the long proofs: npm run test:thorough runs all.');
for (const note of notes) console.log(note);
console.log(countTests());
rmSync(reports, { recursive: true, force: true });
process.exitCode = failed.length > 0 ? 1 : 0;

function attempt(step: Step): boolean {
  try {
    return step.run();
  } catch (error) {
    console.error((error as Error).message);
    return false;
  }
}

/**
 * A file that fails runs once more by itself: on a machine with other work, programs of others (browsers, brokers, databases)
 * sometimes stall. Random tests get the same seed both times, so a counterexample that was found fails again. A file that
 * passes then is named at the end, so that somebody looks at it.
 */
function vitestTwice(project: string, env: Record<string, string>): boolean {
  if (vitest(project, env)) return true;
  const failed = existsSync(reportOf(project)) ? failedFilesOf(project) : [];
  // More than a few did not stall.
  if (failed.length === 0 || failed.length > 3) return false;
  console.log(`\n── ${project}: once more, ${failed.join(', ')}`);
  if (!vitest(project, env, failed, againOf(project))) return false;
  notes.push(`Failed once, and passed when run by itself: ${failed.join(', ')}. See above what failed.`);
  return true;
}

function vitest(
  project: string,
  env: Record<string, string> = {},
  files = rest,
  output = reportOf(project),
): boolean {
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const folder = newMemoryFolder();
  try {
    return runWith(
      { ADMIT_SEED: seed, ...(folder && { TMPDIR: folder }), ...onLaterDay(), ...env },
      'vitest',
      ...['run', '--project', project, ...report, ...files],
    );
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}

/** With `ADMIT_DAYS_AHEAD=900`, the clock of every process of the run is so many days ahead. */
function onLaterDay(): Record<string, string> {
  if (!process.env.ADMIT_DAYS_AHEAD) return {};
  return { NODE_OPTIONS: `--import ${pathToFileURL(join(root, 'server/testing/days-ahead.ts'))}` };
}

function reportOf(project: string): string {
  return join(reports, `${project}.json`);
}

function againOf(project: string): string {
  return join(reports, `${project}-again.json`);
}

function failedFilesOf(project: string): string[] {
  return resultsOf(reportOf(project))
    .filter(({ status }) => status === 'failed')
    .map(({ name }) => relative(root, name));
}

function run(program: string, ...parameters: string[]): boolean {
  return runWith({}, program, ...parameters);
}

function runWith(env: Record<string, string>, program: string, ...parameters: string[]): boolean {
  // Uses the project's own programs and Node, even if npm did not start this file.
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const { status, error } = spawnSync(program, parameters, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      ...(process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }),
      PATH: path,
      ...env,
    },
    shell: process.platform === 'win32',
  });
  if (error) console.error(error.message);
  return status === 0;
}

/** Each failed test with the beginning of its message, once more at the end, because a log is long. */
function whatFailed(): string {
  const reported = projects.map(reportOf).filter((report) => existsSync(report));
  return reported
    .flatMap((report) => resultsOf(report))
    .flatMap(({ name, status, message, assertionResults }) => {
      const tests = assertionResults.filter((each) => each.status === 'failed');
      const file = relative(root, name);
      if (status === 'failed' && tests.length === 0) return [`✗ ${file}\n${beginningOf(message)}`];
      return tests.map(
        ({ fullName, failureMessages }) => `✗ ${file} > ${fullName}\n${beginningOf(failureMessages[0])}`,
      );
    })
    .join('\n');
}

function beginningOf(message = ''): string {
  const lines = message.split('\n').filter((line) => !line.includes('/node_modules/'));
  return lines.slice(0, 12).join('\n').slice(0, 1200);
}

/** The minutes of each step, and the ten slowest files. A failed step may have no report. */
function whereTheTimeWent(): string {
  const total = [...seconds.values()].reduce((sum, each) => sum + each, 0);
  const steps = [...seconds, ['all', total] as const].map(
    ([name, each]) => `${(each / 60).toFixed(1).padStart(6)} min  ${name}`,
  );
  const files = projects
    .filter((project) => existsSync(reportOf(project)))
    .flatMap((project) => resultsOf(reportOf(project)))
    .map(({ name, startTime, endTime }) => ({
      name: relative(root, name),
      took: (endTime - startTime) / 1000,
    }))
    .sort((one, other) => other.took - one.took)
    .slice(0, 10)
    .map(({ name, took }) => `${took.toFixed(0).padStart(6)} s    ${name}`);
  return ['Time:', ...steps, ...(files.length > 0 ? ['The slowest files:', ...files] : []), ''].join('\n');
}

interface FileResult {
  name: string;
  status: 'passed' | 'failed';
  startTime: number;
  endTime: number;
  /** Why the whole file failed, if it did. */
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
}

function resultsOf(report: string): FileResult[] {
  return JSON.parse(readFileSync(report, 'utf8')).testResults;
}

/** A file that fails before its first test has no failing test, so it counts as one. What ran twice counts as it ended. */
function countTests(): string {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const project of projects) {
    if (!results.has(project)) continue;
    if (!existsSync(reportOf(project))) {
      failed += 1;
      continue;
    }
    const again = existsSync(againOf(project)) ? resultsOf(againOf(project)) : [];
    const replaced = new Set(again.map(({ name }) => name));
    const files = [...resultsOf(reportOf(project)).filter(({ name }) => !replaced.has(name)), ...again];
    for (const { status, assertionResults } of files) {
      if (status === 'failed' && assertionResults.length === 0) failed += 1;
      for (const each of assertionResults) {
        if (each.status === 'passed') passed += 1;
        else if (each.status === 'failed') failed += 1;
        else skipped += 1;
      }
    }
  }
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function readArguments(given: string[]): { only?: string[]; rest: string[] } {
  const at = given.indexOf('--only');
  if (at === -1) return { rest: given };
  const names = (given[at + 1] ?? '').split(',');
  const known = steps.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    console.error(`--only takes ${known.join(', ')}; not "${unknown}"`);
    process.exit(2);
  }
  return { only: names, rest: given.toSpliced(at, 2) };
}
