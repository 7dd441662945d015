import type { Broadcast } from '../../../contract/broadcasts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { showBroadcast } from './broadcasts.ts';
import { lockBroadcast, moveBroadcast } from './broadcasts-store.ts';

type WithdrawCall = Call<{ eventId: EventId; broadcastId: Id<'broadcast'> }, undefined, undefined, 'team'> &
  ActingCall;

/** Ends a broadcast of which no mail was enqueued yet. */
export async function withdrawBroadcast(app: App, call: WithdrawCall): Promise<Broadcast> {
  const { eventId, broadcastId } = call.params;
  const organisationId = await organisationOf(app, eventId);
  return once(app, call, async (trx) => {
    const row = await lockBroadcast(trx, broadcastId);
    if (row?.eventId !== eventId) throw new Refused('not_found');
    if (row.state === 'withdrawn') return showBroadcast(row, []);
    if (row.state !== 'scheduled') throw new Refused('broadcast_started');
    const finishedAt = app.clock.now();
    moveBroadcast(trx, row.id, { state: 'withdrawn', toldTo: null, finishedAt });
    noteAct(app, trx, call, {
      act: 'broadcast.withdrawn',
      organisationId,
      subject: { type: 'event', id: eventId },
      before: { broadcast: row.id, subject: row.texts[0]?.subject, sendAt: row.sendAt.toISOString() },
      after: null,
    });
    return showBroadcast({ ...row, state: 'withdrawn', finishedAt }, []);
  });
}
