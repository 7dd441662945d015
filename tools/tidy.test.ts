import { expect, test } from 'vitest';
import { tidy } from './tidy.ts';

// Concatenated, so that this file does not contain the forbidden texts.
const machinePath = ['', 'work', 'main'].join('/');
const lines = (count: number) => 'export {};\n'.repeat(count);

/** Each row is one file, and the lines and a word of each breach that it must give; none means clean. */
const rows: [name: string, path: string, text: string, ...breaches: [line: number, word: string][]][] = [
  ['clock in a feature', 'server/features/purchases/place-order.ts', 'x;\nDate.now();', [2, 'clock']],
  ['empty Date', 'server/features/purchases/place-order.ts', 'new Date( );', [1, 'clock']],
  ['Date without a call', 'server/features/purchases/place-order.ts', 'const now = new Date;', [1, 'clock']],
  ['Date of a value', 'server/features/purchases/place-order.ts', 'new Date(row.at);'],
  ['performance.now', 'server/app.ts', 'performance.now();', [1, 'clock']],
  ['clock at home', 'server/clock.ts', 'Date.now();'],
  ['clock at home on the web', 'web/src/ui/clock.ts', 'new Date();'],
  ['clock elsewhere on the web', 'web/src/ui/timer.tsx', 'new Date();', [1, 'clock']],
  [
    'clock in a test',
    'server/features/purchases/purchases.test.ts',
    'Date.now(); Math.random(); process.env.X;',
  ],
  ['clock in test support', 'server/testing/world.ts', 'Date.now();'],
  ['clock in a tool', 'tools/bench.ts', 'performance.now();'],
  ['clock in a comment', 'server/app.ts', '// Date.now is not used\n/** new Date() */\n * Math.random'],
  [
    'a cache in a module',
    'server/features/door/a.ts',
    'const known = new Map<string, Row[]>();',
    [1, 'caches.ts'],
  ],
  ['one that is exported', 'server/live/a.ts', 'export const seen: Set<Id> = new Set();', [1, 'caches.ts']],
  ['one by object', 'server/http/a.ts', 'const made = new WeakMap<App, Row>();', [1, 'caches.ts']],
  ['a variable of a module', 'server/pages/a.ts', 'let list: Promise<string> | undefined;', [1, 'caches.ts']],
  [
    'a table',
    'server/features/door/a.ts',
    'const values = new Map([...letters].map((letter, i) => [letter, i]));',
  ],
  [
    'a cache in a function',
    'server/features/door/a.ts',
    '  const known = new Map<string, Row[]>();\n  let count = 0;',
  ],
  ['a variable of a page', 'web/src/ui/clock.ts', 'let timer;'],
  ['state at home', 'server/data/db.ts', 'const names = new Map<string, string>();'],
  ['chance', 'contract/ids.ts', 'Math.random();', [1, 'Math.random']],
  ['environment', 'server/app.ts', 'process.env.PORT;', [1, 'config.ts']],
  ['connection', 'server/app.ts', 'new pg.Client(url);', [1, 'connections.ts']],
  ['pool', 'server/app.ts', 'new Pool({ max: 1 });', [1, 'connections.ts']],
  ['connection at home', 'server/data/connections.ts', 'new pg.Pool({});'],
  ['environment at home', 'server/config.ts', 'process.env.PORT;'],
  ['environment of a build', 'web/vite.config.ts', 'process.env.PORT;'],
  ['a colour in a page', 'web/src/features/door/ScanPage.tsx', '<p className="bg-[#0b7a44]">', [1, 'token']],
  ['a colour in a shadow', 'web/src/ui/Tray.tsx', 'shadow-[0_1px_rgb(0_0_0/0.3)]', [1, 'token']],
  ['a colour at home', 'web/src/styles.css', '--color-bad: light-dark(#b3201f, #ff9d94);'],
  ['what only looks like one', 'web/src/ui/Link.tsx', '<a href="#content">'],
  ['400 lines', 'server/app.ts', lines(400)],
  ['401 lines', 'server/app.ts', lines(401), [401, '400 lines']],
  ['long test', 'server/app.test.ts', lines(401), [401, '400 lines']],
  ['long migration', 'server/migrations/0001_a.sql', lines(401), [401, '400 lines']],
  ['long dump', 'server/migrations/schema.sql', lines(401)],
  ['long document', 'docs/holds.md', lines(401)],
  [
    'barrel',
    'server/index.ts',
    "// all\nexport * from './app.ts';\nexport { a } from './a.ts';",
    [1, 'only hands on'],
  ],
  ['index with code', 'server/index.ts', "export * from './app.ts';\nexport const a = 1;"],
  ['utils', 'server/date-utils.ts', 'export {};', [1, '"utils"']],
  ['helper', 'web/src/helper.tsx', 'export {};', [1, '"helper"']],
  ['a word that only contains one', 'server/miscellany.ts', 'export {};'],
  [
    "another feature's store",
    'server/features/door/check-in.ts',
    "import { a } from '../orders/store.ts';",
    [1, 'store of orders'],
  ],
  ["a feature's own store", 'server/features/door/check-in.ts', "import { a } from './store.ts';"],
  ['contract with node', 'contract/ids.ts', "import { a } from 'node:crypto';", [1, 'runs anywhere']],
  [
    'contract with the server',
    'contract/ids.ts',
    "import type { a } from '../server/app.ts';",
    [1, 'runs anywhere'],
  ],
  ['contract with zod', 'contract/ids.ts', "import { z } from 'zod';"],
  [
    'an address in a page',
    'web/src/features/door/ScanPage.tsx',
    'x;\n<a href={`/api/me`}>',
    [2, 'spells out'],
  ],
  ['an address in the adapter', 'web/src/api/call.ts', "fetch('/api/me')", [1, 'spells out']],
  ['an address in a pattern', 'web/src/offline/worker.ts', '/^\\/api\\/me$/.test(path)', [1, 'spells out']],
  ['where live connections are', 'web/src/api/live.ts', "origin + '/socket.io/'", [1, 'spells out']],
  ['a folder of that name', 'web/src/main.tsx', "import { call } from './api/call.ts';"],
  ['an address in a test', 'web/src/api/call.test.ts', "fetch('/api/me')"],
  ['client with types', 'client/call.ts', "import type { a } from '../contract/errors.ts';"],
  [
    'client with schemas',
    'client/call.ts',
    "import type { b } from './b.ts';\nimport { a } from '../contract/errors.ts';",
    [2, 'schemas'],
  ],
  ['client with node', 'client/call.ts', "import { a } from 'node:crypto';", [1, 'runs anywhere']],
  ['client with a package', 'client/call.ts', "import { z } from 'zod';", [1, 'runs anywhere']],
  [
    'client with the web',
    'client/call.ts',
    "import type { a } from '../web/src/api/call.ts';",
    [1, 'runs anywhere'],
  ],
  ['client with types of a package', 'client/call.ts', "import type { z } from 'zod';"],
  ['a test of the client', 'client/call.test.ts', "import { a } from '../server/testing/world.ts';"],
  ['decision with pg', 'server/features/inventory/decide-holds.ts', "import pg from 'pg';", [1, 'pure']],
  ['decision with types', 'server/features/inventory/decide.ts', "import type { a } from './hold.ts';"],
  ['machine path', 'docs/holds.md', `a\nsee ${machinePath}/x`, [2, 'machine']],
  ['machine path in a script', 'server/app.ts', `'${machinePath}'`, [1, 'machine']],
  [
    'a route that only looks like one',
    'docs/holds.md',
    `https://example.org${machinePath} and \${x}${machinePath}`,
  ],
  [
    'address in the lock',
    'package-lock.json',
    '{\n"resolved": "https://example.org/a.tgz" }',
    [2, 'registry'],
  ],
  ['lock without addresses', 'package-lock.json', '{ "integrity": "sha512-a" }'],
  [
    'lock without a platform',
    'package-lock.json',
    '{ "packages": { "node_modules/a": { "optionalDependencies": { "a-mac": "1" } }, "node_modules/b/node_modules/a-mac": {} } }',
    [1, 'a-mac'],
  ],
  [
    'lock with every platform',
    'package-lock.json',
    '{ "packages": { "node_modules/b/node_modules/a": { "optionalDependencies": { "a-mac": "1", "a-win": "1" } }, "node_modules/a-mac": {}, "node_modules/b/node_modules/a-win": {} } }',
  ],
];

test.each(rows)('%s', (_name, path, text, ...expected) => {
  const tree = new Map([
    [path, text],
    // Keeps the file from being dead.
    ['web/index.html', `${path} ${path.replace(/^web/, '')}`],
    // Uses all that it exports.
    ['uses.test.ts', `import * as all from './${path}';`],
  ]);
  const found = tidy(tree);
  expect(found.map(({ line }) => line)).toEqual(expected.map(([line]) => line));
  for (const [index, [, word]] of expected.entries()) expect(found[index]?.rule).toContain(word);
});

test('an operation without an endpoint', () => {
  const contract = "export const placeHold = operation({\n  id: 'placeHold',\n});";
  const found = (endpoints: string) =>
    tidy(
      new Map([
        ['contract/holds.ts', contract],
        ['client/endpoints.generated.ts', endpoints],
        ['web/index.html', 'contract/holds.ts'],
        ['uses.test.ts', "import * as all from './contract/holds.ts';"],
      ]),
    );
  expect(found("export const placeHold = 'POST /api/holds';")).toEqual([]);
  expect(found("export const getHold = 'GET /api/holds';")).toMatchObject([
    { line: 1, rule: expect.stringContaining('placeHold') },
  ]);
});

test('a file that only tests and docs know is dead', () => {
  const dead = (files: Record<string, string>) =>
    tidy(new Map(Object.entries(files))).map(({ path }) => path);
  expect(dead({ 'server/a.ts': 'export {};' })).toEqual(['server/a.ts']);
  expect(dead({ 'server/a.ts': "'./a.ts'" })).toEqual(['server/a.ts']);
  expect(dead({ 'server/a.ts': '', 'server/a.test.ts': "import './a.ts';" })).toEqual(['server/a.ts']);
  expect(dead({ 'server/a.ts': '', 'docs/a.md': 'See server/a.ts.' })).toEqual(['server/a.ts']);
  expect(dead({ 'tools/a.ts': '// node tools/a.ts' })).toEqual(['tools/a.ts']);
});

test('a file is alive by an import, a script, a page, and a tool by being documented', () => {
  const files = {
    'package.json': '{ "scripts": { "start": "node server/main.ts" } }',
    'server/main.ts': "await import('./a.ts');",
    'server/a.ts': "new URL('./b.ts', import.meta.url);",
    'server/b.ts': '',
    'server/testing/world.ts': '',
    'server/a.test.ts': "import './testing/world.ts';",
    'web/index.html': '<script type="module" src="/src/main.tsx"></script>',
    'web/src/main.tsx': '',
    'tools/load.ts': '',
    'README.md': 'Run `node tools/load.ts`.',
  };
  expect(tidy(new Map(Object.entries(files)))).toEqual([]);
});

/** The circles that tidy finds among files of features: the place it names, and its message. */
const circlesOf = (files: Record<string, string>) =>
  tidy(new Map(Object.entries(files).map(([path, text]) => [`server/features/${path}`, text])))
    .filter(({ rule }) => rule.includes('circle'))
    .map(({ path, line, rule }) => [`${path}:${line}`, rule] as const);

test('two features that import each other are a circle, of which every import is named', () => {
  const [circle, ...others] = circlesOf({
    'orders/place-order.ts': "import {\n  openPayment,\n} from '../payments/open-payment.ts';",
    'orders/cancel-order.ts': "import { openRefunds } from '../payments/open-refunds.ts';",
    'payments/take-payment.ts': "import type { OrderRecord } from '../orders/orders.ts';",
  });
  expect(others).toEqual([]);
  // The side with fewer imports is the one to begin with.
  expect(circle?.[0]).toBe('server/features/payments/take-payment.ts:1');
  expect(circle?.[1]).toContain('orders → payments → orders');
  expect(circle?.[1]).toContain(
    'server/features/orders/place-order.ts:3, server/features/orders/cancel-order.ts:1',
  );
  expect(circle?.[1]).toContain('payments → orders: server/features/payments/take-payment.ts:1');
});

test('a circle may be of any length, and leads through types, calls of import() and threads', () => {
  const files = {
    'a/a.ts': "import type { B } from '../b/b.ts';",
    'b/b.ts': "type C = import('../c/c.ts').C;",
    'c/c.ts': "new URL('../d/thread.ts', import.meta.url);",
    'd/thread.ts': "export * from '../a/a.ts';",
  };
  const circles = circlesOf(files);
  expect(circles).toHaveLength(1);
  expect(circles[0]?.[1]).toContain('a → b → c → d → a');
  for (const [path] of Object.entries(files)) expect(circles[0]?.[1]).toContain(`server/features/${path}:1`);
});

test('one import too many is one breach, however many circles it closes', () => {
  const files = {
    'a/a.ts': "import '../b/b.ts';\nimport '../c/c.ts';\nimport '../d/d.ts';",
    'b/b.ts': "import '../c/c.ts';\nimport '../d/d.ts';",
    'b/more.ts': "import '../d/d.ts';",
    'c/c.ts': "import '../d/d.ts';",
  };
  expect(circlesOf(files)).toEqual([]);
  const circles = circlesOf({ ...files, 'd/d.ts': "import '../b/b.ts';" });
  expect(circles.map(([place]) => place)).toEqual(['server/features/d/d.ts:1']);
  const others = { 'e/e.ts': "import '../f/f.ts';", 'f/f.ts': "import '../e/e.ts';" };
  expect(circlesOf({ ...files, ...others, 'd/d.ts': "import '../b/b.ts';" })).toHaveLength(2);
});

test('imports of features above, of tests, of their support and of the rest of the server are no circle', () => {
  expect(
    circlesOf({
      'a/a.ts': "import '../b/b.ts';\nimport './own.ts';\nimport '../../app.ts';",
      'a/own.ts': "import '../c/c.ts';\nimport './a.ts';",
      'b/b.ts': "import '../c/c.ts';",
      'b/b.test.ts': "import '../a/a.ts';",
      'c/testing/play.ts': "import '../../a/a.ts';",
    }),
  ).toEqual([]);
});

test('the list of ARCHITECTURE.md has every feature, each below those that it imports', () => {
  const files = (list: string) => {
    const features = {
      'server/features/orders/orders.ts': '',
      'server/features/payments/pay.ts': "import '../orders/orders.ts';",
    };
    const all = {
      ...features,
      'ARCHITECTURE.md': `server/\n  features/   in order\n${list}  demo/   no feature\n`,
    };
    return tidy(new Map(Object.entries(all)))
      .filter(({ rule }) => rule.includes('ARCHITECTURE'))
      .map(({ path, line, rule }) => `${path}:${line} ${rule}`);
  };
  const [orders, payments] = [
    '    orders/   the order\n',
    '    payments/   money\n                of orders\n',
  ];
  expect(files(`${orders}${payments}`)).toEqual([]);
  expect(files(orders)).toEqual([
    'server/features/payments/pay.ts:1 is of a feature that the list of ARCHITECTURE.md lacks: payments',
  ]);
  expect(files(`${payments}${orders}`)).toEqual([
    'server/features/payments/pay.ts:1 imports orders, which ARCHITECTURE.md lists below payments; ' +
      'a feature imports only those above it',
  ]);
});

/** The statements that name a foreign table, of files of features: place and owner. */
const foreignOf = (files: Record<string, string>) =>
  tidy(new Map(Object.entries(files).map(([path, text]) => [`server/features/${path}`, text])))
    .filter(({ rule }) => rule.includes('names a table of'))
    .map(({ path, line, rule }) => `${path.slice(16)}:${line} ${/names a table of (\w+)/.exec(rule)?.[1]}`);

test('a statement that names a table of another feature says why, or calls a command', () => {
  const owner = {
    'orders/store.ts':
      'const insert = `\n  insert into orders (id) values ($1)`;\nconst all = `select * from orders`;',
  };
  const statement =
    'const find = `\n  with some as (select 1)\n  select * from tickets join orders on true`;';
  expect(foreignOf({ ...owner, 'door/store.ts': statement })).toEqual(['door/store.ts:1 orders']);
  expect(
    foreignOf({ ...owner, 'door/store.ts': `// Reads the table of orders: one look-up.\n${statement}` }),
  ).toEqual([]);
  expect(
    foreignOf({
      ...owner,
      'door/store.ts': `/** Joins a table of orders. */\nimport './x.ts';\n\n${statement}`,
    }),
  ).toEqual([]);
  // A comment of another statement does not count, nor does a name in a comment or in other text.
  expect(
    foreignOf({
      ...owner,
      'door/store.ts': `// Reads the table of orders.\nconst one = \`select 1\`;\n${statement}`,
      'door/text.ts': "// `select * from orders`\nconst text = 'select * from orders';",
    }),
  ).toEqual(['door/store.ts:3 orders']);
});

/** The exports that tidy finds to be used by no other file. */
const loneOf = (files: Record<string, string>) =>
  tidy(new Map(Object.entries(files)))
    .filter(({ rule }) => rule.includes('no other file imports'))
    .map(({ path, line, rule }) => `${path}:${line} ${/exports (\w+)/.exec(rule)?.[1]}`);

test('an export that no other file imports is named, whatever it declares', () => {
  const declared = [
    'export const one = 1;',
    'export async function two() {}',
    'export interface Three {}',
    'export type Four = 4;',
    'export class Five {}',
    'const own = one;',
  ].join('\n');
  const all = ['one', 'two', 'Three', 'Four', 'Five'].map((name, at) => `server/a.ts:${at + 1} ${name}`);
  expect(loneOf({ 'server/a.ts': declared })).toEqual(all);
  // A name that another file says, declares or imports from elsewhere is no import of this export.
  const others = {
    'server/b.ts': "import { two } from './c.ts';\nconst one = 1; // Three and Four of a.ts",
    'server/c.ts': 'export const two = 2;',
  };
  expect(loneOf({ 'server/a.ts': declared, ...others })).toEqual(all);
});

test.each([
  "import { one } from './a.ts';",
  "import { type Other, one as mine } from './a.ts';",
  "import {\n  other,\n  type one,\n} from './a.ts';",
  "import type { one } from './a.ts';",
  "import all, { one } from './a.ts';",
  "export { one } from './a.ts';",
  "import * as all from './a.ts';",
  "export * from './a.ts';",
  "const { one } = await import('./a.ts');",
  "new URL('a.ts', import.meta.url);",
])('an export is used by %s, also in a test', (importing) => {
  for (const path of ['server/b.ts', 'server/b.test.ts'])
    expect(loneOf({ 'server/a.ts': 'export const one = 1;', [path]: importing })).toEqual([]);
});

test('programs outside the repository may import the types of the client, and nothing that is generated is judged', () => {
  expect(
    loneOf({
      'client/call.ts': 'export interface CallOptions {}\nexport const most = 1;',
      'client/endpoints.generated.ts': "export const placeHold = 'POST /api/holds';",
    }),
  ).toEqual(['client/call.ts:2 most']);
});
