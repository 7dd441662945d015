import type { CheckIn } from '../../../contract/check-ins.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { TicketClaim } from '../tickets/code.ts';

/** Why the door says no. */
export type DoorRefusal = Extract<
  ErrorCode,
  'already_used' | 'wrong_event' | 'ticket_cancelled' | 'ticket_reissued' | 'bad_signature' | 'unknown_ticket'
>;

export type ScanOutcome =
  | { kind: 'admitted'; checkIn: CheckIn }
  | { kind: 'refused'; code: DoorRefusal; usedAt?: string; gate?: string | null; by?: string }
  /** The device used a nonce again for another ticket: its fault, not the guest's. */
  | { kind: 'nonce_reused' };

/** A first admission, as a later scan of the same ticket is told of it. */
export interface Admission {
  ticketId: TicketId;
  scannedAt: Date;
  gate: string | null;
  /** The name of the member of the team who scanned. */
  by: string;
}

/** Decision: what the code alone says, before the database is asked. */
export function decideClaim(claim: TicketClaim | null, eventId: EventId): DoorRefusal | null {
  if (!claim) return 'bad_signature';
  return claim.eventId === eventId ? null : 'wrong_event';
}

/**
 * Decision: why a ticket with a good code of this event was not admitted by this scan. `first` is the
 * admission that the ticket has.
 */
export function decideRefusal(
  ticket: { status: 'valid' | 'used' | 'cancelled'; issue: number } | null,
  claim: TicketClaim,
  first: Admission | null,
): Extract<ScanOutcome, { kind: 'refused' }> {
  if (!ticket) return { kind: 'refused', code: 'unknown_ticket' };
  if (ticket.status === 'cancelled') return { kind: 'refused', code: 'ticket_cancelled' };
  // An old copy of a reissued ticket: its holder must not learn whether the new one was used.
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
 * Decision: when a scan counts as made. A device without a network says when it scanned, by a clock that may
 * be wrong; a guest who is inside must not be sent out for that, so the time is moved into the last seven
 * days and never lies in the future.
 */
export function decideScannedAt(said: string | undefined, now: Date): Date {
  if (said === undefined) return now;
  const atMs = Date.parse(said);
  return new Date(Math.min(Math.max(atMs, now.getTime() - oldestMs), now.getTime()));
}
