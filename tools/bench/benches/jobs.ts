import { setTimeout as wait } from 'node:timers/promises';
import { Logger, run } from 'graphile-worker';
import { openOrganiser, publishEvent } from '../cast.ts';
import { auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import { median } from '../percentiles.ts';
import type { Report } from '../report.ts';
import { interleave } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

const jobs = 3000;
const rounds = 3;
const connections = 64;

// A job of one small transaction: it counts an event that is not there any more. Each has a name, because jobs without one differ too.
const addSql = `
  select count(*) from graphile_worker.add_jobs(array(
    select row($2, json_build_object('eventId', 'evt_' || n), null, null, null, null, null, null)::graphile_worker.job_spec
    from generate_series(1, $1::int) as n))`;
const leftSql = `
  select count(*)::int as left from graphile_worker._private_jobs as job
  join graphile_worker._private_tasks as task on task.id = task_id where identifier = $1`;

/**
 * Jobs in a second: by Admit's worker alone, beside a process that is busy with holds, and by graphile-worker itself with jobs that do
 * nothing, in a process of its own settings.
 */
export async function jobsBench(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    const event = await publishEvent(stage, await openOrganiser(stage));
    const load = createHoldLoad(stage, () => placesOf(event));
    const empty = await createEmptyLoad(stage, placesOf(event));
    await load.slice({ seconds: 1, connections });
    await drain(stage, 'count-figures');
    const seconds = options.seconds / rounds;
    const lanes = await interleave(rounds, {
      alone: () => drain(stage, 'count-figures'),
      busy: async () => {
        let rate = Number.NaN;
        const slice = await load.slice({ seconds, connections, leadSeconds: 0 });
        const beside = load.slice({ seconds: seconds * 2, connections });
        rate = await drain(stage, 'count-figures');
        return { slice, beside: await beside, rate };
      },
      library: () => byLibrary(stage),
      empty: () => empty.slice(seconds, connections),
    });
    const beside = lanes.busy.map((each) => each.beside);
    return {
      ...compare('jobs', { admit: beside, empty: lanes.empty }),
      targets: [{ what: 'holds that were refused', value: unexpected(beside), most: 0 }],
      more: {
        jobsAlone: median(lanes.alone),
        jobsBesideHolds: median(lanes.busy.map(({ rate }) => rate)),
        jobsOfLibraryThatDoNothing: median(lanes.library),
        holdsAlone: median(lanes.busy.map(({ slice }) => slice.rate)),
        holdsBesideJobs: median(beside.map(({ rate }) => rate)),
        besideToAlone: median(lanes.busy.map(({ slice, beside: other }) => other.rate / slice.rate)),
      },
      audit: await auditOf(stage, { acknowledged: load.acknowledged }),
    };
  } finally {
    await stage.close();
  }
}

/** Adds jobs and waits until none is left. Returns how many were done in a second. */
async function drain({ db }: Stage, task: string): Promise<number> {
  const startMs = performance.now();
  await db.query(addSql, [jobs, task]);
  for (;;) {
    const [row] = await db.query<{ left: number }>(leftSql, [task]);
    if (row?.left === 0) return (jobs / (performance.now() - startMs)) * 1000;
    if (performance.now() - startMs > 120_000) throw new Error(`${row?.left} jobs are left`);
    await wait(25);
  }
}

/** The library with the settings of Admit's worker (work/workers.ts). */
async function byLibrary(stage: Stage): Promise<number> {
  const runner = await run({
    pgPool: stage.db.pool,
    taskList: { 'bench-nothing': async () => {} },
    concurrency: 24,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    preset: { worker: { localQueue: { size: 100 }, completeJobBatchDelay: 20 } },
  });
  try {
    return await drain(stage, 'bench-nothing');
  } finally {
    await runner.stop();
  }
}
