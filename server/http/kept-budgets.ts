import { createHash } from 'node:crypto';
import type { BudgetName } from '../../contract/budgets.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../data/db.ts';
import { gatherPer } from '../gather.ts';
import { termsOf } from './budgets.ts';

// The arithmetic of budgets.ts in one statement, so that concurrent requests together can't spend more than the
// budget. A batch locks its rows in one order, so that two batches can't deadlock. No key may be in a batch twice. The keys
// come out of a sub-select, which hides their number from the planner, so it plans once and not for each call.
const spendSql = `
  insert into budgets as kept (name, key, full_at)
  select $1, key, $3::timestamptz + $4 * interval '1 millisecond'
  from unnest((select $2::bytea[])) as key order by key
  on conflict (name, key) do update set full_at = greatest(kept.full_at, $3) + $4 * interval '1 millisecond'
    where greatest(kept.full_at, $3) + $4 * interval '1 millisecond' <= $3 + $5 * interval '1 millisecond'
  returning key`;
const waitSql = `
  select extract(epoch from full_at - $3::timestamptz)::float8 * 1000 + $4 - $5 as wait_ms
  from budgets where name = $1 and key = $2`;
const giveBackSql = `
  update budgets set full_at = full_at - $3 * interval '1 millisecond' where name = $1 and key = $2`;
// A locked budget is being spent and is not full, so this skips locked rows.
const forgetSql = `
  delete from budgets where (name, key) in (
    select name, key from budgets where full_at <= $1 for update skip locked)`;

/** `db` may be a transaction: then the unit is spent only if it commits. */
type Context = Pick<App, 'clock' | 'config'> & { db: Queryable };

/**
 * Spends one unit of a budget that all processes share and that survives restarts, because the harm does too: mails
 * to one person. Returns the seconds to wait, or 0 if it was spent. It stores the key as a hash, because the key may
 * be a person's address.
 */
export const spendKept = (context: Context, name: BudgetName, key: string): Promise<number> =>
  spendTogether(context, { name, key: hashOf(key) });

interface Spending {
  name: BudgetName;
  key: Buffer;
}

/** Units that are spent at once share a statement and its commit, as the mails of a job are. */
const spendTogether = gatherPer(async (context: Context, all: Spending[]): Promise<Promise<number>[]> => {
  const answers = new Map<Spending, Promise<number>>();
  for (const [name, some] of Map.groupBy(all, (spending) => spending.name)) {
    const firsts = [...new Map(some.map((spending) => [spending.key.toString('hex'), spending])).values()];
    const spent = await spendAll(context, name, firsts);
    for (const spending of firsts)
      answers.set(spending, spent.has(spending) ? Promise.resolve(0) : secondsToWait(context, spending));
  }
  // A second unit for the same key is spent with the next batch.
  return all.map((spending) => answers.get(spending) ?? spendTogether(context, spending));
}, 200);

async function spendAll(
  { db, clock, config }: Context,
  name: BudgetName,
  spendings: Spending[],
): Promise<Set<Spending>> {
  const { unitMs, windowMs } = termsOf(name, config.rateLimitFactor);
  const keys = spendings.map(({ key }) => key);
  const rows = await db.query<{ key: Buffer }>(spendSql, [name, keys, clock.now(), unitMs, windowMs]);
  return new Set(spendings.filter(({ key }) => rows.some((row) => row.key.equals(key))));
}

async function secondsToWait({ db, clock, config }: Context, { name, key }: Spending): Promise<number> {
  const { unitMs, windowMs } = termsOf(name, config.rateLimitFactor);
  const [row] = await db.query<{ wait_ms: number }>(waitSql, [name, key, clock.now(), unitMs, windowMs]);
  return Math.max(1, Math.ceil((row?.wait_ms ?? 0) / 1000));
}

/** Gives one unit back if the thing that it paid for did not happen. */
export async function giveBackKept({ db, config }: Context, name: BudgetName, key: string): Promise<void> {
  await db.query(giveBackSql, [name, hashOf(key), termsOf(name, config.rateLimitFactor).unitMs]);
}

/** Deletes the budgets that are full again. */
export const forgetFullBudgets = async (db: Queryable, now: Date): Promise<void> => {
  await db.query(forgetSql, [now]);
};

const hashOf = (key: string): Buffer => createHash('sha256').update(key.toLowerCase()).digest();
