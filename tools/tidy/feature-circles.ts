import { posix } from 'node:path';

/** One import from a feature into another one. */
interface Import {
  path: string;
  line: number;
  from: string;
  to: string;
}

/** The imports between features, by the importing feature and then by the imported one. */
type Graph = Map<string, Map<string, Import[]>>;

/** A circle of features: the imports of each step. The circle begins and ends in the same feature. */
type Circle = Import[][];

/**
 * Finds circles of any length among the server's features in the given files. Type imports count, because a reader must
 * follow them too. It reports each circle at the imports that are the easiest to undo, and searches for the next one as if
 * they were gone. So one import too many is one breach, however many circles it closes.
 */
export function featureCircles(files: Map<string, string>): { path: string; line: number; rule: string }[] {
  const graph = readGraph(files);
  const breaches = [];
  for (let circle = shortestCircle(graph); circle; circle = shortestCircle(graph)) {
    const [thinnest] = circle.toSorted((a, b) => a.length - b.length) as [Import[]];
    const [{ path, line, from, to }] = thinnest as [Import];
    breaches.push({ path, line, rule: describe(circle, from, to) });
    graph.get(from)?.delete(to);
  }
  return breaches;
}

const FEATURE = /^server\/features\/([^/]+)\//;
/** Every relative path to a script: in imports, in types with `import(…)`, in URLs that start threads. */
const RELATIVE = /(['"`])(\.{1,2}\/[^'"`\n]+\.tsx?)\1/g;

function readGraph(files: Map<string, string>): Graph {
  const graph: Graph = new Map();
  for (const [path, text] of files) {
    const from = FEATURE.exec(path)?.[1];
    if (!from) continue;
    for (const match of text.matchAll(RELATIVE)) {
      const to = FEATURE.exec(posix.join(posix.dirname(path), match[2] ?? ''))?.[1];
      if (!to || to === from) continue;
      const targets = graph.get(from) ?? new Map<string, Import[]>();
      graph.set(from, targets);
      const line = text.slice(0, match.index).split('\n').length;
      targets.set(to, [...(targets.get(to) ?? []), { path, line, from, to }]);
    }
  }
  return graph;
}

/** The features in the list of ARCHITECTURE.md, from top to bottom. */
const listedFeatures = (architecture: string): string[] => {
  const list = /^ {2}features\/.*\n((?: {4}.*\n)*)/m.exec(architecture)?.[1] ?? '';
  return [...list.matchAll(/^ {4}([\w-]+)\//gm)].map(([, feature = '']) => feature);
};

/** Compares the list of ARCHITECTURE.md with the imports: it names every feature, and each imports only features above it. */
export function featureOrder(files: Map<string, string>, architecture: string) {
  const breaches: { path: string; line: number; rule: string }[] = [];
  const listed = listedFeatures(architecture);
  const features = new Map([...files.keys()].map((path) => [FEATURE.exec(path)?.[1], path]));
  for (const [feature, path] of features) {
    if (feature && !listed.includes(feature))
      breaches.push({
        path,
        line: 1,
        rule: `is of a feature that the list of ARCHITECTURE.md lacks: ${feature}`,
      });
  }
  for (const { path, line, from, to } of [...readGraph(files).values()].flatMap((to) =>
    [...to.values()].flat(),
  )) {
    if (!listed.includes(from) || listed.indexOf(to) < listed.indexOf(from)) continue;
    const rule = `imports ${to}, which ARCHITECTURE.md lists below ${from}; a feature imports only those above it`;
    breaches.push({ path, line, rule });
  }
  return breaches;
}

function shortestCircle(graph: Graph): Circle | null {
  let shortest: string[] | null = null;
  for (const [from, targets] of graph) {
    for (const to of targets.keys()) {
      const way = shortestWay(graph, to, from);
      if (way && (!shortest || way.length < shortest.length - 1)) shortest = [from, ...way];
    }
  }
  return shortest && stepsOf(graph, shortest);
}

/** The features on the shortest path of imports, both ends included; null if there is no path. */
function shortestWay(graph: Graph, start: string, end: string): string[] | null {
  const seen = new Set([start]);
  for (let ways = [[start]]; ways.length > 0; ) {
    const longer: string[][] = [];
    for (const way of ways) {
      const last = way.at(-1) as string;
      if (last === end) return way;
      for (const next of graph.get(last)?.keys() ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        longer.push([...way, next]);
      }
    }
    ways = longer;
  }
  return null;
}

const stepsOf = (graph: Graph, features: string[]): Circle =>
  features.slice(1).map((to, i) => graph.get(features[i] as string)?.get(to) ?? []);

function describe(circle: Circle, from: string, to: string): string {
  const names = [...circle.map((step) => step[0]?.from), circle[0]?.[0]?.from].join(' → ');
  const steps = circle.map((step) => `    ${step[0]?.from} → ${step[0]?.to}: ${listOf(step)}`);
  return (
    `closes a circle of imports between features (${names}). A feature imports only features above it ` +
    `in the list of ARCHITECTURE.md. Move what ${from} needs of ${to} into a feature above both, or pass it in from ` +
    `create-app.ts. The circle:\n${steps.join('\n')}`
  );
}

/** The message names so many places of one step. */
const namedPlaces = 5;

function listOf(step: Import[]): string {
  const named = step.slice(0, namedPlaces).map(({ path, line }) => `${path}:${line}`);
  const left = step.length - named.length;
  return [...named, ...(left > 0 ? [`and ${left} more`] : [])].join(', ');
}
