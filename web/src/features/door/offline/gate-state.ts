import { isExtraType, type ManifestHead } from '../../../../../contract/door-manifest.ts';
import type { EventId, TicketId } from '../../../../../contract/ids.ts';
import type { Knowledge } from './knowledge.ts';

/** What the page shows of a gate. A new value for each change. */
export interface GateState {
  eventId: EventId;
  /** starting: the server has neither answered nor failed to. */
  contact: 'starting' | 'online' | 'offline';
  /** What the gate knows; null before the first manifest. Times in milliseconds, by the server's clock. */
  known: Known | null;
  /** Scans that the server has not taken yet. */
  waiting: number;
  /** False if the disk takes nothing: what is waiting would be lost with the page. */
  isKept: boolean;
  /** Why the server did not answer well last time; null if it did. */
  problem: unknown;
  /** The server lets this gate scan no more. */
  hasEnded: boolean;
  /** Another tab of this device has taken the gate over. */
  isElsewhere: boolean;
  /** What came was not signed by the server, or is of another event. The gate goes on with what it knew. */
  isUntrusted: boolean;
  /** Guests who were let in here, and whom the server refuses. The latest first. */
  surprises: Surprise[];
}

interface Known {
  event: ManifestHead['event'];
  rules: ManifestHead['rules'];
  /** The gate may show names. */
  hasNames: boolean;
  /** Tickets that may come in or have come in. */
  tickets: number;
  admitted: number;
  asOfMs: number;
  expiresMs: number;
}

export interface Surprise {
  nonce: string;
  ticketId: TicketId;
  /** When this gate let the guest in. */
  atMs: number;
  code: string;
  usedAt: string | undefined;
  gate: string | null | undefined;
  by: string | undefined;
}

export function holdState(eventId: EventId) {
  let state: GateState = {
    eventId,
    contact: 'starting',
    known: null,
    waiting: 0,
    isKept: true,
    problem: null,
    hasEnded: false,
    isElsewhere: false,
    isUntrusted: false,
    surprises: [],
  };
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change: Partial<GateState>): void {
      state = { ...state, ...change };
      for (const listen of listeners) listen();
    },
    subscribe(listen: () => void): () => void {
      listeners.add(listen);
      return () => void listeners.delete(listen);
    },
  };
}

export function knownOf(knowledge: Knowledge | null): Known | null {
  if (!knowledge) return null;
  let [tickets, admitted] = [0, 0];
  for (const { state, type } of knowledge.tickets.values()) {
    if (isExtraType(knowledge.head, type)) continue;
    if (state !== 'cancelled' && state !== 'refunded') tickets++;
    if (state === 'used') admitted++;
  }
  const { event, rules, hasNames, issuedAt, expiresAt } = knowledge.head;
  const [asOfMs, expiresMs] = [Date.parse(issuedAt), Date.parse(expiresAt)];
  return { event, rules, hasNames, tickets, admitted, asOfMs, expiresMs };
}
