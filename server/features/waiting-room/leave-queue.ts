import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { endEntryOf } from './store.ts';

/** Ends the caller's place in a queue. After the answer no process admits a token of it. */
export async function leaveQueue(
  app: App,
  { params: { eventId }, caller }: { params: { eventId: EventId }; caller: Caller },
): Promise<undefined> {
  if (!(await app.rooms.find(eventId))) throw new Refused('not_found');
  const hadPlace = await endEntryOf(app.db, eventId, caller.userId, app.clock.now());
  if (hadPlace) app.metrics.queueEnded.inc({ reason: 'left' });
  await app.notices.catchUp();
  return undefined;
}
