import type { DoorTicket, StoredUses } from '../../../contract/door-rules.ts';
import type { CheckInId, EventId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { type Effect, enqueueEffects } from '../../data/outbox.ts';
import type { LoggedMovement, TicketLog } from './movements.ts';
import {
  insertMovements,
  placeMovements,
  putConflicts,
  type TicketChange,
  updateTickets,
} from './movements-store.ts';
import type { DoorTicketRow } from './store.ts';

/** What a transaction has decided about tickets. */
export interface DecidedTickets {
  app: App;
  eventId: EventId;
  tickets: Map<TicketId, DoorTicketRow>;
  logs: Map<TicketId, TicketLog>;
  /** Movements as they were before. */
  before: Map<CheckInId, string>;
}

/** Movements as they are now, to see later which of them have changed. */
export const copyOf = (movements: LoggedMovement[]): DecidedTickets['before'] =>
  new Map(movements.map((each) => [each.id, JSON.stringify(each)]));

/** Writes what has changed: movements, conflicts, tickets and messages. */
export function writeMovements(desk: DecidedTickets, trx: Transaction): void {
  const { app, eventId, before } = desk;
  const now = app.clock.now();
  const changed = new Map<TicketId, LoggedMovement[]>();
  const effects: Effect[] = [];
  for (const [ticketId, { movements }] of desk.logs) {
    const touched = movements.filter((each) => before.get(each.id) !== JSON.stringify(each));
    if (touched.length === 0) continue;
    changed.set(ticketId, touched);
    for (const each of touched)
      effects.push(...effectsOf(desk, each, before.get(each.id)), ...toldOf(desk, each, ticketId));
  }
  const all = [...changed.values()].flat();
  if (all.length === 0) return;
  const free = 1_000_000;
  placeMovements(
    trx,
    eventId,
    all.filter(({ id }) => before.has(id)),
    free,
  );
  insertMovements(
    trx,
    eventId,
    all.filter(({ id }) => !before.has(id)),
    now,
  );
  const conflicts = all.flatMap(({ id, ticketId, conflict }) =>
    conflict ? { ...conflict, ticketId, checkInId: id } : [],
  );
  if (conflicts.length > 0) putConflicts(trx, eventId, conflicts, now);
  updateTickets(
    trx,
    eventId,
    [...changed.keys()].map((id) => toTicketChange(id, desk.logs.get(id) as TicketLog)),
  );
  enqueueEffects(trx, effects, now);
}

function toTicketChange(id: TicketId, { state, movements }: TicketLog): TicketChange {
  const counted = movements.filter((each) => each.void === 0 && each.kind !== 'exit');
  const firstMs = Math.min(...counted.map(({ scannedAt }) => scannedAt.getTime()));
  return {
    id,
    is_used: counted.length > 0,
    used_at: counted.length > 0 ? new Date(firstMs) : null,
    visit: state.entrance.visit,
    is_inside: state.inside !== null,
    inside_checkpoint: state.inside?.checkpointId ?? null,
    inside_day: state.inside?.day ?? null,
    uses: toStoredUses(state),
  };
}

/** The main entrance has a row of its own in the log alone. A gate without a network must know on which day it was used. */
function toStoredUses({ uses, entrance }: DoorTicket): StoredUses | null {
  const all = entrance.on === undefined ? uses : { ...uses, main: entrance };
  return Object.keys(all).length > 0 ? all : null;
}

/** A message for a conflict that is new, or is one again. */
function effectsOf({ eventId }: DecidedTickets, each: LoggedMovement, before: string | undefined): Effect[] {
  const { conflict, ticketId } = each;
  const was = before === undefined ? null : (JSON.parse(before) as LoggedMovement).conflict;
  if (!conflict || conflict.isCleared || (was && was.code === conflict.code)) return [];
  const about = { ticketId, conflictId: conflict.id, checkInId: each.id };
  return conflict.code === 'double'
    ? [{ type: 'admit.ticket.doubled.v1', eventId, data: { ...about, admissionId: conflict.admissionId } }]
    : [{ type: 'admit.scan.questioned.v1', eventId, data: { ...about, code: conflict.code } }];
}

/** The message of a movement that counts and has none yet. */
function toldOf({ eventId, tickets }: DecidedTickets, each: LoggedMovement, ticketId: TicketId): Effect[] {
  const ticket = tickets.get(ticketId);
  if (each.void > 0 || each.isTold || !ticket) return [];
  each.isTold = true;
  const about = {
    ticketId,
    ticketTypeId: ticket.ticket_type_id,
    orderId: ticket.order_id,
    checkInId: each.id,
    gate: each.gate,
  };
  const at = each.scannedAt.toISOString();
  const { checkpointId } = each;
  if (each.kind === 'entry')
    return [
      {
        type: 'admit.ticket.admitted.v1',
        eventId,
        data: { ...about, checkedInAt: at, visit: each.visit, ...(checkpointId && { checkpointId }) },
      },
    ];
  const type =
    each.kind === 'exit' ? ('admit.ticket.left.v1' as const) : ('admit.ticket.handed_out.v1' as const);
  return [{ type, eventId, data: { ...about, at, checkpointId } }];
}
