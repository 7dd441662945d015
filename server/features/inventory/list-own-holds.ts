import { Refused } from '../../../contract/errors.ts';
import type { Hold } from '../../../contract/holds.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readLive } from './read-live.ts';
import { showHold } from './show-hold.ts';
import { findLiveHoldsOf } from './store.ts';
import { tradeInOf } from './trade-in.ts';

/** Lists the caller's active holds of an event, so that another device of the same account finds them. */
export async function listOwnHolds(
  app: App,
  call: Call<{ eventId: EventId }, undefined, undefined, 'signed-in'>,
): Promise<{ items: Hold[] }> {
  const now = app.clock.now();
  const { eventId } = call.params;
  if (!(await readLive(app, eventId))) throw new Refused('not_found');
  const holds = await findLiveHoldsOf(app.db, { buyerId: call.caller.userId, eventId, now });
  // What the team holds for somebody is no place that they chose, and they pay for it on the page of its order.
  const own = holds.filter((hold) => !tradeInOf(hold)?.asked);
  return { items: own.map((hold) => showHold(hold, now)) };
}
