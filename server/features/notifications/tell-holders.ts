import type { BroadcastText } from '../../../contract/broadcasts.ts';
import type { EventId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';
import { countHolders, insertBroadcast } from './broadcasts-store.ts';

/**
 * Enqueues a message to everybody who holds a ticket of an event, in the transaction of the change that it tells of. Returns how many
 * addresses get it. It is among the messages that the organiser sent, and spends no budget: the caller does.
 */
export async function tellHolders(
  app: Pick<App, 'clock' | 'newId'>,
  trx: Transaction,
  { eventId, createdBy, texts }: { eventId: EventId; createdBy: UserId; texts: BroadcastText[] },
): Promise<number> {
  const count = await countHolders(trx, eventId, { ticketTypeIds: null, checkedIn: null, answered: null });
  if (count === 0) return 0;
  const now = app.clock.now();
  const id = app.newId('broadcast');
  insertBroadcast(trx, {
    ...{ id, eventId, createdBy, texts, to: {}, about: 'event', state: 'scheduled' },
    ...{ sendAt: now, createdAt: now, finishedAt: null },
  });
  writeJobs(trx, [{ task: 'send-broadcast', payload: { broadcastId: id }, runAt: now }]);
  return count;
}
