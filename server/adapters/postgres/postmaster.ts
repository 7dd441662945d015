/** Starts, watches and stops the PostgreSQL server process of one data directory. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive, psColumn } from './run-lock.ts';
import type { ServerUser } from './server-user.ts';

export const WINDOWS = process.platform === 'win32';

interface Postmaster {
  binaries: string;
  pgData: string;
  user: ServerUser;
  settings: Record<string, string>;
  log: (line: string) => void;
}

const restartPauseMs = 500;

/**
 * Keeps the server running until it is stopped. A killed server is started again and recovers what was committed, and
 * the pool's next connections find it.
 */
export async function supervise(options: Postmaster): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  let server = await launch(options);
  let revival: Promise<void> | undefined;

  /** A failed start, for example on a full disk, is retried until one succeeds. */
  const startAgain = async () => {
    while (!stopping) {
      try {
        server = await launch(options);
        return watch();
      } catch (error) {
        options.log((error as Error).message);
        await wait(restartPauseMs);
      }
    }
  };
  const revive = () => {
    if (stopping) return;
    options.log('PostgreSQL has ended by itself and is started again');
    revival = startAgain();
  };
  const watch = () => {
    if (server.exitCode !== null || server.signalCode !== null) revive();
    else server.once('exit', revive);
  };
  watch();

  return {
    async stop() {
      stopping = true;
      await revival;
      await stopServer(server, options);
    },
  };
}

/** Starts the server and returns when it accepts connections, however long its recovery takes. */
async function launch(options: Postmaster): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt++) {
    const lines: string[] = [];
    const server = spawnServer(options, (line) => {
      lines.push(line);
      if (lines.length > 20) lines.shift();
      options.log(line);
    });
    if (await becomesReady(server, options.pgData)) return server;
    const said = lines.join('\n');
    // After a kill -9 of the server alone, its sessions need a moment to notice. Until then PostgreSQL rightly
    // refuses to open the same files a second time.
    const sessionsRemain = said.includes('pre-existing shared memory block');
    if (!sessionsRemain || attempt === 100)
      throw new Error(`PostgreSQL did not start on ${options.pgData}:\n${said}`);
    await wait(100);
  }
}

function spawnServer(
  { binaries, pgData, user, settings }: Postmaster,
  onLine: (line: string) => void,
): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(binaries, 'bin/postgres'), ['-D', pgData, ...flags], {
    ...processOptions(user),
    // A separate session: Ctrl-C in the terminal must reach only Admit, which stops its parts in order.
    detached: !WINDOWS,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  server.on('error', (error) => onLine(error.message));
  createInterface({ input: server.stderr! }).on('line', onLine);
  // A program with nothing else to do may end. The hook then stops the server.
  server.unref();
  (server.stderr as unknown as { unref(): void }).unref();
  const stopWithProcess = () => signalStop(server, 'SIGINT');
  process.on('exit', stopWithProcess);
  server.once('close', () => process.off('exit', stopWithProcess));
  return server;
}

/** Keeps PGPORT, PGDATA, locale and the like in the caller's environment away from PostgreSQL's programs. */
export function processOptions(user: ServerUser) {
  return WINDOWS ? {} : { ...user, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } };
}

async function becomesReady(server: ChildProcess, pgData: string): Promise<boolean> {
  let ended = server.pid === undefined;
  server.once('close', () => {
    ended = true;
  });
  while (!ended) {
    const lines = pidFileLines(pgData);
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return true;
    await wait(10);
  }
  return false;
}

async function stopServer(server: ChildProcess, { log }: Postmaster): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  server.ref();
  const ended = once(server, 'exit');
  const patience = setTimeout(() => {
    log('PostgreSQL takes too long to stop and is stopped at once; it recovers on the next start');
    signalStop(server, 'SIGQUIT');
  }, 60_000);
  signalStop(server, 'SIGINT');
  await ended;
  clearTimeout(patience);
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one. Windows has neither: there it recovers. */
function signalStop(server: ChildProcess, signal: 'SIGINT' | 'SIGQUIT'): void {
  if (WINDOWS) spawnSync('taskkill', ['/pid', String(server.pid), '/f', '/t']);
  else server.kill(signal);
}

/** Stops a server whose Admit process crashed. Called with the lock held. */
export async function stopOrphan(pgData: string): Promise<void> {
  const [first, ...rest] = pidFileLines(pgData);
  const pid = Number(first);
  if (!(pid > 0)) {
    // PostgreSQL refuses to start over an empty file, which a machine's reset can leave.
    rmSync(join(pgData, 'postmaster.pid'), { force: true });
    return;
  }
  if (!isPostmasterOf(pid, pgData)) {
    // PostgreSQL recognises a stale file unless its pid now belongs to another process of the same user, as happens
    // after a machine or container restarts. It treats its parent's pid as stale, so this writes our pid. The other
    // lines must stay, because they tell PostgreSQL whether sessions of the dead server still run.
    writeFileSync(join(pgData, 'postmaster.pid'), [process.pid, ...rest].join('\n'));
    return;
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 20) {
      if (!isPostmasterOf(pid, pgData)) return;
      await wait(20);
    }
  }
  throw new Error(`A PostgreSQL server left by a crash (pid ${pid}) does not stop`);
}

/** True if this process is the PostgreSQL server of this data directory. The path must be a real one. */
function isPostmasterOf(pid: number, pgData: string): boolean {
  if (!isAlive(pid)) return false;
  if (WINDOWS) return true;
  if (process.platform !== 'linux') return psColumn(pid, 'command').includes(pgData);
  try {
    // The postmaster's working directory is its data directory. Only its own children share it.
    return readlinkSync(`/proc/${pid}/cwd`) === pgData;
  } catch {
    return false;
  }
}

/** The first line is the pid, the eighth the state. */
function pidFileLines(pgData: string): string[] {
  try {
    return readFileSync(join(pgData, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}
