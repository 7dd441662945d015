import type { Message } from '../../../contract/messages.ts';
import type { App } from '../../app.ts';
import type { Sink } from '../../data/bus.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { offerIdOf } from '../inventory/line.ts';
import { findTexted } from './phone-store.ts';
import { findSubscribed } from './push-store.ts';
import { pushJob } from './send-push.ts';
import { smsJob } from './send-sms.ts';
import { lineKey } from './waitlist-letter.ts';

/**
 * The waitlist processor: tells people of their offers in their browsers and by SMS (docs/streams.md). Only the ledger makes
 * offers, and the mail about one is a job of its transaction. Neither a mail server that is down nor ten thousand mails
 * before it delay what is told here. A message may come twice: each job's key names its cause, and the cause is told once.
 */
export const offersSink = (app: Pick<App, 'db' | 'sms'>): Sink => ({
  name: 'waitlist',
  topics: ['ticket_availability'],
  types: ['admit.waitlist.offered.v1'],
  cursor: 'shared',
  deliver: (messages) => tellOffers(app, messages),
  restMs: 200,
});

async function tellOffers(app: Pick<App, 'db' | 'sms'>, messages: Message[]): Promise<void> {
  const offered = messages.flatMap((message) =>
    message.type === 'admit.waitlist.offered.v1' ? [message.data] : [],
  );
  const buyerIds = offered.map(({ buyerId }) => buyerId);
  const subscribed = await findSubscribed(app.db, buyerIds);
  const texted = app.sms ? await findTexted(app.db, buyerIds) : new Set();
  await enqueueJobs(
    app.db,
    offered.flatMap(({ entryId, holdId, buyerId }) => {
      const kind = 'waitlist-offer' as const;
      // As the mail's: the first offer of an entry is named by the entry alone.
      const isFirst = holdId === offerIdOf({ id: entryId, holdId: null });
      const job = { kind, entryId, cause: lineKey({ kind, entryId, ...(!isFirst && { holdId }) }) };
      return [
        ...(subscribed.has(buyerId) ? [pushJob(job)] : []),
        ...(texted.has(buyerId) ? [smsJob(job)] : []),
      ];
    }),
  );
}
