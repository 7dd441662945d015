import type { Caller } from '../../../../../client/call.ts';
import { checkIn, checkInGroup, findDoorTickets } from '../../../../../client/endpoints.generated.ts';
import { type ApiProblem, isProblem, type ProblemCode } from '../../../../../client/problem.ts';
import type { CheckIn } from '../../../../../contract/check-ins.ts';
import { codeToSend } from '../../../../../contract/gate-code.ts';
import { groupNonce } from '../../../../../contract/group-nonce.ts';
import type { EventId, TicketId } from '../../../../../contract/ids.ts';
import { outcomeOf, outcomeOfError, type ScanOutcome } from '../scan-outcome.ts';
import type { GatePlace } from './decide-here.ts';
import type { FoundTicket } from './find-here.ts';

/** What the steward has before him: a text that was read or typed, or a ticket that he has found. */
export type What = { text: string } | { ticketId: TicketId };

interface At {
  nonce: string;
  gate: string | undefined;
  place: GatePlace;
}

/** A scan as the steward makes it. */
export interface GateScan extends At {
  what: What;
  /** A manager admits a ticket whose payment is disputed. Only the server can. */
  overrides?: 'ticket_disputed'[];
}

/** Other tickets of the order of a ticket, which came together with it. */
export interface GroupScan extends At {
  with: TicketId;
  ticketIds: TicketId[];
}

/** How long a guest waits for the server. Then the gate decides by what it knows. */
const patienceMs = 1_500;
const findPatienceMs = 4_000;

/** Asks the server about scans. `admitted` hears of each admission, and `ended` when the server lets the gate scan no more. */
export function createAsker({
  call,
  eventId,
  headers,
  admitted,
  ended,
}: {
  call: Caller;
  eventId: EventId;
  headers(): Record<string, string>;
  admitted(nonce: string, scan: At, checkIn: CheckIn): void;
  ended(problem: ApiProblem): Promise<void>;
}) {
  const params = { eventId };
  const once = () => ({ params, headers: headers(), retries: 0, signal: AbortSignal.timeout(patienceMs) });
  return {
    /** Null if no answer comes in time: nobody knows then whether the server has admitted the ticket. */
    async scan(scan: GateScan): Promise<ScanOutcome | null> {
      const { what, nonce, overrides } = scan;
      const body = { ...bodyOf(what), nonce, ...placeOf(scan), ...(overrides && { overrides }) };
      try {
        const checkedIn = await call(checkIn, { ...once(), body });
        admitted(nonce, scan, checkedIn);
        return outcomeOf(checkedIn);
      } catch (error) {
        if (isUnanswered(error)) return null;
        if (isEnding(error)) await ended(error);
        return outcomeOfError(error);
      }
    },
    /** The outcome of each ticket; null if no answer comes. A gate box may know no groups, so it is asked `singly`. */
    async group(scan: GroupScan): Promise<ScanOutcome[] | 'singly' | null> {
      const { with: ticketId, ticketIds, nonce } = scan;
      const body = { ticketId, ticketIds, nonce, ...placeOf(scan) };
      try {
        const { results } = await call(checkInGroup, { ...once(), body });
        const byNonce = new Map(results.map((result) => [result.nonce, result]));
        return ticketIds.map((id): ScanOutcome => {
          const own = groupNonce(nonce, id);
          const { checkIn: checkedIn, code, usedAt, gate, by } = byNonce.get(own) ?? {};
          if (checkedIn) {
            admitted(own, scan, checkedIn);
            return outcomeOf(checkedIn);
          }
          // The server leaves tickets out that were passed on meanwhile: another person brings them.
          return { kind: 'refused', code: code ?? 'ticket_transferred', usedAt, gate, by };
        });
      } catch (error) {
        if (isUnanswered(error)) return null;
        if (isProblem(error, 'not_found')) return 'singly';
        if (isEnding(error)) await ended(error);
        const refused = outcomeOfError(error);
        return ticketIds.map(() => refused);
      }
    },
    /** The server's refusal if it gives one; `problem` is null if no answer comes. */
    async find(
      q: string,
    ): Promise<{ tickets: FoundTicket[]; hasMore: boolean } | { problem: ApiProblem | null }> {
      try {
        const signal = AbortSignal.timeout(findPatienceMs);
        const { items, hasMore } = await call(findDoorTickets, { ...once(), signal, query: { q } });
        const tickets = items.map(({ attendeeName, buyerName, status, ...item }) => ({
          ...item,
          attendeeName: attendeeName ?? buyerName,
          isOver: status === 'valid' ? null : status,
        }));
        return { tickets, hasMore };
      } catch (error) {
        return { problem: isProblem(error) && error.code !== 'unreachable' ? error : null };
      }
    },
  };
}

/** What the server takes as the ticket. */
export const bodyOf = (what: What): { code: string } | { ticketId: TicketId } =>
  'ticketId' in what ? { ticketId: what.ticketId } : { code: codeToSend(what.text) };

export const placeOf = ({ gate, place: { direction, checkpointId } }: Pick<At, 'gate' | 'place'>) => ({
  ...(gate && { gate }),
  ...(direction === 'out' && { direction }),
  ...(checkpointId && { checkpointId }),
});

/** Too many wrong numbers is an answer for the steward, although the gate may ask again later. */
const isUnanswered = (error: unknown): boolean =>
  !isProblem(error) || error.outcomeUnknown || (error.retryable && error.code !== 'too_many_attempts');

const endings: ProblemCode[] = ['unauthenticated', 'forbidden', 'not_found', 'suspended', 'door_link_ended'];
const isEnding = (error: unknown): error is ApiProblem => isProblem(error) && endings.includes(error.code);
