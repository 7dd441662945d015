import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../adapters/postgres/embedded.ts';
import { createDb, type Db } from '../data/db.ts';
import { migrate } from '../data/migrate.ts';
import { newScratch } from './scratch.ts';

/** A PostgreSQL with durable default settings that tests can kill. Its supervisor starts it again. */
export interface Victim {
  connectionString: string;
  db: Db;
  /** Its directory, for other files of the test. */
  directory: string;
  postmasterPid(): number;
  /** Sessions and helpers of the postmaster, those that serve Admit first. */
  childPids(): number[];
  /** A normal restart, fast or immediate. Resolves when it accepts connections again. */
  restart(how: 'fast' | 'immediate'): Promise<void>;
  /** Ends every session but the caller's, or only those of one name. */
  terminate(name?: string): Promise<void>;
  /** SIGSTOP of the postmaster and all its children: nothing answers, and nothing is lost. */
  freeze(): void;
  thaw(): void;
  /** kill -9 of the postmaster and all its children: its memory is lost. */
  killAll(): void;
  close(): Promise<void>;
}

export async function startVictim(settings: Record<string, string> = {}): Promise<Victim> {
  const directory = newScratch('admit-torture-');
  const dataDir = join(directory, 'data');
  const postgres = await startEmbeddedPostgres({ dataDir, settings });
  const { connectionString } = postgres;
  await migrate(connectionString);
  const db = createDb({ connectionString, poolSize: 3 });
  const pidFile = join(realpathSync(join(dataDir, 'postgres')), 'postmaster.pid');
  const postmasterPid = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const childPids = () => childrenOf(postmasterPid());
  /** True if a postmaster other than the previous one answers. While PostgreSQL restarts, there is no file with its pid. */
  const answers = (before: number) =>
    db
      .query('select 1')
      .then(() => postmasterPid() !== before)
      .catch(() => false);
  const all = () => [postmasterPid(), ...childPids()];
  return {
    connectionString,
    db,
    directory,
    postmasterPid,
    childPids,
    async restart(how) {
      const before = postmasterPid();
      kill(before, how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      while (!(await answers(before))) await wait(20);
    },
    async terminate(name) {
      // After a restart PostgreSQL may refuse connections for a moment.
      for (let tries = 1; ; tries++) {
        try {
          await db.query(terminateSql, [name ?? null]);
          return;
        } catch (error) {
          if (tries === 100) throw error;
          await wait(50);
        }
      }
    },
    freeze() {
      for (const pid of all()) kill(pid, 'SIGSTOP');
    },
    thaw() {
      for (const pid of all()) kill(pid, 'SIGCONT');
    },
    killAll() {
      for (const pid of all()) kill(pid, 'SIGKILL');
    },
    async close() {
      await db.close();
      await postgres.stop();
      await removeEmbeddedPostgres(dataDir);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const terminateSql = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid() and ($1::text is null or application_name = $1)`;

/** Finds only the children of a process that this run has started, never by name. */
export function childrenOf(parent: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid, ppid]) => (pid && ppid === parent ? [pid] : []));
}

/** Does nothing if the process is already gone. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
