import type { Command } from '../../server/features/inventory/inventory.ts';
import { placesOf } from './cancelling.ts';
import type { Model, ModelHold } from './model.ts';
import type { Lines } from './wishes.ts';

/**
 * The rules against hoarding, in the model. It remembers every ended hold and searches all of them each time.
 */
type Place = Extract<Command, { kind: 'place' }>;
type Owner = Pick<Place, 'buyerId' | 'network'>;
type What = string;

/** The end of a hold that was not bought. */
export interface Ended {
  whats: What[];
  atMs: number;
  /** The time until which it could be bought. */
  dueMs: number;
  /** How long a hold of the event lasted at that time. */
  holdMs: number;
}

const isGuests = (network: number | null): boolean => network !== null && network % 2 === 1;

export const whatsIn = (lines: Lines): What[] =>
  lines.flatMap((line) => line.seats?.map((seat) => `seat ${seat}`) ?? [line.ticketTypeId]);

/** Until when this buyer must buy something, and until when they wait for another full time; null for no old clock. */
function clockOf(model: Model, { buyerId, network }: Owner, what: What) {
  const holdMs = model.sale.holdSeconds * 1000;
  const clocks: { dueMs: number; restsMs: number }[] = [];
  for (const by of ['buyer', 'network'] as const) {
    // If an owner has several ends, the one with the longest rest counts.
    const ends = model.holds
      .filter((hold) =>
        by === 'buyer'
          ? hold.buyer === buyerId
          : what.startsWith('seat ') && isGuests(network) && hold.network === network,
      )
      .flatMap(({ ended, gaveBack }) => (ended ? [...gaveBack, ended] : gaveBack))
      .filter(({ whats }) => whats.includes(what))
      .map(({ atMs, dueMs, holdMs: lasted }) => ({ dueMs, restsMs: atMs + lasted }))
      .sort((a, b) => b.restsMs - a.restsMs || a.dueMs - b.dueMs);
    clocks.push(...ends.slice(0, 1));
  }
  if (!what.startsWith('seat '))
    for (const hold of model.holds)
      if (hold.buyer === buyerId && hold.state === 'waiting' && whatsIn(hold.lines).includes(what))
        clocks.push({ dueMs: hold.dueMs, restsMs: hold.dueMs + holdMs });
  return clocks;
}

/**
 * Whether so many places of an unnumbered ticket type are left after taking `need` of each pool that a hold keeps nobody
 * from a place. Then old clocks do not count.
 */
export function isPlentiful(model: Model, typeId: string, need: ReadonlyMap<string, number>): boolean {
  const type = model.sale.ticketTypes.find((each) => each.id === typeId);
  if (!type || type.zone) return false;
  return type.poolIds.every((pool) => {
    const slots = model.slots.get(pool) ?? [];
    const kept = model.kept.get(pool) ?? 0;
    const free = slots.filter((name) => name === '').length - kept - (need.get(pool) ?? 0);
    return free >= model.sale.maxPerBuyer && free >= slots.length / 10;
  });
}

/** Whether almost no time is left for something whose rest is not over. */
export function isResting(model: Model, command: Owner, what: What, nowMs: number): boolean {
  const leastMs = Math.min(30_000, model.sale.holdSeconds * 250);
  return clockOf(model, command, what).some(
    ({ dueMs, restsMs }) => restsMs > nowMs && dueMs - nowMs < leastMs,
  );
}

/** Until when the buyer may hold these lines, at the latest. All places of the hold are `all`. */
export function dueTime(
  model: Model,
  command: Owner,
  lines: Lines,
  nowMs: number,
  all: Lines = lines,
  latestMs = nowMs + model.sale.holdSeconds * 1000,
): number {
  const need = new Map<string, number>();
  for (const { pools, quantity } of all)
    for (const pool of pools) need.set(pool, (need.get(pool) ?? 0) + quantity);
  const left = whatsIn(lines)
    .filter((what) => !isPlentiful(model, what, need))
    .flatMap((what) => clockOf(model, command, what))
    .filter(({ restsMs }) => restsMs > nowMs)
    .map(({ dueMs }) => dueMs);
  return Math.min(latestMs, ...left);
}

/** How many places count under each mark: held by a network, ordered by a mailbox, bought with a card. */
export function countMarks(model: Model): Map<number, number> {
  const counts = new Map<number, number>();
  for (const hold of model.holds) {
    const marks = [
      hold.state === 'waiting' ? hold.network : null,
      hold.state === 'waiting' || hold.state === 'bought' ? hold.mailbox : null,
      hold.state === 'bought' ? hold.card : null,
    ];
    for (const mark of marks) if (mark !== null) counts.set(mark, (counts.get(mark) ?? 0) + placesOf(hold));
  }
  return counts;
}

export function isOverNetwork(model: Model, { network }: Pick<Place, 'network'>, places: number): boolean {
  const { placesPerNetwork } = model.sale;
  if (network === null || placesPerNetwork === 0) return false;
  const most = isGuests(network) ? placesPerNetwork : 10 * placesPerNetwork;
  return (countMarks(model).get(network) ?? 0) + places > most;
}

export function isOverLimit(model: Model, hold: ModelHold, mark: number | null): boolean {
  const have = mark === null ? 0 : (countMarks(model).get(mark) ?? 0);
  return have > 0 && have + placesOf(hold) > model.sale.maxPerBuyer;
}
