import type { CheckIn } from '../../../contract/check-ins.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { TicketClaim } from '../tickets/code.ts';

/** Why the door refuses a ticket. */
export type DoorRefusal = Extract<
  ErrorCode,
  'already_used' | 'wrong_event' | 'ticket_cancelled' | 'ticket_reissued' | 'bad_signature' | 'unknown_ticket'
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
  /** The name of the team member who scanned. */
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
  ticket: { status: 'valid' | 'used' | 'cancelled'; issue: number } | null,
  claim: TicketClaim,
  first: Admission | null,
): Extract<ScanOutcome, { kind: 'refused' }> {
  if (!ticket) return { kind: 'refused', code: 'unknown_ticket' };
  if (ticket.status === 'cancelled') return { kind: 'refused', code: 'ticket_cancelled' };
  // An old copy of a reissued ticket. Its holder must not learn whether the new one was used.
  if (ticket.issue !== claim.issue) return { kind: 'refused', code: 'ticket_reissued' };
  if (!first) throw new Error(`the ticket ${claim.ticketId} is ${ticket.status} but has no admission`);
  return {
    kind: 'refused',
    code: 'already_used',
    usedAt: first.scannedAt.toISOString(),
    gate: first.gate,
    by: first.by,
  };
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
