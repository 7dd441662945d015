import type { App } from '../../app.ts';
import { createBudgets } from '../../http/budgets.ts';
import { createRateLimits } from '../../http/rate-limits.ts';

/** What changes all the time and may be lost: who asked how often, and the figures that move during a sale. */
interface HotState extends Pick<App, 'rateLimits' | 'budgets' | 'counters'> {
  close(): Promise<void>;
}

/** Keeps hot state in this process, and shares it through Redis where REDIS_URL is given. Only then the client is loaded. */
export async function createHotState(
  parts: Pick<App, 'config' | 'clock' | 'log' | 'metrics'>,
): Promise<HotState> {
  const { config, clock } = parts;
  const factor = config.rateLimitFactor;
  const own = { rateLimits: createRateLimits(clock, factor), budgets: createBudgets(clock, factor) };
  if (!config.redisUrl) return { ...own, counters: null, close: async () => {} };
  const { openRedis } = await import('./redis.ts');
  const { shareRateLimits } = await import('./shared-rate-limits.ts');
  const { shareCounters } = await import('./shared-counters.ts');
  const { shareBudgets } = await import('./shared-budgets.ts');
  const redis = openRedis({ ...parts, url: config.redisUrl });
  return {
    rateLimits: shareRateLimits(own.rateLimits, redis, factor),
    budgets: shareBudgets(own.budgets, redis, factor),
    counters: shareCounters(redis),
    close: redis.close,
  };
}
