import { createHash } from 'node:crypto';
import { createClient } from '@redis/client';
import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';

/**
 * A request waits for Redis at most so often so long. Redis answers within a millisecond, so a longer wait means trouble. One
 * long timer would also fire if this process was busy and has not read the answer yet; short ones count that as one look.
 */
const lookEveryMs = 20;
const mostLooks = 8;
/** After trouble nobody asks Redis for so long, so that a slow Redis delays one request a second and not each. */
const restMs = 1000;

/** A script that Redis runs as one step. Redis knows it by the hash of its text. */
export interface Script {
  text: string;
  sha: string;
}

export const script = (text: string): Script => ({
  text,
  sha: createHash('sha1').update(text).digest('hex'),
});

/** Redis, or a server that speaks its protocol. Nothing fails without it: the caller of a script then gets null. */
export interface Redis {
  /** Resolves to null if Redis is away, slow, full or resting. It never rejects. */
  run(script: Script, keys: string[], values: (string | number)[]): Promise<unknown>;
  close(): Promise<void>;
}

type Parts = Pick<App, 'log' | 'metrics'> & { url: string };

/** Connects in the background and reconnects by itself, so that a start does not wait for Redis. */
export function openRedis({ url, log, metrics }: Parts): Redis {
  const client = createClient({
    url,
    name: 'admit',
    // Without this the client would keep the questions of an outage and ask them all at its end.
    disableOfflineQueue: true,
    // A frozen server sends nothing, not even the answer to a ping. Then the client makes a new connection.
    pingInterval: 1000,
    socket: {
      connectTimeout: 2000,
      socketTimeout: 4000,
      reconnectStrategy: (attempts) => Math.min(50 * 2 ** attempts, 2000),
    },
  });
  let reason: string | null = null;
  let restUntilMs = 0;
  const note = (error: Error) => {
    restUntilMs = systemClock.monotonicMs() + restMs;
    metrics.redisFailures.inc();
    // One line for each outage, and not one for each attempt.
    if (reason === null)
      log.warn(
        { reason: error.message },
        'Redis does not answer; limits count per process, live counters come from the tables',
      );
    reason = error.message;
  };
  const recover = () => {
    if (reason !== null) log.info({ after: reason }, 'Redis answers again');
    reason = null;
  };
  client.on('error', note);
  client.connect().catch(() => {});

  async function evaluate({ text, sha }: Script, keys: string[], values: (string | number)[]) {
    const options = { keys, arguments: values.map(String) };
    try {
      return await client.evalSha(sha, options);
    } catch (error) {
      // A Redis that was restarted has forgotten its scripts.
      if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
      return client.eval(text, options);
    }
  }

  return {
    async run(given, keys, values) {
      if (!client.isReady || systemClock.monotonicMs() < restUntilMs) return null;
      const late = Promise.withResolvers<never>();
      let looks = 0;
      const timer = setInterval(() => {
        looks += 1;
        if (looks === mostLooks) late.reject(new Error(`no answer in ${mostLooks * lookEveryMs} ms`));
      }, lookEveryMs);
      try {
        const answer = await Promise.race([evaluate(given, keys, values), late.promise]);
        recover();
        return answer;
      } catch (error) {
        note(error as Error);
        return null;
      } finally {
        clearInterval(timer);
      }
    },
    async close() {
      client.destroy();
    },
  };
}
