import { setTimeout as wait } from 'node:timers/promises';
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
  /**
   * The flags of jobs that must wait now. A worker asks before it fetches a job, and must then say how the fetch ended
   * (`took` or `foundNone`), because the next worker waits for that.
   */
  mustWait(): Promise<string[]>;
  /** The fetch has brought a job with these flags. */
  took(flags: Record<string, true> | null): void;
  /** The fetch has brought nothing, or has failed. */
  foundNone(): void;
  /** Ends all pauses between fetches, because the workers stop. */
  stop(): void;
}

interface TurnsOptions {
  db: Db;
  task: TaskName;
  /** Pause of all workers together after a fetch that found no job. */
  pollMs: number;
  /** Resolves when another job may start. */
  mayStart: () => Promise<void>;
}

/**
 * Events take turns in rounds. In a round each event that has jobs of this task gets one, and the round ends when no
 * other event has any. graphile-worker alone would run them in the order of their times, so that the mail of a small
 * event would wait for the ten thousand mails of a large one. Each process has its own rounds.
 *
 * Workers fetch one after the other. If two fetched at once, neither would know whose turn the other has taken. So workers
 * without a job also poll in turn: together as often as one worker alone.
 */
export function createTurns({ db, task, pollMs, mayStart }: TurnsOptions): Turns {
  let had = new Set<string>();
  /** Fetches that have begun or wait to begin, the oldest first. */
  const fetches: PromiseWithResolvers<void>[] = [];
  let pause: Promise<void> | null = null;
  const stopping = new AbortController();

  async function ask(): Promise<void> {
    await pause;
    pause = null;
    await mayStart();
    if (had.size === 0) return;
    const [others] = await db.query<{ wait: boolean }>(othersWaitSql, [task, [...had]]);
    if (!others?.wait) had = new Set();
  }

  const end = () => fetches.shift()?.resolve();

  return {
    async mustWait() {
      const before = fetches.at(-1);
      fetches.push(Promise.withResolvers());
      await before?.promise;
      // If PostgreSQL does not answer, the fetch itself waits for it (patient-pool.ts).
      await ask().catch(() => {});
      return [...had];
    },
    took(flags) {
      for (const flag of Object.keys(flags ?? {})) had.add(flag);
      end();
    },
    foundNone() {
      // Another process may have taken the jobs of all events but those that had their turn.
      if (had.size > 0) had = new Set();
      else pause = wait(pollMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      end();
    },
    stop: () => stopping.abort(),
  };
}
