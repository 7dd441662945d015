import { type Checkpoint, type DoorRules, type DoorTicket, dayOf } from '../../../contract/door-rules.ts';
import type { CheckInId, CheckpointId, EventId, TicketId, TicketTypeId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { type Effect, enqueueEffects } from '../../data/outbox.ts';
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
  insertMovements,
  lockDoorTickets,
  placeMovements,
  putConflicts,
  selectByNonce,
  selectMovements,
  selectScannerNames,
  type TicketChange,
  updateTickets,
} from './movements-store.ts';
import { rulesOf, withRemoved } from './read-rules.ts';
import { lockRules, selectTimeZone } from './rules-store.ts';
import { toDoorTicket } from './scan.ts';
import type { DoorTicketRow, KnownScan } from './store.ts';

/** A scan with all that the rules of a door may ask for. */
export interface FullScan extends KnownScan {
  direction: 'in' | 'out';
  checkpointId: CheckpointId | null;
  allowedTypes: TicketTypeId[] | null;
  admitsDisputed: boolean;
  /** What the gate decided without the server; null if it waits for the answer. */
  offline: { admitted: boolean } | null;
  /** When the door link ended; null if it has not. */
  endedAt: Date | null;
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
interface Desk {
  app: App;
  eventId: EventId;
  rules: DoorRules;
  timeZone: string;
  tickets: Map<TicketId, DoorTicketRow>;
  logs: Map<TicketId, TicketLog>;
  /** Known and new movements by their nonce. */
  byNonce: Map<string, LoggedMovement>;
  /** Movements as they were before. */
  before: Map<CheckInId, string>;
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
  if (scan.endedAt && scan.scannedAt > scan.endedAt) return decideEnded(desk, scan, log, arrival);
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
    : settleScan(log, arrival, desk.rules, inside);
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
      kind: kind === 'handout' ? 'handout' : 'entry',
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
    entries.findLast((each) => each.kind === 'entry');
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

/** What a transaction has decided about tickets. */
type Decided = Pick<Desk, 'app' | 'eventId' | 'tickets' | 'logs' | 'before'>;

/** Movements as they are now, to see later which of them have changed. */
export const copyOf = (movements: LoggedMovement[]): Desk['before'] =>
  new Map(movements.map((each) => [each.id, JSON.stringify(each)]));

/** Writes what has changed: movements, conflicts, tickets and messages. */
export function writeMovements(desk: Decided, trx: Transaction): void {
  const { app, eventId, before } = desk;
  const now = app.clock.now();
  const changed = new Map<TicketId, LoggedMovement[]>();
  const effects: Effect[] = [];
  for (const [ticketId, { movements }] of desk.logs) {
    const touched = movements.filter((each) => before.get(each.id) !== JSON.stringify(each));
    if (touched.length === 0) continue;
    changed.set(ticketId, touched);
    for (const each of touched)
      effects.push(...effectsOf(desk, each, before.get(each.id)), ...toldOf(desk, each, ticketId));
  }
  const all = [...changed.values()].flat();
  if (all.length === 0) return;
  const free = 1_000_000;
  placeMovements(
    trx,
    eventId,
    all.filter(({ id }) => before.has(id)),
    free,
  );
  insertMovements(
    trx,
    eventId,
    all.filter(({ id }) => !before.has(id)),
    now,
  );
  const conflicts = all.flatMap(({ id, ticketId, conflict }) =>
    conflict ? { ...conflict, ticketId, checkInId: id } : [],
  );
  if (conflicts.length > 0) putConflicts(trx, eventId, conflicts, now);
  updateTickets(
    trx,
    eventId,
    [...changed.keys()].map((id) => toTicketChange(id, desk.logs.get(id) as TicketLog)),
  );
  enqueueEffects(trx, effects, now);
}

function toTicketChange(id: TicketId, { state, movements }: TicketLog): TicketChange {
  const counted = movements.filter((each) => each.void === 0 && each.kind !== 'exit');
  const firstMs = Math.min(...counted.map(({ scannedAt }) => scannedAt.getTime()));
  return {
    id,
    is_used: counted.length > 0,
    used_at: counted.length > 0 ? new Date(firstMs) : null,
    visit: state.entrance.visit,
    is_inside: state.inside !== null,
    inside_checkpoint: state.inside?.checkpointId ?? null,
    inside_day: state.inside?.day ?? null,
    uses: Object.keys(state.uses).length > 0 ? state.uses : null,
  };
}

/** A message for a conflict that is new, or is one again. */
function effectsOf({ eventId }: Decided, each: LoggedMovement, before: string | undefined): Effect[] {
  const { conflict, ticketId } = each;
  const was = before === undefined ? null : (JSON.parse(before) as LoggedMovement).conflict;
  if (!conflict || conflict.isCleared || (was && was.code === conflict.code)) return [];
  const about = { ticketId, conflictId: conflict.id, checkInId: each.id };
  return conflict.code === 'double'
    ? [{ type: 'admit.ticket.doubled.v1', eventId, data: { ...about, admissionId: conflict.admissionId } }]
    : [{ type: 'admit.scan.questioned.v1', eventId, data: { ...about, code: conflict.code } }];
}

/** The message of a movement that counts and has none yet. */
function toldOf({ eventId, tickets }: Decided, each: LoggedMovement, ticketId: TicketId): Effect[] {
  const ticket = tickets.get(ticketId);
  if (each.void > 0 || each.isTold || !ticket) return [];
  each.isTold = true;
  const about = {
    ticketId,
    ticketTypeId: ticket.ticket_type_id,
    orderId: ticket.order_id,
    checkInId: each.id,
    gate: each.gate,
  };
  const at = each.scannedAt.toISOString();
  const { checkpointId } = each;
  if (each.kind === 'entry')
    return [
      {
        type: 'admit.ticket.admitted.v1',
        eventId,
        data: { ...about, checkedInAt: at, visit: each.visit, ...(checkpointId && { checkpointId }) },
      },
    ];
  const type =
    each.kind === 'exit' ? ('admit.ticket.left.v1' as const) : ('admit.ticket.handed_out.v1' as const);
  return [{ type, eventId, data: { ...about, at, checkpointId } }];
}
