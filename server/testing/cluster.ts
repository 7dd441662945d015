import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.ts';
import { freePort } from './free-port.ts';
import { startNginx } from './nginx.ts';

/** A process of production (`server/main.ts`) with some roles. */
export interface ClusterProcess {
  roles: string;
  url: string;
  /** SIGTERM, and waits until the process is gone. */
  stop(): Promise<void>;
  /** kill -9, and waits until the process is gone. */
  kill(): Promise<void>;
}

/** Several processes behind nginx with deploy/nginx.conf. */
export interface Cluster {
  url: string;
  apis: ClusterProcess[];
  workers: ClusterProcess[];
  /** Starts one more process that nginx knows. */
  addApi(): Promise<ClusterProcess>;
  close(): Promise<void>;
}

interface ClusterOptions {
  /** The path of nginx. */
  nginx: string;
  /** The port of nginx. */
  port?: number;
  env: Record<string, string>;
  apis: number;
  /** How many more nginx knows. */
  spares: number;
  workers: number;
  onWarning?: (line: string) => void;
}

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const port = options.port ?? (await freePort());
  const spares: number[] = [];
  for (let n = 0; n < options.apis + options.spares; n++) spares.push(await freePort());
  const proxy = await startNginx({
    program: options.nginx,
    admitPorts: [...spares],
    ports: { ipv4: port, ipv6: null },
  });
  const { url } = proxy;
  const env = { ...options.env, PUBLIC_URL: options.env.PUBLIC_URL ?? url, TRUST_PROXY: '127.0.0.1' };
  const started: ClusterProcess[] = [];
  const begin = async (roles: string, of: number) => {
    const process = await startProcess({ roles, port: of, env, onWarning: options.onWarning });
    started.push(process);
    return process;
  };
  const addApi = async () => begin('api,realtime', spares.shift() ?? (await freePort()));
  const close = async () => {
    // Workers first, because their jobs call the others.
    await Promise.all(started.filter(({ roles }) => roles.startsWith('worker')).map((each) => each.stop()));
    await Promise.all(started.map((each) => each.stop()));
    await proxy.close();
  };
  try {
    // The first one alone, because it may have to migrate and to make a demo.
    const apis = [await addApi()];
    while (apis.length < options.apis) apis.push(await addApi());
    const workers: ClusterProcess[] = [];
    while (workers.length < options.workers)
      workers.push(await begin('worker,notifications,waitlist', await freePort()));
    return { url, apis, workers, addApi, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface ProcessOptions {
  roles: string;
  port: number;
  env: Record<string, string>;
  onWarning: ((line: string) => void) | undefined;
}

async function startProcess({ roles, port, env, onWarning }: ProcessOptions): Promise<ClusterProcess> {
  const program = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--max-semi-space-size=8', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      ...compileCache,
      ...env,
      HOST: '127.0.0.1',
      PORT: String(port),
      ROLES: roles,
      LOG_LEVEL: 'info',
    },
  });
  // Nothing outlives this process, also if it ends without close().
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  child.once('exit', () => process.off('exit', killed));
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-10_000);
  });
  const isUp = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.includes('"Admit is up"')) isUp.resolve();
    if (/"level":[456]0/.test(line)) onWarning?.(line);
  });
  child.once('exit', () => isUp.reject(new Error(`a process with ROLES=${roles} did not start:\n${said}`)));
  await isUp.promise;
  const end = (signal: 'SIGTERM' | 'SIGKILL') => endWith(child, signal);
  return {
    roles,
    url: `http://127.0.0.1:${port}`,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

async function endWith(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
