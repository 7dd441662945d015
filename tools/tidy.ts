/**
 * Checks the rules of STYLE.md that a type checker and a linter cannot check. It reads every file once and names each
 * breach with its file and line.
 *
 *   node tools/tidy.ts [directory]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { featureCircles, featureOrder } from './tidy/feature-circles.ts';
import { foreignTables } from './tidy/foreign-tables.ts';
import { loneExports } from './tidy/lone-exports.ts';

interface Breach {
  path: string;
  line: number;
  rule: string;
}

/** The text of each file, by its path relative to the root, with slashes. */
type Tree = Map<string, string>;

const MAX_LINES = 400;
const SKIPPED = new Set(['node_modules', 'dist', '.data', '.git', 'coverage', '.env']);
const TEXT_FILE = /\.(tsx?|m?js|json|md|css|html|sql|ya?ml|sh|toml|svg)$|(^|\/)(\.[\w.-]+|run|Dockerfile)$/;

export function tidy(tree: Tree): Breach[] {
  const breaches: Breach[] = [];
  const references = findReferences(tree);
  for (const [path, text] of tree) {
    const report = (line: number, rule: string) => breaches.push({ path, line, rule });
    checkName(path, report);
    checkLines(path, text, report);
    if (posix.basename(path) === 'package-lock.json') checkLock(text, report);
    if (!isSource(path)) continue;
    if (text.split('\n').length - 1 > MAX_LINES) report(MAX_LINES + 1, `is longer than ${MAX_LINES} lines`);
    if (!isScript(path)) continue;
    checkBarrel(text, report);
    checkImports(path, text, report);
    checkEndpoints(path, text, tree, report);
    if (isDead(path, references)) report(1, 'is imported by nothing but tests and is no entry point');
  }
  const scripts = new Map([...tree].filter(([path]) => isScript(path)));
  const shipped = new Map([...scripts].filter(([path]) => !isTestSupport(path)));
  const circles = featureCircles(shipped);
  const architecture = tree.get('ARCHITECTURE.md');
  // While there is a circle, no order is right.
  const disorder = circles.length === 0 && architecture ? featureOrder(shipped, architecture) : [];
  breaches.push(...circles, ...disorder, ...foreignTables(shipped), ...loneExports(scripts));
  return breaches.sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
}

type Report = (line: number, rule: string) => void;

const isScript = (path: string) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
const isTest = (path: string) => /\.(test|e2e|services)\.tsx?$/.test(path);
const isTestSupport = (path: string) => isTest(path) || /(^|\/)(testing|e2e)\//.test(path);
const isSource = (path: string) =>
  /\.(tsx?|sql|css)$/.test(path) && !path.endsWith('/schema.sql') && !path.includes('.generated.');

function checkName(path: string, report: Report): void {
  const name = posix.basename(path);
  const vague = /(?:^|[-_.])(utils?|helpers?|managers?|misc)(?=[-_.])/i.exec(name);
  if (vague) report(1, `has "${vague[1]}" in its name, which says nothing; name it after what it does`);
}

/** Texts that no line may contain, and the one place where each is allowed. Tests and tools may contain all of them. */
const HOMES: { pattern: RegExp; rule: string; homes: string[]; under?: string }[] = [
  {
    // Only at the beginning of a line, so at module level. A Map that is created with its content is a constant table.
    pattern: /^(export )?(let|var) |^(export )?const \w+\b[^=]*= new (Weak(Map|Set)\b|(Map|Set)\b.*\(\);?$)/,
    rule: 'keeps state in a module, where two Apps share it and nobody can invalidate it; add a cache to server/caches.ts, or use server/memo.ts for a pure function',
    // Names of prepared statements by their text, and marks on errors: these cannot become stale.
    homes: ['server/data/db.ts', 'server/data/connections.ts'],
    under: 'server/',
  },
  {
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()|\bperformance\.now\b|\bprocess\.hrtime\b/,
    rule: 'reads the clock; take it from the App, or on the web from ui/clock.ts',
    homes: ['server/clock.ts', 'web/src/ui/clock.ts'],
  },
  {
    pattern: /\bMath\.random\b/,
    rule: 'draws by Math.random, which no test can repeat and anyone can predict; use node:crypto',
    homes: [],
  },
  {
    pattern: /\bprocess\.env\b/,
    rule: 'reads the environment; add the setting to server/config.ts',
    homes: ['server/config.ts'],
  },
  {
    pattern: /\bnew (pg\.)?(Pool|Client)\(/,
    rule: 'opens a database connection whose loss nobody hears of; take it from server/data/connections.ts',
    homes: ['server/data/connections.ts'],
  },
];

/** Illustrations and colours that an organiser chooses are not colours of the interface. */
const COLOR_HOMES = ['web/src/ui/Cover.tsx', 'web/src/features/organise/layouts.ts'];
const RAW_COLOR = /#[0-9a-f]{3,8}\b|(?<![a-z])(rgb|hsl|oklch|lab)a?\(/i;

/** A path of the server. `../api/` is a folder and does not match. */
const ADDRESS = /(?<![.\w])\/(api|socket\.io)(?![\w-])/;

const MACHINE_PATH = /(?<![\w.})*/-])\/(work|root)(?![\w-])/;
const LOCKED_ADDRESS = /"resolved":\s*"https?:/;

function checkLines(path: string, text: string, report: Report): void {
  const free = !isScript(path) || isTestSupport(path) || /^tools\/|\.config\.ts$/.test(path);
  const isLock = posix.basename(path) === 'package-lock.json';
  for (const [index, line] of text.split('\n').entries()) {
    if (isLock && LOCKED_ADDRESS.test(line)) report(index + 1, 'pins a registry address; lock without them');
    if (MACHINE_PATH.test(line)) report(index + 1, "names a path of one person's machine");
    if (free || /^\s*(\/\/|\/?\*)/.test(line)) continue;
    if (path.startsWith('web/src/') && RAW_COLOR.test(line) && !COLOR_HOMES.includes(path))
      report(index + 1, 'names a colour; add a token to web/src/styles.css');
    if (path.startsWith('web/src/') && ADDRESS.test(line))
      report(index + 1, "spells out an address; take the operation's endpoint, or contract/addresses.ts");
    for (const { pattern, rule, homes, under = '' } of HOMES) {
      if (path.startsWith(under) && pattern.test(line) && !homes.includes(path)) report(index + 1, rule);
    }
  }
}

interface Lock {
  packages?: Record<string, { optionalDependencies?: Record<string, string> }>;
}

/**
 * `npm ci` refuses a lock file without the packages of other platforms. `npm install` writes such a file if a registry
 * lacks some of them. Choose a version that exists for all platforms.
 */
function checkLock(text: string, report: Report): void {
  const { packages = {} } = JSON.parse(text) as Lock;
  for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      const places = foldersAbove(path).map((folder) => posix.join(folder, 'node_modules', name));
      if (!places.some((place) => place in packages)) report(1, `lacks ${name}, so npm ci will refuse it`);
    }
  }
}

/** The folders in which Node looks for a package's dependencies: its own, and each that it is nested in. */
function foldersAbove(path: string): string[] {
  if (path === '') return [''];
  return [path, ...foldersAbove(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))))];
}

function checkBarrel(text: string, report: Report): void {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').trim();
  const onlyReexports = /^(export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+['"][^'"]+['"];?\s*)+$/;
  if (onlyReexports.test(code)) report(1, 'only hands on what others export; import from the file itself');
}

const IMPORT = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)(['"])([^'"\n]+)\1/g;

function checkImports(path: string, text: string, report: Report): void {
  if (isTest(path)) return;
  const feature = /^server\/features\/([^/]+)\//.exec(path)?.[1];
  const decides = feature !== undefined && /^decide.*\.ts$/.test(posix.basename(path));
  for (const match of text.matchAll(IMPORT)) {
    const specifier = match[2] ?? '';
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
    const line = text.slice(0, match.index).split('\n').length;

    const store = /^server\/features\/([^/]+)\/.*\bstore\.ts$/.exec(target)?.[1];
    if (feature && store && store !== feature) {
      report(line, `imports the store of ${store}; call one of its commands instead`);
    }
    if (path.startsWith('contract/') && /^(server\/|web\/|tools\/|node:)/.test(target)) {
      report(line, `imports ${specifier}, but the contract runs anywhere and does nothing`);
    }
    if (path.startsWith('client/') && !isTestSupport(path) && !path.startsWith('client/example/')) {
      const types = isOfTypes(text, match.index);
      if (!/^(client|contract)\//.test(target) && !(types && target === 'zod'))
        report(line, `imports ${specifier}, but the client runs anywhere`);
      if (target.startsWith('contract/') && !types)
        report(line, `imports ${specifier} not as a type, so every program gets its schemas`);
    }
    if (decides && /^(node:|pg$|kysely|fastify)|\bstore\.ts$/.test(target)) {
      report(line, `imports ${specifier}, but a decision is pure`);
    }
  }
}

/** Whether the import statement at this place imports only types. */
const isOfTypes = (text: string, at: number): boolean =>
  /^(import|export) type\b/.test(
    text.slice(Math.max(...['import ', 'export '].map((word) => text.lastIndexOf(word, at)))),
  );

/** Finds operations without an endpoint in the client (tools/make-endpoints.ts). */
function checkEndpoints(path: string, text: string, tree: Tree, report: Report): void {
  const endpoints = tree.get('client/endpoints.generated.ts');
  if (endpoints === undefined || !path.startsWith('contract/') || isTest(path)) return;
  for (const { 1: id, index } of text.matchAll(/\boperation\(\{\s*id: '(\w+)'/g)) {
    if (endpoints.includes(`export const ${id} = `)) continue;
    report(
      text.slice(0, index).split('\n').length,
      `has ${id} without an endpoint; run node tools/make-endpoints.ts`,
    );
  }
}

interface References {
  /** Files that a file other than a test names in a relative path, in an import or a URL. */
  used: Set<string>;
  /** Files that tests and their support name in this way. */
  usedByTests: Set<string>;
  /** Files that may name entry points by their path from the root. */
  mentions: { by: string; text: string }[];
}

function findReferences(tree: Tree): References {
  const used = new Set<string>();
  const usedByTests = new Set<string>();
  const mentions: References['mentions'] = [];
  for (const [path, text] of tree) {
    if (isScript(path)) {
      for (const [, , specifier = ''] of text.matchAll(/(['"`])(\.{1,2}\/[^'"`\n]+)\1/g)) {
        const target = posix.join(posix.dirname(path), specifier);
        if (target !== path) (isTestSupport(path) ? usedByTests : used).add(target);
      }
      // A URL next to the module needs no `./`. Child processes are started this way.
      for (const [, , name = ''] of text.matchAll(/new URL\((['"])([^'"\n]+)\1, import\.meta\.url/g)) {
        used.add(posix.join(posix.dirname(path), name));
      }
    }
    const names = /(^|\/)package\.json$|\.html$|\.ya?ml$|^\.ci\/|\.config\.ts$|^tools\/(?!tidy)/.test(path);
    if (names) mentions.push({ by: path, text });
    // A tool is used if docs say how to run it. Any other file needs a use besides docs.
    if (path.endsWith('.md'))
      mentions.push({ by: path, text: (text.match(/\bnode (tools|client)\/\S+/g) ?? []).join(' ') });
  }
  return { used, usedByTests, mentions };
}

function isDead(path: string, { used, usedByTests, mentions }: References): boolean {
  if (!/^(server|contract|client|tools|web\/src|web\/e2e)\//.test(path) || isTest(path)) return false;
  // Tools may exist only for tests.
  const forTests = isTestSupport(path) || path.startsWith('tools/');
  if (used.has(path) || (forTests && usedByTests.has(path))) return false;
  // HTML pages name a script by its path below web/.
  const names = [path, path.replace(/^web\//, '/')];
  return !mentions.some(({ by, text }) => by !== path && names.some((name) => text.includes(name)));
}

function readTree(root: string, under = '', tree: Tree = new Map()): Tree {
  for (const entry of readdirSync(join(root, under), { withFileTypes: true })) {
    const path = posix.join(under, entry.name);
    if (SKIPPED.has(entry.name)) continue;
    if (entry.isDirectory()) {
      readTree(root, path, tree);
    } else if (entry.isFile() && TEXT_FILE.test(path)) {
      tree.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return tree;
}

if (import.meta.main) {
  const breaches = tidy(readTree(process.argv[2] ?? join(import.meta.dirname, '..')));
  for (const { path, line, rule } of breaches) console.error(`${path}:${line} ${rule}`);
  if (breaches.length > 0) {
    console.error(`${breaches.length} to tidy`);
    process.exitCode = 1;
  }
}
