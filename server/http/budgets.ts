import { type BudgetName, budgets } from '../../contract/budgets.ts';
import type { Clock } from '../clock.ts';

/** Seconds until the spending could be paid; 0 where it was. A promise where the budgets are kept elsewhere. */
export type Wait = number | Promise<number>;

/** Budgets that this process keeps in memory, by a key: an account, a network, an event. */
export interface Budgets {
  /** Pays, or says how long to wait and pays nothing. */
  spend(name: BudgetName, key: string, cost?: number): Wait;
  /** Says how long to wait before so much could be paid. */
  waitFor(name: BudgetName, key: string, cost?: number): Wait;
  /** Pays even what is not there, for a harm that has happened. */
  charge(name: BudgetName, key: string, cost?: number): void;
  giveBack(name: BudgetName, key: string, cost: number): void;
}

/** Keys of one budget that are remembered; about 10 MB for each budget that so many use at once. */
const rememberedKeys = 100_000;

/** What a budget's arithmetic needs: how long one unit takes to come back, and how much debt it bears. */
export function termsOf(name: BudgetName, factor: number): { unitMs: number; windowMs: number } {
  const { max, seconds } = budgets[name];
  const windowMs = seconds * 1000;
  return { unitMs: windowMs / Math.max(1, Math.round(max * factor)), windowMs };
}

/**
 * The generic cell rate algorithm: a key has one number, the instant when all that was spent has come back. Nothing
 * is spent while that would lie further ahead than the window. No window ends at a fixed instant, so nobody
 * gets twice as much by waiting for one.
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
  /** The instant before and after so much more was spent, and for how long that is too much. */
  const weigh = (name: BudgetName, key: string, cost: number) => {
    const { unitMs, windowMs, instants, nowMs } = open(name);
    const latestMs = nowMs + windowMs;
    // A machine's clock that was set back makes nobody wait longer than the window.
    const beforeMs = Math.min(Math.max(instants.get(key) ?? 0, nowMs), latestMs);
    const afterMs = beforeMs + cost * unitMs;
    // Sums of fractions are not exact: a millionth of a second is no reason to wait for another one.
    const wait = Math.max(0, Math.ceil((afterMs - latestMs) / 1000 - 1e-6));
    return { instants, beforeMs, afterMs, latestMs, wait };
  };
  return {
    spend(name, key, cost = 1) {
      const { instants, beforeMs, afterMs, wait } = weigh(name, key, cost);
      // Whoever is refused is remembered longer for it.
      instants.set(key, wait === 0 ? afterMs : beforeMs);
      return wait;
    },
    waitFor: (name, key, cost = 1) => weigh(name, key, cost).wait,
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

/** Two generations: when the younger is full it becomes the older, and what nobody used lately is forgotten. */
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
