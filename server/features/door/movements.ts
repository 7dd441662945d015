import type { ConflictCode } from '../../../contract/door-conflicts.ts';
import {
  type Checkpoint,
  type DoorRules,
  type DoorScan,
  type DoorTicket,
  decideScan,
  handsOut,
  type Movement,
  type ScanRefusal,
  type Use,
} from '../../../contract/door-rules.ts';
import type { CheckInId, CheckpointId, Id, TicketId, UserId } from '../../../contract/ids.ts';
import type { DoorDeviceId } from '../door-links/door-device.ts';

/** A row of the door's log. */
export interface LoggedMovement {
  id: CheckInId;
  ticketId: TicketId;
  nonce: string;
  kind: Movement['kind'];
  checkpointId: CheckpointId | null;
  day: string | null;
  visit: number;
  /** 0 while it counts. */
  void: number;
  gate: string | null;
  /** By the clock of the server. */
  scannedAt: Date;
  /** What the clock of the device said; null if it sent no time. */
  saidAt: Date | null;
  isOffline: boolean;
  admittedBy: UserId | null;
  deviceId: DoorDeviceId | null;
  undoneAt: Date | null;
  /** Its message was written. */
  isTold: boolean;
  conflict: Conflict | null;
}

/** Why a movement that a gate made without the server does not count, or should not have been made. */
export interface Conflict {
  id: Id<'doorConflict'>;
  code: ConflictCode;
  /** The movement that counts instead. */
  admissionId: CheckInId | null;
  /** A later sync showed that the scan was right. */
  isCleared: boolean;
}

/** All that the door knows of one ticket, under its lock. */
export interface TicketLog {
  state: DoorTicket;
  movements: LoggedMovement[];
}

/** A scan on its way into the log. */
export interface Arrival {
  movement: LoggedMovement;
  direction: 'in' | 'out';
  day: string;
  issue: number;
  allowedTypes: DoorRules['checkpoints'][number]['ticketTypeIds'];
  admitsDisputed: boolean;
}

/** Refusals that say what was scanned before. An earlier scan that arrives later can change them. */
const byOrder: readonly ScanRefusal[] = ['already_used', 'already_inside', 'handout_used', 'not_inside'];

/** Refusals of a guest who is inside with a valid ticket all the same. The ticket is used up, and a person looks at it. */
const insideAnyway: readonly ScanRefusal[] = [
  'wrong_ticket_type',
  'wrong_gate',
  'not_today',
  'ticket_disputed',
  'house_full',
];

const conflictCodeOf = (refused: ScanRefusal): ConflictCode =>
  refused === 'already_used' || refused === 'already_inside' || refused === 'handout_used'
    ? 'double'
    : refused;

const scanOf = (arrival: Arrival) => ({
  issue: arrival.issue,
  direction: arrival.direction,
  checkpointId: arrival.movement.checkpointId,
  day: arrival.day,
  allowedTypes: arrival.allowedTypes,
  admitsDisputed: arrival.admitsDisputed,
});

const placesOf = ({ checkpoints, removed }: DoorRules): Checkpoint[] => [...checkpoints, ...(removed ?? [])];

type CountInside = (checkpointId: CheckpointId | null) => number;
/** The day of the event at an instant. */
type DayOf = (at: Date) => string;

/** What a ticket keeps of a checkpoint is its latest day. A scan of another day asks the log, so no visit gets its number twice. */
function decideByLog(
  { state, movements }: TicketLog,
  scan: DoorScan,
  rules: DoorRules,
  dayOf: DayOf,
  inside?: CountInside,
): ReturnType<typeof decideScan> {
  const uses = { ...state.uses };
  for (const place of placesOf(rules)) {
    const isHouseExit = scan.direction === 'out' && place.countsInside;
    const day = isHouseExit ? (state.inside?.day ?? null) : place.perDay ? scan.day : null;
    const known = uses[place.id];
    const use = known?.day === day ? known : usedAt(movements, place, day, rules);
    if (use) uses[place.id] = day === null ? withDay(use, movements, place.id, scan.day, dayOf) : use;
  }
  const { entrance: main } = state;
  const entrance = placesOf(rules).length > 0 ? withDay(main, movements, null, scan.day, dayOf) : main;
  const decision = decideScan({ ...state, entrance, uses }, scan, rules, inside);
  if (decision.refused !== null) return decision;
  const { movement } = decision;
  return { refused: null, movement: { ...movement, after: keepLatest(state, movement) } };
}

/**
 * Adds the day of a use that does not count by day: the day of the scan if something was used on it, otherwise the latest one.
 * Events without checkpoints do not ask for it.
 */
function withDay(
  use: Use,
  movements: readonly LoggedMovement[],
  checkpointId: CheckpointId | null,
  day: string,
  dayOf: DayOf,
): Use {
  const days = movements
    .filter((each) => each.void === 0 && each.kind !== 'exit' && each.day === null)
    .filter((each) => each.checkpointId === checkpointId)
    .map(({ scannedAt }) => dayOf(scannedAt));
  if (days.length === 0) return use;
  return { ...use, on: days.includes(day) ? day : days.reduce((a, b) => (a > b ? a : b)) };
}

/** What the log says of one checkpoint and day; undefined if nothing of it counts. */
function usedAt(
  movements: readonly LoggedMovement[],
  { id, kind, countsInside }: Checkpoint,
  day: string | null,
  { reEntry }: DoorRules,
): DoorTicket['uses'][CheckpointId] {
  const there = movements
    .filter((each) => each.void === 0 && each.checkpointId === id && each.day === day)
    .sort(compare);
  const uses = there.filter((each) => each.kind !== 'exit');
  if (uses.length === 0) return undefined;
  return {
    day,
    visit: Math.max(...uses.map(({ visit }) => visit)),
    used: reEntry === 'after-exit' && !handsOut(kind) ? 1 : uses.length,
    inside: !countsInside && there.at(-1)?.kind === 'entry',
  };
}

/** A scan of an earlier day changes nothing of what the ticket has used on a later one. */
function keepLatest(before: DoorTicket, { after, checkpointId, day }: Movement): DoorTicket {
  const isLater = (known: string | null | undefined) => day !== null && known != null && known > day;
  const uses = { ...before.uses };
  if (checkpointId !== null && !isLater(uses[checkpointId]?.day))
    uses[checkpointId] = after.uses[checkpointId];
  return { ...after, uses, inside: isLater(before.inside?.day) ? before.inside : after.inside };
}

/** Adds a movement that counts to the log. */
function append(log: TicketLog, arrival: Arrival, { after, ...counted }: Movement): LoggedMovement {
  const movement = { ...arrival.movement, ...counted, void: 0 };
  log.state = after;
  log.movements.push(movement);
  return movement;
}

const newestVoid = ({ movements }: TicketLog): number =>
  Math.max(0, ...movements.map((each) => each.void)) + 1;

/** Adds a movement that does not count, with the reason. */
export function appendConflict(
  log: TicketLog,
  arrival: Arrival,
  conflict: Omit<Conflict, 'isCleared'>,
): LoggedMovement {
  const kind = arrival.direction === 'out' ? ('exit' as const) : arrival.movement.kind;
  const movement = {
    ...arrival.movement,
    kind,
    void: newestVoid(log),
    isTold: false,
    conflict: { ...conflict, isCleared: false },
  };
  log.movements.push(movement);
  return movement;
}

export type Settled =
  | { refused: ScanRefusal; movement: LoggedMovement | null }
  | { refused: null; movement: LoggedMovement };

/** Decision: a scan that waits for the answer of the server. A refusal leaves no trace. */
export function settleScan(
  log: TicketLog,
  arrival: Arrival,
  rules: DoorRules,
  inside: CountInside,
  dayOf: DayOf,
): Settled {
  const decision = decideByLog(log, scanOf(arrival), rules, dayOf, inside);
  if (decision.refused !== null) return { refused: decision.refused, movement: null };
  return { refused: null, movement: append(log, arrival, decision.movement) };
}

/**
 * Decision: a scan by which an offline gate has already let somebody in or out. Whatever the order in which gates hand their
 * scans in, the earlier one by corrected clocks counts and the other one is a conflict.
 */
export function settleClaim(
  log: TicketLog,
  arrival: Arrival,
  rules: DoorRules,
  inside: CountInside,
  newConflictId: () => Id<'doorConflict'>,
  dayOf: DayOf,
): Settled {
  const strict = decideByLog(log, scanOf(arrival), rules, dayOf, inside);
  const isLast = log.movements.every((each) => !isOpen(each) || isBefore(each, arrival.movement));
  if (strict.refused === null && isLast)
    return { refused: null, movement: append(log, arrival, strict.movement) };
  if (
    strict.refused !== null &&
    !byOrder.includes(strict.refused) &&
    !insideAnyway.includes(strict.refused)
  ) {
    const conflict = { id: newConflictId(), code: conflictCodeOf(strict.refused), admissionId: null };
    return { refused: strict.refused, movement: appendConflict(log, arrival, conflict) };
  }
  const movement = { ...arrival.movement, isTold: false };
  log.movements.push(movement);
  const refused = replay(log, lenient(rules), { ...arrival, movement }, newConflictId, dayOf);
  const code = strict.refused !== null && insideAnyway.includes(strict.refused) ? strict.refused : null;
  if (refused === null && code !== null)
    movement.conflict = {
      id: newConflictId(),
      code: conflictCodeOf(code),
      admissionId: null,
      isCleared: false,
    };
  return refused === null ? { refused, movement } : { refused, movement };
}

const isBefore = (a: LoggedMovement, b: LoggedMovement): boolean => compare(a, b) < 0;

/** The order of scans: by corrected clocks, and at the same instant by something that does not depend on the order of arrival. */
const compare = (a: LoggedMovement, b: LoggedMovement): number =>
  a.scannedAt.getTime() - b.scannedAt.getTime() || (a.nonce < b.nonce ? -1 : a.nonce > b.nonce ? 1 : 0);

/** What happened has happened: limits of people, disputes and removed checkpoints stop nobody who is inside. */
const lenient = (rules: DoorRules): DoorRules => ({
  ...rules,
  insideLimit: null,
  disputed: 'admit',
  checkpoints: placesOf(rules).map((each) => ({ ...each, insideLimit: null })),
  removed: [],
});

/**
 * Decides again about all movements of a ticket, in their order, and writes into each whether it counts. A movement that a
 * manager took back, or that was refused for another reason than the order, stays as it is. Returns why the arrival does not
 * count; null if it does.
 */
function replay(
  log: TicketLog,
  rules: DoorRules,
  arrival: Arrival | null,
  newConflictId: () => Id<'doorConflict'>,
  dayOf: DayOf,
): ScanRefusal | null {
  let answer: ScanRefusal | null = null;
  let next = newestVoid(log);
  const counted: LoggedMovement[] = [];
  const { standing } = log.state;
  log.state = unusedTicket(log.state);
  for (const each of log.movements.filter(isOpen).sort(compare)) {
    const arrived = each === arrival?.movement ? arrival : null;
    const day = arrived?.day ?? each.day ?? dayOf(each.scannedAt);
    const decision = decideByLog(
      { state: log.state, movements: counted },
      {
        issue: log.state.issue,
        direction: arrived?.direction ?? (each.kind === 'exit' ? 'out' : 'in'),
        checkpointId: each.checkpointId,
        day,
        allowedTypes: null,
        admitsDisputed: true,
        isPast: true,
      },
      rules,
      dayOf,
    );
    if (decision.refused === null) {
      const { after, ...movement } = decision.movement;
      log.state = after;
      Object.assign(each, movement, { void: 0 });
      if (each.conflict && isOfOrder(each.conflict)) each.conflict.isCleared = true;
      counted.push(each);
      continue;
    }
    if (arrived) answer = decision.refused;
    if (arrived?.direction === 'out') each.kind = 'exit';
    const place = rules.checkpoints.find(({ id }) => id === each.checkpointId);
    if (place?.perDay) each.day = day;
    if (each.void === 0) each.void = next++;
    each.conflict = {
      id: each.conflict?.id ?? newConflictId(),
      code: conflictCodeOf(decision.refused),
      admissionId: decision.refused === 'not_inside' ? null : (blockerOf(each, counted)?.id ?? null),
      isCleared: false,
    };
  }
  log.state = { ...log.state, standing };
  return answer;
}

const isOfOrder = ({ code }: Conflict): boolean => code === 'double' || code === 'not_inside';

const isOpen = (each: LoggedMovement): boolean =>
  each.undoneAt === null && (each.void === 0 || each.conflict === null || isOfOrder(each.conflict));

/** The movement that has the right which a double wanted. */
const blockerOf = (double: LoggedMovement, counted: LoggedMovement[]): LoggedMovement | undefined =>
  counted.findLast(
    (each) => each.kind !== 'exit' && each.checkpointId === double.checkpointId && each.day === double.day,
  ) ??
  counted.findLast((each) => each.kind === 'entry') ??
  // An extra may have been handed out at another desk.
  counted.at(-1);

/** A ticket that was never scanned. Whatever became of it since does not change what was right before. */
const unusedTicket = (ticket: DoorTicket): DoorTicket => ({
  ...ticket,
  standing: 'valid',
  inside: null,
  entrance: { day: null, visit: 0, used: 0, inside: false },
  uses: {},
});

/**
 * Decision: takes back the latest movement of a ticket that counts. If an offline gate has let somebody else in with the ticket,
 * that one counts now: a third person must not come in with it.
 */
export function takeBack(
  log: TicketLog,
  movement: LoggedMovement,
  rules: DoorRules,
  at: Date,
  newConflictId: () => Id<'doorConflict'>,
  dayOf: DayOf,
): void {
  movement.void = newestVoid(log);
  movement.undoneAt = at;
  replay(log, lenient(rules), null, newConflictId, dayOf);
}
