import type { UserId, WaitlistEntryId } from '../../contract/ids.ts';
import type { Command, HoldRecord } from '../../server/features/inventory/inventory.ts';
import { livePlaces } from '../../server/features/inventory/limits.ts';
import { addEntry, emptyLine, type Line, type LineEntry } from '../../server/features/inventory/line.ts';
import type { LedgerState } from '../../server/features/inventory/state.ts';
import { openResales } from './memory-resale.ts';
import type { MemoryStore } from './memory-store.ts';

/** The rows of a waitlist: its entries, and what the ledger's row has of it. */
export interface MemoryLine {
  entries: Map<WaitlistEntryId, LineEntry>;
  lastPlace: number;
  dueAt: Date | null;
}

export const createMemoryLine = (): MemoryLine => ({ entries: new Map(), lastPlace: 0, dueAt: null });

const isOpen = ({ status }: LineEntry): boolean => status === 'waiting' || status === 'offered';

export const openEntries = ({ line }: MemoryStore): LineEntry[] => [...line.entries.values()].filter(isOpen);

/** These free no place, as in load-lines.ts. */
const takers: Command['kind'][] = ['place', 'order', 'redeem', 'join'];

/** Like loadLines: the open entries, and how many places the people have to whom places may be offered. */
export function loadLine(
  store: MemoryStore,
  commands: Command[],
  now: Date,
): Pick<LedgerState, 'line' | 'placesOfWaiting'> {
  const open = openEntries(store);
  if (open.length === 0 && !commands.some(({ kind }) => kind === 'join')) return { line: null };
  const line = emptyLine();
  for (const entry of open) addEntry(line, { ...entry });
  line.lastPlace = store.line.lastPlace;
  line.dueAt = store.line.dueAt;
  const holds = [...store.holds.values()];
  const frees =
    commands.some(({ kind }) => !takers.includes(kind)) ||
    holds.some(({ status, expiresAt }) => status === 'active' && expiresAt <= now) ||
    [...store.pools.values()].some(({ capacity, held, sold }) => capacity > held + sold) ||
    openResales(store).length > 0;
  const offers = new Set(openResales(store).map(({ buyerHoldId }) => buyerHoldId));
  const buyers = new Set(holds.filter(({ id }) => offers.has(id)).map(({ buyerId }) => buyerId));
  const asked = open.filter(({ status, buyerId }) => status === 'waiting' || buyers.has(buyerId));
  return { line, placesOfWaiting: frees ? placesOf(asked, holds) : new Map() };
}

function placesOf(asked: LineEntry[], holds: HoldRecord[]): Map<UserId, number> {
  const places = new Map<UserId, number>();
  for (const { buyerId } of asked) places.set(buyerId, 0);
  for (const hold of holds) {
    const known = places.get(hold.buyerId);
    if (known !== undefined) places.set(hold.buyerId, known + livePlaces(hold));
  }
  return places;
}

/** Like writeLines. Throws where a constraint of the database would. */
export function writeLine(
  { line: rows }: MemoryStore,
  changed: ReadonlySet<LineEntry>,
  line: Line | null,
): void {
  for (const entry of changed) {
    const row = rows.entries.get(entry.id);
    if (row && row.status !== entry.status && !mayBecome[row.status]?.includes(entry.status))
      throw new Error(`${entry.id} goes from ${row.status} to ${entry.status}`);
    // Only an offer that was taken back: its person waits again for another one.
    const isTakenBack = entry.status === 'waiting' || entry.status === 'left';
    if (row?.status === 'offered' && isTakenBack && row.holdId === entry.holdId)
      throw new Error(`${entry.id} is ${entry.status} and keeps its offer`);
    if (!row && [...rows.entries.values()].some(({ place }) => place === entry.place))
      throw new Error(`the place ${entry.place} in the line is given twice`);
    const { status, network, email, offeredAt, offerEndsAt, closedAt, holdId } = entry;
    rows.entries.set(
      entry.id,
      row ? { ...row, status, network, email, offeredAt, offerEndsAt, closedAt, holdId } : { ...entry },
    );
  }
  if (!line) return;
  const open = [...rows.entries.values()].filter(isOpen).length;
  if (line.open.size !== open)
    throw new Error(`${line.open.size} are said to be in the line instead of ${open}`);
  rows.lastPlace = line.lastPlace;
  rows.dueAt = line.dueAt;
}

/** The trigger waitlist_only_moves_forward. */
const mayBecome: Partial<Record<LineEntry['status'], LineEntry['status'][]>> = {
  waiting: ['offered', 'left', 'ended', 'accepted', 'declined'],
  offered: ['accepted', 'declined', 'expired', 'waiting', 'left', 'ended'],
  expired: ['accepted'],
};

/** Like defineInventory: while people wait, new places are kept until the ledger has offered them. */
export function keepNewPlaces(store: MemoryStore): void {
  const waits = openEntries(store).length > 0;
  for (const pool of store.pools.values())
    pool.kept = waits ? pool.capacity - pool.held - pool.sold - pool.blocked : 0;
}

/** Like events_tell_their_ledger and moveEntries: the sweep wakes the ledger after an edit, or a move of buyers. */
export function wakeLine(store: MemoryStore): void {
  if (openEntries(store).length > 0) store.line.dueAt = new Date(0);
}

/** Like moveEntries: of two entries for the same ticket type the earlier one stays. */
export function moveEntries(store: MemoryStore, from: UserId, to: UserId, now: Date): void {
  const open = openEntries(store);
  for (const entry of store.line.entries.values()) if (entry.buyerId === from) entry.buyerId = to;
  const theirs = open.filter(({ buyerId }) => buyerId === to);
  const later = theirs.filter(
    (entry) =>
      entry.status === 'waiting' &&
      theirs.some((other) => other.ticketTypeId === entry.ticketTypeId && other.place < entry.place),
  );
  for (const entry of later)
    Object.assign(entry, { status: 'left', closedAt: now, network: null, email: null });
  wakeLine(store);
}
