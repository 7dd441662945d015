import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from './adapters/postgres/embedded.ts';
import { createClient } from './testing/client.ts';
import { compileCache } from './testing/compile-cache.ts';
import { runSql } from './testing/database-server.ts';
import { freePort } from './testing/free-port.ts';
import { newScratch } from './testing/scratch.ts';
import { proof } from './testing/thorough.ts';

/* Starts the production entry point (main.ts) with a PostgreSQL that starts later, refuses, or accepts no writes. */
let directory: string;
let postgres: EmbeddedPostgres | null = null;
const processes: ChildProcess[] = [];

const startPostgres = async () => {
  postgres = await startEmbeddedPostgres({ dataDir: join(directory, 'data'), settings: { fsync: 'off' } });
};
const stopPostgres = async () => {
  await postgres?.stop();
  postgres = null;
};
let connectionString: string;

beforeAll(async () => {
  directory = newScratch('admit-start-');
  await startPostgres();
  connectionString = (postgres as unknown as EmbeddedPostgres).connectionString;
}, 60_000);
afterEach(async () => {
  for (const each of processes.splice(0)) {
    if (each.exitCode === null && each.signalCode === null) {
      each.kill('SIGKILL');
      await once(each, 'exit');
    }
  }
});
afterAll(async () => {
  await stopPostgres();
  await removeEmbeddedPostgres(join(directory, 'data'));
  rmSync(directory, { recursive: true, force: true });
});

interface Started {
  url: string;
  ended: Promise<number | null>;
  process: ChildProcess;
  /** Messages of the log. */
  log(): string[];
  stderr(): string;
}

async function start(env: Record<string, string> = {}): Promise<Started> {
  const port = await freePort();
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    env: {
      PATH: process.env.PATH,
      ...compileCache,
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: join(directory, 'secrets'),
      DATABASE_URL: connectionString,
      DATABASE_CONNECT_SECONDS: '1',
      ...env,
    },
  });
  processes.push(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    ended: once(child, 'close').then(([code]) => code),
    log: () =>
      said.stdout
        .split('\n')
        .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line).msg as string] : [])),
    stderr: () => said.stderr,
  };
}

const ask = (url: string, path: string) => createClient(url).get(path);
const statusOf = (url: string, path: string) =>
  ask(url, path).then(
    ({ status }) => status,
    () => null,
  );
const isUp = ({ log }: Started) => log().includes('Admit is up');
const patient = { timeout: 60_000 };

test('a process that starts before its database waits, says so, and goes on by itself', async () => {
  await stopPostgres();
  const [api, worker] = await Promise.all([start({ ROLES: 'api' }), start({ ROLES: 'worker' })]);
  const tried =
    /^PostgreSQL at \/\S+ is not ready: nothing takes connections there\. Try \d+ failed, the next is in /;
  for (const { log } of [api, worker])
    await expect.poll(() => log().filter((line) => tried.test(line)).length, patient).toBeGreaterThan(2);
  expect(await ask(api.url, '/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  const ready = await ask(api.url, '/health/ready');
  expect(ready).toMatchObject({ status: 503, body: { status: 'unavailable', database: 'unreachable' } });
  expect(ready.headers.get('retry-after')).toBe('1');
  expect(await ask(api.url, '/api/events')).toMatchObject({
    status: 503,
    body: { code: 'unavailable', retryable: true },
  });
  await startPostgres();
  for (const each of [api, worker]) await expect.poll(() => isUp(each), patient).toBe(true);
  expect(await ask(api.url, '/health/ready')).toMatchObject({ status: 200, body: { database: 'ok' } });
  expect((await ask(api.url, '/api/events')).status).toBe(200);
  // The worker runs: without it nobody would hold an advisory lock in the name of a pool.
  const sql =
    "do $$ begin perform from pg_locks where locktype = 'advisory'; if not found then raise 'no worker'; end if; end $$";
  await expect
    .poll(
      () =>
        runSql(connectionString, sql).then(
          () => true,
          () => false,
        ),
      patient,
    )
    .toBe(true);
});

proof('it waits for a standby or a database that takes no writes, too', async () => {
  await runSql(connectionString, 'alter database admit set default_transaction_read_only = on');
  const started = await start();
  await expect.poll(() => statusOf(started.url, '/health/ready'), patient).toBe(503);
  expect((await ask(started.url, '/health/ready')).body.database).toBe('read_only');
  expect(started.log().join('\n')).toContain('it takes no writes');
  await runSql(
    connectionString,
    'begin read write; alter database admit reset default_transaction_read_only; commit',
  );
  await expect.poll(() => isUp(started), patient).toBe(true);
});

test('a stop ends the wait', async () => {
  await stopPostgres();
  const started = await start();
  await expect.poll(() => statusOf(started.url, '/health/live'), patient).toBe(200);
  started.process.kill('SIGTERM');
  expect(await started.ended).toBe(0);
  expect(started.stderr()).toBe('');
  await startPostgres();
});

proof('and so does DATABASE_WAIT_SECONDS, where an operator has set it', async () => {
  await stopPostgres();
  const started = await start({ DATABASE_WAIT_SECONDS: '1' });
  expect(await started.ended).toBe(1);
  expect(started.stderr()).toMatch(
    /was not ready within DATABASE_WAIT_SECONDS=1: nothing takes connections there\.\n$/,
  );
  await startPostgres();
});

test('a database that refuses ends the start at once, with what to change', async () => {
  const hba = join(realpathSync(join(directory, 'data', 'postgres')), 'pg_hba.conf');
  const before = readFileSync(hba, 'utf8');
  await runSql(connectionString, "create role tenant login password 'right'");
  writeFileSync(hba, `local all tenant scram-sha-256\nlocal all stranger reject\n${before}`);
  await runSql(connectionString, 'select pg_reload_conf()');
  const as = (change: (url: URL) => void) => {
    const url = new URL(connectionString);
    change(url);
    return url.href;
  };
  const refused: [string, string, RegExp][] = [
    [
      'a wrong password',
      as((url) => Object.assign(url, { username: 'tenant', password: 'wrong' })),
      /^PostgreSQL at \S+ lets user "tenant" not in: password authentication failed .* check DATABASE_URL\.\n$/,
    ],
    [
      'no password',
      as((url) => Object.assign(url, { username: 'tenant' })),
      /lets user "tenant" not in: .*password/,
    ],
    [
      'a user that nobody knows',
      as((url) => Object.assign(url, { username: 'nobody' })),
      /lets user "nobody" not in/,
    ],
    [
      'a user that is shut out',
      as((url) => Object.assign(url, { username: 'stranger' })),
      /lets user "stranger" not in/,
    ],
    [
      'no such database',
      as((url) => Object.assign(url, { pathname: '/other' })),
      /has no database "other"\. Create it/,
    ],
  ];
  for (const [what, url, says] of refused) {
    const started = await start({ DATABASE_URL: url });
    expect(await started.ended, what).toBe(1);
    expect(started.stderr(), what).toMatch(says);
    expect(started.stderr(), what).not.toContain('wrong');
    expect(started.log(), what).toEqual([]);
  }
});
