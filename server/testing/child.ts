import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Point } from '../points.ts';
import type { Order } from './child-server.ts';
import { compileCache } from './compile-cache.ts';

/** A server in a separate process that tests can kill. */
export interface Child {
  url: string;
  pid: number;
  /** Resolves when the process has ended in any way. */
  ended: Promise<void>;
  /** From now on its clock differs from the real one by this many milliseconds. */
  stepClockTo(offsetMs: number): Promise<void>;
  /** It ends by SIGKILL the next time it reaches the point, or `after` more times later. */
  dieAt(point: Point, after?: number): Promise<void>;
  signal(signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** kill -9, and waits until the process is gone. */
  kill(): Promise<void>;
}

interface ChildOptions {
  connectionString: string;
  /** Stores the secrets, so that the next process accepts the same sessions. */
  dataDir: string;
  /** The same for each process that replaces another. */
  port: number;
  env?: Record<string, string>;
  /** The difference of its clock from the real one at the start. */
  clockOffsetMs?: number;
}

/** Starts a server and resolves when it listens. If it fails, throws with its output. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { connectionString, dataDir, port, env = {}, clockOffsetMs = 0 } = options;
  const program = fileURLToPath(new URL('./child-server.ts', import.meta.url));
  const child = fork(program, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    env: {
      PATH: process.env.PATH,
      ...compileCache,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      RATE_LIMIT_FACTOR: '100000',
      QUEUE_PROOF_FACTOR: '0',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: connectionString,
      CLOCK_OFFSET_MS: String(clockOffsetMs),
      ...env,
    },
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'exit').then(() => {});
  const url = await Promise.race([
    once(child, 'message').then(([message]) => (message as { url: string }).url),
    ended.then(() => null),
  ]);
  if (url === null) throw new Error(`the server did not start:\n${said}`);
  return { url, pid: child.pid as number, ended, ...controls(child, ended) };
}

function controls(child: ChildProcess, ended: Promise<void>) {
  // Waits for the acknowledgement, so that the next request finds it done. A dead server does not answer.
  const send = async (order: Order) => {
    if (!child.connected) return;
    child.send(order, () => {});
    await Promise.race([once(child, 'message'), ended]);
  };
  return {
    stepClockTo: (offsetMs: number) => send({ stepClockTo: offsetMs }),
    dieAt: (point: Point, after = 0) => send({ dieAt: point, after }),
    signal: (signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
