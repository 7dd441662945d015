import { dayOf } from '../../../contract/door-rules.ts';
import { Refused } from '../../../contract/errors.ts';
import type { CheckInId, EventId, Id, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { settleAfterUndo } from '../date-passes/after-undo.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { mayTakeBack } from './may-take-back.ts';
import { type TicketLog, takeBack } from './movements.ts';
import {
  lockDoorTickets,
  selectMovements,
  selectOfDevice,
  selectTicketOf,
  undoMovement,
} from './movements-store.ts';
import { rulesOf, withRemoved } from './read-rules.ts';
import { lockRules, selectTimeZone } from './rules-store.ts';
import { toDoorTicket } from './scan.ts';
import { copyOf, writeMovements } from './write-movements.ts';

type UndoCall = ActingCall &
  Call<{ eventId: EventId; checkInId: CheckInId }, unknown, { reason: string }, 'team'>;

/**
 * Takes the latest movement of a ticket back, for example a scan by mistake. The ticket is valid again if nothing else counts. A
 * double of it counts instead.
 */
export async function undoCheckIn(app: App, call: UndoCall) {
  const { eventId, checkInId } = call.params;
  const organisationId = await organisationOf(app, eventId);
  const undone = await once(app, call, async (trx) => {
    const undo = await openUndo(app, trx, { eventId, organisationId }, call);
    return undo(checkInId);
  });
  app.relay.wake();
  return undone;
}

/** Scans of one request: each takes a few milliseconds, and scans of the same tickets wait for its transaction. */
const mostAtOnce = 100;

type DeviceCall = ActingCall &
  Call<
    { eventId: EventId; doorDeviceId: Id<'doorDevice'> },
    unknown,
    { reason: string; since?: string | undefined },
    'team'
  >;

/** Takes back what a device has scanned, as far as nothing was scanned with these tickets later. */
export async function undoDeviceScans(app: App, call: DeviceCall): Promise<{ undone: number; left: number }> {
  const { eventId, doorDeviceId: deviceId } = call.params;
  const { since } = call.body;
  const organisationId = await organisationOf(app, eventId);
  const of = { eventId, deviceId, since: since ? new Date(since) : null };
  const reply = await once(app, call, async (trx) => {
    const undo = await openUndo(app, trx, { eventId, organisationId }, call);
    const { ids, count } = await selectOfDevice(trx, of, mostAtOnce);
    for (const id of ids) await undo(id);
    return { undone: ids.length, left: count - ids.length };
  });
  app.relay.wake();
  return reply;
}

/** Locks the rules of the door until the transaction ends, and returns how it takes a scan of the event back. */
async function openUndo(
  app: App,
  trx: Transaction,
  { eventId, organisationId }: { eventId: EventId; organisationId: OrganisationId | null },
  call: ActingCall & { caller: { userId: UserId }; body: { reason: string } },
) {
  const rules = await rulesOf(trx, eventId, await lockRules(trx, eventId));
  const timeZone = (await selectTimeZone(trx, eventId)) ?? 'UTC';
  const { reason } = call.body;
  return async (checkInId: CheckInId) => {
    const ticketId = await selectTicketOf(trx, eventId, checkInId);
    if (!ticketId) throw new Refused('not_found');
    const [ticket] = await lockDoorTickets(trx, eventId, [ticketId]);
    if (!ticket) throw new Refused('not_found');
    const movements = await selectMovements(trx, eventId, [ticketId]);
    const log: TicketLog = { state: toDoorTicket(ticket), movements };
    const before = copyOf(movements);
    const places = movements.map(({ checkpointId }) => checkpointId);
    const all = await withRemoved(trx, eventId, rules, places);
    const movement = log.movements.find(({ id }) => id === checkInId);
    if (!movement || movement.void > 0) throw new Refused('check_in_undone');
    if (!mayTakeBack(movement, log.movements)) throw new Refused('check_in_not_latest');
    const at = app.clock.now();
    takeBack(
      log,
      movement,
      all,
      at,
      () => app.newId('doorConflict'),
      (then) => dayOf(then, timeZone, rules),
    );
    undoMovement(trx, eventId, checkInId, { void: movement.void, at, by: call.caller.userId, reason });
    const tickets = new Map([[ticketId, ticket]]);
    writeMovements({ app, eventId, tickets, logs: new Map([[ticketId, log]]), before }, trx);
    noteAct(app, trx, call, {
      act: 'check_in.undone',
      organisationId,
      subject: { type: 'ticket', id: ticketId },
      before: { status: ticket.status },
      after: { reason },
    });
    enqueueEffects(trx, [{ type: 'admit.check_in.undone.v1', eventId, data: { ticketId, checkInId } }], at);
    const isUsed = movements.some((each) => each.void === 0 && each.kind !== 'exit');
    if (!isUsed) await settleAfterUndo(trx, eventId, ticket.order_id);
    const status = ticket.status === 'cancelled' ? 'cancelled' : isUsed ? 'used' : 'valid';
    return {
      checkInId,
      ticketId,
      ticketStatus: status as 'valid' | 'used' | 'cancelled',
      undoneAt: at.toISOString(),
    };
  };
}
