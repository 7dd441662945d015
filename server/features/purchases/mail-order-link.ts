import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { enqueueJobs } from '../../work/jobs.ts';

/**
 * Has the link to an order mailed again. A job looks for the order, so that neither the answer nor its time tells whether
 * there is one.
 */
export async function mailOrderLink(
  app: App,
  call: Call<undefined, undefined, { number: string; email: string }, 'public'>,
): Promise<{ status: 'accepted' }> {
  const payload = { ...call.body, requestId: app.newId('message') };
  await enqueueJobs(app.db, [{ task: 'mail-order-link', payload }]);
  return { status: 'accepted' };
}
