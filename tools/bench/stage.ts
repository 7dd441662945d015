/** Sets up a bench: its own PostgreSQL, the server under test, the empty server and the load. */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../server/adapters/postgres/embedded.ts';
import { createCaches } from '../../server/caches.ts';
import { systemClock } from '../../server/clock.ts';
import { createDb, type Db } from '../../server/data/db.ts';
import { migrate } from '../../server/data/migrate.ts';
import { openNotices } from '../../server/data/notices.ts';
import type { Accounts } from '../../server/features/accounts/accounts.ts';
import { createAccounts } from '../../server/features/accounts/create-accounts.ts';
import { moveBuyer } from '../../server/features/purchases/move-buyer.ts';
import { createRateLimits } from '../../server/http/rate-limits.ts';
import { createNewId, type NewId } from '../../server/ids.ts';
import { createLog } from '../../server/log.ts';
import { type Baselines, startBaselines } from './baselines.ts';
import { type LoadProcess, startLoad } from './load-process.ts';
import { putTreeFirst } from './priority.ts';
import {
  type EmptyServer,
  productionEnv,
  type ServerProcess,
  startEmptyServer,
  startServer,
} from './server-process.ts';
import { startStatements, statementSettings } from './statements.ts';

export interface Stage {
  directory: string;
  connectionString: string;
  /** For creating and counting data. The server under test has its own connections. */
  db: Db;
  accounts: Accounts;
  newId: NewId;
  /** The settings of the server under test. */
  env: Record<string, string>;
  /** The server under test. */
  server: ServerProcess;
  empty: EmptyServer;
  load: LoadProcess;
  baselines: Baselines;
  postmasterPid: number;
  /** Starts another process of the same server on the same database. */
  another(): Promise<ServerProcess>;
  /** Waits until the relay has published everything that is committed. Returns the ms that it took. */
  settle(): Promise<number>;
  close(): Promise<void>;
}

export interface StageOptions {
  profile?: boolean;
  priority?: boolean;
  /** Settings of the server under test. */
  env?: Record<string, string>;
  /** Runs on the migrated database before the server starts. */
  prepare?: (db: Db) => Promise<void>;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const closers: (() => Promise<unknown> | unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const directory = mkdtempSync(join(tmpdir(), 'admit-bench-'));
    closers.push(() => rmSync(directory, { recursive: true, force: true }));
    const dataDir = join(directory, 'data');
    const postgres = await startEmbeddedPostgres({
      dataDir,
      ...(options.profile && { settings: statementSettings }),
    });
    closers.push(() => removeEmbeddedPostgres(dataDir));
    closers.push(() => postgres.stop());
    const { connectionString } = postgres;
    const postmasterPid = Number(
      readFileSync(join(realpathSync(join(dataDir, 'postgres')), 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    if (options.priority) closers.push(putTreeFirst(postmasterPid));
    await migrate(connectionString);
    const db = createDb({ connectionString, poolSize: 4 });
    closers.push(() => db.close());
    if (options.profile) await startStatements(db);
    await options.prepare?.(db);

    const env = { ...productionEnv(connectionString), ...options.env };
    const server = await startServer({ env, directory, profile: options.profile ?? false });
    let stopped = false;
    closers.push(() => (stopped ? undefined : server.stop()));
    const newId = createNewId(systemClock);
    const log = createLog({ logLevel: 'error' });
    const notices = await openNotices({ connection: { connectionString, name: 'notices' }, log });
    closers.push(() => notices.close());
    const accounts = await createAccounts({
      notices,
      callers: createCaches().callers,
      rateLimits: createRateLimits(systemClock, 1),
      config: { env: 'production', publicUrl: server.url },
      connectionTo: (name) => ({ connectionString, name }),
      sessionSecret: env.SESSION_SECRET as string,
      db,
      clock: systemClock,
      newId,
      moveBuyer,
      log,
    });
    closers.push(() => accounts.close());
    const empty = await startEmptyServer();
    closers.push(() => empty.stop());
    const load = startLoad(directory);
    closers.push(() => load.stop());
    const baselines = startBaselines(connectionString);
    closers.push(() => baselines.stop());
    return {
      directory,
      connectionString,
      db,
      accounts,
      newId,
      env,
      empty,
      load,
      baselines,
      postmasterPid,
      server: {
        ...server,
        async stop() {
          stopped = true;
          await server.stop();
        },
      },
      async another() {
        const second = await startServer({ env, directory });
        closers.push(() => second.stop());
        return second;
      },
      settle: () => settle(db),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const behindSql = `
  select exists (
    select from outbox
    where id > coalesce((select min(id) from outbox_cursors), 0)) as behind`;

async function settle(db: Db): Promise<number> {
  const startMs = performance.now();
  for (;;) {
    const [row] = await db.query<{ behind: boolean }>(behindSql);
    if (!row?.behind) return performance.now() - startMs;
    if (performance.now() - startMs > 120_000) throw new Error('the outbox relay does not keep up');
    await wait(20);
  }
}
