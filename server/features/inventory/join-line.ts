import type { SaleTicketType } from '../sale/event-sale.ts';
import { notOnSale } from './choose-lines.ts';
import { availableIn } from './free-places.ts';
import { type Outcome, refuse } from './inventory.ts';
import { livePlaces, overBuyer } from './limits.ts';
import {
  addEntry,
  type JoinCommand,
  type LeaveCommand,
  type LineEntry,
  offerIdOf,
  positionIn,
} from './line.ts';
import { isGuestNetwork } from './marks.ts';
import type { Batch } from './state.ts';
import { closeEntry, end, freeHeld } from './transitions.ts';

/** How many times more places accounts with a confirmed address may wait for per network than guests. */
const vouchedFactor = 10;

/** Decision: puts a person at the end of the line, if nothing is on sale for them now. */
export function join(batch: Batch, command: JoinCommand): Outcome {
  const { sale, state, now } = batch;
  const { buyerId, ticketTypeId, quantity } = command;
  const mine = [...(state.line?.open.values() ?? [])].filter((entry) => entry.buyerId === buyerId);
  const earlier = command.retry && mine.find((entry) => entry.retry?.key === command.retry?.key);
  if (earlier) {
    if (earlier.retry?.fingerprint !== command.retry?.fingerprint) return refuse('idempotency_key_reused');
    return joined(batch, earlier, true);
  }
  const closed = notOnSale(sale, now);
  if (closed) return closed;
  const type = sale.ticketTypes.find(({ id }) => id === ticketTypeId);
  // Nobody waits for a type that only a code opens, or for an extra.
  if (!type || type.hidden || type.product) return refuse('unknown_ticket_type', { ticketTypeId });
  if (type.saleStartsAt && now < type.saleStartsAt)
    return refuse('sale_not_started', { saleStartsAt: type.saleStartsAt.toISOString() });
  if (type.saleEndsAt && now >= type.saleEndsAt) return refuse('sale_ended');
  const waits = mine.find((entry) => entry.ticketTypeId === ticketTypeId);
  if (waits) return refuse('already_waiting', { entryId: waits.id });
  if (!sale.waitlist.enabled) return refuse('waitlist_off');
  const have = (state.byBuyer.get(buyerId) ?? []).reduce((sum, hold) => sum + livePlaces(hold), 0);
  const tooMany = overLimits(batch, command, type, have);
  if (tooMany) return tooMany;
  const available = roomOf(batch, type);
  if (available > 0) return refuse('places_available', { available });
  if (!state.line) throw new Error('the ledger must load the line for somebody who joins it');
  const entry: LineEntry = {
    id: command.entryId,
    buyerId,
    ticketTypeId,
    quantity,
    place: ++state.line.lastPlace,
    status: 'waiting',
    offerMinutes: sale.waitlist.offerMinutes,
    network: command.network,
    email: command.email,
    language: command.language,
    retry: command.retry,
    joinedAt: now,
    offeredAt: null,
    offerEndsAt: null,
    closedAt: null,
    holdId: null,
  };
  addEntry(state.line, entry);
  // A later command of this batch may free places for this person.
  const before = have - (batch.changes.places.get(buyerId) ?? 0);
  state.placesOfWaiting = new Map(state.placesOfWaiting).set(buyerId, before);
  batch.changes.entries.add(entry);
  batch.freed = true;
  return joined(batch, entry, false);
}

/** What keeps this person from waiting for so many places. */
function overLimits(batch: Batch, command: JoinCommand, type: SaleTicketType, have: number) {
  const { sale, state } = batch;
  const { quantity, network } = command;
  const { minPerOrder = 1 } = type;
  if (quantity < minPerOrder)
    return refuse('too_few_tickets', { ticketTypeId: type.id, minimum: minPerOrder });
  if (quantity > type.maxPerOrder) return refuse('limit_reached', { limit: type.maxPerOrder, have: 0 });
  const over = overBuyer(sale, have, quantity);
  if (over) return over;
  const limit = Math.min(...type.poolIds.map((id) => state.pools.get(id)?.capacity ?? 0));
  if (quantity > limit) return refuse('party_too_large', { limit });
  if (network === null || sale.placesPerNetwork === 0) return null;
  const most = isGuestNetwork(network) ? sale.placesPerNetwork : sale.placesPerNetwork * vouchedFactor;
  let waiting = 0;
  for (const entry of state.line?.open.values() ?? [])
    if (entry.network === network) waiting += entry.quantity;
  return waiting + quantity > most ? refuse('waitlist_network_limit', { limit: most, waiting }) : null;
}

/** How many places of a ticket type are on sale: free, and not kept for the line. */
const roomOf = ({ state }: Batch, { poolIds }: SaleTicketType): number =>
  availableIn(poolIds.map((id) => state.pools.get(id)));

const joined = ({ state }: Batch, entry: LineEntry, replayed: boolean): Outcome => ({
  kind: 'joined',
  entry,
  position: entry.status === 'waiting' && state.line ? positionIn(state.line, entry) : null,
  replayed,
});

/**
 * Decision: takes a person out of the line. If they have an offer, its places go to the next in line. An entry that is
 * over stays as it is.
 */
export function leave(batch: Batch, command: LeaveCommand): Outcome {
  const entry = batch.state.line?.open.get(command.entryId);
  if (!entry) return { kind: 'left' };
  if (entry.buyerId !== command.buyerId) return refuse('not_found');
  const hold = batch.state.holds.get(offerIdOf(entry));
  if (entry.status === 'waiting') {
    closeEntry(batch, entry, 'left');
    batch.freed = true;
  } else if (hold?.status === 'active') {
    freeHeld(batch, hold);
    end(batch, hold, 'released', 'cancelled');
  }
  return { kind: 'left' };
}
