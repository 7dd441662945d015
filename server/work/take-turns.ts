import type { Db } from '../data/db.ts';
import type { TaskName } from './jobs.ts';

// Reads few rows while the jobs of other events are among the oldest. In a backlog of one event it reads all of its jobs:
// 1 ms for a thousand.
const othersWaitSql = `
  select exists (
    select from graphile_worker._private_jobs
    where is_available and run_at <= now() and (flags ?| $2::text[]) is not true
      and task_id = (select id from graphile_worker._private_tasks where identifier = $1)) as wait`;

/** Lets events take turns: the burst of one event does not delay the jobs of another. */
export interface Turns {
  /** The flags of jobs that must wait now. The worker asks before it fetches a job. */
  mustWait(): Promise<string[]>;
  /** A job with these flags was fetched. */
  took(flags: Record<string, true> | null): void;
}

/**
 * Events take turns in rounds. In a round each event that has jobs of this task gets one, and the round ends when no
 * other event has any. graphile-worker alone would run them in the order of their times, so that the mail of a small
 * event would wait for the ten thousand mails of a large one. Each process has its own rounds.
 */
export function createTurns(db: Db, task: TaskName): Turns {
  let had = new Set<string>();
  return {
    async mustWait() {
      if (had.size === 0) return [];
      const [others] = await db.query<{ wait: boolean }>(othersWaitSql, [task, [...had]]);
      if (!others?.wait) had = new Set();
      return [...had];
    },
    took(flags) {
      for (const flag of Object.keys(flags ?? {})) had.add(flag);
    },
  };
}
