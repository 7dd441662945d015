import type { WaitlistEntryId } from '../../contract/ids.ts';
import type { Command, Outcome } from '../../server/features/inventory/inventory.ts';
import type { Facts } from '../../server/features/inventory/state.ts';
import { placesOf } from './cancelling.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Model, ModelHold } from './model.ts';
import { fullPriced } from './promos.ts';
import { asOffered, type ModelResale, onResale, resaleEndMs, whyNotThese } from './reselling.ts';
import { freeIn, hasBest, type Lines } from './wishes.ts';

/**
 * The waitlist in the model (promise 11). After every command the model walks the whole line again, the first in line first,
 * and knows who must be offered places at that moment and what is kept for whom. The ledger's offers must be these, in
 * this order, and no others.
 */
export interface ModelEntry {
  id: string;
  buyer: string;
  ticketTypeId: string;
  quantity: number;
  /** Numbers grow in the order of joining. */
  number: number;
  state: 'waiting' | 'offered' | 'accepted' | 'declined' | 'expired' | 'left' | 'ended';
  offerMinutes: number;
  key: string | null;
  asked: string | null;
  network: number | null;
  /** The hold of the present or latest offer. */
  holdId: string | null;
}

export type Offers = Facts['offered'];

type Join = Extract<Command, { kind: 'join' }>;
type Leave = Extract<Command, { kind: 'leave' }>;

/** What only the model of the holds can do. */
interface Work {
  /** Adds a hold and gives it its places. */
  begin(hold: Pick<ModelHold, 'id' | 'buyer' | 'lines' | 'dueMs'>): string | null;
  leave(hold: ModelHold): void;
}

const holdOf = (entryId: string): string => `hld_${entryId.slice(4)}`;

const isOpen = ({ state }: ModelEntry): boolean => state === 'waiting' || state === 'offered';

/** Those who wait, the first in line first. */
const inLine = ({ entries }: Model): ModelEntry[] =>
  entries.filter(({ state }) => state === 'waiting').sort((a, b) => a.number - b.number);

const typeOf = ({ sale }: Model, id: string) => sale.ticketTypes.find((each) => each.id === id);

/** Follows what became of a hold, if it is an offer. */
export function followOffer({ entries }: Model, { id }: ModelHold, state: ModelEntry['state']): void {
  const entry = entries.find((each) => each.state === 'offered' && each.holdId === id);
  if (entry) entry.state = state;
}

/**
 * Takes the offers that the ledger must have made at this moment from the list of those that it has made. Null if they are
 * the same ones, otherwise what is wrong.
 */
export function serve(model: Model, nowMs: number, work: Pick<Work, 'begin'>): string | null {
  endEntries(model, nowMs);
  let offered = true;
  while (offered) {
    offered = false;
    model.kept = new Map();
    const promised = new Set<ModelResale>();
    if (saleState(model, nowMs) !== 'open') return null;
    for (const entry of inLine(model)) {
      const type = typeOf(model, entry.ticketTypeId);
      if (!type || (type.saleStartsAt && nowMs < type.saleStartsAt.getTime())) continue;
      const room = Math.max(0, Math.min(...type.poolIds.map((pool) => freeIn(model, pool))));
      const others = onResale(model, type.id, nowMs).filter((each) => !promised.has(each));
      // Nobody buys their own ticket.
      const theirs = others.filter(({ seller }) => seller !== entry.buyer).slice(0, entry.quantity);
      if (room + theirs.length <= 0 || !canHave(model, entry)) continue;
      if (entry.quantity <= room + theirs.length) {
        const wrong = takeOffer(model, entry, theirs, nowMs, work);
        if (wrong) return wrong;
        offered = true;
      } else if (gathers(model, nowMs)) {
        for (const each of theirs) promised.add(each);
        for (const pool of type.poolIds) {
          const kept = Math.min(entry.quantity - theirs.length, freeIn(model, pool));
          model.kept.set(pool, (model.kept.get(pool) ?? 0) + kept);
        }
      }
    }
  }
  return null;
}

const hourMs = 3_600_000;

const gathers = ({ sale }: Model, nowMs: number): boolean =>
  nowMs < sale.startsAt.getTime() - sale.waitlist.partiesUntilHours * hourMs;

function saleState({ sale }: Model, nowMs: number): 'open' | 'paused' | 'over' {
  if (sale.status === 'cancelled') return 'over';
  if (sale.status !== 'published') return 'paused';
  if (sale.saleStartsAt && nowMs < sale.saleStartsAt.getTime()) return 'paused';
  return nowMs < (sale.saleEndsAt ?? sale.endsAt).getTime() ? 'open' : 'over';
}

/** Ends the entries for what nobody can buy any more. */
function endEntries(model: Model, nowMs: number): void {
  const isOver = saleState(model, nowMs) === 'over';
  for (const entry of inLine(model)) {
    const endsAt = typeOf(model, entry.ticketTypeId)?.saleEndsAt;
    if (isOver || (endsAt && nowMs >= endsAt.getTime())) entry.state = 'ended';
  }
}

/** Whether this person could have their places if enough were free. */
function canHave(model: Model, { buyer, quantity, ticketTypeId }: ModelEntry): boolean {
  const type = typeOf(model, ticketTypeId);
  const fits = type?.poolIds.every((pool) => (model.slots.get(pool) ?? []).length >= quantity);
  return (
    fits === true &&
    quantity <= type!.maxPerOrder &&
    placesOfBuyer(model, buyer) + quantity <= model.sale.maxPerBuyer
  );
}

const placesOfBuyer = ({ holds }: Model, buyer: string): number =>
  holds
    .filter((hold) => hold.buyer === buyer && (hold.state === 'waiting' || hold.state === 'bought'))
    .reduce((sum, hold) => sum + placesOf(hold), 0);

function takeOffer(
  model: Model,
  entry: ModelEntry,
  resales: ModelResale[],
  nowMs: number,
  { begin }: Pick<Work, 'begin'>,
): string | null {
  const offer = model.offers.shift();
  if (!offer) return `${entry.id} is offered nothing, and ${entry.quantity} places are free for it`;
  if (offer.entry.id !== entry.id) return `${offer.entry.id} is offered places before ${entry.id}`;
  const { hold } = offer;
  // A second offer of the same person has a hold of its own.
  const id = entry.holdId === null ? holdOf(entry.id) : hold.id;
  if (
    hold.id !== id ||
    model.holds.some((each) => each.id === id) ||
    hold.buyerId !== entry.buyer ||
    hold.idempotencyKey !== null ||
    hold.network !== null
  )
    return `the offer of ${entry.id} is ${hold.id} of ${hold.buyerId}`;
  // A code that the same batch redeems has reduced it.
  const lines: Lines = asOffered(fullPriced(hold.lines));
  const fresh = lines.filter(({ resale }) => !resale);
  const wants = {
    kind: 'best' as const,
    ticketTypeId: entry.ticketTypeId as `tty_${string}`,
    quantity: entry.quantity - resales.length,
  };
  const wrong =
    whyNotThese(lines, resales) ??
    (wants.quantity === 0 && fresh.length === 0 ? null : hasBest(model, wants, fresh, () => false));
  if (wrong) return `the offer of ${entry.id} has ${wrong}`;
  const dueMs = offerEndMs(model, entry, resales.length > 0, nowMs);
  const endMs = dueMs + (hold.ordered && hold.totalMinor > 0 ? graceMs : 0);
  if (hold.expiresAt.getTime() !== endMs)
    return `the offer of ${entry.id} ends at ${hold.expiresAt.toISOString()} instead of ${new Date(endMs).toISOString()}`;
  entry.state = 'offered';
  entry.holdId = id;
  for (const resale of resales) resale.buyerHold = id;
  return begin({ id, buyer: entry.buyer, lines, dueMs });
}

/** The time that an order with a price adds to its hold. */
const graceMs = 60_000;
const dayMs = 24 * hourMs;

/** The simulated events are in UTC, so a day begins at a multiple of 24 hours. */
function offerEndMs(
  model: Model,
  { offerMinutes, ticketTypeId }: ModelEntry,
  resells: boolean,
  nowMs: number,
): number {
  const { sale } = model;
  const clockMs = nowMs % dayMs;
  let endMs = nowMs + offerMinutes * 60_000;
  if (clockMs < 9 * hourMs || clockMs >= 22 * hourMs) {
    const nineMs = nowMs - clockMs + (clockMs < 9 * hourMs ? 9 * hourMs : dayMs + 9 * hourMs);
    const lateMs = nineMs + offerMinutes * 60_000;
    if (lateMs <= sale.startsAt.getTime()) endMs = lateMs;
  }
  if (resells) return Math.min(endMs, resaleEndMs(model, ticketTypeId));
  const ends = [typeOf(model, ticketTypeId)?.saleEndsAt, sale.saleEndsAt ?? sale.endsAt];
  return Math.min(endMs, ...ends.flatMap((at) => at?.getTime() ?? []));
}

/** Null if the outcome is right, and then the model records it; otherwise what is wrong with it. */
export function judgeJoin(model: Model, command: Join, outcome: Outcome, nowMs: number): string | null {
  const { retry, buyerId } = command;
  const given = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  const mine = model.entries.filter((entry) => entry.buyer === buyerId && isOpen(entry));
  const earlier = retry && mine.find((entry) => entry.key === retry.key);
  if (earlier) {
    if (earlier.asked !== retry.fingerprint)
      return given === 'idempotency_key_reused' ? null : `a used key gave ${given}`;
    const same = outcome.kind === 'joined' && outcome.replayed && outcome.entry.id === earlier.id;
    return same ? null : `asked again, ${earlier.id} became ${given}`;
  }
  const reasons = whyNotJoin(model, command, mine, nowMs);
  if (outcome.kind === 'refused')
    return reasons.includes(given)
      ? null
      : `may not wait because of ${given} for no reason (true: ${reasons.join(', ') || 'none'})`;
  if (outcome.kind !== 'joined' || outcome.replayed) return `joining came out as ${given}`;
  if (reasons.length > 0) return `waits in spite of ${reasons.join(', ')}`;
  const { entry, position } = outcome;
  const before = inLine(model).filter(({ ticketTypeId }) => ticketTypeId === command.ticketTypeId).length;
  if (position !== before + 1) return `${entry.id} is said to be number ${position} instead of ${before + 1}`;
  model.entries.push({
    id: command.entryId,
    buyer: buyerId,
    ticketTypeId: command.ticketTypeId,
    quantity: command.quantity,
    number: entry.place,
    state: 'waiting',
    offerMinutes: model.sale.waitlist.offerMinutes,
    key: retry?.key ?? null,
    asked: retry?.fingerprint ?? null,
    network: command.network,
    holdId: null,
  });
  const numbers = model.entries.map(({ number }) => number);
  return Math.max(...numbers) === entry.place && numbers.indexOf(entry.place) === numbers.length - 1
    ? null
    : `${entry.id} joined last with the number ${entry.place}`;
}

/** Every true reason to refuse a place in the line. */
function whyNotJoin(model: Model, command: Join, mine: ModelEntry[], nowMs: number): string[] {
  const { sale } = model;
  const { quantity, network, buyerId } = command;
  const reasons: string[] = [];
  if (sale.status !== 'published') reasons.push('event_not_on_sale');
  if (sale.saleStartsAt && nowMs < sale.saleStartsAt.getTime()) reasons.push('sale_not_started');
  if (nowMs >= (sale.saleEndsAt ?? sale.endsAt).getTime()) reasons.push('sale_ended');
  if (!sale.waitlist.enabled) reasons.push('waitlist_off');
  const type = typeOf(model, command.ticketTypeId);
  if (!type) return [...reasons, 'unknown_ticket_type'];
  if (type.saleStartsAt && nowMs < type.saleStartsAt.getTime()) reasons.push('sale_not_started');
  if (type.saleEndsAt && nowMs >= type.saleEndsAt.getTime()) reasons.push('sale_ended');
  if (mine.some(({ ticketTypeId }) => ticketTypeId === type.id)) reasons.push('already_waiting');
  if (quantity > type.maxPerOrder) reasons.push('limit_reached');
  if (placesOfBuyer(model, buyerId) + quantity > sale.maxPerBuyer) reasons.push('limit_reached');
  if (type.poolIds.some((pool) => (model.slots.get(pool) ?? []).length < quantity))
    reasons.push('party_too_large');
  if (type.poolIds.every((pool) => freeIn(model, pool) > 0)) reasons.push('places_available');
  // Networks of guests have odd numbers.
  const most = sale.placesPerNetwork * (network !== null && network % 2 === 0 ? 10 : 1);
  const waiting = model.entries
    .filter((entry) => isOpen(entry) && entry.network === network)
    .reduce((sum, entry) => sum + entry.quantity, 0);
  if (network !== null && most > 0 && waiting + quantity > most) reasons.push('waitlist_network_limit');
  return reasons;
}

export function judgeLeave(
  model: Model,
  { entryId, buyerId }: Leave,
  outcome: Outcome,
  { leave }: Pick<Work, 'leave'>,
): string | null {
  const given = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  const entry = model.entries.find((each) => each.id === entryId && isOpen(each));
  const expected = entry && entry.buyer !== buyerId ? 'not_found' : 'left';
  if (given !== expected) return `leaving the line came out as ${given} instead of ${expected}`;
  if (!entry || expected !== 'left') return null;
  if (entry.state === 'waiting') {
    entry.state = 'left';
    return null;
  }
  const hold = model.holds.find(({ id }) => id === entry.holdId);
  if (hold?.state !== 'waiting') return `${entry.id} has an offer without a hold`;
  leave(hold);
  return null;
}

/** A guest's entries move to an account. Of two that wait for the same ticket type, the earlier one stays. */
export function moveEntries(model: Model, from: string, to: string): void {
  for (const entry of model.entries) if (entry.buyer === from) entry.buyer = to;
  const seen = new Set<string>();
  const theirs = model.entries.filter((entry) => entry.buyer === to && isOpen(entry));
  for (const entry of theirs.sort((a, b) => a.number - b.number)) {
    if (seen.has(entry.ticketTypeId) && entry.state === 'waiting') entry.state = 'left';
    seen.add(entry.ticketTypeId);
  }
}

/** Checks the rows of the line after a batch. */
export function compareLine(
  model: Model,
  { pools, line }: Pick<MemoryStore, 'pools' | 'line'>,
): string | null {
  for (const { id, kept } of pools.values())
    if (kept !== (model.kept.get(id) ?? 0))
      return `of ${id} ${kept} places are kept for the line instead of ${model.kept.get(id) ?? 0}`;
  if (line.entries.size !== model.entries.length)
    return `${line.entries.size} have waited instead of ${model.entries.length}`;
  for (const known of model.entries) {
    const row = line.entries.get(known.id as WaitlistEntryId);
    if (row?.status !== known.state || row.buyerId !== known.buyer)
      return `${known.id} of ${row?.buyerId} is ${row?.status} instead of ${known.state} of ${known.buyer}`;
    if (!isOpen(known) && (row.network !== null || row.email !== null || row.closedAt === null))
      return `${known.id} is over and has not forgotten whom it was of`;
  }
  return null;
}

/** What of the line can be seen without a command: who is in it, with an offer or not, and what is kept for them. */
export const spellLine = ({ entries, kept }: Model): string =>
  [
    ...entries.filter(isOpen).map(({ id, state }) => `${id} ${state}`),
    ...[...kept].filter(([, places]) => places > 0).map(([pool, places]) => `${places} of ${pool}`),
  ].join(', ');
