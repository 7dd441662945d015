import { createHash } from 'node:crypto';
import type { BudgetName } from '../../contract/budgets.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../data/db.ts';
import { termsOf } from './budgets.ts';

// The arithmetic of budgets.ts in one statement, so that concurrent requests together can't spend more than the
// budget.
const spendSql = `
  insert into budgets as kept (name, key, full_at) values ($1, $2, $3::timestamptz + $4 * interval '1 millisecond')
  on conflict (name, key) do update set full_at = greatest(kept.full_at, $3) + $4 * interval '1 millisecond'
    where greatest(kept.full_at, $3) + $4 * interval '1 millisecond' <= $3 + $5 * interval '1 millisecond'
  returning full_at`;
const waitSql = `
  select extract(epoch from full_at - $3::timestamptz)::float8 * 1000 + $4 - $5 as wait_ms
  from budgets where name = $1 and key = $2`;
const giveBackSql = `
  update budgets set full_at = full_at - $3 * interval '1 millisecond' where name = $1 and key = $2`;
// A locked budget is being spent and is not full, so this skips locked rows.
const forgetSql = `
  delete from budgets where (name, key) in (
    select name, key from budgets where full_at <= $1 for update skip locked)`;

type Context = Pick<App, 'db' | 'clock' | 'config'>;

/**
 * Spends one unit of a budget that all processes share and that survives restarts, because the harm does too: mails
 * to one person. Returns the seconds to wait, or 0 if it was spent. It stores the key as a hash, because the key may
 * be a person's address.
 */
export async function spendKept(
  { db, clock, config }: Context,
  name: BudgetName,
  key: string,
): Promise<number> {
  const { unitMs, windowMs } = termsOf(name, config.rateLimitFactor);
  const values = [name, hashOf(key), clock.now(), unitMs, windowMs];
  if ((await db.query(spendSql, values)).length > 0) return 0;
  const [row] = await db.query<{ wait_ms: number }>(waitSql, values);
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
