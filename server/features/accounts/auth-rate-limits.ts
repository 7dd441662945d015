import type { BetterAuthRateLimitOptions } from 'better-auth';
import { authRoot } from '../../../contract/addresses.ts';
import * as endpoints from '../../../contract/auth.ts';
import * as credentials from '../../../contract/credentials.ts';
import type { Operation } from '../../../contract/operation.ts';
import type { RateLimit, RateLimits } from '../../http/rate-limits.ts';

/**
 * Limits better-auth's endpoints by address, as their operations declare it. Operations also count by caller
 * (http/bind.ts). The counters are the App's. better-auth would keep them in its module, where all Apps of a process share
 * them.
 */
export function createAuthRateLimits(rateLimits: RateLimits): BetterAuthRateLimitOptions {
  const opened = new Map<string, RateLimit>();
  const open = ({ max, window }: { max: number; window: number }): RateLimit => {
    const name = `better-auth, ${max} in ${window} s`;
    const limit = opened.get(name) ?? rateLimits.open(name, { max, seconds: window });
    opened.set(name, limit);
    return limit;
  };
  return {
    enabled: true,
    window: 60,
    max: 600,
    customRules: declaredRules(),
    customStorage: {
      /** The key is the client's address and the endpoint's path. */
      async consume(key, rule) {
        const retryAfter = await open(rule)(key);
        return { allowed: retryAfter === 0, retryAfter };
      },
    },
  };
}

function declaredRules(): Record<string, { window: number; max: number }> {
  const rules: Record<string, { window: number; max: number }> = {};
  const operations = Object.values({ ...endpoints, ...credentials }).filter(
    (value) => 'method' in value,
  ) as Operation[];
  for (const { path, rateLimit } of operations) {
    if (!path.startsWith(authRoot) || !rateLimit) continue;
    rules[path.slice(authRoot.length - 1)] = { window: rateLimit.seconds, max: rateLimit.max };
  }
  return rules;
}
