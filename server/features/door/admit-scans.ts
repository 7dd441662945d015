import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CheckIn, Scan } from '../../../contract/check-ins.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueEffects } from '../../outbox.ts';
import { type EventSale, readEventSale } from '../catalog/event-sale.ts';
import { orderNumber } from '../orders/orders.ts';
import type { TicketClaim } from '../tickets/code.ts';
import { placeOf } from '../tickets/ticket.ts';
import { type DoorRefusal, decideClaim, decideRefusal, decideScannedAt, type ScanOutcome } from './scan.ts';
import {
  type AdmissionRow,
  admitTickets,
  type DoorTicket,
  findAdmissionsOf,
  findDoorTickets,
  type KnownScan,
} from './store.ts';

/** A scan with a code of ours for this event, and its place in the batch. */
interface Candidate extends KnownScan {
  claim: TicketClaim;
  index: number;
}

/**
 * Decides scans in their order, in one transaction: signatures first, without the database; then all that
 * may come in are admitted by one statement; then each scan learns what became of it. Answers one outcome
 * per scan. The same nonce with the same ticket is answered as it was the first time.
 */
export async function admitScans(
  app: App,
  eventId: EventId,
  scans: Scan[],
  admittedBy: UserId,
): Promise<ScanOutcome[]> {
  const event = await readEventSale(app, eventId);
  if (!event) throw new Refused('not_found');
  const { outcomes, candidates } = await verifyScans(app, eventId, scans);
  if (candidates.length > 0) {
    const decided = await admit(app, event, candidates, admittedBy);
    candidates.forEach((candidate, i) => {
      outcomes[candidate.index] = decided[i] as ScanOutcome;
    });
  }
  return outcomes as ScanOutcome[];
}

const scansPerTurn = 50;

async function verifyScans(app: App, eventId: EventId, scans: Scan[]) {
  const now = app.clock.now();
  const outcomes: (ScanOutcome | undefined)[] = [];
  const candidates: Candidate[] = [];
  for (const [index, scan] of scans.entries()) {
    // A signature takes some 0.1 ms; a batch of 500 must not hold up the others for 50 of them.
    if (index % scansPerTurn === scansPerTurn - 1) await nextTurn();
    const claim = app.signer.verify(scan.code);
    const refusal: DoorRefusal | null = decideClaim(claim, eventId);
    if (refusal || !claim) {
      outcomes[index] = { kind: 'refused', code: refusal ?? 'bad_signature' };
      continue;
    }
    candidates.push({
      index,
      claim,
      checkInId: app.newId('checkIn'),
      ticketId: claim.ticketId,
      issue: claim.issue,
      nonce: scan.nonce,
      gate: scan.gate || null,
      scannedAt: decideScannedAt(scan.scannedAt, now),
    });
  }
  return { outcomes, candidates };
}

async function admit(
  app: App,
  event: EventSale,
  candidates: Candidate[],
  admittedBy: UserId,
): Promise<ScanOutcome[]> {
  const { eventId } = event;
  try {
    const outcomes = await app.db.transaction(async (trx) => {
      const now = app.clock.now();
      const tried = [...firstOfNonces(candidates).values()];
      const admitted = await admitTickets(trx, eventId, tried, admittedBy, now);
      const effects = admitted.map((row) => ({
        topic: 'door_events' as const,
        type: 'ticket.admitted',
        eventId,
        payload: {
          checkInId: row.id,
          ticketId: row.ticket_id,
          gate: row.gate,
          checkedInAt: row.scanned_at.toISOString(),
        },
      }));
      enqueueEffects(trx, effects, now);
      // A second statement sees what the winner of a race has written, which the first could not.
      const ticketIds = candidates.map((candidate) => candidate.ticketId);
      const tickets = await findDoorTickets(trx, eventId, ticketIds);
      const nonces = candidates.map((candidate) => candidate.nonce);
      const admissions = await findAdmissionsOf(trx, eventId, nonces, ticketIds);
      return explain(event, candidates, tickets, admissions);
    });
    app.relay.wake();
    return outcomes;
  } catch (error) {
    // Two requests with one nonce at the same instant: the other has committed, so this one now sees it.
    if (!isNonceTaken(error)) throw error;
    return admit(app, event, candidates, admittedBy);
  }
}

const isNonceTaken = (error: unknown): boolean =>
  (error as { constraint?: string }).constraint === 'check_ins_by_nonce';

/** Of scans with the same nonce only the first is tried; the others must be the same scan. */
function firstOfNonces(candidates: Candidate[]): Map<string, Candidate> {
  const firsts = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (!firsts.has(candidate.nonce)) firsts.set(candidate.nonce, candidate);
  }
  return firsts;
}

function explain(
  event: EventSale,
  candidates: Candidate[],
  tickets: DoorTicket[],
  admissions: AdmissionRow[],
): ScanOutcome[] {
  const ticketById = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const byNonce = new Map(admissions.map((admission) => [admission.nonce, admission]));
  const byTicket = new Map(admissions.map((admission) => [admission.ticket_id, admission]));
  const firsts = firstOfNonces(candidates);
  return candidates.map(({ claim, nonce, ticketId, issue }) => {
    const ticket = ticketById.get(ticketId) ?? null;
    const mine = byNonce.get(nonce);
    const tried = firsts.get(nonce);
    if (tried?.ticketId !== ticketId || tried.issue !== issue) return { kind: 'nonce_reused' };
    if (mine && mine.ticket_id !== ticketId) return { kind: 'nonce_reused' };
    if (mine && ticket) return { kind: 'admitted', checkIn: toCheckIn(event, ticket, mine) };
    const first = byTicket.get(ticketId);
    return decideRefusal(
      ticket,
      claim,
      first ? { ticketId, scannedAt: first.scanned_at, gate: first.gate, by: first.admitted_by } : null,
    );
  });
}

const toCheckIn = (event: EventSale, ticket: DoorTicket, admission: AdmissionRow): CheckIn => ({
  id: admission.id,
  ticketId: ticket.id,
  checkedInAt: admission.scanned_at.toISOString(),
  gate: admission.gate,
  ticketTypeName: event.ticketTypes.find((type) => type.id === ticket.ticket_type_id)?.name ?? '',
  place: placeOf(event, ticket.seat_index),
  attendeeName: ticket.attendee_name,
  orderNumber: orderNumber(ticket.order_id),
});
