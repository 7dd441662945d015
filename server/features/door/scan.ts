import type { CheckIn } from '../../../contract/check-ins.ts';
import { type DoorTicket, decideScan, plainRules, type ScanRefusal } from '../../../contract/door-rules.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { TicketClaim } from '../tickets/code.ts';
import type { DoorTicketRow } from './store.ts';

/** Why the door refuses a ticket. */
export type DoorRefusal = Extract<
  ErrorCode,
  ScanRefusal | 'wrong_event' | 'bad_signature' | 'stale_code' | 'paper_not_accepted' | 'unknown_ticket'
>;

export type ScanOutcome =
  | { kind: 'admitted'; checkIn: CheckIn }
  | { kind: 'refused'; code: DoorRefusal; usedAt?: string; gate?: string | null; by?: string }
  /** The device used a nonce again for another ticket: its fault, not the guest's. */
  | { kind: 'nonce_reused' };

/** A ticket's first admission, as a later scan of the same ticket reports it. */
interface Admission {
  ticketId: TicketId;
  scannedAt: Date;
  gate: string | null;
  /** The name of the team member or of the device that scanned. */
  by: string;
}

/** Decision: what the code alone shows, before the database is asked. */
export function decideClaim(claim: TicketClaim | null, eventId: EventId): DoorRefusal | null {
  if (!claim) return 'bad_signature';
  return claim.eventId === eventId ? null : 'wrong_event';
}

/**
 * Decision: why this scan did not admit a ticket with a valid code of this event. `first` is the ticket's existing
 * admission.
 */
export function decideRefusal(
  ticket: DoorTicketRow | null,
  claim: TicketClaim,
  first: Admission | null,
): Extract<ScanOutcome, { kind: 'refused' }> {
  if (!ticket) return { kind: 'refused', code: 'unknown_ticket' };
  const { refused } = decideScan(toDoorTicket(ticket), { ...atMainEntrance, issue: claim.issue }, plainRules);
  if (refused === null)
    throw new Error(`the ticket ${claim.ticketId} is ${ticket.status} but was not admitted`);
  if (refused !== 'already_used' || !first) return { kind: 'refused', code: refused };
  return {
    kind: 'refused',
    code: refused,
    usedAt: first.scannedAt.toISOString(),
    gate: first.gate,
    by: first.by,
  };
}

const atMainEntrance = {
  direction: 'in',
  checkpointId: null,
  day: '',
  allowedTypes: null,
  admitsDisputed: false,
} as const;

/** A ticket as the rules of the door see it. */
const toDoorTicket = (row: DoorTicketRow): DoorTicket => ({
  ticketTypeId: row.ticket_type_id,
  issue: row.issue,
  standing: standingOf(row),
  isTransferred: row.is_transferred,
  inside: null,
  entrance: { day: null, visit: row.visit, used: row.visit > 0 ? 1 : 0, inside: false },
  uses: {},
});

function standingOf(row: DoorTicketRow): DoorTicket['standing'] {
  if (row.status === 'cancelled') return row.was_refunded ? 'refunded' : 'cancelled';
  if (row.is_waiting) return 'waiting';
  return row.is_disputed ? 'disputed' : 'valid';
}

const oldestMs = 7 * 24 * 3_600_000;

/**
 * Decision: the time at which a scan counts as made. An offline device reports when it scanned, by a clock that may
 * be wrong. A guest who is inside must not be sent out for that. So the time is moved into the last seven days, and
 * is never in the future.
 */
export function decideScannedAt(said: string | undefined, now: Date): Date {
  if (said === undefined) return now;
  const atMs = Date.parse(said);
  return new Date(Math.min(Math.max(atMs, now.getTime() - oldestMs), now.getTime()));
}
