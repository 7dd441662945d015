import type { CheckpointId, TicketTypeId } from './ids.ts';
import type { CollectKind } from './product-fields.ts';

/*
 * What the door decides about a scan, as pure functions. The server decides with them under the lock of the ticket, and an
 * offline gate decides with them from its manifest. docs/check-in.md says what each rule is for.
 */

/**
 * entrance: into the house. zone: a part of the house. handout: things that tickets get, such as a drink. extras: what guests have
 * bought beside their tickets.
 */
export const checkpointKinds = ['entrance', 'zone', 'handout', 'extras'] as const;

/** Something is given out there, and nobody comes in. */
export const handsOut = (kind: (typeof checkpointKinds)[number] | undefined): boolean =>
  kind === 'handout' || kind === 'extras';

export interface Checkpoint {
  id: CheckpointId;
  name: string;
  kind: (typeof checkpointKinds)[number];
  /** Which tickets it takes; null for all. */
  ticketTypeIds: TicketTypeId[] | null;
  /** `times` counts for each day anew. */
  perDay: boolean;
  /** The days on which it is open, as `2026-12-04`; null for every day. */
  days: string[] | null;
  /** How often a ticket may come in here, or gets something. Coming back after an exit is free where `reEntry` allows it. */
  times: number;
  /** Its entries and exits count for the number of people in the house. */
  countsInside: boolean;
  /** How many may be inside a zone at once, or in the house by this checkpoint if it `countsInside`; null without a limit. */
  insideLimit: number | null;
}

export interface DoorRules {
  /** no: an exit is only counted. after-exit: who was scanned on the way out may come in again. */
  reEntry: 'no' | 'after-exit';
  /** How many may be in the house at once; null without a limit. */
  insideLimit: number | null;
  /** From how many people inside on the gates are warned. */
  warnInsideAt: number | null;
  /** What happens to a ticket while the bank of its buyer disputes the payment. */
  disputed: 'refuse' | 'admit';
  /** The hour at which a day of the event begins, in its zone: a guest at two in the morning belongs to the evening before. */
  dayStartsHour: number;
  checkpoints: Checkpoint[];
  /** The ticket types that are extras and admit nobody, with how their buyers get them. */
  extras?: Partial<Record<TicketTypeId, CollectKind>>;
  /** Nobody comes in by them any more, but what was used there stays used. Only the server knows them. */
  removed?: readonly Checkpoint[];
}

/** The rules of an event that sets none: each ticket comes in once, through any gate. */
export const plainRules: DoorRules = {
  reEntry: 'no',
  insideLimit: null,
  warnInsideAt: null,
  disputed: 'refuse',
  dayStartsHour: 5,
  checkpoints: [],
};

/** What a ticket has used at one checkpoint. */
export interface Use {
  /** The day that it counts for; null if the checkpoint does not count by day. */
  day: string | null;
  /** The number of the latest visit or handout, from 1; 0 before the first. */
  visit: number;
  /** How many of `times` are used. */
  used: number;
  /** In this zone now. The house's own entrances use `DoorTicket.inside` instead. */
  inside: boolean;
  /** The day of the latest use. It says when a use was made that has no `day`. Absent at an event without checkpoints. */
  on?: string | undefined;
}

/** The uses of a ticket as they are stored: by the checkpoint's id, and `main` for the main entrance of an event with checkpoints. */
export type StoredUses = Partial<Record<CheckpointId | 'main', Use>>;

export interface DoorTicket {
  ticketTypeId: TicketTypeId;
  issue: number;
  /** waiting: its order is not released. disputed: a bank disputes its payment. */
  standing: 'valid' | 'cancelled' | 'refunded' | 'waiting' | 'disputed';
  /** Its present issue went to another person. */
  isTransferred: boolean;
  /** Where and for which day its guest came into the house, if the guest is inside. `checkpointId` is null for the main entrance. */
  inside: { checkpointId: CheckpointId | null; day: string | null } | null;
  /** At the main entrance, which every event has. */
  entrance: Use;
  uses: Partial<Record<CheckpointId, Use>>;
}

export interface DoorScan {
  /** The issue of its code. */
  issue: number;
  direction: 'in' | 'out';
  /** Null for the main entrance. */
  checkpointId: CheckpointId | null;
  /** The day of the event; see dayOf. */
  day: string;
  /** The ticket types that this device may admit; null for all. */
  allowedTypes: readonly TicketTypeId[] | null;
  /** A manager admits a disputed ticket all the same. */
  admitsDisputed: boolean;
  /** The guest is in already: the ticket types and the days of the place do not matter any more. */
  isPast?: boolean;
}

export type ScanRefusal =
  | 'ticket_cancelled'
  | 'ticket_refunded'
  | 'ticket_reissued'
  | 'ticket_transferred'
  | 'not_yet_paid'
  | 'ticket_disputed'
  | 'wrong_ticket_type'
  | 'not_a_ticket'
  | 'wrong_gate'
  | 'not_today'
  | 'already_used'
  | 'already_inside'
  | 'not_inside'
  | 'handout_used'
  | 'house_full';

/** A scan that counts: what it is, and what the ticket has used after it. */
export interface Movement {
  kind: 'entry' | 'exit' | 'handout';
  /** For an exit, the checkpoint and the day of the entry that it ends. */
  checkpointId: CheckpointId | null;
  day: string | null;
  visit: number;
  after: DoorTicket;
}

type ScanDecision = { refused: ScanRefusal } | { refused: null; movement: Movement };

/** How many people are inside: a checkpoint's id, or null for the house. */
type CountInside = (checkpointId: CheckpointId | null) => number;

/** Without limits nobody needs the numbers. */
const nobodyCounts: CountInside = () => 0;

const noUse: Use = { day: null, visit: 0, used: 0, inside: false };
const refuse = (refused: ScanRefusal): ScanDecision => ({ refused });

/**
 * Decision: whether a scan counts, and as what. What is wrong with the ticket itself comes first, then the place, then what was
 * used, and then whether there is room. Who leaves is asked for nothing but to be inside.
 */
export function decideScan(
  ticket: DoorTicket,
  scan: DoorScan,
  rules: DoorRules,
  inside: CountInside = nobodyCounts,
): ScanDecision {
  if (scan.direction === 'out') return decideExit(ticket, scan, rules);
  const wrong = standingRefusal(ticket, scan, rules) ?? placeRefusal(ticket, scan, rules);
  if (wrong) return refuse(wrong);
  const place = placeOf(rules, scan.checkpointId);
  const use = usedOn(ticket, place, scan);
  if (handsOut(place.kind)) {
    // An extra is one thing, so all places that hand extras out share one right.
    const [used, most] = place.kind === 'extras' ? [usedAnywhere(ticket), 1] : [use.used, place.times];
    if (used >= most) return refuse('handout_used');
    return count('handout', ticket, place, { ...use, used: use.used + 1 }, ticket.inside);
  }
  const isIn = isInside(ticket, place, scan);
  const returns = rules.reEntry === 'after-exit';
  if (returns && isIn) return refuse('already_inside');
  const elsewhere = usedElsewhere(ticket, place, scan, rules);
  const isFree = returns && (use.visit > 0 || elsewhere > 0);
  if (!isFree && use.used + elsewhere >= place.times) return refuse('already_used');
  if (isFull(ticket, place, isIn, rules, inside)) return refuse('house_full');
  const next = {
    ...use,
    used: isFree ? use.used : use.used + 1,
    inside: !place.countsInside,
    ...(rules.checkpoints.length > 0 && { on: scan.day }),
  };
  const now = place.countsInside ? { checkpointId: place.id, day: next.day } : ticket.inside;
  return count('entry', ticket, place, next, now);
}

/** Decision: whether a scan on the way out ends a visit. */
function decideExit(ticket: DoorTicket, scan: DoorScan, rules: DoorRules): ScanDecision {
  if (ticket.issue !== scan.issue) return refuse(reissueRefusal(ticket));
  const gate = placeOf(rules, scan.checkpointId);
  if (handsOut(gate.kind) || !isInside(ticket, gate, scan)) return refuse('not_inside');
  // A guest may leave the house through another gate than the one of the entry.
  const checkpointId = gate.countsInside ? (ticket.inside?.checkpointId ?? null) : gate.id;
  const use = gate.countsInside ? usedBy(ticket, checkpointId) : usedOn(ticket, gate, scan);
  const now = gate.countsInside ? null : ticket.inside;
  return {
    refused: null,
    movement: {
      kind: 'exit',
      checkpointId,
      day: use.day,
      visit: use.visit,
      after: { ...withUse(ticket, checkpointId, { ...use, inside: false }), inside: now },
    },
  };
}

function count(
  kind: 'entry' | 'handout',
  ticket: DoorTicket,
  place: Place,
  use: Use,
  inside: DoorTicket['inside'],
): ScanDecision {
  const next = { ...use, visit: use.visit + 1 };
  const after = { ...withUse(ticket, place.id, next), inside };
  return {
    refused: null,
    movement: { kind, checkpointId: place.id, day: next.day, visit: next.visit, after },
  };
}

function standingRefusal(ticket: DoorTicket, scan: DoorScan, rules: DoorRules): ScanRefusal | null {
  if (ticket.standing === 'cancelled') return 'ticket_cancelled';
  if (ticket.standing === 'refunded') return 'ticket_refunded';
  // An old copy of a reissued ticket. Its holder must not learn whether the new one was used.
  if (ticket.issue !== scan.issue) return reissueRefusal(ticket);
  if (ticket.standing === 'waiting') return 'not_yet_paid';
  const isStopped = ticket.standing === 'disputed' && rules.disputed === 'refuse' && !scan.admitsDisputed;
  return isStopped ? 'ticket_disputed' : null;
}

const reissueRefusal = (ticket: DoorTicket): ScanRefusal =>
  ticket.isTransferred ? 'ticket_transferred' : 'ticket_reissued';

function placeRefusal(ticket: DoorTicket, scan: DoorScan, rules: DoorRules): ScanRefusal | null {
  const extra = extraRefusal(ticket, scan, rules);
  if (extra) return extra;
  if (scan.allowedTypes && !scan.allowedTypes.includes(ticket.ticketTypeId)) return 'wrong_ticket_type';
  if (scan.checkpointId === null) return null;
  const checkpoint = rules.checkpoints.find(({ id }) => id === scan.checkpointId);
  // A checkpoint that was removed takes nobody.
  if (!checkpoint) return 'wrong_gate';
  if (scan.isPast) return null;
  if (checkpoint.ticketTypeIds && !checkpoint.ticketTypeIds.includes(ticket.ticketTypeId))
    return 'wrong_gate';
  return checkpoint.days && !checkpoint.days.includes(scan.day) ? 'not_today' : null;
}

/** An extra is handed out and admits nobody; a ticket gets nothing where extras are handed out. */
function extraRefusal(
  { ticketTypeId }: DoorTicket,
  { checkpointId }: DoorScan,
  rules: DoorRules,
): ScanRefusal | null {
  const collect = rules.extras?.[ticketTypeId];
  const isDesk = placeOf(rules, checkpointId).kind === 'extras';
  if (collect === undefined) return isDesk ? 'wrong_gate' : null;
  if (!isDesk) return 'not_a_ticket';
  return collect === 'door' ? null : 'wrong_gate';
}

type Place = Omit<Checkpoint, 'id' | 'name' | 'ticketTypeIds'> & { id: CheckpointId | null };

const mainEntrance: Place = {
  id: null,
  kind: 'entrance',
  perDay: false,
  days: null,
  times: 1,
  countsInside: true,
  insideLimit: null,
};

/** A removed checkpoint counts as the main entrance, so that its guests can leave. */
const placeOf = (rules: DoorRules, checkpointId: CheckpointId | null): Place =>
  rules.checkpoints.find(({ id }) => id === checkpointId) ?? mainEntrance;

const usedBy = (ticket: DoorTicket, checkpointId: CheckpointId | null): Use =>
  checkpointId === null ? ticket.entrance : (ticket.uses[checkpointId] ?? noUse);

const usedAnywhere = ({ uses }: DoorTicket): number =>
  Object.values(uses).reduce((sum, use) => sum + (use?.used ?? 0), 0);

/** What counts of the uses on the day of the scan. */
function usedOn(ticket: DoorTicket, place: Place, scan: DoorScan): Use {
  const use = usedBy(ticket, place.id);
  const day = place.perDay ? scan.day : null;
  return use.day === day ? use : { ...noUse, day };
}

/** How often a ticket came into the house by the other entrances: all of them share the right of a day. */
function usedElsewhere(ticket: DoorTicket, place: Place, scan: DoorScan, rules: DoorRules): number {
  if (!isHouseEntrance(place)) return 0;
  const places: Place[] = [mainEntrance, ...rules.checkpoints, ...(rules.removed ?? [])];
  let used = 0;
  for (const other of places) {
    if (other.id === place.id || !isHouseEntrance(other)) continue;
    const use = usedBy(ticket, other.id);
    if (isSameRight(place, other, use, scan.day)) used += use.used;
  }
  return used;
}

const isHouseEntrance = ({ kind, countsInside }: Place): boolean => kind === 'entrance' && countsInside;

/**
 * Whether what was used at another entrance counts here on this day. A use at an entrance that is for each day anew, or for one day
 * only, is of that day. Two entrances without days share one right for the whole event. Otherwise a use counts on the day on which
 * it was made: it takes the right of that day, and turns no guest away on a later one.
 */
function isSameRight(place: Place, other: Place, use: Use, day: string): boolean {
  const [onlyDay, ...more] = other.days ?? [];
  const known = use.day ?? (more.length === 0 ? (onlyDay ?? null) : null);
  if (known !== null) return known === day;
  const hasDays = place.perDay || (place.days !== null && !(other.days?.includes(day) ?? false));
  return !hasDays || use.on === day;
}

const withUse = (ticket: DoorTicket, checkpointId: CheckpointId | null, use: Use): DoorTicket =>
  checkpointId === null
    ? { ...ticket, entrance: use }
    : { ...ticket, uses: { ...ticket.uses, [checkpointId]: use } };

/** Whether the guest is in the house, or in the zone. Who came for another day is not inside any more. */
function isInside(ticket: DoorTicket, place: Place, scan: DoorScan): boolean {
  if (!place.countsInside) return usedOn(ticket, place, scan).inside;
  return ticket.inside !== null && (ticket.inside.day === null || ticket.inside.day === scan.day);
}

/** Decision: whether the house, or the checkpoint, has as many people as it may. Who is in takes no room a second time. */
function isFull(
  ticket: DoorTicket,
  place: Place,
  isIn: boolean,
  rules: DoorRules,
  inside: CountInside,
): boolean {
  const { insideLimit } = rules;
  if (place.countsInside && !isIn && insideLimit !== null && inside(null) >= insideLimit) return true;
  if (place.id === null || place.insideLimit === null) return false;
  const isHere = isIn && (!place.countsInside || ticket.inside?.checkpointId === place.id);
  return !isHere && inside(place.id) >= place.insideLimit;
}

/** The day of the event at an instant, as `2026-12-04`. A day begins at `dayStartsHour` in the event's zone. */
export function dayOf(
  at: Date,
  timeZone: string,
  { dayStartsHour }: Pick<DoorRules, 'dayStartsHour'>,
): string {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const isEarly = part('hour') < dayStartsHour;
  const date = new Date(Date.UTC(part('year'), part('month') - 1, part('day') - (isEarly ? 1 : 0)));
  return date.toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return format;
}
