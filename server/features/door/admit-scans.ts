import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { isDatabaseUnavailable } from '../../data/database-trouble.ts';
import { gatherPer } from '../../gather.ts';
import type { Scanner } from '../door-links/scanner.ts';
import { trustLateScans } from '../door-links/trust-late-scans.ts';
import { endUsedResales } from '../inventory/end-resales.ts';
import { readDoorAnswers } from '../questions/read-door-answers.ts';
import { type DoorTerms, readDoorTimes } from '../sale/door-times.ts';
import { selectSent } from './look-up-store.ts';
import { moveTickets } from './move-tickets.ts';
import { noteRefusals } from './note-refusals.ts';
import { type Candidate, type GivenScan, readScans } from './read-scans.ts';
import { refuseCopies } from './refuse-copies.ts';
import { decideRefusal, type ScanOutcome } from './scan.ts';
import { type Decided, toDecided, toOutcome } from './show-scan.ts';
import { type Admitted, admitTickets, findAdmissionsOf, findDoorTickets } from './store.ts';

/**
 * Decides scans in their order. It checks the signatures first, without the database, and then admits the tickets
 * that may come in. It returns one outcome per scan. A scan with the same nonce and the same ticket gets its first
 * outcome again. `skewMs` is how far the clock of the device is ahead.
 */
export async function admitScans(
  app: App,
  eventId: EventId,
  scans: GivenScan[],
  scanner: Scanner,
  skewMs = 0,
): Promise<ScanOutcome[]> {
  const read = readDoorTimes(app, eventId);
  const times = read instanceof Promise ? await read : read;
  const signed = await readScans(app, eventId, scans, scanner, skewMs);
  const verified = await refuseCopies(app, eventId, times?.ticketCodes ?? 'fixed', signed);
  const candidates = verified.filter((each) => 'claim' in each);
  if (scanner.ended) await markLate(app, eventId, scanner, candidates);
  const decided = await admit(app, candidates);
  const outcomes = decided.values();
  const seesNames = scanner.link?.seesNames ?? true;
  const answers = seesNames ? await readAnswers(app, eventId, times, decided) : null;
  const all = verified.map((each) => {
    if (!('claim' in each)) return each;
    const outcome = outcomes.next().value as Decided;
    const ticketId = outcome.kind === 'admitted' ? outcome.movement.ticketId : null;
    return toOutcome(outcome, times, seesNames, (ticketId && answers?.get(ticketId)) || []);
  });
  noteRefusals(app, signed, all);
  return all;
}

/** Reads nothing for an event without questions for the door, because each scan would wait for it. */
function readAnswers(app: App, eventId: EventId, times: DoorTerms | null, decided: Decided[]) {
  if (!times?.doorQuestions.length) return null;
  const admitted = decided.flatMap((each) => (each.kind === 'admitted' ? [each.movement.ticketId] : []));
  // The admission is committed. A gate that gets an error would not open for a guest who is in.
  return readDoorAnswers(app.db, eventId, times.doorQuestions, admitted).catch((error: unknown) => {
    app.log.error({ err: error, eventId }, 'a gate did not get the answers of a guest');
    return null;
  });
}

/** Marks what a device hands in after its end and what its last heartbeat did not announce. What the log has stays as it is. */
async function markLate(
  app: App,
  eventId: EventId,
  scanner: Scanner,
  candidates: Candidate[],
): Promise<void> {
  const sent = await selectSent(
    app.db,
    eventId,
    candidates.map(({ nonce }) => nonce),
  );
  const known = new Set(sent.map(({ nonce }) => nonce));
  const news = candidates.filter(({ nonce, isLate }) => !isLate && !known.has(nonce));
  const trusted = await trustLateScans(app, scanner, news);
  for (const each of news) each.isLate = !trusted.has(each.nonce);
}

/** An offline device's scans run in a transaction of their own, so that nobody at a gate waits for them. */
async function admit(app: App, candidates: Candidate[]): Promise<Decided[]> {
  const [only] = candidates;
  if (!only) return [];
  // Scans of one ticket must stay in their order, so one that needs all rules takes the others of its batch along.
  const isPlain = candidates.every((each) => isPlainEntry(app, each));
  const fail = (error: unknown) => toFailed(app, error);
  if (candidates.length === 1)
    return [await (isPlain ? admitTogether(app, only) : moveTogether(app, only)).catch(fail)];
  const decided = await apart(app, candidates, isPlain ? admitAll : moveAll);
  return Promise.all(decided.map((each) => (each instanceof Promise ? each.catch(fail) : each)));
}

/** A scan that fails is answered by name, so that it keeps no other scan of its batch on the device. */
function toFailed(app: App, error: unknown): Decided {
  if (isDatabaseUnavailable(error)) throw error;
  app.log.error({ err: error }, 'a scan failed');
  return { kind: 'failed', error };
}

/** An entry by the main entrance of an event that may have no rules of its own: one statement decides it. */
const isPlainEntry = ({ caches }: App, scan: Candidate): boolean =>
  scan.direction === 'in' &&
  scan.checkpointId === null &&
  scan.allowedTypes === null &&
  !scan.admitsDisputed &&
  scan.offline?.admitted !== false &&
  !scan.isLate &&
  !caches.specialDoors.get(scan.eventId);

const mostTogether = 200;

/** Scans that arrive at any gate while the previous ones commit share the next transaction. */
const admitTogether = gatherPer(
  (app: App, candidates: Candidate[]) => apart(app, candidates, admitAll),
  mostTogether,
);
const moveTogether = gatherPer(
  (app: App, candidates: Candidate[]) => apart(app, candidates, moveAll),
  mostTogether,
);

/** One scan must not take down its neighbours: if they fail together, each gets a transaction of its own. */
async function apart(
  app: App,
  candidates: Candidate[],
  run: (app: App, candidates: Candidate[]) => Promise<(Decided | Promise<Decided>)[]>,
): Promise<(Decided | Promise<Decided>)[]> {
  try {
    return await run(app, candidates);
  } catch (error) {
    if (candidates.length === 1 || isDatabaseUnavailable(error)) throw error;
    app.log.error({ err: error }, 'a batch of scans failed; each scan is retried separately');
    // Scans of one ticket stay in their order.
    const turns = new Map<TicketId, Promise<unknown>>();
    return candidates.map((candidate) => {
      const turn = turns.get(candidate.ticketId) ?? Promise.resolve();
      const decided = turn
        .then(async () => (await run(app, [candidate]))[0] as Decided)
        .catch((failure: unknown) => toFailed(app, failure));
      turns.set(
        candidate.ticketId,
        decided.catch(() => null),
      );
      return decided;
    });
  }
}

/** Decides by all rules of the doors, one transaction for each event. */
async function moveAll(app: App, candidates: Candidate[]): Promise<Decided[]> {
  const decided = new Map<Candidate, Decided>();
  const events = Map.groupBy(candidates, ({ eventId }) => eventId);
  await Promise.all(
    [...events].map(async ([eventId, scans]) => {
      const moved = await again(() => moveTickets(app, eventId, scans));
      for (const [i, scan] of scans.entries()) decided.set(scan, toDecided(moved[i]));
      endResalesOf(
        app,
        moved.flatMap((each) =>
          each.kind === 'moved' && each.movement.kind === 'entry'
            ? { event_id: eventId, ticket_id: each.ticket.id, resale_id: each.ticket.resale_id }
            : [],
        ),
      );
    }),
  );
  return candidates.map((each) => decided.get(each) as Decided);
}

/** Two concurrent requests with one nonce: the other one has committed, so a second attempt sees it. */
async function again<R>(run: () => Promise<R>): Promise<R> {
  try {
    return await run();
  } catch (error) {
    if (!isNonceTaken(error)) throw error;
    return run();
  }
}

/** Admits in one statement. The reasons for refusals are read after it, while the next scans are admitted. */
async function admitAll(app: App, candidates: Candidate[]): Promise<(Decided | Promise<Decided>)[]> {
  const tried = firstOfNonces(candidates);
  const admitted = await again(() => admitTickets(app.db, [...tried.values()], app.clock.now()));
  if (admitted.length > 0) app.relay.wake();
  endResalesOf(app, admitted);
  const byId = new Map(admitted.map((row) => [row.check_in_id, row]));
  const others = candidates.filter((each) => !byId.has(each.checkInId));
  const explained = others.length === 0 ? null : explain(app, others, tried);
  return candidates.map((candidate) => {
    const row = byId.get(candidate.checkInId);
    if (row || !explained) return toDecided({ kind: 'admitted', row: row as Admitted });
    return explained.then((reasons) => reasons.get(candidate) as Decided);
  });
}

/** Nobody at the gate waits for it. If it fails, the job `end-resales` ends the offers within a minute. */
function endResalesOf(app: App, admitted: Pick<Admitted, 'event_id' | 'ticket_id' | 'resale_id'>[]): void {
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
 * Says why these scans were not admitted. It reads after the admission has committed, so it sees what the winner of a race has
 * written. What needs all rules of the door is decided by them: an event with rules of its own, and what a gate without a network
 * has let in.
 */
async function explain(
  app: App,
  candidates: Candidate[],
  tried: Map<string, Candidate>,
): Promise<Map<Candidate, Decided>> {
  const reasonOf = await readReasons(app, candidates, tried);
  const decided = new Map<Candidate, Decided>();
  const open: Candidate[] = [];
  for (const candidate of candidates) {
    const reason = reasonOf(candidate);
    if (reason) decided.set(candidate, reason);
    else open.push(candidate);
  }
  const moved = open.length === 0 ? [] : await Promise.all(await apart(app, open, moveAll));
  for (const [i, candidate] of open.entries()) decided.set(candidate, moved[i] as Decided);
  return decided;
}

async function readReasons(
  app: App,
  candidates: Candidate[],
  tried: Map<string, Candidate>,
): Promise<(candidate: Candidate) => Decided | null> {
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
  const counting = admissions.filter((admission) => admission.void === 0);
  const byTicket = new Map(counting.map((admission) => [admission.ticket_id, admission]));
  return (candidate) => {
    const { claim, ticketId, issue } = candidate;
    const ticket = ticketById.get(ticketId) ?? null;
    const mine = byNonce.get(nonceOf(candidate));
    const first = tried.get(nonceOf(candidate));
    if (first?.ticketId !== ticketId || first.issue !== issue) return { kind: 'nonce_reused' };
    if (mine && mine.ticket_id !== ticketId) return { kind: 'nonce_reused' };
    if (ticket?.has_rules || mine?.void) return null;
    if (mine && ticket) return toDecided({ kind: 'admitted', row: { ...ticket, ...mine } });
    const earlier = byTicket.get(ticketId);
    const refusal = decideRefusal(
      ticket,
      claim,
      earlier
        ? { ticketId, scannedAt: earlier.scanned_at, gate: earlier.gate, by: earlier.admitted_by }
        : null,
    );
    // Only a ticket of ours can be in conflict with what the gate did.
    return candidate.offline && ticket ? null : refusal;
  };
}
