import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { QueueLane } from '../../../contract/waiting-room.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { replaceLanes, type SecretLane, selectCodes } from './lanes-store.ts';
import { lockRoom } from './store.ts';

type LanesCall = Pick<
  Call<{ eventId: EventId }, undefined, { lanes: SecretLane[] }, 'team'>,
  'params' | 'body'
> &
  ActingCall;

/** Replaces the lanes of a queue whose list is not closed. Everybody sees them at once, and the draw depends on them. */
export async function putLanes(app: App, call: LanesCall) {
  const { params, body } = call;
  const { eventId } = params;
  const organisationId = await organisationOf(app, eventId);
  await app.db.transaction(async (trx) => {
    const room = await lockRoom(trx, eventId);
    if (!room || room.mode === 'off' || !organisationId) throw new Refused('not_found');
    if (room.phase !== 'joining') throw new Refused('lanes_closed');
    await replaceLanes(trx, eventId, body.lanes);
    noteAct(app, trx, call, {
      act: 'queue.lanes_changed',
      organisationId,
      subject: { type: 'event', id: eventId },
      before: { lanes: room.lanes.map(shownInLog) },
      after: { lanes: body.lanes.map(shownInLog) },
    });
  });
  await app.notices.catchUp();
  return getLanes(app, call);
}

const shownInLog = ({ name, percent }: QueueLane) => ({ name, percent });

/** Reads the lanes of a queue with their codes, for its team. */
export async function getLanes(app: App, { params: { eventId } }: { params: { eventId: EventId } }) {
  const room = await app.rooms.find(eventId);
  if (!room || room.mode === 'off') throw new Refused('not_found');
  const codes = new Map((await selectCodes(app.db, eventId)).map((each) => [each.key, each]));
  return {
    lanes: room.lanes.flatMap((lane) => {
      const secret = codes.get(lane.key);
      return secret ? [{ ...secret, ...lane }] : [];
    }),
  };
}
