import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CheckIn, Scan } from '../../../contract/check-ins.ts';
import { type DoorTimes, doorWarning } from '../../../contract/door-warning.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { isDatabaseUnavailable } from '../../data/database-trouble.ts';
import { gatherPer } from '../../gather.ts';
import type { Scanner } from '../door-links/scanner.ts';
import { endUsedResales } from '../inventory/end-resales.ts';
import { orderNumber } from '../orders/orders.ts';
import { readDoorTimes } from '../sale/door-times.ts';
import type { ReadCode } from '../tickets/code.ts';
import { placeOf } from '../tickets/ticket.ts';
import { refuseCopies } from './refuse-copies.ts';
import { type DoorRefusal, decideClaim, decideRefusal, decideScannedAt, type ScanOutcome } from './scan.ts';
import {
  type Admission,
  type Admitted,
  admitTickets,
  findAdmissionsOf,
  findDoorTickets,
  type KnownScan,
  type ShownTicket,
} from './store.ts';

/** A scan with a code of ours for this event. */
interface Candidate extends KnownScan {
  claim: ReadCode;
}

/** The decision about a candidate. An admission still has the form of its row. */
type Decided =
  | Exclude<ScanOutcome, { kind: 'admitted' }>
  | { kind: 'admitted'; admission: Admission; ticket: ShownTicket };

/**
 * Decides scans in their order. It checks the signatures first, without the database, and then admits the tickets
 * that may come in. It returns one outcome per scan. A scan with the same nonce and the same ticket gets its first
 * outcome again.
 */
export async function admitScans(
  app: App,
  eventId: EventId,
  scans: Scan[],
  scanner: Scanner,
): Promise<ScanOutcome[]> {
  const read = readDoorTimes(app, eventId);
  const times = read instanceof Promise ? await read : read;
  const signed = await verifyScans(app, eventId, scans, scanner);
  const verified = await refuseCopies(app, eventId, times?.ticketCodes ?? 'fixed', signed);
  const candidates = verified.filter((each) => 'claim' in each);
  const outcomes = (await admit(app, candidates)).values();
  return verified.map((each) =>
    'claim' in each ? toOutcome(outcomes.next().value as Decided, times) : each,
  );
}

const scansPerTurn = 50;

async function verifyScans(
  app: App,
  eventId: EventId,
  scans: Scan[],
  scanner: Scanner,
): Promise<(Candidate | Extract<ScanOutcome, { kind: 'refused' }>)[]> {
  const now = app.clock.now();
  const verified: (Candidate | Extract<ScanOutcome, { kind: 'refused' }>)[] = [];
  for (const [index, scan] of scans.entries()) {
    // A signature takes about 0.1 ms. A batch of 500 must not block other requests for 50 ms.
    if (index % scansPerTurn === scansPerTurn - 1) await nextTurn();
    const claim = app.signer.verify(scan.code);
    const refusal: DoorRefusal | null = decideClaim(claim, eventId);
    if (refusal || !claim) {
      verified.push({ kind: 'refused', code: refusal ?? 'bad_signature' });
      continue;
    }
    verified.push({
      claim,
      checkInId: app.newId('checkIn'),
      eventId,
      ticketId: claim.ticketId,
      issue: claim.issue,
      nonce: scan.nonce,
      gate: scan.gate || (scanner.link?.gate ?? null),
      scannedAt: decideScannedAt(scan.scannedAt, now),
      admittedBy: scanner.userId,
      deviceId: scanner.deviceId,
    });
  }
  return verified;
}

/** An offline device's scans run in a transaction of their own, so that nobody at a gate waits for them. */
async function admit(app: App, candidates: Candidate[]): Promise<Decided[]> {
  const [only] = candidates;
  if (candidates.length === 1 && only) return [await admitTogether(app, only)];
  return candidates.length === 0 ? [] : Promise.all(await admitAll(app, candidates));
}

const mostTogether = 200;

/** Scans that arrive at any gate while the previous ones commit share the next transaction. */
const admitTogether = gatherPer(async (app: App, candidates: Candidate[]) => {
  try {
    return await admitAll(app, candidates);
  } catch (error) {
    if (candidates.length === 1 || isDatabaseUnavailable(error)) throw error;
    // One scan must not take down its neighbours: each gets a transaction of its own.
    app.log.error({ err: error }, 'a batch of scans failed; each scan is retried separately');
    return candidates.map(async (candidate) => {
      const [decided] = await admitAll(app, [candidate]);
      return decided as Decided;
    });
  }
}, mostTogether);

/** Admits in one transaction. The reasons for refusals are read after it, while the next scans are admitted. */
async function admitAll(app: App, candidates: Candidate[]): Promise<(Decided | Promise<Decided>)[]> {
  const tried = firstOfNonces(candidates);
  try {
    const admitted = await admitTickets(app.db, [...tried.values()], app.clock.now());
    if (admitted.length > 0) app.relay.wake();
    endResalesOf(app, admitted);
    const byId = new Map(admitted.map((row) => [row.check_in_id, row]));
    const others = candidates.filter((each) => !byId.has(each.checkInId));
    const explain = others.length === 0 ? null : readReasons(app, others, tried);
    return candidates.map((candidate) => {
      const row = byId.get(candidate.checkInId);
      if (row || !explain) return { kind: 'admitted', admission: row as Admitted, ticket: row as Admitted };
      return explain.then((reasonOf) => reasonOf(candidate));
    });
  } catch (error) {
    // Two concurrent requests with one nonce: the other one has committed, so this one sees it now.
    if (!isNonceTaken(error)) throw error;
    return admitAll(app, candidates);
  }
}

/** Nobody at the gate waits for it. If it fails, the job `end-resales` ends the offers within a minute. */
function endResalesOf(app: App, admitted: Admitted[]): void {
  if (!admitted.some(({ resale_id }) => resale_id !== null)) return;
  const resold = admitted.filter(({ resale_id }) => resale_id !== null);
  for (const [eventId, tickets] of Map.groupBy(resold, ({ event_id }) => event_id)) {
    const ids = tickets.map(({ ticket_id }) => ticket_id);
    endUsedResales(app, eventId, ids).catch((error) =>
      app.log.warn({ err: error, eventId }, 'the offers of used tickets are still open; a job will end them'),
    );
  }
}

const isNonceTaken = (error: unknown): boolean =>
  (error as { constraint?: string }).constraint === 'check_ins_by_nonce';

const nonceOf = ({ eventId, nonce }: { eventId: EventId; nonce: string }) => `${eventId} ${nonce}`;

/** Of scans with the same nonce only the first is tried. The others must be the same scan. */
function firstOfNonces(candidates: Candidate[]): Map<string, Candidate> {
  const firsts = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const nonce = nonceOf(candidate);
    if (!firsts.has(nonce)) firsts.set(nonce, candidate);
  }
  return firsts;
}

/**
 * Reads why these scans were not admitted. It reads after the admission has committed, so it sees what the winner of
 * a race has written.
 */
async function readReasons(
  app: App,
  candidates: Candidate[],
  tried: Map<string, Candidate>,
): Promise<(candidate: Candidate) => Decided> {
  const [tickets, admissions] = await Promise.all([
    findDoorTickets(app.db, candidates),
    findAdmissionsOf(app.db, candidates),
  ]);
  const ticketById = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const byNonce = new Map(
    admissions.map((admission) => [
      nonceOf({ eventId: admission.event_id, nonce: admission.nonce }),
      admission,
    ]),
  );
  const byTicket = new Map(admissions.map((admission) => [admission.ticket_id, admission]));
  return (candidate) => {
    const { claim, ticketId, issue } = candidate;
    const ticket = ticketById.get(ticketId) ?? null;
    const mine = byNonce.get(nonceOf(candidate));
    const first = tried.get(nonceOf(candidate));
    if (first?.ticketId !== ticketId || first.issue !== issue) return { kind: 'nonce_reused' };
    if (mine && mine.ticket_id !== ticketId) return { kind: 'nonce_reused' };
    if (mine && ticket) return { kind: 'admitted', admission: mine, ticket };
    const earlier = byTicket.get(ticketId);
    return decideRefusal(
      ticket,
      claim,
      earlier
        ? { ticketId, scannedAt: earlier.scanned_at, gate: earlier.gate, by: earlier.admitted_by }
        : null,
    );
  };
}

/** The steward sees the names that the ticket was sold with, because they are on the guest's ticket. */
function toOutcome(decided: Decided, times: DoorTimes | null): ScanOutcome {
  if (decided.kind !== 'admitted') return decided;
  const { admission, ticket } = decided;
  const warning = times && doorWarning(times, admission.scanned_at);
  const checkIn: CheckIn = {
    id: admission.check_in_id,
    ticketId: admission.ticket_id,
    checkedInAt: admission.scanned_at.toISOString(),
    gate: admission.gate,
    ticketTypeName: ticket.ticket_type_name,
    place: placeOf(ticket),
    attendeeName: ticket.attendee_name,
    orderNumber: orderNumber(ticket.order_id),
    warning: warning && { code: warning.code, at: warning.at.toISOString() },
  };
  return { kind: 'admitted', checkIn };
}
