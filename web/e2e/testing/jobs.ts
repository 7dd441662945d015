import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../../../server/app.ts';

const unfinishedSql = `
  select count(*)::int as count from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts`;
const patienceMs = 120_000;

/**
 * Waits until the server has delivered all messages and no job is due. A page that is loaded again and again instead keeps the
 * server busy, and jobs rest while it is (server/work/yield-to-requests.ts).
 */
export async function workOff({ db, relay, interest }: App): Promise<void> {
  for (const startMs = performance.now(); performance.now() - startMs < patienceMs; await pause(50)) {
    await relay.drain();
    const [jobs] = await db.query<{ count: number }>(unfinishedSql);
    if (jobs?.count === 0) return interest.flush();
  }
  throw new Error(`the jobs were not done after ${patienceMs / 1000} s`);
}
