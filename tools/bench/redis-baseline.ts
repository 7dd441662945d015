import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

interface RedisBaseline {
  port: number;
  stop(): Promise<void>;
}

/** Starts the route of redis-route.ts with its own Redis. Null if there is no redis-server. */
export async function startRedis(directory: string, replyBytes: number): Promise<RedisBaseline | null> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  const path = join(directory, 'redis.sock');
  const settings = [
    '--port',
    '0',
    '--unixsocket',
    path,
    '--dir',
    directory,
    '--appendonly',
    'yes',
    '--appendfsync',
    'everysec',
  ];
  const redis = spawn('redis-server', [...settings, '--save', '', '--daemonize', 'no'], { stdio: 'ignore' });
  for (let tries = 0; tries < 500 && !existsSync(path); tries++) await wait(10);
  const route = fork(fileURLToPath(new URL('redis-route.ts', import.meta.url)), [path, String(replyBytes)], {
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [port] = (await once(route, 'message')) as [number];
  return {
    port,
    async stop() {
      route.disconnect();
      const ended = once(redis, 'exit');
      redis.kill('SIGTERM');
      await ended;
    },
  };
}
