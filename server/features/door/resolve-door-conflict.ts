import type { DoorConflict } from '../../../contract/door-conflicts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { lockConflict, resolveConflict, selectConflict } from './conflicts-store.ts';
import { showConflict } from './list-door-conflicts.ts';

type ResolveCall = ActingCall &
  Call<{ eventId: EventId; conflictId: Id<'doorConflict'> }, unknown, { note: string }, 'team'>;

/** Notes what a manager did about a conflict. It changes no ticket. */
export async function resolveDoorConflict(app: App, call: ResolveCall): Promise<DoorConflict> {
  const { eventId, conflictId } = call.params;
  const organisationId = await organisationOf(app, eventId);
  return once(app, call, async (trx) => {
    const locked = await lockConflict(trx, eventId, conflictId);
    if (!locked) throw new Refused('not_found');
    if (locked.resolved_at) throw new Refused('door_conflict_resolved');
    const { note } = call.body;
    resolveConflict(trx, eventId, conflictId, { at: app.clock.now(), by: call.caller.userId, note });
    const row = await selectConflict(trx, eventId, conflictId);
    if (!row) throw new Refused('not_found');
    noteAct(app, trx, call, {
      act: 'door_conflict.resolved',
      organisationId,
      subject: { type: 'ticket', id: row.ticketId },
      before: {},
      after: { note },
    });
    return showConflict(row);
  });
}
