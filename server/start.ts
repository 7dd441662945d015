import { createServer as createNetServer } from 'node:net';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './adapters/postgres/embedded.ts';
import type { App } from './app.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { type AppParts, closeApp, createApp, withUrls } from './create-app.ts';
import { isDatabaseUnavailable } from './data/database-trouble.ts';
import { migrate } from './data/migrate.ts';
import { createDatabaseWait } from './data/wait-for-database.ts';
import { startSweeping } from './features/inventory/sweep-holds.ts';
import { notificationsTasks } from './features/notifications/tasks.ts';
import { startKeeping } from './features/waiting-room/keep-rooms.ts';
import { startWebhooks } from './features/webhooks-out/dispatch.ts';
import type { Leaving } from './http/drain.ts';
import { createServer } from './http/server.ts';
import { createWaitingServer } from './http/waiting-server.ts';
import { createLog } from './log.ts';
import { countRequests } from './metrics.ts';
import type { OnPoint } from './points.ts';
import { listens } from './roles.ts';
import { loadSecrets } from './secrets.ts';
import { StartError } from './start-error.ts';
import { traceTasks } from './traces.ts';
import { warningsOf } from './warnings.ts';
import type { TaskHandlers } from './work/jobs.ts';
import { allTasks } from './work/tasks.ts';
import { startWorker } from './work/workers.ts';

export interface Running {
  app: App;
  /** True if this start filled an empty database with the demo. */
  seeded: boolean;
  /** Accepts no more requests, finishes the running ones, then closes everything. */
  stop(): Promise<void>;
  /** The same, while siblings go on listening on the port. */
  handOver(): Promise<void>;
}

interface StartOptions {
  clock?: Clock;
  onPoint?: OnPoint;
  /** Ends a start that waits for its database. */
  signal?: AbortSignal;
}

/**
 * Starts Admit in this process: database, migrations, demo, API, web, live channel and worker. If the database is
 * unavailable, it waits and continues by itself (docs/operations.md).
 */
export async function startAdmit(
  config: Config,
  { clock = systemClock, onPoint, signal }: StartOptions = {},
): Promise<Running> {
  const log = createLog(config);
  const warnings = warningsOf(config);
  for (const { code, message } of warnings) log.warn({ code }, message);
  // Siblings share a port, and a probe would take one of its connections.
  const port = config.sibling ? config.port : await findPort(config);
  const stops: (() => Promise<void>)[] = [];
  const way: { leaves: Leaving } = { leaves: 'port' };
  const stop = () => stopAll(stops);
  const handOver = () => {
    way.leaves = 'siblings';
    return stop();
  };
  const waiting =
    listens(config.roles) && (config.sibling?.isFirst ?? true)
      ? createWaitingServer({ host: config.host, port, warnings: warnings.map(({ code }) => code) })
      : null;
  try {
    const connectionString = config.databaseUrl ?? (await startDatabase(config, stops));
    const directConnectionString = config.databaseDirectUrl ?? connectionString;
    const secrets = await loadSecrets(config);
    const database = createDatabaseWait({
      connectionString,
      deadlines: config.databaseDeadlines,
      patienceMs: config.databaseWaitMs,
      clock,
      log,
      onAway: (state) => waiting?.say(state),
      signal,
    });
    for (;;) {
      const begun: typeof stops = [];
      try {
        await database.look();
        await migrate(directConnectionString);
        const urls = { connectionString, directConnectionString };
        const parts = { config: withUrls(config, port), ...urls, secrets, clock, log, onPoint };
        const { app, seeded } = await begin(parts, begun, way, () => waiting?.close());
        stops.push(() => stopAll(begun));
        return { app, seeded, stop, handOver };
      } catch (error) {
        await stopAll(begun);
        await database.pauseAfter(error);
      }
    }
  } catch (error) {
    await waiting?.close();
    await stop();
    throw error;
  }
}

/** Starts everything that needs a working database. `stops` collects how to undo each step, even if this throws. */
async function begin(
  parts: AppParts,
  stops: (() => Promise<void>)[],
  way: { leaves: Leaving },
  freePort: () => Promise<void> | undefined,
): Promise<{ app: App; seeded: boolean }> {
  const { config, log } = parts;
  const app = await createApp(parts);
  stops.push(() => closeApp(app));
  const seeded = config.demo && (await isEmpty(app));
  if (seeded) await seed(app, parts);
  let drain = async () => {};
  if (listens(config.roles)) {
    const http = await createServer(app);
    stops.push(() => http.close());
    await freePort();
    await http.listen({ host: config.host, port: config.port });
    drain = () => http.drain.run(config.drainMs, way.leaves);
  }
  if (config.roles.includes('api') || config.roles.includes('worker')) {
    const sweeping = startSweeping(app);
    const keeping = startKeeping(app);
    stops.push(
      () => sweeping.stop(),
      () => keeping.stop(),
    );
  }
  if (config.roles.includes('worker')) {
    const webhooks = startWebhooks(app);
    stops.push(() => webhooks.stop());
  }
  const tasks = tasksOf(app);
  if (tasks) {
    // Started after the server and stopped before it, because the sandbox's webhooks are jobs that call the server.
    const worker = await startWorker(app.db, traceTasks(tasks, app.traces), log, () =>
      countRequests(app.metrics),
    );
    stops.push(() => worker.stop());
  }
  // Undone first: while balancers notice that this process leaves, it works as before.
  stops.push(() => drain());
  return { app, seeded };
}

/** The jobs that this process runs. */
function tasksOf(app: App): TaskHandlers | null {
  const { roles } = app.config;
  if (roles.includes('worker')) return allTasks(app);
  return roles.includes('notifications') ? notificationsTasks(app) : null;
}

async function stopAll(stops: (() => Promise<void>)[]): Promise<void> {
  for (const close of stops.splice(0).reverse()) await close();
}

async function seed(app: App, parts: AppParts): Promise<void> {
  try {
    await (await import('./demo/seed.ts')).seedDemo(app, (clock) => createApp({ ...parts, clock }));
  } catch (error) {
    // The next start would take half a demo for a whole one.
    if (!isDatabaseUnavailable(error)) throw error;
    throw new StartError(
      'The database went away while the demo was made. `npm run reset` removes the half that is there.',
    );
  }
}

async function startDatabase(config: Config, stops: (() => Promise<void>)[]): Promise<string> {
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir: config.dataDir });
  stops.push(() => postgres.stop());
  return postgres.connectionString;
}

async function isEmpty(app: App): Promise<boolean> {
  const rows = await app.db.query('select 1 as one from users limit 1');
  return rows.length === 0;
}

/** Checks the port before the database starts, so that a port in use is reported at once with a clear message. */
function findPort(config: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createNetServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `Port ${config.port} on ${config.host} is taken. Stop what uses it, or start with PORT=<another>.`,
        EACCES: `Port ${config.port} may not be used by this user. Start with a PORT of 1024 or above.`,
        EADDRNOTAVAIL: `HOST=${config.host} is not an address of this machine.`,
        ENOTFOUND: `HOST=${config.host} is not an address of this machine.`,
      };
      reject(
        new StartError(reasons[error.code ?? ''] ?? `Port ${config.port} can't be used: ${error.message}`),
      );
    });
    probe.listen(config.port, config.host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : config.port));
    });
  });
}
