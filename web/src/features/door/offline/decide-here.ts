import type { ManifestTicket } from '../../../../../contract/door-manifest.ts';
import { doorWarning } from '../../../../../contract/door-warning.ts';
import type { TicketId } from '../../../../../contract/ids.ts';
import type { ScanOutcome, ShownTicket } from '../scan-outcome.ts';
import type { Knowledge } from './knowledge.ts';

/** What this gate itself has let in, which the manifest does not say yet. */
export interface OwnAdmission {
  ticketId: TicketId;
  atMs: number;
  gate: string | null;
}

type Refusal = Extract<ScanOutcome, { kind: 'refused' }>;

/** Decision: what the gate says without the server about a code that was verified. */
export function decideHere(
  { head, tickets }: Knowledge,
  { ticketId, issue }: { ticketId: TicketId; issue: number },
  own: readonly OwnAdmission[],
  nowMs: number,
): ScanOutcome {
  if (nowMs > Date.parse(head.expiresAt)) return { kind: 'refused', code: 'knowledge_expired' };
  if (head.event.status === 'cancelled') return { kind: 'refused', code: 'ticket_cancelled' };
  const ticket = tickets.get(ticketId);
  if (!ticket) return { kind: 'refused', code: 'unknown_ticket' };
  const refusal = refusalOf(ticket, issue, head.ticketTypes[ticket.type]?.isAllowed ?? true, own);
  if (refusal) return refusal;
  const { doorsAt, startsAt, endsAt } = head.event;
  const times = { opensAt: new Date(doorsAt ?? startsAt), endsAt: new Date(endsAt) };
  const warning = doorWarning(times, new Date(nowMs));
  return {
    kind: 'admitted',
    ticket: shownTicket(head.ticketTypes, ticket),
    warning: warning && { code: warning.code, at: warning.at.toISOString() },
    isLocal: true,
  };
}

function refusalOf(
  ticket: ManifestTicket,
  issue: number,
  isAllowed: boolean,
  own: readonly OwnAdmission[],
): Refusal | null {
  const refused = (code: string): Refusal => ({ kind: 'refused', code });
  if (ticket.state === 'cancelled') return refused('ticket_cancelled');
  if (ticket.state === 'refunded') return refused('ticket_refunded');
  // An old copy of a reissued ticket. Its holder must not learn whether the new one was used.
  if (ticket.issue !== issue) return refused('ticket_reissued');
  if (ticket.state === 'waiting') return refused('not_yet_paid');
  if (!isAllowed) return refused('wrong_ticket_type');
  const mine = own.find(({ ticketId }) => ticketId === ticket.id);
  if (mine) return { ...refused('already_used'), usedAt: new Date(mine.atMs).toISOString(), gate: mine.gate };
  if (ticket.state === 'used') {
    const usedAt = ticket.usedAt === null ? undefined : new Date(ticket.usedAt * 1000).toISOString();
    return { ...refused('already_used'), usedAt, gate: ticket.usedGate };
  }
  return ticket.isDisputed ? refused('ticket_disputed') : null;
}

const shownTicket = (
  types: readonly { name: string }[],
  { type, seat, name, orderId }: ManifestTicket,
): ShownTicket => ({
  ticketTypeName: types[type]?.name ?? '',
  place: seat,
  attendeeName: name,
  orderNumber: orderId.slice(-8),
});
