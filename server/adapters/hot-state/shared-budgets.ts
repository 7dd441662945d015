import type { BudgetName } from '../../../contract/budgets.ts';
import { type Budgets, termsOf, type Wait } from '../../http/budgets.ts';
import { type Redis, script } from './redis.ts';

/**
 * The arithmetic of http/budgets.ts as one step of Redis, by Redis's own clock. A key expires when its budget is full again.
 * Answers how many ms to wait.
 */
const budgetScript = script(`
  local act, cost, window = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
  local time = redis.call('TIME')
  local now = time[1] * 1000 + time[2] / 1000
  local kept = redis.call('GET', KEYS[1])
  local latest = now + window
  local before = math.min(math.max(tonumber(kept or 0), now), latest)
  local function keep(full)
    if full <= now then redis.call('DEL', KEYS[1])
    else redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now)) end
  end
  if act == 'give back' then
    if kept then keep(before - cost) end
    return 0
  end
  local after = before + cost
  if act == 'charge' then
    keep(math.min(after, latest))
    return 0
  end
  local wait = math.max(0, math.ceil(after - latest - 0.001))
  if wait == 0 and act == 'spend' then keep(after) end
  return wait`);

type Act = 'spend' | 'look' | 'charge' | 'give back';

/**
 * Budgets that processes share. Each process keeps its own as well, and asks Redis only if its own budget can pay. So while
 * Redis does not answer, or after it was restarted empty, the process's own budgets hold.
 */
export function shareBudgets(own: Budgets, redis: Redis, factor: number): Budgets {
  const ask = async (act: Act, name: BudgetName, key: string, cost: number): Promise<number> => {
    const { unitMs, windowMs } = termsOf(name, factor);
    const wait = await redis.run(budgetScript, [`budget:${name}:${key}`], [act, cost * unitMs, windowMs]);
    return Math.ceil(((wait as number | null) ?? 0) / 1000);
  };
  return {
    spend(name, key, cost = 1): Wait {
      const wait = own.spend(name, key, cost);
      if (wait !== 0) return wait;
      return ask('spend', name, key, cost).then((shared) => {
        if (shared > 0) own.giveBack(name, key, cost);
        return shared;
      });
    },
    waitFor(name, key, cost = 1): Wait {
      const wait = own.waitFor(name, key, cost);
      return wait !== 0 ? wait : ask('look', name, key, cost);
    },
    async spent(name, key) {
      const here = await own.spent(name, key);
      const { unitMs, windowMs } = termsOf(name, factor);
      // Redis waits until the whole budget can be spent, so the wait is what is spent of it.
      const wait = await redis.run(budgetScript, [`budget:${name}:${key}`], ['look', windowMs, windowMs]);
      return Math.max(here, ((wait as number | null) ?? 0) / unitMs);
    },
    charge(name, key, cost = 1) {
      own.charge(name, key, cost);
      void ask('charge', name, key, cost);
    },
    giveBack(name, key, cost) {
      own.giveBack(name, key, cost);
      void ask('give back', name, key, cost);
    },
  };
}
