import { expect } from 'vitest';
import type { Queryable } from '../data/db.ts';

const blockedSql = `
  select pid from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and cardinality(pg_blocking_pids(pid)) > 0`;

/** Resolves once some transaction of this database waits for a lock of another one. */
export const someoneIsBlocked = (db: Queryable): Promise<void> =>
  expect.poll(async () => (await db.query(blockedSql)).length, { timeout: 20_000 }).toBeGreaterThan(0);
