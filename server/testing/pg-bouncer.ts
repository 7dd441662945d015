import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serverUser } from '../adapters/postgres/server-user.ts';
import { accepts, freePort } from './free-port.ts';

/** A PgBouncer in session mode in front of one database, with the settings of docs/operations.md, on a free port of the loopback. */
export interface PgBouncer {
  /** The same after a restart. */
  connectionString: string;
  /** kill -9, and waits until the process is gone. */
  kill(): Promise<void>;
  /** Starts it again, on its port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** `program` is the path of pgbouncer, `target` the database. Resolves when it accepts connections. */
export async function startPgBouncer(program: string, target: string): Promise<PgBouncer> {
  const folder = mkdtempSync(join(tmpdir(), 'admit-pgbouncer-'));
  const file = join(folder, 'pgbouncer.ini');
  const port = await freePort();
  const to = new URL(target);
  writeFileSync(
    file,
    [
      '[databases]',
      `admit = host=${decodeURIComponent(to.hostname)} port=${to.port} dbname=${to.pathname.slice(1)} user=${to.username}`,
      '[pgbouncer]',
      `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
      'auth_type = any',
      'pool_mode = session\ndefault_pool_size = 60\nmax_client_conn = 200',
      'ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout',
    ].join('\n'),
  );
  // PgBouncer refuses to run as root.
  const user = serverUser(folder);
  for (const path of [folder, file])
    if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
  let running: ChildProcess | null = null;
  async function start(): Promise<void> {
    const server = spawn(program, ['--quiet', file], {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running = server;
    let said = '';
    const note = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000);
    };
    server.stdout.on('data', note);
    server.stderr.on('data', note);
    while (!(await accepts(port))) {
      if (server.exitCode !== null) throw new Error(`PgBouncer did not start:\n${said}`);
      await wait(20);
    }
  }
  async function kill(): Promise<void> {
    const server = running;
    running = null;
    if (!server || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }
  await start();
  return {
    connectionString: `postgres://admit@127.0.0.1:${port}/admit`,
    start,
    kill,
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
