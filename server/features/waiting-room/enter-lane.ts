import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { QueueEntry } from '../../../contract/waiting-room.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { networkOf } from '../../http/networks.ts';
import { enterLaneOf, selectLaneOfCode } from './lanes-store.ts';
import { lockRoom } from './store.ts';
import { showEntry } from './waiting-room.ts';

type LaneCall = Pick<
  Call<{ eventId: EventId }, undefined, { code: string }, 'signed-in'>,
  'params' | 'caller' | 'body' | 'ip'
>;

/**
 * Puts the caller's place into the lane that a code opens. It locks the room as joining does, so the list is not closed meanwhile and
 * no more people than the lane has places open it.
 */
export async function enterLane(app: App, { params, caller, body, ip }: LaneCall): Promise<QueueEntry> {
  const { eventId } = params;
  const { userId } = caller;
  await payForCode(app, userId, ip);
  const { room, entry } = await app.db.transaction(async (trx) => {
    const room = await lockRoom(trx, eventId);
    if (!room || room.mode === 'off') throw new Refused('not_found');
    if (room.phase !== 'joining') throw new Refused('lanes_closed');
    const found = await selectLaneOfCode(trx, eventId, body.code, userId);
    if (!found) throw new Refused('unknown_lane_code');
    if (found.people >= found.mostPeople) throw new Refused('lane_full');
    const entry = await enterLaneOf(trx, eventId, userId, found.lane);
    if (!entry) throw new Refused('not_found');
    return { room, entry };
  });
  const now = app.clock.now();
  const token = app.queueTokens.issue({ ...entry, user_id: userId }, now.getTime());
  return showEntry(entry, room, { token, now });
}

/** A code has eight characters at least, so these budgets are enough against guessing. */
async function payForCode({ budgets }: Pick<App, 'budgets'>, userId: string, ip: string): Promise<void> {
  const spent = [
    ['laneCodesPerAccount', userId],
    ['laneCodesPerNetwork', networkOf(ip)],
  ] as const;
  for (const [name, key] of spent) {
    const retryAfterSeconds = await budgets.spend(name, key);
    if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
  }
}
