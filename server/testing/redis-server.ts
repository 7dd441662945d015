import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { accepts, freePort } from './free-port.ts';

/** A Redis of its own, on a free port of the loopback. It keeps everything in memory, so each start is an empty one. */
export interface RedisServer {
  /** The same after a restart. */
  url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** It keeps its connections and answers nothing, until it goes on. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** `program` is the path of redis-server or valkey-server. Resolves when it accepts connections. */
export async function startRedis(program: string): Promise<RedisServer> {
  const port = await freePort();
  let running: ChildProcess | null = null;
  async function start(): Promise<void> {
    const server = spawn(
      program,
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    running = server;
    let said = '';
    const note = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000);
    };
    server.stdout.on('data', note);
    server.stderr.on('data', note);
    while (!(await accepts(port))) {
      if (server.exitCode !== null) throw new Error(`Redis did not start:\n${said}`);
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
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
    close: kill,
  };
}
