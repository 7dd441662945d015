import type { CheckIn } from '../../../contract/check-ins.ts';
import { type DoorTicket, decideScan, plainRules, type ScanRefusal } from '../../../contract/door-rules.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { EventId, Id, TicketId } from '../../../contract/ids.ts';
import type { TicketClaim } from '../tickets/code.ts';
import type { DoorTicketRow } from './store.ts';

/** Why the door refuses a ticket. */
export type DoorRefusal = Extract<
  ErrorCode,
  | ScanRefusal
  | 'wrong_event'
  | 'bad_signature'
  | 'stale_code'
  | 'paper_not_accepted'
  | 'unknown_ticket'
  | 'wrong_number'
  | 'too_many_attempts'
  | 'check_in_undone'
  | 'door_link_ended'
>;

/** `conflictId` names the conflict that a scan caused (door-conflicts.ts). */
export type ScanOutcome =
  | { kind: 'admitted'; checkIn: CheckIn; conflictId?: Id<'doorConflict'> }
  | {
      kind: 'refused';
      code: DoorRefusal;
      usedAt?: string;
      gate?: string | null;
      by?: string;
      retryAfterSeconds?: number;
      conflictId?: Id<'doorConflict'>;
    }
  /** The server failed at this scan and kept nothing of it. */
  | { kind: 'failed'; error: unknown }
  /** The device refused the guest itself, so nothing changes. */
  | { kind: 'noted' }
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
 * Decision: why this scan did not admit a ticket with a valid code of this event, at the main entrance of an event without rules
 * of its own. `first` is the ticket's existing admission. Null if only all rules of the door can say it.
 */
export function decideRefusal(
  ticket: DoorTicketRow | null,
  claim: TicketClaim,
  first: Admission | null,
): Extract<ScanOutcome, { kind: 'refused' }> | null {
  if (!ticket) return { kind: 'refused', code: 'unknown_ticket' };
  const { refused } = decideScan(toDoorTicket(ticket), { ...atMainEntrance, issue: claim.issue }, plainRules);
  if (refused === null) return null;
  if (refused !== 'already_used') return { kind: 'refused', code: refused };
  return (
    first && {
      kind: 'refused',
      code: refused,
      usedAt: first.scannedAt.toISOString(),
      gate: first.gate,
      by: first.by,
    }
  );
}

const atMainEntrance = {
  direction: 'in',
  checkpointId: null,
  day: '',
  allowedTypes: null,
  admitsDisputed: false,
} as const;

/** A ticket as the rules of the door see it. */
export function toDoorTicket(row: DoorTicketRow): DoorTicket {
  const { main, ...uses } = row.uses ?? {};
  return {
    ticketTypeId: row.ticket_type_id,
    issue: row.issue,
    standing: standingOf(row),
    isTransferred: row.is_transferred,
    inside: row.is_inside ? { checkpointId: row.inside_checkpoint, day: row.inside_day } : null,
    entrance: main ?? { day: null, visit: row.visit, used: row.visit > 0 ? 1 : 0, inside: false },
    uses,
  };
}

function standingOf(row: DoorTicketRow): DoorTicket['standing'] {
  if (row.status === 'cancelled') return row.was_refunded ? 'refunded' : 'cancelled';
  if (row.is_waiting) return 'waiting';
  return row.is_disputed ? 'disputed' : 'valid';
}

const oldestMs = 7 * 24 * 3_600_000;
/** How far a difference of clocks that a device has measured may be from what the hand-in itself shows. */
const mostTravelMs = 60_000;

/**
 * Decision: how far the clock of a device is ahead of ours, in milliseconds. The time that the hand-in travelled makes the clock look
 * slow, so the device's own measurement counts if it fits.
 */
export function decideSkewMs(
  device: { sentAt: string; skewMs?: number | undefined } | undefined,
  now: Date,
): number {
  if (!device) return 0;
  const seenMs = Date.parse(device.sentAt) - now.getTime();
  const { skewMs } = device;
  return skewMs !== undefined && Math.abs(skewMs - seenMs) <= mostTravelMs ? skewMs : seenMs;
}

/**
 * Decision: the time at which a scan counts as made. An offline device reports when it scanned, by a clock that may
 * be wrong. A guest who is inside must not be sent out for that. So the time is corrected by how far the clock is ahead, moved
 * into the last seven days, and is never in the future.
 */
export function decideScannedAt(said: string | undefined, now: Date, skewMs = 0): Date {
  if (said === undefined) return now;
  const atMs = Date.parse(said) - skewMs;
  return new Date(Math.min(Math.max(atMs, now.getTime() - oldestMs), now.getTime()));
}
