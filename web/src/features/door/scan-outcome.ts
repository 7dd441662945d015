import { isProblem } from '../../../../client/problem.ts';
import type { CheckIn } from '../../../../contract/check-ins.ts';

/** What the steward reads about a ticket. */
export type ShownTicket = Pick<CheckIn, 'ticketTypeName' | 'place' | 'attendeeName' | 'orderNumber'>;

export type ScanOutcome =
  | {
      kind: 'admitted';
      movement: CheckIn['kind'];
      /** Only of an admission by the server. */
      checkInId?: CheckIn['id'];
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
    }
  /** No answer came, so nobody knows whether the ticket was admitted. */
  | { kind: 'unanswered' };

export const outcomeOf = (admitted: CheckIn): ScanOutcome => ({
  kind: 'admitted',
  movement: admitted.kind,
  checkInId: admitted.id,
  ticket: admitted,
  warning: admitted.warning,
  presence: admitted.presence,
});

/** An admission at which the steward should look twice. */
export const needsLook = ({ warning, presence }: Extract<ScanOutcome, { kind: 'admitted' }>): boolean =>
  warning !== null || isCrowded(presence);

export const isCrowded = (presence: CheckIn['presence']): boolean =>
  presence !== null && presence.inside >= (presence.warnAt ?? presence.limit ?? Number.POSITIVE_INFINITY);

export function outcomeOfError(error: unknown): ScanOutcome {
  if (isProblem(error, 'unreachable')) return { kind: 'unanswered' };
  if (!isProblem(error)) return { kind: 'refused', code: 'internal', error };
  const { usedAt, gate, by } = error.members as { usedAt?: string; gate?: string | null; by?: string };
  return { kind: 'refused', code: error.code, error, usedAt, gate, by };
}
