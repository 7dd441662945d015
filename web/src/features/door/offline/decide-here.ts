import {
  type ManifestHead,
  type ManifestTicket,
  notesOfTicket,
  toDoorTicket,
} from '../../../../../contract/door-manifest.ts';
import {
  type DoorRules,
  type DoorScan,
  type DoorTicket,
  dayOf,
  decideScan,
} from '../../../../../contract/door-rules.ts';
import { doorWarning } from '../../../../../contract/door-warning.ts';
import { decideGateCopy, type GateCode } from '../../../../../contract/gate-code.ts';
import type { CheckpointId, TicketId } from '../../../../../contract/ids.ts';
import type { ScanOutcome, ShownTicket } from '../scan-outcome.ts';
import type { Knowledge } from './knowledge.ts';
import type { Passages } from './passages.ts';

/** Where a scan is made, and which way the guest goes. */
export interface GatePlace {
  direction: 'in' | 'out';
  /** Null for the main entrance. */
  checkpointId: CheckpointId | null;
}

/** What this gate itself has let through, which the manifest does not say yet. */
export interface OwnMovement extends GatePlace {
  ticketId: TicketId;
  atMs: number;
  gate: string | null;
}

/** A ticket whose code was verified, or one that the steward has found: then `shown` is nothing that could be a copy. */
export type Presented = Pick<GateCode, 'ticketId' | 'issue'> & { shown: GateCode['shown'] | 'found' };

/**
 * Decision: what the gate says without the server about a ticket. It decides by the same rules as the server (door-rules.ts),
 * about the ticket as the manifest has it, moved on by what went through this gate since.
 */
export function decideHere(
  knowledge: Knowledge,
  { ticketId, issue, shown }: Presented,
  place: GatePlace,
  own: Passages,
  nowMs: number,
): ScanOutcome {
  const { head, tickets } = knowledge;
  if (nowMs > Date.parse(head.expiresAt)) return { kind: 'refused', code: 'knowledge_expired' };
  if (head.event.status === 'cancelled') return { kind: 'refused', code: 'ticket_cancelled' };
  const known = tickets.get(ticketId);
  if (!known) return { kind: 'refused', code: 'unknown_ticket' };
  const copy = shown === 'found' ? null : decideGateCopy(head, known, { shown }, [nowMs]);
  if (copy) return { kind: 'refused', code: copy };
  const allowedTypes = head.ticketTypes.filter(({ isAllowed }) => isAllowed).map(({ id }) => id);
  const scanAt = (at: GatePlace, atMs: number): DoorScan => ({
    issue,
    direction: at.direction,
    checkpointId: at.checkpointId,
    day: dayOf(new Date(atMs), head.event.timeZone, head.rules),
    allowedTypes,
    admitsDisputed: false,
  });
  const mine = own.of(ticketId);
  const ticket = movedOn(toDoorTicket(head, known), mine, head.rules, scanAt);
  // The limit of a zone is left to the server: the manifest does not say how many are in it.
  const inside = (checkpointId: CheckpointId | null) =>
    checkpointId === null ? countInside(knowledge, own.all()) : 0;
  const decision = decideScan(ticket, scanAt(place, nowMs), head.rules, inside);
  if (decision.refused)
    return { kind: 'refused', code: decision.refused, ...usedBefore(decision.refused, known, mine) };
  const { doorsAt, startsAt, endsAt } = head.event;
  const warning = doorWarning(
    { opensAt: new Date(doorsAt ?? startsAt), endsAt: new Date(endsAt) },
    new Date(nowMs),
  );
  return {
    kind: 'admitted',
    movement: decision.movement.kind,
    ticketId,
    ticket: shownTicket(head, known),
    warning: warning && { code: warning.code, at: warning.at.toISOString() },
    presence: presenceAfter(decision.movement.kind, head.rules, () => inside(null)),
    isLocal: true,
  };
}

/** The ticket after what went through here. What the manifest counts already is refused by the rules, and changes nothing. */
function movedOn(
  ticket: DoorTicket,
  own: readonly OwnMovement[],
  rules: DoorRules,
  scanAt: (at: GatePlace, atMs: number) => DoorScan,
): DoorTicket {
  let moved = ticket;
  for (const movement of own) {
    const decision = decideScan(moved, scanAt(movement, movement.atMs), rules);
    if (!decision.refused) moved = decision.movement.after;
  }
  return moved;
}

/** How many people are in the house, as far as this gate knows. */
function countInside({ head, tickets }: Knowledge, own: readonly OwnMovement[]): number {
  const counts = (id: CheckpointId | null) =>
    id === null || head.rules.checkpoints.some((place) => place.id === id && place.countsInside);
  const latest = new Map<TicketId, boolean>();
  for (const { direction, checkpointId, ticketId } of own)
    if (counts(checkpointId)) latest.set(ticketId, direction === 'in');
  let inside = 0;
  for (const ticket of tickets.values()) if (latest.get(ticket.id) ?? ticket.inside !== null) inside++;
  return inside;
}

/** How many are inside with this guest, if the event counts. */
function presenceAfter(
  kind: 'entry' | 'exit' | 'handout',
  { insideLimit, warnInsideAt }: DoorRules,
  inside: () => number,
) {
  if (kind === 'handout' || (insideLimit === null && warnInsideAt === null)) return null;
  const change = kind === 'entry' ? 1 : -1;
  return { inside: Math.max(0, inside() + change), limit: insideLimit, warnAt: warnInsideAt };
}

/** When and where the ticket was used, if that is why it is refused. */
function usedBefore(code: string, { usedAt, usedGate }: ManifestTicket, own: readonly OwnMovement[]) {
  if (code !== 'already_used' && code !== 'already_inside') return {};
  const mine = own.findLast(({ direction }) => direction === 'in');
  if (mine) return { usedAt: new Date(mine.atMs).toISOString(), gate: mine.gate };
  return usedAt === null ? {} : { usedAt: new Date(usedAt * 1000).toISOString(), gate: usedGate };
}

/** What the manifest says of a ticket to a steward. */
export const shownTicket = (head: ManifestHead, ticket: ManifestTicket): ShownTicket => ({
  ticketTypeName: head.ticketTypes[ticket.type]?.name ?? '',
  place: ticket.seat,
  attendeeName: ticket.name,
  orderNumber: ticket.orderId.slice(-8),
  notes: notesOfTicket(head, ticket),
});
