import {
  type Checkpoint,
  type DoorRules,
  type DoorTicket,
  dayOf,
  handsOut,
} from '../../../contract/door-rules.ts';
import type { CheckpointId, EventId, TicketId, TicketTypeId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import {
  type Arrival,
  appendConflict,
  type LoggedMovement,
  type Settled,
  settleClaim,
  settleScan,
  type TicketLog,
} from './movements.ts';
import {
  countInside,
  lockDoorTickets,
  selectByNonce,
  selectMovements,
  selectScannerNames,
} from './movements-store.ts';
import { rulesOf, withRemoved } from './read-rules.ts';
import { lockRules, selectTimeZone } from './rules-store.ts';
import { toDoorTicket } from './scan.ts';
import type { DoorTicketRow, KnownScan } from './store.ts';
import { copyOf, type DecidedTickets, writeMovements } from './write-movements.ts';

/** A scan with all that the rules of a door may ask for. */
export interface FullScan extends KnownScan {
  direction: 'in' | 'out';
  checkpointId: CheckpointId | null;
  allowedTypes: TicketTypeId[] | null;
  admitsDisputed: boolean;
  /** What the gate decided without the server; null if it waits for the answer. */
  offline: { admitted: boolean } | null;
  /** A device hands it in after its end, and nothing shows that it was made before. It admits nobody. */
  isLate: boolean;
  /** Writes to the audit log that a manager overruled the dispute of this ticket. Null if nobody did. */
  noteOverruled: ((trx: Transaction, ticketId: TicketId) => void) | null;
}

/** What became of a scan, with what the steward must know. */
export type Moved =
  | {
      kind: 'moved';
      movement: LoggedMovement;
      ticket: DoorTicketRow;
      presence: { inside: number; limit: number | null; warnAt: number | null } | null;
    }
  | {
      kind: 'refused';
      code: Exclude<Settled['refused'], null> | 'unknown_ticket' | 'check_in_undone' | 'door_link_ended';
      /** The movement that has used the right. */
      first: { movement: LoggedMovement; by: string } | null;
      movement: LoggedMovement | null;
    }
  | { kind: 'noted' }
  | { kind: 'nonce_reused' };

/** What a transaction knows while it decides. */
interface Desk extends DecidedTickets {
  rules: DoorRules;
  timeZone: string;
  /** Known and new movements by their nonce. */
  byNonce: Map<string, LoggedMovement>;
  inside: Map<CheckpointId | null, number> | null;
}

/**
 * Decides scans of one event by all rules of its door, in their order, in one transaction: exits, re-entry, checkpoints, limits,
 * and what gates without a network have let in. The plain admission has a shorter way (admit-scans.ts).
 */
export async function moveTickets(app: App, eventId: EventId, scans: FullScan[]): Promise<Moved[]> {
  const moved = await app.db.transaction(async (trx) => {
    const desk = await openDesk(app, trx, eventId, scans);
    const answers = scans.map((scan) => decide(desk, scan));
    writeMovements(desk, trx);
    noteOverruled(desk, trx, scans, answers);
    const firsts = answers.flatMap((each) =>
      each.kind === 'refused' && each.first ? each.first.movement : [],
    );
    const names = await selectScannerNames(trx, firsts);
    for (const each of answers)
      if (each.kind === 'refused' && each.first) each.first.by = nameOf(each.first.movement, names);
    return answers;
  });
  app.relay.wake();
  return moved;
}

/** A manager who lets a ticket in against its dispute is in the audit log, in the same transaction. */
function noteOverruled({ rules }: Desk, trx: Transaction, scans: FullScan[], answers: Moved[]): void {
  for (const [i, { noteOverruled: note, checkInId }] of scans.entries()) {
    const answer = answers[i];
    // A scan that was sent again has the id of its first movement.
    if (!note || answer?.kind !== 'moved' || answer.movement.id !== checkInId) continue;
    if (answer.ticket.is_disputed && rules.disputed === 'refuse' && answer.movement.kind !== 'exit')
      note(trx, answer.ticket.id);
  }
}

const nameOf = ({ admittedBy, deviceId }: LoggedMovement, names: Map<string, string>): string =>
  names.get(admittedBy ?? '') ?? names.get(deviceId ?? '') ?? '';

async function openDesk(app: App, trx: Transaction, eventId: EventId, scans: FullScan[]): Promise<Desk> {
  const ids = [...new Set(scans.map(({ ticketId }) => ticketId))].sort();
  const rules = await rulesOf(trx, eventId, await lockRules(trx, eventId));
  if (rules.version > 0) app.caches.specialDoors.put(eventId, true);
  const tickets = await lockDoorTickets(trx, eventId, ids);
  const [movements, sent, timeZone] = await Promise.all([
    selectMovements(trx, eventId, ids),
    selectByNonce(
      trx,
      eventId,
      scans.map(({ nonce }) => nonce),
    ),
    selectTimeZone(trx, eventId),
  ]);
  const places = [...scans, ...movements].map(({ checkpointId }) => checkpointId);
  const ofTicket = Map.groupBy(movements, ({ ticketId }) => ticketId);
  const desk: Desk = {
    app,
    eventId,
    rules: await withRemoved(trx, eventId, rules, places),
    timeZone: timeZone ?? 'UTC',
    tickets: new Map(tickets.map((ticket) => [ticket.id, ticket])),
    logs: new Map(
      tickets.map((ticket) => [
        ticket.id,
        { state: toDoorTicket(ticket), movements: ofTicket.get(ticket.id) ?? [] },
      ]),
    ),
    byNonce: new Map([...sent, ...movements].map((each) => [each.nonce, each])),
    before: copyOf(movements),
    inside: null,
  };
  if (hasLimits(rules))
    desk.inside = await countInside(trx, eventId, dayAt(desk, app.clock.now()), rules.checkpoints);
  return desk;
}

const hasLimits = ({ insideLimit, warnInsideAt, checkpoints }: DoorRules): boolean =>
  insideLimit !== null || warnInsideAt !== null || checkpoints.some((each) => each.insideLimit !== null);

const dayAt = ({ timeZone, rules }: Pick<Desk, 'timeZone' | 'rules'>, at: Date): string =>
  dayOf(at, timeZone, rules);

function decide(desk: Desk, scan: FullScan): Moved {
  const known = desk.byNonce.get(scan.nonce);
  const ticket = desk.tickets.get(scan.ticketId);
  const log = desk.logs.get(scan.ticketId);
  if (known)
    return known.ticketId === scan.ticketId && ticket && log
      ? answerAgain(desk, known, ticket, log)
      : { kind: 'nonce_reused' };
  if (!ticket || !log) return { kind: 'refused', code: 'unknown_ticket', first: null, movement: null };
  if (scan.offline && !scan.offline.admitted) return { kind: 'noted' };
  const arrival = toArrival(desk, scan);
  const most = scan.offline && mostOf(log, scan);
  if (most) return answerAgain(desk, most, ticket, log);
  if (scan.isLate) return decideEnded(desk, scan, log, arrival);
  const wasInside = log.state;
  const inside = (at: CheckpointId | null) => desk.inside?.get(at) ?? 0;
  const settled = scan.offline
    ? settleClaim(
        log,
        arrival,
        desk.rules,
        inside,
        () => desk.app.newId('doorConflict'),
        (at) => dayAt(desk, at),
      )
    : settleScan(log, arrival, desk.rules, inside, (at) => dayAt(desk, at));
  countMoved(desk, wasInside, log.state);
  if (settled.movement) desk.byNonce.set(scan.nonce, settled.movement);
  if (settled.refused !== null)
    return {
      kind: 'refused',
      code: settled.refused,
      first: firstOf(log, settled.refused, arrival),
      movement: settled.movement,
    };
  return toMoved(desk, settled.movement, ticket);
}

/** How many conflicts of one ticket a device or person may cause. */
const mostConflicts = 20;

/**
 * The latest conflict of the scanner with this ticket, if there are too many. A further scan gets the answer of that one and no
 * row, so that one device cannot fill the log of a ticket, which every scan of the ticket reads.
 */
function mostOf({ movements }: TicketLog, { admittedBy, deviceId }: FullScan): LoggedMovement | null {
  const mine = movements.filter(
    (each) =>
      each.void > 0 &&
      each.conflict !== null &&
      each.undoneAt === null &&
      each.deviceId === deviceId &&
      each.admittedBy === admittedBy,
  );
  return mine.length < mostConflicts ? null : (mine.at(-1) ?? null);
}

/** A thief with a revoked gate must not be able to use up tickets, so what was scanned after the end admits nobody. */
function decideEnded(desk: Desk, scan: FullScan, log: TicketLog, arrival: Arrival): Moved {
  if (!scan.offline) return { kind: 'refused', code: 'door_link_ended', first: null, movement: null };
  const conflict = { id: desk.app.newId('doorConflict'), code: 'link_ended', admissionId: null } as const;
  const movement = appendConflict(log, arrival, conflict);
  desk.byNonce.set(scan.nonce, movement);
  return { kind: 'refused', code: 'door_link_ended', first: null, movement };
}

function toArrival(desk: Desk, scan: FullScan): Arrival {
  const { checkpoints, removed = [] } = desk.rules;
  const kind = [...checkpoints, ...removed].find(({ id }) => id === scan.checkpointId)?.kind;
  return {
    direction: scan.direction,
    day: dayAt(desk, scan.scannedAt),
    issue: scan.issue,
    allowedTypes: scan.allowedTypes,
    admitsDisputed: scan.admitsDisputed,
    movement: {
      id: scan.checkInId,
      ticketId: scan.ticketId,
      nonce: scan.nonce,
      kind: handsOut(kind) ? 'handout' : 'entry',
      checkpointId: scan.checkpointId,
      day: null,
      visit: 0,
      void: 0,
      gate: scan.gate,
      scannedAt: scan.scannedAt,
      saidAt: scan.saidAt,
      isOffline: scan.offline !== null,
      admittedBy: scan.admittedBy,
      deviceId: scan.deviceId,
      undoneAt: null,
      isTold: false,
      conflict: null,
    },
  };
}

/** A scan that was sent again gets its answer again, or what has become of it since. */
function answerAgain(desk: Desk, known: LoggedMovement, ticket: DoorTicketRow, log: TicketLog): Moved {
  const movement = log.movements.find(({ id }) => id === known.id) ?? known;
  if (movement.void === 0) return toMoved(desk, movement, ticket);
  if (movement.undoneAt || !movement.conflict)
    return { kind: 'refused', code: 'check_in_undone', first: null, movement };
  const { code, admissionId } = movement.conflict;
  const first = log.movements.find(({ id }) => id === admissionId);
  return {
    kind: 'refused',
    code: code === 'double' ? doubleCodeOf(movement) : code === 'link_ended' ? 'door_link_ended' : code,
    first: first ? { movement: first, by: '' } : null,
    movement,
  };
}

const doubleCodeOf = ({ kind }: LoggedMovement) =>
  kind === 'handout' ? ('handout_used' as const) : ('already_used' as const);

function firstOf(
  log: TicketLog,
  code: string,
  { movement }: Arrival,
): { movement: LoggedMovement; by: string } | null {
  if (code !== 'already_used' && code !== 'already_inside' && code !== 'handout_used') return null;
  const entries = log.movements.filter((each) => each.void === 0 && each.kind !== 'exit');
  const first =
    entries.findLast((each) => code === 'already_inside' || each.checkpointId === movement.checkpointId) ??
    entries.findLast((each) => each.kind === 'entry') ??
    // An extra may have been handed out at another desk.
    (code === 'handout_used' ? entries.at(-1) : undefined);
  return first ? { movement: first, by: '' } : null;
}

function toMoved({ rules, inside }: Desk, movement: LoggedMovement, ticket: DoorTicketRow): Moved {
  const presence =
    inside && (rules.insideLimit !== null || rules.warnInsideAt !== null)
      ? { inside: inside.get(null) ?? 0, limit: rules.insideLimit, warnAt: rules.warnInsideAt }
      : null;
  return { kind: 'moved', movement, ticket, presence };
}

/** Keeps the numbers of people right for the next scan of the same transaction. */
function countMoved({ inside, rules }: Desk, before: DoorTicket, after: DoorTicket): void {
  if (!inside) return;
  const add = (at: CheckpointId | null, was: boolean, is: boolean) =>
    was === is || inside.set(at, (inside.get(at) ?? 0) + (is ? 1 : -1));
  add(null, before.inside !== null, after.inside !== null);
  for (const place of rules.checkpoints) add(place.id, isAt(before, place), isAt(after, place));
}

/** Who came into the house by a checkpoint counts for its limit while inside. */
const isAt = ({ inside, uses }: DoorTicket, { id, countsInside }: Checkpoint): boolean =>
  countsInside ? inside?.checkpointId === id : (uses[id]?.inside ?? false);
