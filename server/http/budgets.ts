import { type BudgetName, budgets } from '../../contract/budgets.ts';
import type { Clock } from '../clock.ts';

/** Seconds until the budget can pay; 0 if it has paid. A promise if the budgets are stored outside the process. */
export type Wait = number | Promise<number>;

/** Budgets in this process's memory, by a key: an account, a network, an event. */
export interface Budgets {
  /** Pays and returns 0, or pays nothing and returns the wait. */
  spend(name: BudgetName, key: string, cost?: number): Wait;
  /** Returns the wait until the budget could pay this cost, and pays nothing. */
  waitFor(name: BudgetName, key: string, cost?: number): Wait;
  /** Returns how many units are spent and not back yet, also fractions. Costs more than `waitFor` where processes share budgets. */
  spent(name: BudgetName, key: string): number | Promise<number>;
  /** Pays even if the budget is empty, for a harm that has already happened. */
  charge(name: BudgetName, key: string, cost?: number): void;
  giveBack(name: BudgetName, key: string, cost: number): void;
}

/** Maximum number of keys per budget, about 10 MB for each budget that is this busy. */
const rememberedKeys = 100_000;

/** The two durations of a budget: how long one unit takes to come back, and how far it may be overspent. */
export function termsOf(name: BudgetName, factor: number): { unitMs: number; windowMs: number } {
  const { max, seconds } = budgets[name];
  const windowMs = seconds * 1000;
  return { unitMs: windowMs / Math.max(1, Math.round(max * factor)), windowMs };
}

/**
 * Implements the generic cell rate algorithm. It stores one number per key: the instant when the budget will be full
 * again. It refuses a cost that would move this instant further ahead than the window. No window has a fixed end, so
 * nobody gets twice the budget by waiting for one.
 */
export function createBudgets(clock: Pick<Clock, 'now'>, factor: number): Budgets {
  const kept = new Map<BudgetName, ReturnType<typeof createInstants>>();
  const open = (name: BudgetName) => {
    let instants = kept.get(name);
    if (!instants) {
      instants = createInstants(rememberedKeys);
      kept.set(name, instants);
    }
    return { ...termsOf(name, factor), instants, nowMs: clock.now().getTime() };
  };
  /** Computes the instant before and after a cost, and how long the caller must wait to afford it. */
  const weigh = (name: BudgetName, key: string, cost: number) => {
    const { unitMs, windowMs, instants, nowMs } = open(name);
    const latestMs = nowMs + windowMs;
    // After a machine's clock was set back, nobody waits longer than the window.
    const beforeMs = Math.min(Math.max(instants.get(key) ?? 0, nowMs), latestMs);
    const afterMs = beforeMs + cost * unitMs;
    // Rounding errors: a millionth of a second must not become a wait of one more second.
    const wait = Math.max(0, Math.ceil((afterMs - latestMs) / 1000 - 1e-6));
    return { instants, beforeMs, afterMs, latestMs, wait };
  };
  return {
    spend(name, key, cost = 1) {
      const { instants, beforeMs, afterMs, wait } = weigh(name, key, cost);
      // A refused key is written too, so that it stays in the map longer.
      instants.set(key, wait === 0 ? afterMs : beforeMs);
      return wait;
    },
    waitFor: (name, key, cost = 1) => weigh(name, key, cost).wait,
    spent(name, key) {
      const { unitMs, instants, nowMs } = open(name);
      return Math.max(0, ((instants.get(key) ?? 0) - nowMs) / unitMs);
    },
    charge(name, key, cost = 1) {
      const { instants, afterMs, latestMs } = weigh(name, key, cost);
      instants.set(key, Math.min(afterMs, latestMs));
    },
    giveBack(name, key, cost) {
      const { unitMs, instants } = open(name);
      const fullMs = instants.get(key);
      if (fullMs !== undefined) instants.set(key, fullMs - cost * unitMs);
    },
  };
}

/**
 * A map of two generations. When the younger one is full it replaces the older one, so keys without recent use
 * disappear.
 */
function createInstants(limit: number) {
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  return {
    get: (key: string): number | undefined => young.get(key) ?? old.get(key),
    set(key: string, fullMs: number): void {
      if (young.size >= limit / 2 && !young.has(key)) {
        old = young;
        young = new Map();
      }
      young.set(key, fullMs);
    },
  };
}
