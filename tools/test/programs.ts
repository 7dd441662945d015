/**
 * Provides the programs that tests run. Most come from a package and land in a cache (tools/system-packages.ts), which takes
 * minutes the first time, so other processes fetch them while the first steps run.
 *
 *   node tools/test/programs.ts nginx redis …   prints a line of JSON for each
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ensureChromium } from '../chromium.ts';
import { fetchKafka } from '../services.ts';
import {
  ensurePoppler,
  fetchMoto,
  fetchNginx,
  fetchPgBouncer,
  fetchPromtool,
  fetchRedis,
  fetchStripeMock,
} from '../system-packages.ts';

/** Each returns a path, or undefined where there is no way to the program. It throws if no test makes sense without it. */
const fetchers = {
  poppler() {
    ensurePoppler();
    return undefined;
  },
  nginx: fetchNginx,
  promtool: fetchPromtool,
  chromium: ensureChromium,
  redis: fetchRedis,
  pgBouncer: fetchPgBouncer,
  stripeMock: fetchStripeMock,
  moto: fetchMoto,
  kafka: fetchKafka,
} satisfies Record<string, () => string | undefined>;

export type ProgramName = keyof typeof fetchers;
export type Fetch = (name: ProgramName) => Promise<string | undefined>;

/** What is fetched at the same time: apt does one thing at a time, and compiling stripe-mock takes 90 s of CPU. */
const queues: ProgramName[][] = [
  ['poppler', 'nginx', 'promtool', 'chromium', 'redis', 'pgBouncer'],
  ['stripeMock'],
  ['moto', 'kafka'],
];

interface Fetched {
  name: ProgramName;
  path?: string;
  error?: string;
}

/** Begins to fetch these programs in processes of their own. The promise of each settles as soon as it is there. */
export function fetchPrograms(names: ProgramName[]): Fetch {
  const fetched = new Map<ProgramName, PromiseWithResolvers<string | undefined>>(
    names.map((name) => [name, Promise.withResolvers()]),
  );
  // A step may never ask.
  for (const { promise } of fetched.values()) promise.catch(() => {});
  for (const queue of queues) {
    const wanted = queue.filter((name) => fetched.has(name));
    if (wanted.length === 0) continue;
    const child = spawn(process.execPath, [import.meta.filename, ...wanted], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return console.log(line);
      const { name, path, error } = JSON.parse(line) as Fetched;
      if (error === undefined) fetched.get(name)?.resolve(path);
      else fetched.get(name)?.reject(new Error(error));
    });
    child.once('close', () => {
      for (const name of wanted) fetched.get(name)?.reject(new Error(`${name} could not be fetched`));
    });
  }
  return (name) => fetched.get(name)?.promise ?? Promise.resolve(undefined);
}

if (import.meta.main) {
  for (const name of process.argv.slice(2) as ProgramName[]) {
    let fetched: Fetched;
    try {
      const path = fetchers[name]();
      fetched = { name, ...(path !== undefined && { path }) };
    } catch (error) {
      fetched = { name, error: (error as Error).message };
    }
    console.log(JSON.stringify(fetched));
  }
}
