/**
 * The steps of `npm test`. Every step runs even if an earlier one failed, so that one run reports everything. Only a step
 * that needs a failed one is skipped, and says so.
 *
 *   npm test                                  everything
 *   npm test -- --only unit                   one step or several, with commas
 *   npm test -- --only unit server/features   the other arguments go to Vitest
 *   npm test -- --in-turn                     one step after the other
 *   npm run test:thorough                     the same, with all of the long proofs (server/testing/thorough.ts)
 */
import { randomInt } from 'node:crypto';
import { existsSync, globSync, rmSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newMemoryFolder } from './memory-folder.ts';
import { type Fetch, fetchPrograms, type ProgramName } from './test/programs.ts';
import { createReports } from './test/reports.ts';
import { root, runProgram } from './test/run-program.ts';

interface Step {
  name: string;
  /** Steps that must be over before this one begins. All others may run at the same time. */
  after: string[];
  /** If this step fails, the present one is skipped. */
  needs?: string;
  /** What is fetched for the step while earlier ones run. */
  programs?: ProgramName[];
  /** Returns a reason if there is nothing to do. */
  absent?(): string | undefined;
  run(fetch: Fetch): Promise<boolean>;
}

/**
 * Steps that need the processor do not run at once: unit tests beside browsers kept both cores busy and took longer together than one after the
 * other. Types, lint and tidy run beside the unit tests, and programs are fetched meanwhile.
 */
const steps: Step[] = [
  {
    name: 'build',
    after: [],
    absent: () =>
      existsSync(join(root, 'web/vite.config.ts')) ? undefined : 'there is no web/vite.config.ts',
    run: () => run('build', 'vite', 'build', 'web', '--logLevel', 'warn'),
  },
  // Compiles the client again alone, without the types of browsers and Node.
  {
    name: 'types',
    after: [],
    run: async () =>
      (await run('types', 'tsc', '--noEmit')) && (await run('types', 'tsc', '--noEmit', '-p', 'client')),
  },
  {
    name: 'lint',
    after: ['types'],
    run: () =>
      run('lint', 'biome', 'ci', '--error-on-warnings', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`),
  },
  { name: 'tidy', after: ['lint'], run: () => run('tidy', 'node', 'tools/tidy.ts') },
  {
    name: 'unit',
    after: ['build'],
    programs: ['poppler', 'nginx', 'promtool'],
    async run(fetch) {
      await fetch('poppler');
      const nginx = await fetch('nginx');
      if (!nginx) console.log('There is no nginx here: server/http/nginx.test.ts is left out.');
      const promtool = await fetch('promtool');
      if (!promtool) notes.push('The alert rules were not checked: that needs promtool.');
      return vitestTwice('unit', {
        ...(promtool && { ADMIT_PROMTOOL: promtool }),
        ...(nginx && { ADMIT_NGINX: nginx }),
      });
    },
  },
  {
    name: 'services',
    after: ['build', 'tidy', 'unit'],
    programs: ['nginx', 'redis', 'pgBouncer', 'stripeMock', 'moto', 'kafka'],
    async run(fetch) {
      const kafka = await fetch('kafka');
      if (!kafka)
        notes.push('Kafka was not tested: it needs Java 17 and Maven, or ADMIT_KAFKA with its jars.');
      const redis = await fetch('redis');
      if (!redis) notes.push('Redis was not tested: it needs the program redis-server or valkey-server.');
      const nginx = await fetch('nginx');
      if (!nginx) notes.push('Many processes behind nginx were not tested: that needs nginx.');
      const pgBouncer = await fetch('pgBouncer');
      if (!pgBouncer) notes.push('PgBouncer was not tested: it needs the program pgbouncer.');
      const moto = await fetch('moto');
      if (!moto)
        notes.push('Pictures in a bucket were not tested: that needs Python 3 with pip, which fetches moto.');
      const stripeMock = await fetch('stripeMock');
      if (!stripeMock)
        notes.push("Stripe's requests were not checked: that needs the program stripe-mock, or Go.");
      return vitestTwice('services', {
        ...(moto && { ADMIT_MOTO: moto }),
        ...(nginx && { ADMIT_NGINX: nginx }),
        ...(pgBouncer && { ADMIT_PGBOUNCER: pgBouncer }),
        ...(kafka && { ADMIT_KAFKA: kafka }),
        ...(redis && { ADMIT_REDIS: redis }),
        ...(stripeMock && { ADMIT_STRIPE_MOCK: stripeMock }),
      });
    },
  },
  {
    name: 'e2e',
    after: ['build', 'unit', 'services'],
    needs: 'build',
    programs: ['poppler', 'chromium'],
    absent: () =>
      globSync('web/e2e/**/*.e2e.ts', { cwd: root }).length > 0 ? undefined : 'there is no web/e2e/*.e2e.ts',
    async run(fetch) {
      await fetch('poppler');
      return vitestTwice('e2e', { ADMIT_CHROMIUM: (await fetch('chromium')) as string });
    },
  },
];

const gib = 2 ** 30;
const projects = ['unit', 'services', 'e2e'];
/** What was left out, for the last lines. */
const notes: string[] = [];
const { only, inTurn, rest } = readArguments(process.argv.slice(2));
const chosen = steps.filter(({ name }) => !only || only.includes(name));
/** Two steps at a time need up to 6 GB: servers, databases, browsers and a broker. */
const atOnce = !inTurn && freemem() > 7 * gib && chosen.length > 1;
/** Where random tests begin. One seed for the whole run, so that a failure can be repeated: `ADMIT_SEED=… npm test`. */
const seed = process.env.ADMIT_SEED ?? String(randomInt(2 ** 31));
console.log(`ADMIT_SEED=${seed}`);
const reports = createReports(projects);
const results = new Map<string, boolean>();
const seconds = new Map<string, number>();
const startMs = performance.now();
await runAll();

const failed = [...results].filter(([, passed]) => !passed).map(([name]) => name);
console.log(reports.failures());
console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}\n` : '');
console.log(whereTheTimeWent());
if (!process.env.ADMIT_THOROUGH)
  notes.push('This was the short round of the long proofs: npm run test:thorough runs all.');
for (const note of notes) console.log(note);
console.log(reports.count(projects.filter((project) => results.has(project))));
reports.remove();
process.exitCode = failed.length > 0 ? 1 : 0;

async function runAll(): Promise<void> {
  const fetch = fetchPrograms([...new Set(chosen.flatMap(({ programs = [] }) => programs))]);
  const over = new Map<string, Promise<void>>();
  for (const step of chosen) {
    const before = atOnce ? step.after.map((name) => over.get(name)) : [...over.values()];
    over.set(
      step.name,
      Promise.all(before).then(() => runStep(step, fetch)),
    );
  }
  await Promise.all(over.values());
}

async function runStep(step: Step, fetch: Fetch): Promise<void> {
  const absent = step.absent?.();
  if (absent) return console.log(`\n── ${step.name}: left out, ${absent}`);
  if (step.needs && results.get(step.needs) === false) {
    console.log(`\n── ${step.name}: FAILED, because ${step.needs} did`);
    results.set(step.name, false);
    return;
  }
  console.log(`\n── ${step.name}`);
  const beganMs = performance.now();
  const passed = await step.run(fetch).catch((error: Error) => {
    console.error(error.message);
    return false;
  });
  results.set(step.name, passed);
  const took = (performance.now() - beganMs) / 1000;
  seconds.set(step.name, took);
  console.log(`── ${step.name}: ${passed ? 'passed' : 'FAILED'} in ${took.toFixed(1)} s`);
}

/**
 * A file that fails runs once more by itself: on a machine with other work, programs of others (browsers, brokers, databases)
 * sometimes stall. Random tests get the same seed both times, so a counterexample that was found fails again. A file that
 * passes then is named at the end, so that somebody looks at it.
 */
async function vitestTwice(project: string, env: Record<string, string>): Promise<boolean> {
  if (await vitest(project, env)) return true;
  const failed = reports.failedFilesOf(project);
  // More than a few did not stall.
  if (failed.length === 0 || failed.length > 3) return false;
  console.log(`\n── ${project}: once more, ${failed.join(', ')}`);
  if (!(await vitest(project, env, failed, reports.secondFileOf(project)))) return false;
  notes.push(`Failed once, and passed when run by itself: ${failed.join(', ')}. See above what failed.`);
  return true;
}

async function vitest(
  project: string,
  env: Record<string, string>,
  files = rest,
  output = reports.fileOf(project),
): Promise<boolean> {
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const folder = newMemoryFolder();
  try {
    return await runProgram('vitest', ['run', '--project', project, ...report, ...files], {
      prefix: prefixOf(project),
      env: { ADMIT_SEED: seed, ...(folder && { TMPDIR: folder }), ...onLaterDay(), ...env },
    });
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}

/** With `ADMIT_DAYS_AHEAD=900`, the clock of every process of the run is so many days ahead. */
function onLaterDay(): Record<string, string> {
  if (!process.env.ADMIT_DAYS_AHEAD) return {};
  return { NODE_OPTIONS: `--import ${pathToFileURL(join(root, 'server/testing/days-ahead.ts'))}` };
}

function run(step: string, program: string, ...parameters: string[]): Promise<boolean> {
  return runProgram(program, parameters, { prefix: prefixOf(step) });
}

function prefixOf(step: string): string | undefined {
  return atOnce ? `${step.padEnd(8)} │ ` : undefined;
}

/** The minutes of each step and of the whole run, and the ten slowest files. */
function whereTheTimeWent(): string {
  const all = (performance.now() - startMs) / 1000;
  const lines = [...seconds, ['all', all] as const].map(
    ([name, each]) => `${(each / 60).toFixed(1).padStart(6)} min  ${name}`,
  );
  const files = reports.slowestFiles(10);
  return ['Time:', ...lines, ...(files.length > 0 ? ['The slowest files:', ...files] : []), ''].join('\n');
}

function readArguments(given: string[]): { only?: string[]; inTurn: boolean; rest: string[] } {
  const inTurn = given.includes('--in-turn');
  const others = given.filter((each) => each !== '--in-turn');
  const at = others.indexOf('--only');
  if (at === -1) return { inTurn, rest: others };
  const names = (others[at + 1] ?? '').split(',');
  const known = steps.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    console.error(`--only takes ${known.join(', ')}; not "${unknown}"`);
    process.exit(2);
  }
  return { only: names, inTurn, rest: others.toSpliced(at, 2) };
}
