/** Reads V8's CPU profiles: which functions used the time while the load ran. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './stage.ts';
import { showStatements } from './statements.ts';

/** Stops the server, which then writes its profile, and prints the functions by time within the windows. */
export async function printProfile(stage: Stage, windowsUs: [number, number][]): Promise<void> {
  console.log(await showStatements(stage.db));
  await stage.server.stop();
  console.log(showProfile(readProfile(stage.directory, windowsUs)));
}

interface CpuProfile {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
    children?: number[];
  }[];
  /** In microseconds of the monotonic clock. */
  startTime: number;
  samples: number[];
  timeDeltas: number[];
}

interface HotFunction {
  name: string;
  place: string;
  /** Share of the time in the windows. */
  selfShare: number;
  /** Including the functions that it called. */
  totalShare: number;
}

/** The functions of the profile in `directory`, by self time, counting only samples within the windows. */
function readProfile(directory: string, windowsUs: [number, number][]): HotFunction[] {
  // CPU.<date>.<time>.<process>.<thread>.<number>: the thread that draws tickets writes its own profile.
  const file = readdirSync(directory).find((name) => /\.0\.\d+\.cpuprofile$/.test(name));
  if (!file) throw new Error('the server wrote no profile');
  const profile = JSON.parse(readFileSync(join(directory, file), 'utf8')) as CpuProfile;
  const { self, total } = timesOf(profile, windowsUs);
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const functions = new Map<string, HotFunction>();
  const keyOf = (id: number) => {
    const { functionName, url, lineNumber } = nodes.get(id)!.callFrame;
    return `${functionName} ${url} ${lineNumber}`;
  };
  for (const [id, selfUs] of self) {
    const seen = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const key = keyOf(at);
      if (seen.has(key)) continue;
      seen.add(key);
      const found = functions.get(key) ?? {
        ...describe(nodes.get(at)!.callFrame),
        selfShare: 0,
        totalShare: 0,
      };
      functions.set(key, found);
      found.totalShare += selfUs / total;
      if (at === id) found.selfShare += selfUs / total;
    }
  }
  return [...functions.values()].sort((a, b) => b.selfShare - a.selfShare);
}

function timesOf({ startTime, samples, timeDeltas }: CpuProfile, windowsUs: [number, number][]) {
  const self = new Map<number, number>();
  let total = 0;
  let atUs = startTime;
  for (const [i, id] of samples.entries()) {
    // A sample's time reaches until the next one.
    atUs += timeDeltas[i] ?? 0;
    const spentUs = timeDeltas[i + 1] ?? 0;
    if (!windowsUs.some(([from, to]) => atUs >= from && atUs < to)) continue;
    self.set(id, (self.get(id) ?? 0) + spentUs);
    total += spentUs;
  }
  return { self, total };
}

function describe({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']) {
  const path = url.replace(/^file:\/\//, '').replace(/^.*\/node_modules\//, '');
  const short = path.replace(/^.*?\/(server|contract)\//, '$1/');
  return { name: functionName || '(anonymous)', place: url ? `${short}:${lineNumber + 1}` : '' };
}

/** The package, the part of Node or our own file that a function belongs to. */
function partOf({ name, place }: HotFunction): string {
  if (place === '') return name.startsWith('(') ? name : 'native functions';
  if (/^(server|contract)\//.test(place)) return place.replace(/:\d+$/, '');
  if (place.startsWith('node:')) return place.replace(/:\d+$/, '');
  return place
    .split('/')
    .slice(0, place.startsWith('@') ? 2 : 1)
    .join('/');
}

function showProfile(functions: HotFunction[], count = 40): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`.padStart(6);
  const lines = functions
    .slice(0, count)
    .map((f) => `  ${percent(f.selfShare)} ${percent(f.totalShare)}  ${f.name}  ${f.place}`);
  const byTotal = functions
    .toSorted((a, b) => b.totalShare - a.totalShare)
    .slice(0, 60)
    .map((f) => `  ${percent(f.selfShare)} ${percent(f.totalShare)}  ${f.name}  ${f.place}`);
  const parts = new Map<string, number>();
  for (const f of functions) parts.set(partOf(f), (parts.get(partOf(f)) ?? 0) + f.selfShare);
  const byPart = [...parts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 25)
    .map(([part, share]) => `  ${percent(share)}  ${part}`);
  return [
    '\nThe server while the load ran, by part (own time):',
    ...byPart,
    '\nThe server while the load ran, by own time (own, with all it called):',
    ...lines,
    '\nBy all they called:',
    ...byTotal,
  ].join('\n');
}
