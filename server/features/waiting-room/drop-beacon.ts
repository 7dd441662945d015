import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Queue } from '../../../contract/waiting-room.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { dropBeacon } from './draw-store.ts';
import { lockRoom } from './store.ts';
import { isOverdue, showBeacon, showQueue } from './waiting-room.ts';

type DropCall = Pick<
  Call<{ eventId: EventId }, undefined, undefined, 'team'>,
  'operation' | 'params' | 'caller' | 'retry'
> &
  ActingCall;

/** Has the order drawn without the beacon that was announced and did not answer in time. Everybody sees it. */
export async function dropQueueBeacon(app: App, call: DropCall): Promise<Queue> {
  const { eventId } = call.params;
  const organisationId = await organisationOf(app, eventId);
  const queue = await once(app, call, async (trx) => {
    const room = await lockRoom(trx, eventId);
    if (!room || room.mode === 'off' || !organisationId) throw new Refused('not_found');
    const now = app.clock.now();
    if (!isOverdue(room, now)) throw new Refused('beacon_not_overdue');
    const after = await dropBeacon(trx, eventId, now);
    noteAct(app, trx, call, {
      act: 'queue.beacon_dropped',
      organisationId,
      subject: { type: 'event', id: eventId },
      before: { round: room.beacon_round, droppedAt: null },
      after: { round: room.beacon_round, droppedAt: showBeacon(after)?.droppedAt },
    });
    return showQueue(after);
  });
  await app.notices.catchUp();
  return queue;
}
