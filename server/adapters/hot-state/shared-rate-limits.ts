import { gather } from '../../gather.ts';
import { type RateLimits, scaledMax } from '../../http/rate-limits.ts';
import { type Redis, script } from './redis.ts';

/** Counts a request for each key, in a window that begins with the caller's first request. Answers how many ms to wait. */
const countScript = script(`
  local waits = {}
  for i, key in ipairs(KEYS) do
    local count = redis.call('INCR', key)
    if count == 1 then redis.call('PEXPIRE', key, ARGV[2 * i]) end
    waits[i] = count > tonumber(ARGV[2 * i - 1]) and math.max(1, redis.call('PTTL', key)) or 0
  end
  return waits`);

interface Counted {
  key: string;
  max: number;
  windowMs: number;
}

/** Maximum number of requests that one script counts: Redis does nothing else meanwhile. */
const mostPerScript = 200;

/**
 * Rate limits that processes share. Each process counts for itself as well, and asks Redis only about a caller whom its own
 * count lets through. So a process refuses a stampede of one caller alone, and while Redis does not answer the process's
 * own count holds.
 */
export function shareRateLimits(own: RateLimits, redis: Redis, factor: number): RateLimits {
  // Requests that arrive while Redis counts are counted together next.
  const count = gather<Counted, number>(async (all) => {
    const keys = all.map(({ key }) => key);
    const values = all.flatMap(({ max, windowMs }) => [max, windowMs]);
    const waits = (await redis.run(countScript, keys, values)) as number[] | null;
    return waits ?? all.map(() => 0);
  }, mostPerScript);
  return {
    open(name, declared) {
      const ownLimit = own.open(name, declared);
      const max = scaledMax(declared.max, factor);
      const windowMs = declared.seconds * 1000;
      return (caller) => {
        const wait = ownLimit(caller);
        if (wait !== 0) return wait;
        return count({ key: `rate:${name}:${caller}`, max, windowMs }).then((ms) => Math.ceil(ms / 1000));
      };
    },
  };
}
