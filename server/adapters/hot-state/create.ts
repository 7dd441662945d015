import type { App } from '../../app.ts';
import { createBudgets } from '../../http/budgets.ts';
import { createRateLimits } from '../../http/rate-limits.ts';

/** What changes with every request and may be lost: who asked how often. */
interface HotState extends Pick<App, 'rateLimits' | 'budgets'> {
  close(): Promise<void>;
}

/** Keeps hot state in this process, and shares it through Redis where REDIS_URL is given. Only then the client is loaded. */
export async function createHotState(
  parts: Pick<App, 'config' | 'clock' | 'log' | 'metrics'>,
): Promise<HotState> {
  const { config, clock } = parts;
  const factor = config.rateLimitFactor;
  const own = { rateLimits: createRateLimits(clock, factor), budgets: createBudgets(clock, factor) };
  if (!config.redisUrl) return { ...own, close: async () => {} };
  const { openRedis } = await import('./redis.ts');
  const { shareRateLimits } = await import('./shared-rate-limits.ts');
  const { shareBudgets } = await import('./shared-budgets.ts');
  const redis = openRedis({ ...parts, url: config.redisUrl });
  return {
    rateLimits: shareRateLimits(own.rateLimits, redis, factor),
    budgets: shareBudgets(own.budgets, redis, factor),
    close: redis.close,
  };
}
