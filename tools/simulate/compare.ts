import type { HoldRecord } from '../../server/features/inventory/inventory.ts';
import { sumOf } from '../../server/features/sale/split.ts';
import { placesOf } from './cancelling.ts';
import { balancesOf } from './disputing.ts';
import { countMarks } from './hoarding.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Model, ModelHold } from './model.ts';
import { blocked } from './plan.ts';

const states = {
  active: 'waiting',
  released: 'let go',
  expired: 'run out',
  forfeited: 'paid in vain',
  blocked: 'blocked',
} as const;

function stateOf({ status, returned, places }: HoldRecord): ModelHold['state'] {
  if (status !== 'confirmed') return states[status];
  return returned === places ? 'given back' : 'bought';
}

const seatStatusIn: Record<string, number> = { waiting: 1, blocked };

/** Checks promises 1 to 3 in the committed rows: each counter, seat and hold must match the model. */
export function compare(store: MemoryStore, model: Model): string | null {
  const states = new Map(model.holds.map((hold) => [hold.id, hold.state]));
  for (const pool of store.pools.values()) {
    const names = model.slots.get(pool.id) ?? [];
    let [held, sold, kept] = [0, 0, 0];
    for (const name of names) {
      if (name === '') continue;
      if (states.get(name) === 'waiting') held++;
      else if (states.get(name) === 'blocked') kept++;
      else sold++;
    }
    if (
      held !== pool.held ||
      sold !== pool.sold ||
      kept !== pool.blocked ||
      names.length !== pool.capacity ||
      held + sold + kept > pool.capacity
    ) {
      return `${pool.id} is at ${pool.held} + ${pool.sold} + ${pool.blocked} of ${pool.capacity} instead of ${held} + ${sold} + ${kept} of ${names.length}`;
    }
  }
  for (const [seat, name] of model.seats.entries()) {
    const isGone = model.sale.seats?.zoneOf[seat] === undefined;
    const status = name === '' ? (isGone ? blocked : 0) : (seatStatusIn[states.get(name) ?? ''] ?? 2);
    if ((store.owners[seat] ?? '') !== name || store.statuses?.[seat] !== status) {
      return `the seat ${seat} is ${store.statuses?.[seat]} of ${store.owners[seat]} instead of ${status} of ${name}`;
    }
  }
  const live = new Map<string, number>();
  for (const hold of model.holds) {
    if (hold.state !== 'waiting' && hold.state !== 'bought') continue;
    live.set(hold.buyer, (live.get(hold.buyer) ?? 0) + placesOf(hold));
  }
  for (const [buyer, places] of store.places) {
    if (places !== (live.get(buyer) ?? 0))
      return `${buyer} is said to have ${places} places instead of ${live.get(buyer)}`;
  }
  const marks = countMarks(model);
  for (const mark of new Set([...store.marked.keys(), ...marks.keys()])) {
    if ((store.marked.get(mark) ?? 0) !== (marks.get(mark) ?? 0))
      return `under ${mark} there are said to be ${store.marked.get(mark)} places instead of ${marks.get(mark)}`;
  }
  if (store.holds.size !== model.holds.length)
    return `${store.holds.size} holds instead of ${model.holds.length}`;
  for (const hold of store.holds.values()) {
    if (states.get(hold.id) !== stateOf(hold))
      return `${hold.id} is ${hold.status} instead of ${states.get(hold.id)}`;
  }
  return first(model.holds, (hold) => compareTickets(store, hold) ?? compareBooks(store, hold));
}

/** Checks each ticket and the refunds of its order against the model. */
function compareTickets({ sold }: MemoryStore, hold: ModelHold): string | null {
  const { tickets = [], refundedMinor = 0 } = sold.get(hold.id as HoldRecord['id']) ?? {};
  const [said, known] = [
    tickets,
    hold.tickets.map(({ state, backMinor }) => ({ status: state, refundedMinor: backMinor })),
  ].map((some) => some.map(({ status, refundedMinor: back }) => `${status} ${back}`).join(', '));
  if (said !== known) return `the tickets of ${hold.id} are ${said} instead of ${known}`;
  return refundedMinor === hold.refundedMinor
    ? null
    : `${refundedMinor} went back for ${hold.id} instead of ${hold.refundedMinor}`;
}

/** The books balance, and each account has what the model says. */
function compareBooks({ books, sold }: MemoryStore, hold: ModelHold): string | null {
  const order = books.get(hold.id as HoldRecord['id']);
  if (!order) return hold.tickets.length === 0 ? null : `${hold.id} has tickets and no charge`;
  const { provider, platform, refunds, dispute: disputed, feesTaken, fees } = order;
  const given = {
    provider,
    parts: sumOf(order.parts),
    platform,
    refunds,
    dispute: disputed,
    feesTaken,
    fees,
  };
  const known = balancesOf(hold);
  const wrong = Object.entries(known).find(([name, minor]) => given[name as keyof typeof given] !== minor);
  if (wrong)
    return `the account ${wrong[0]} of ${hold.id} has ${JSON.stringify(given)} instead of ${wrong[1]}`;
  if (Object.values(given).reduce((sum, minor) => sum + minor, 0) !== 0)
    return `the books of ${hold.id} do not balance: ${JSON.stringify(given)}`;
  const { disputedMinor } = sold.get(hold.id as HoldRecord['id']) ?? {};
  return disputedMinor === hold.disputedMinor
    ? null
    : `${disputedMinor} of ${hold.id} are disputed instead of ${hold.disputedMinor}`;
}

/** What is wrong with the first of these that is wrong, or null. */
export function first<T>(all: T[], look: (each: T) => string | null): string | null {
  for (const each of all) {
    const found = look(each);
    if (found) return found;
  }
  return null;
}
