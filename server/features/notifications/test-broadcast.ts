import type { z } from 'zod';
import type * as contract from '../../../contract/broadcasts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { spendKept } from '../../http/kept-budgets.ts';
import { writeJobs } from '../../work/jobs.ts';
import { readUser } from '../accounts/read-user.ts';
import { readEventSale } from '../sale/event-sale.ts';
import type { BroadcastTestJob } from './mail-job.ts';

type Body = z.output<NonNullable<typeof contract.testBroadcast.body>>;

/** Sends the mails of a broadcast to the caller alone. */
export async function testBroadcast(
  app: App,
  call: Call<{ eventId: EventId }, undefined, Body, 'team'>,
): Promise<{ to: string }> {
  const { eventId } = call.params;
  const [event, user] = await Promise.all([readEventSale(app, eventId), readUser(app, call.caller.userId)]);
  if (!event) throw new Refused('not_found');
  if (!user.email_verified) throw new Refused('email_not_verified');
  return once(app, call, async (trx) => {
    const context = { db: trx, clock: app.clock, config: app.config };
    const retryAfterSeconds = await spendKept(context, 'broadcastTestsPerSender', call.caller.userId);
    if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
    const requestId = app.newId('message');
    writeJobs(
      trx,
      call.body.texts.map((text) => {
        const payload: BroadcastTestJob = {
          kind: 'broadcast-test',
          ...{ eventId, requestId, text, about: call.body.about },
          ...{ to: user.email, name: user.name, url: `${app.config.publicUrl}/e/${event.slug}` },
        };
        return { task: 'send-mail' as const, payload: { ...payload } };
      }),
    );
    return { to: user.email };
  });
}
