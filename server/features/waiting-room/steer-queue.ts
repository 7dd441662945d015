import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Queue } from '../../../contract/waiting-room.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { lockRoom, updateWishes } from './store.ts';
import { type RoomRow, showQueue } from './waiting-room.ts';

interface Wishes {
  paused?: boolean | undefined;
  message?: string | undefined;
  peoplePerMinute?: number | null | undefined;
  windowSeconds?: number | undefined;
}
type SteerCall = Pick<
  Call<{ eventId: EventId }, undefined, Wishes, 'team'>,
  'operation' | 'params' | 'caller' | 'body' | 'retry'
> &
  ActingCall;

/** Changes what the organiser wants of a queue: a pause, the speed, the time to choose, a message. */
export async function steerQueue(app: App, call: SteerCall): Promise<Queue> {
  const { params, body } = call;
  const { eventId } = params;
  const organisationId = await organisationOf(app, eventId);
  const queue = await once(app, call, async (trx) => {
    const before = await lockRoom(trx, eventId);
    if (!before || before.mode === 'off' || !organisationId) throw new Refused('not_found');
    const { paused, message, peoplePerMinute, windowSeconds } = { ...wishesOf(before), ...body };
    const after = await updateWishes(trx, {
      event_id: eventId,
      paused,
      message,
      people_per_minute: peoplePerMinute,
      window_seconds: windowSeconds,
    });
    noteAct(app, trx, call, {
      act: 'queue.steered',
      organisationId,
      subject: { type: 'event', id: eventId },
      before: wishesOf(before),
      after: wishesOf(after),
    });
    return showQueue(after);
  });
  await app.notices.catchUp();
  return queue;
}

const wishesOf = (room: RoomRow) => ({
  paused: room.paused,
  message: room.message,
  peoplePerMinute: room.people_per_minute,
  windowSeconds: room.window_seconds,
});
