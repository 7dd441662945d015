import type { CheckIn } from '../../../contract/check-ins.ts';
import { type DoorAnswer, notesOf } from '../../../contract/door-notes.ts';
import { doorWarning } from '../../../contract/door-warning.ts';
import { orderNumber } from '../orders/orders.ts';
import type { DoorTerms } from '../sale/door-times.ts';
import { placeKindOf } from '../seating/place-kinds.ts';
import { placeOf } from '../tickets/ticket.ts';
import type { Moved } from './move-tickets.ts';
import type { LoggedMovement } from './movements.ts';
import type { ScanOutcome } from './scan.ts';
import type { Admission, ShownTicket } from './store.ts';

/** What the steward sees of a movement that counts, except for what the ticket says. */
type ShownMovement = Pick<
  LoggedMovement,
  'id' | 'ticketId' | 'kind' | 'visit' | 'checkpointId' | 'scannedAt' | 'gate' | 'conflict'
>;

/** The decision about a scan, before it has the form of an answer. */
export type Decided =
  | Exclude<ScanOutcome, { kind: 'admitted' }>
  | { kind: 'admitted'; movement: ShownMovement; ticket: ShownTicket; presence: CheckIn['presence'] };

/** Decides nothing: brings the result of one of the two ways into one form. */
export function toDecided(
  result: Moved | { kind: 'admitted'; row: Admission & ShownTicket } | undefined,
): Decided {
  if (!result) throw new Error('a scan has no result');
  if (result.kind === 'noted' || result.kind === 'nonce_reused') return result;
  if (result.kind === 'admitted') return toEntry(result.row);
  if (result.kind === 'moved') return { ...result, kind: 'admitted' };
  const { code, first, movement } = result;
  return {
    kind: 'refused',
    code,
    ...(first && { usedAt: first.movement.scannedAt.toISOString(), gate: first.movement.gate, by: first.by }),
    ...conflictOf(movement),
  };
}

/** The plain admission. Its row says nothing of what is the same for all. */
const toEntry = (row: Admission & ShownTicket): Decided => ({
  kind: 'admitted',
  movement: {
    id: row.check_in_id,
    ticketId: row.ticket_id,
    kind: 'entry',
    visit: 1,
    checkpointId: null,
    scannedAt: row.scanned_at,
    gate: row.gate,
    conflict: null,
  },
  ticket: row,
  presence: null,
});

const conflictOf = (movement: Pick<LoggedMovement, 'conflict'> | null) =>
  movement?.conflict && !movement.conflict.isCleared ? { conflictId: movement.conflict.id } : {};

/**
 * A member of the team sees the guest's name, and who scanned the ticket before. A device of a link sees names of guests and of
 * members only if its link says so.
 */
export function toOutcome(
  decided: Decided,
  times: DoorTerms | null,
  seesNames: boolean,
  answers: DoorAnswer[] = [],
): ScanOutcome {
  if (decided.kind === 'refused') {
    const { by: _, ...refused } = decided;
    return seesNames ? decided : refused;
  }
  if (decided.kind !== 'admitted') return decided;
  const { movement, ticket, presence } = decided;
  const place = placeOf(ticket);
  const warning = times && doorWarning(times, movement.scannedAt);
  const checkIn: CheckIn = {
    id: movement.id,
    ticketId: movement.ticketId,
    kind: movement.kind,
    visit: movement.visit,
    checkpointId: movement.checkpointId,
    checkedInAt: movement.scannedAt.toISOString(),
    gate: movement.gate,
    ticketTypeName: ticket.ticket_type_name,
    place,
    attendeeName: seesNames ? ticket.attendee_name : null,
    orderNumber: orderNumber(ticket.order_id),
    notes: notesOf({
      typeNote: times?.notes[ticket.ticket_type_id] ?? '',
      placeKind: times && placeKindOf(times.placeKinds, place),
      answers,
    }),
    warning: warning && { code: warning.code, at: warning.at.toISOString() },
    presence,
  };
  return { kind: 'admitted', checkIn, ...conflictOf(movement) };
}
