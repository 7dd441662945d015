import { createServer as createNetServer } from 'node:net';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './adapters/postgres/embedded.ts';
import type { App } from './app.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { closeApp, createApp, withUrls } from './create-app.ts';
import { migrate } from './data/migrate.ts';
import { startSweeping } from './features/inventory/sweep-holds.ts';
import { createServer } from './http/server.ts';
import { createLog } from './log.ts';
import type { OnPoint } from './points.ts';
import { loadSecrets } from './secrets.ts';
import { warningsOf } from './warnings.ts';
import { allTasks } from './work/tasks.ts';
import { startWorker } from './work/workers.ts';

export interface Running {
  app: App;
  /** True where this start filled an empty database with the demo. */
  seeded: boolean;
  /** Stops taking requests, finishes those in flight, then closes everything. */
  stop(): Promise<void>;
}

export interface StartOptions {
  clock?: Clock;
  onPoint?: OnPoint;
}

/** Thrown for what the person who starts Admit can put right; its message is all they need. */
export class StartError extends Error {}

/** Starts Admit in this process: database, migrations, demo, API, web, live channel and worker. */
export async function startAdmit(
  config: Config,
  { clock = systemClock, onPoint }: StartOptions = {},
): Promise<Running> {
  const log = createLog(config);
  for (const { code, message } of warningsOf(config)) log.warn({ code }, message);
  const port = await findPort(config);
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of stops.splice(0).reverse()) await close();
  };
  try {
    const connectionString = config.databaseUrl ?? (await startDatabase(config, stops));
    await migrate(connectionString);
    const app = await createApp({
      config: withUrls(config, port),
      connectionString,
      secrets: await loadSecrets(config),
      clock,
      log,
      onPoint,
    });
    stops.push(() => closeApp(app));
    const seeded = config.demo && (await isEmpty(app));
    if (seeded) await (await import('./demo/seed.ts')).seedDemo(app);
    if (config.roles.includes('api')) {
      const http = await createServer(app);
      stops.push(() => http.close());
      await http.listen({ host: config.host, port });
    }
    const sweeping = startSweeping(app);
    stops.push(() => sweeping.stop());
    if (config.roles.includes('worker')) {
      // After the server and stopped before it: the sandbox's webhooks are jobs that call it.
      const worker = await startWorker(app.db, allTasks(app), log);
      stops.push(() => worker.stop());
    }
    return { app, seeded, stop };
  } catch (error) {
    await stop();
    throw error;
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

/** Checks the port before the database starts: a taken one is said at once, and plainly. */
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
