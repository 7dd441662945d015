import { isProblem } from '../../../../client/problem.ts';
import type { CheckIn } from '../../../../contract/check-ins.ts';
import type { DoorNote } from '../../../../contract/door-notes.ts';

/** What the steward reads about a ticket. */
export type ShownTicket = Pick<CheckIn, 'ticketTypeName' | 'place' | 'attendeeName' | 'orderNumber'> & {
  /** Such as "18+, look at the ID". Tickets that were only looked up have none. */
  notes?: DoorNote[];
};

export type ScanOutcome =
  | {
      kind: 'admitted';
      movement: CheckIn['kind'];
      /** Only of an admission by the server. */
      checkInId?: CheckIn['id'];
      ticketId: CheckIn['ticketId'];
      ticket: ShownTicket;
      warning: CheckIn['warning'];
      presence: CheckIn['presence'];
      /** Decided by this gate, and not yet handed in. */
      isLocal?: boolean;
    }
  | {
      kind: 'refused';
      code: string;
      /** The error, for a code that the door has no words for. */
      error?: unknown;
      usedAt?: string | undefined;
      gate?: string | null | undefined;
      by?: string | undefined;
      /** When the gate may try again. */
      retryAfterSeconds?: number | undefined;
    }
  /** Several tickets of one order. */
  | {
      kind: 'group';
      movement: CheckIn['kind'];
      admitted: number;
      of: number;
      /** Why the others were not, each code once. */
      refused: string[];
      /** Each note once. */
      notes: DoorNote[];
      ticket: ShownTicket | null;
      presence: CheckIn['presence'];
      isLocal: boolean;
    }
  /** No answer came, so nobody knows whether the ticket was admitted. */
  | { kind: 'unanswered' };

export const outcomeOf = (admitted: CheckIn): ScanOutcome => ({
  kind: 'admitted',
  movement: admitted.kind,
  checkInId: admitted.id,
  ticketId: admitted.ticketId,
  ticket: admitted,
  warning: admitted.warning,
  presence: admitted.presence,
});

/** An admission at which the steward should look twice. */
export const needsLook = (outcome: Extract<ScanOutcome, { kind: 'admitted' | 'group' }>): boolean =>
  isCrowded(outcome.presence) ||
  (outcome.kind === 'group' ? outcome.admitted < outcome.of : outcome.warning !== null);

export const isCrowded = (presence: CheckIn['presence']): boolean =>
  presence !== null && presence.inside >= (presence.warnAt ?? presence.limit ?? Number.POSITIVE_INFINITY);

export function outcomeOfError(error: unknown): ScanOutcome {
  if (isProblem(error, 'unreachable')) return { kind: 'unanswered' };
  if (!isProblem(error)) return { kind: 'refused', code: 'internal', error };
  const { usedAt, gate, by, retryAfterSeconds } = error.members as {
    usedAt?: string;
    gate?: string | null;
    by?: string;
    retryAfterSeconds?: number;
  };
  return { kind: 'refused', code: error.code, error, usedAt, gate, by, retryAfterSeconds };
}

/** Decision: what the tickets of a group came to together. */
export function groupOutcome(
  outcomes: readonly ScanOutcome[],
  movement: CheckIn['kind'],
): Extract<ScanOutcome, { kind: 'group' }> {
  const admitted = outcomes.filter((each) => each.kind === 'admitted');
  const notes = new Map(
    admitted.flatMap(({ ticket }) => ticket.notes ?? []).map((each) => [sayAll(each), each]),
  );
  const codes = outcomes.flatMap((each) => (each.kind === 'refused' ? each.code : []));
  return {
    kind: 'group',
    movement: admitted[0]?.movement ?? movement,
    admitted: admitted.length,
    of: outcomes.length,
    refused: [...new Set(codes)],
    notes: [...notes.values()],
    ticket: admitted[0]?.ticket ?? null,
    // The last of them knows of the others.
    presence: admitted.at(-1)?.presence ?? null,
    isLocal: admitted.some(({ isLocal }) => isLocal),
  };
}

const sayAll = ({ kind, label, text }: DoorNote): string => JSON.stringify([kind, label, text]);
