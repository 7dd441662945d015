import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { findJob, runAgain } from '../../work/jobs.ts';

/** Makes a failed job due with all its attempts. Two admins at once make it due once. */
export const runFailedJob = async (
  app: App,
  call: Call<{ jobId: string }, undefined, undefined, 'admin'>,
): Promise<{ id: string; task: string }> =>
  app.db.transaction(async (trx) => {
    const { jobId } = call.params;
    const failed = await runAgain(trx, jobId);
    if (failed) {
      noteAct(app, trx, call, {
        act: 'job.run_again',
        organisationId: null,
        subject: { type: 'job', id: jobId, title: failed.task },
        before: { state: 'failed' },
        after: { state: 'due' },
      });
      return { id: jobId, task: failed.task };
    }
    const job = await findJob(trx, jobId);
    if (!job) throw new Refused('not_found');
    return { id: jobId, task: job.task };
  });
