/** Starts the measured servers, each in its own process, as in production. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { metricsToken } from './ledger-metrics.ts';

export interface ServerProcess {
  pid: number;
  port: number;
  url: string;
  /** Time from the start of the process until its first answer. */
  startedInMs: number;
  /** Pauses the server while `work` runs, so that its remaining work does not slow the baseline. */
  paused<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** The settings that production requires, the same for every server of a run. */
export function productionEnv(connectionString: string): Record<string, string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    // No proxy has to leave a server that stops.
    DRAIN_SECONDS: '0',
    DATABASE_URL: connectionString,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    TICKET_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    METRICS_TOKEN: metricsToken,
    SANDBOX_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64url')}`,
  };
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The command in README for production. */
const nodeFlags = ['--max-semi-space-size=8'];
const nodeEnv = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/admit') };

interface ServerOptions {
  env: Record<string, string>;
  /** The directory of its log and its profile. */
  directory: string;
  /** Write a CPU profile when it stops. */
  profile?: boolean;
  port?: number;
}

export async function startServer({
  env,
  directory,
  profile,
  port: given,
}: ServerOptions): Promise<ServerProcess> {
  const port = given ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(directory, `server-${port}.log`);
  const log = openSync(logFile, 'a');
  const startMs = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...nodeFlags,
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${directory}`] : []),
      join(root, 'server/main.ts'),
    ],
    {
      cwd: directory,
      stdio: ['ignore', log, log],
      // From the caller's environment only what every program needs.
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PUBLIC_URL: url,
        ...nodeEnv,
        ...env,
        PORT: String(port),
      },
    },
  );
  await becomesReady(child, url, logFile);
  return {
    pid: child.pid as number,
    port,
    url,
    startedInMs: performance.now() - startMs,
    async paused(work) {
      child.kill('SIGSTOP');
      try {
        return await work();
      } finally {
        child.kill('SIGCONT');
      }
    },
    stop: () => stop(child, logFile),
  };
}

async function becomesReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  for (let tries = 0; tries < 6000; tries++) {
    if (child.exitCode !== null)
      throw new Error(`The server did not start:\n${readFileSync(logFile, 'utf8').slice(-4000)}`);
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await wait(10);
  }
  throw new Error(`The server did not become ready:\n${readFileSync(logFile, 'utf8').slice(-4000)}`);
}

async function stop(child: ChildProcess, logFile: string): Promise<void> {
  if (child.exitCode !== null)
    throw new Error(`The server ended by itself:\n${readFileSync(logFile, 'utf8').slice(-4000)}`);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await ended;
  clearTimeout(patience);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export interface EmptyServer {
  port: number;
  pid: number;
  /** The answer of its routes: as many bytes as those of the measured operation. */
  answer(method: 'post' | 'get', status: number, bytes: number): Promise<void>;
  stop(): void;
}

export async function startEmptyServer(): Promise<EmptyServer> {
  const child = fork(fileURLToPath(new URL('empty-server.ts', import.meta.url)), {
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    pid: child.pid as number,
    async answer(method, status, bytes) {
      child.send({ method, status, bytes });
      await once(child, 'message');
    },
    stop: () => child.disconnect(),
  };
}
