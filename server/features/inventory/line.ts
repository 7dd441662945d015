import type { HoldId, TicketTypeId, UserId, WaitlistEntryId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { WaitlistEntryStatus } from '../../../contract/waitlist.ts';
import type { Mark } from './marks.ts';

/** A person who waits for places of one ticket type, or has an offer of them. */
export interface LineEntry {
  id: WaitlistEntryId;
  buyerId: UserId;
  ticketTypeId: TicketTypeId;
  quantity: number;
  /** Smaller numbers are served first. The ledger gives each number once. */
  place: number;
  status: WaitlistEntryStatus;
  /** How long the offer will last by day, frozen when the person joins. */
  offerMinutes: number;
  /** The network that the person joined from, while the entry is open. */
  network: Mark | null;
  /** Where the offer is mailed; null for an account. */
  email: string | null;
  language: Language;
  retry: { key: string; fingerprint: string } | null;
  joinedAt: Date;
  offeredAt: Date | null;
  offerEndsAt: Date | null;
  closedAt: Date | null;
  /** The hold of the present or latest offer; null if it is the first one. */
  holdId: HoldId | null;
}

/** The waitlist of one event: its open entries. A batch changes it in place. */
export interface Line {
  /** Those who wait for each ticket type, the first in line first. */
  waiting: Map<TicketTypeId, LineEntry[]>;
  /** The entries with an offer, by its hold. */
  offered: Map<HoldId, LineEntry>;
  /** All open entries: those who wait and those with an offer. */
  open: Map<WaitlistEntryId, LineEntry>;
  /** How many open entries each person has. */
  buyers: Map<UserId, number>;
  /** The highest number that was given. */
  lastPlace: number;
  /** When the ledger must look at the line next, without a command; null if only commands matter. */
  dueAt: Date | null;
}

/** Puts a person at the end of the line. */
export interface JoinCommand {
  kind: 'join';
  entryId: WaitlistEntryId;
  buyerId: UserId;
  ticketTypeId: TicketTypeId;
  quantity: number;
  network: Mark | null;
  email: string | null;
  language: Language;
  /** A retry with the same key finds the first entry while it is open. */
  retry: { key: string; fingerprint: string } | null;
}

/** Takes a person out of the line, or declines their offer. */
export interface LeaveCommand {
  kind: 'leave';
  entryId: WaitlistEntryId;
  buyerId: UserId;
}

/**
 * The id of the hold that an entry gets as its offer: the same id with the hold's prefix. If an offer has ended without the
 * person's doing, because a seller kept the ticket, the next offer has another id.
 */
export const offerIdOf = ({ id, holdId }: Pick<LineEntry, 'id' | 'holdId'>): HoldId =>
  holdId ?? `hld_${id.slice(4)}`;

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const count = letters.length ** 4;

/** The id of the offer after this one: its last four letters are a number, which grows by one. */
export function nextOfferId(holdId: HoldId): HoldId {
  let number = 0;
  for (const letter of holdId.slice(-4)) number = number * letters.length + letters.indexOf(letter);
  let next = '';
  for (let left = (number + 1) % count; next.length < 4; left = Math.floor(left / letters.length))
    next = letters[left % letters.length] + next;
  return `${holdId.slice(0, -4)}${next}` as HoldId;
}

export const emptyLine = (): Line => ({
  waiting: new Map(),
  offered: new Map(),
  open: new Map(),
  buyers: new Map(),
  lastPlace: 0,
  dueAt: null,
});

/** Adds an open entry, whatever order they come in. */
export function addEntry(line: Line, entry: LineEntry): void {
  line.open.set(entry.id, entry);
  line.buyers.set(entry.buyerId, (line.buyers.get(entry.buyerId) ?? 0) + 1);
  if (entry.status === 'offered') {
    line.offered.set(offerIdOf(entry), entry);
    return;
  }
  const queue = line.waiting.get(entry.ticketTypeId);
  if (!queue) line.waiting.set(entry.ticketTypeId, [entry]);
  else if ((queue.at(-1)?.place ?? 0) < entry.place) queue.push(entry);
  else queue.splice(indexIn(queue, entry.place), 0, entry);
}

/** Removes an entry that is no longer open, or that is about to change its status. */
export function removeEntry(line: Line, entry: LineEntry): void {
  if (!line.open.delete(entry.id)) return;
  const left = (line.buyers.get(entry.buyerId) ?? 0) - 1;
  if (left > 0) line.buyers.set(entry.buyerId, left);
  else line.buyers.delete(entry.buyerId);
  line.offered.delete(offerIdOf(entry));
  const queue = line.waiting.get(entry.ticketTypeId);
  if (!queue) return;
  const at = indexIn(queue, entry.place);
  if (queue[at]?.id === entry.id) queue.splice(at, 1);
  if (queue.length === 0) line.waiting.delete(entry.ticketTypeId);
}

/** How many wait for the same ticket type before this entry, and itself: 1 is the first in line. */
export function positionIn(line: Line, entry: LineEntry): number {
  return indexIn(line.waiting.get(entry.ticketTypeId) ?? [], entry.place) + 1;
}

/** The index of the first entry with this number or a higher one. */
function indexIn(queue: LineEntry[], place: number): number {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((queue[middle]?.place ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
