import { type Checkpoint, type DoorRules, handsOut } from '../../../../contract/door-rules.ts';
import type { CheckpointId, TicketTypeId } from '../../../../contract/ids.ts';

/* The rules of a door in the form: every number is text as typed. */

export interface PlaceDraft {
  /** Names the entry in the list. */
  key: string;
  /** Of a place that was saved. */
  id?: CheckpointId;
  name: string;
  kind: Checkpoint['kind'];
  allTypes: boolean;
  typeIds: TicketTypeId[];
  perDay: boolean;
  everyDay: boolean;
  days: string[];
  times: string;
  countsInside: boolean;
  insideLimit: string;
}

export interface RulesDraft {
  reEntry: DoorRules['reEntry'];
  insideLimit: string;
  warnInsideAt: string;
  disputed: DoorRules['disputed'];
  dayStartsHour: string;
  places: PlaceDraft[];
}

type RulesFault =
  | 'nameMissing'
  | 'nameTwice'
  | 'numberWrong'
  | 'timesWrong'
  | 'warnTooLate'
  | 'placeTypesMissing'
  | 'daysMissing';

type RulesBody = Omit<DoorRules, 'checkpoints' | 'removed' | 'extras'> & {
  checkpoints: (Omit<Checkpoint, 'id'> & { id?: CheckpointId })[];
};

export const draftOf = (rules: DoorRules): RulesDraft => ({
  reEntry: rules.reEntry,
  insideLimit: String(rules.insideLimit ?? ''),
  warnInsideAt: String(rules.warnInsideAt ?? ''),
  disputed: rules.disputed,
  dayStartsHour: String(rules.dayStartsHour),
  places: rules.checkpoints.map((place) => ({
    key: place.id,
    id: place.id,
    name: place.name,
    kind: place.kind,
    allTypes: place.ticketTypeIds === null,
    typeIds: place.ticketTypeIds ?? [],
    perDay: place.perDay,
    everyDay: place.days === null,
    days: place.days ?? [],
    times: String(place.times),
    countsInside: place.countsInside,
    insideLimit: String(place.insideLimit ?? ''),
  })),
});

/** A new place. Whoever comes in by a further entrance is in the house. */
export const newPlace = (kind: Checkpoint['kind'], key: string): PlaceDraft => ({
  key,
  name: '',
  kind,
  allTypes: true,
  typeIds: [],
  perDay: false,
  everyDay: true,
  days: [],
  times: '1',
  countsInside: kind === 'entrance',
  insideLimit: '',
});

const mostInside = 1_000_000;
const mostTimes = 100;

/** A whole number from 1; NaN if the text is none. */
const numberOf = (text: string, most: number): number => {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return number >= 1 && number <= most ? number : Number.NaN;
};
const limitOf = (text: string): number | null => (text.trim() === '' ? null : numberOf(text, mostInside));

/** What is wrong, by the name of the field; empty if the rules can be saved. */
export function faultsOf(draft: RulesDraft): Record<string, RulesFault> {
  const faults: Record<string, RulesFault> = {};
  const limit = limitOf(draft.insideLimit);
  const warnAt = limitOf(draft.warnInsideAt);
  if (Number.isNaN(limit)) faults.insideLimit = 'numberWrong';
  if (Number.isNaN(warnAt)) faults.warnInsideAt = 'numberWrong';
  else if (limit !== null && warnAt !== null && warnAt > limit) faults.warnInsideAt = 'warnTooLate';
  const names = new Set<string>();
  for (const place of draft.places) {
    const name = place.name.trim();
    const at = (field: keyof PlaceDraft) => `${place.key}.${field}`;
    if (name === '') faults[at('name')] = 'nameMissing';
    else if (names.has(name)) faults[at('name')] = 'nameTwice';
    names.add(name);
    if (Number.isNaN(numberOf(place.times, mostTimes))) faults[at('times')] = 'timesWrong';
    // A place that hands out has no limit in its form.
    if (!handsOut(place.kind) && Number.isNaN(limitOf(place.insideLimit)))
      faults[at('insideLimit')] = 'numberWrong';
    if (!place.allTypes && place.typeIds.length === 0) faults[at('typeIds')] = 'placeTypesMissing';
    if (!place.everyDay && place.days.length === 0) faults[at('days')] = 'daysMissing';
  }
  return faults;
}

/** The body of putDoorSettings, for a draft without faults. */
export const bodyOf = (draft: RulesDraft): RulesBody => ({
  reEntry: draft.reEntry,
  insideLimit: limitOf(draft.insideLimit),
  warnInsideAt: limitOf(draft.warnInsideAt),
  disputed: draft.disputed,
  dayStartsHour: Number(draft.dayStartsHour),
  checkpoints: draft.places.map((place) => ({
    ...(place.id && { id: place.id }),
    name: place.name.trim(),
    kind: place.kind,
    ticketTypeIds: place.allTypes ? null : place.typeIds,
    perDay: place.perDay,
    days: place.everyDay ? null : place.days.toSorted(),
    times: numberOf(place.times, mostTimes),
    countsInside: !handsOut(place.kind) && place.countsInside,
    insideLimit: handsOut(place.kind) ? null : limitOf(place.insideLimit),
  })),
});

/** True if saving would change something. */
export const differs = (draft: RulesDraft, rules: DoorRules): boolean =>
  JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(draftOf(rules)));

/** The days of an event, as `2026-12-04`, at most two weeks. A day begins at this hour. */
export function daysOf(
  event: { startsAt: string; endsAt: string; timeZone: string },
  dayStartsHour: number,
): string[] {
  const days: string[] = [];
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: event.timeZone, dateStyle: 'short' });
  const endMs = Date.parse(event.endsAt);
  const shiftMs = dayStartsHour * 3_600_000;
  for (let atMs = Date.parse(event.startsAt); atMs < endMs && days.length < 14; atMs += 3_600_000) {
    const day = format.format(atMs - shiftMs);
    if (!days.includes(day)) days.push(day);
  }
  return days;
}
