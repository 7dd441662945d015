import type { HoldId, PoolId, ResaleId, UserId } from '../../contract/ids.ts';
import { type Clocks, keepClock, ownersOf } from '../../server/features/inventory/clocks.ts';
import type {
  Command,
  HoldRecord,
  Pool,
  SeatStatus,
  SoldOrder,
} from '../../server/features/inventory/inventory.ts';
import { type Line, offerIdOf } from '../../server/features/inventory/line.ts';
import type { Mark } from '../../server/features/inventory/marks.ts';
import { placesOf } from '../../server/features/inventory/places.ts';
import type { Resale } from '../../server/features/inventory/resale.ts';
import type { Decision, Facts, LedgerState } from '../../server/features/inventory/state.ts';
import type { EventSale } from '../../server/features/sale/event-sale.ts';
import { noSplit, plus } from '../../server/features/sale/split.ts';
import { ticketIdOf } from './cancelling.ts';
import { bookFacts, type OrderBooks } from './memory-books.ts';
import { createMemoryLine, loadLine, type MemoryLine, openEntries, writeLine } from './memory-line.ts';
import { loadResales, writeResales } from './memory-resale.ts';
import { wrongSplit } from './money.ts';
import type { SimulatedEvent } from './worlds.ts';

/**
 * Replaces the database for one event. A batch gets copies of the rows that the real store reads, and no others. Only the
 * batch's changes are written, column by column.
 */
export interface MemoryStore {
  pools: Map<PoolId, Pool>;
  statuses: Uint8Array | null;
  owners: (HoldId | null)[];
  holds: Map<HoldId, HoldRecord>;
  /** Live places by buyer, updated from each batch, like the memory of a process that does not read them again. */
  places: Map<UserId, number>;
  /** Live places by mark, updated in the same way. */
  marked: Map<Mark, number>;
  clocks: Clocks;
  /** The rows of orders, tickets and cancellations. */
  sold: Map<HoldId, SoldOrder>;
  /** The money of bought orders. */
  books: Map<HoldId, OrderBooks>;
  line: MemoryLine;
  resales: Map<ResaleId, Resale>;
  openResales: number;
}

export function createMemoryStore({ pools, sale }: SimulatedEvent): MemoryStore {
  return {
    pools: new Map(
      pools.map(({ id, capacity }) => [
        id,
        { id, key: id, name: id, capacity, held: 0, sold: 0, kept: 0, blocked: 0 },
      ]),
    ),
    statuses: sale.seats && new Uint8Array(sale.seats.seatCount),
    owners: Array.from({ length: sale.seats?.seatCount ?? 0 }, () => null),
    holds: new Map(),
    places: new Map(),
    marked: new Map(),
    clocks: new Map(),
    sold: new Map(),
    books: new Map(),
    line: createMemoryLine(),
    resales: new Map(),
    openResales: 0,
  };
}

/** Like selectHolds: due holds, named holds, and the live and retried holds of buyers who take places. */
export function load(store: MemoryStore, commands: Command[], now: Date): LedgerState {
  const named = new Set<HoldId>();
  const buyers = new Set<UserId>();
  const keys = new Set<string>();
  for (const command of commands) {
    if (command.kind === 'issue' && command.blockHoldId) named.add(command.blockHoldId);
    if (command.kind === 'place' || command.kind === 'block' || command.kind === 'issue') {
      buyers.add(command.buyerId);
      if (command.retry) keys.add(command.retry.key);
    } else if ('holdId' in command) named.add(command.holdId);
    if (command.kind === 'leave') {
      const holdId = store.line.entries.get(command.entryId)?.holdId ?? null;
      named.add(offerIdOf({ id: command.entryId, holdId }));
    }
    if (command.kind === 'exchange' || command.kind === 'join') buyers.add(command.buyerId);
  }
  const { resales, ...others } = loadResales(store, commands);
  for (const id of others.holds) named.add(id);
  const state: LedgerState = {
    pools: new Map(),
    seats: store.statuses?.slice() ?? null,
    holds: new Map(),
    byBuyer: new Map(),
    marked: countMarks(store),
    clocks: new Map(),
    sold: new Map(),
    ...loadLine(store, commands, now),
    ...(resales && { resales }),
  };
  // Like readSold: the orders to cancel or refund, or whose tickets are resold.
  for (const command of commands)
    if (command.kind === 'cancel' || command.kind === 'refund' || command.kind === 'resell')
      others.sold.add(command.holdId);
  for (const id of others.sold) {
    const order = store.sold.get(id);
    if (order) state.sold.set(id, copyOf(order));
  }
  // Like selectClocks: running clocks of the buyers and networks that take places.
  const owners = commands.flatMap((command) =>
    command.kind === 'place' || command.kind === 'exchange' ? ownersOf(command) : [],
  );
  for (const ofOwner of store.clocks.values())
    for (const clock of ofOwner.values())
      if (owners.includes(clock.owner) && clock.restsUntil > now) keepClock(state.clocks, clock);
  for (const [id, pool] of store.pools) state.pools.set(id, { ...pool });
  for (const [id, hold] of store.holds) {
    const due = hold.status === 'active' && hold.expiresAt <= now;
    const lives = hold.status === 'active' || hold.status === 'confirmed';
    const theirs =
      buyers.has(hold.buyerId) && (lives || (hold.idempotencyKey !== null && keys.has(hold.idempotencyKey)));
    if (!due && !theirs && !named.has(id)) continue;
    const copy = { ...hold };
    state.holds.set(id, copy);
    const known = state.byBuyer.get(hold.buyerId);
    if (known) known.push(copy);
    else state.byBuyer.set(hold.buyerId, [copy]);
  }
  return state;
}

const copyOf = ({
  soldAs,
  refundedMinor,
  refunded,
  disputedMinor,
  tickets,
  cancelledBy,
}: SoldOrder): SoldOrder => ({
  soldAs,
  refundedMinor,
  refunded,
  disputedMinor,
  tickets: tickets.map((ticket) => ({ ...ticket })),
  cancelledBy: new Map(cancelledBy),
});

/** Like selectMarked: places under each mark, from the rows. */
function countMarks({ holds }: MemoryStore): Map<Mark, number> {
  const marked = new Map<Mark, number>();
  const add = (mark: Mark | null, places: number) => {
    if (mark !== null) marked.set(mark, (marked.get(mark) ?? 0) + places);
  };
  for (const { status, network, mailbox, card, places, returned } of holds.values()) {
    if (status === 'active') add(network, places);
    if (status === 'active' || status === 'confirmed') add(mailbox, places - returned);
    if (status === 'confirmed') add(card, places - returned);
  }
  return marked;
}

/** Like run-from-memory: decides new holds without the earlier ones. Null if that is not allowed. */
export function loadFresh(store: MemoryStore, commands: Command[], now: Date): LedgerState | null {
  if (openEntries(store).length > 0) return null;
  for (const command of commands) {
    if (command.kind !== 'place' || store.places.has(command.buyerId)) return null;
    const { wants, network } = command;
    for (const { restsUntil } of store.clocks.get(`net_${network ?? 0}`)?.values() ?? [])
      if (wants.kind !== 'items' && restsUntil > now) return null;
  }
  for (const { status, expiresAt } of store.holds.values())
    if (status === 'active' && expiresAt <= now) return null;
  return { ...load(store, [], now), placesBefore: store.places, marked: store.marked };
}

/** Writes the changes of a batch. Throws where a constraint of the database would. */
export function write(
  store: MemoryStore,
  sale: EventSale,
  { changes, facts }: Pick<Decision, 'changes' | 'facts'>,
  line: Line | null,
): void {
  for (const { id, held, sold, kept, blocked } of changes.pools.keys()) {
    const row = store.pools.get(id);
    if (!row || Math.min(held, sold, kept, blocked) < 0 || held + sold + kept + blocked > row.capacity)
      throw new Error(
        `the pool ${id} would be at ${held} + ${sold} + ${kept} + ${blocked} of ${row?.capacity}`,
      );
    Object.assign(row, { held, sold, kept, blocked });
  }
  for (const hold of changes.placed) {
    if (store.holds.has(hold.id)) throw new Error(`${hold.id} is placed twice`);
    for (const other of store.holds.values()) {
      if (
        hold.idempotencyKey === null ||
        other.idempotencyKey !== hold.idempotencyKey ||
        other.buyerId !== hold.buyerId
      )
        continue;
      throw new Error(`${hold.id} has the key of ${other.id}`);
    }
    store.holds.set(hold.id, { ...hold });
  }
  for (const changed of changes.changed) {
    const { id, status, ordered, expiresAt, places, returned, lines, totalMinor, network, mailbox, card } =
      changed;
    const row = store.holds.get(id);
    if (!row) throw new Error(`${id} is changed and was never placed`);
    if (row.status !== status && !mayBecome[row.status].includes(status))
      throw new Error(`${id} goes from ${row.status} to ${status}`);
    Object.assign(row, {
      status,
      ordered,
      expiresAt,
      places,
      returned,
      lines,
      totalMinor,
      network,
      mailbox,
      card,
    });
  }
  for (const [mark, more] of changes.marked) store.marked.set(mark, (store.marked.get(mark) ?? 0) + more);
  for (const clock of changes.clocks) keepClock(store.clocks, clock);
  for (const [buyerId, places] of changes.places)
    store.places.set(buyerId, (store.places.get(buyerId) ?? 0) + places);
  for (const [index, { status, holdId }] of changes.seats) {
    if (!store.statuses || (holdId === null) !== (status === 0))
      throw new Error(`the seat ${index} is ${status} and of ${holdId}`);
    store.statuses[index] = status satisfies SeatStatus;
    store.owners[index] = holdId;
  }
  writeLine(store, changes.entries, line);
  writeTickets(store, sale, facts);
  bookFacts(store, facts);
  writeResales(store, { changes, facts });
}

/** Like apply-facts: stores the terms of orders, issues tickets and cancels them. */
function writeTickets(
  { sold }: MemoryStore,
  sale: EventSale,
  { ordered, confirmed, cancelled }: Facts,
): void {
  for (const { hold } of ordered)
    sold.set(hold.id, {
      soldAs: sale,
      refundedMinor: 0,
      refunded: noSplit,
      disputedMinor: 0,
      tickets: [],
      cancelledBy: new Map(),
    });
  for (const { hold } of confirmed) {
    const order = sold.get(hold.id);
    if (!order) throw new Error(`${hold.id} is bought and was not ordered`);
    if (order.tickets.length > 0) throw new Error(`the tickets of ${hold.id} are issued twice`);
    order.tickets = Array.from({ length: hold.places }, (_, position) => ({
      id: ticketIdOf(hold.id, position),
      position,
      status: 'valid' as const,
      refundedMinor: 0,
      transferId: null,
      resaleId: null,
    }));
  }
  for (const { hold, command, positions, shares, refundMinor, refundSplit, isLast } of cancelled) {
    const order = sold.get(hold.id);
    if (!order) throw new Error(`${hold.id} is cancelled and was not bought`);
    for (const position of positions) {
      const ticket = order.tickets[position];
      if (ticket?.status !== 'valid')
        throw new Error(`a ticket of ${hold.id} goes from ${ticket?.status} to cancelled`);
      ticket.status = 'cancelled';
    }
    const prices = placesOf(hold.lines).map(({ line }) => line.unitMinor);
    for (const { position, minor } of shares) {
      const ticket = order.tickets[position];
      if (!ticket || minor <= 0 || ticket.refundedMinor + minor > (prices[position] ?? 0))
        throw new Error(`a ticket of ${hold.id} would get back ${minor} more`);
      ticket.refundedMinor += minor;
    }
    order.refundedMinor += refundMinor;
    order.refunded = plus(order.refunded, refundSplit);
    const wrong = wrongSplit(hold, order, isLast);
    if (wrong) throw new Error(wrong);
    if (refundMinor < 0 || order.refundedMinor > hold.totalMinor)
      throw new Error(`${order.refundedMinor} of ${hold.totalMinor} would go back for ${hold.id}`);
    if (isLast !== order.tickets.every((ticket) => ticket.status === 'cancelled') && isLast)
      throw new Error(`${hold.id} is called cancelled and has a ticket`);
    const { retry } = command;
    if (retry && order.cancelledBy.has(retry.key))
      throw new Error(`${hold.id} is cancelled twice with one key`);
    if (retry) order.cancelledBy.set(retry.key, retry.fingerprint);
  }
}

/** The trigger holds_only_move_forward. */
const mayBecome: Record<HoldRecord['status'], HoldRecord['status'][]> = {
  active: ['confirmed', 'released', 'expired', 'forfeited'],
  expired: ['confirmed', 'forfeited'],
  released: ['forfeited'],
  blocked: ['released'],
  confirmed: [],
  forfeited: [],
};
