import type { PoolId } from '../../../contract/ids.ts';
import type { ActBy } from '../../data/audit-trail.ts';
import { clocksOf, keepClock } from './clocks.ts';
import { placesIn } from './extras.ts';
import {
  type HoldLine,
  type HoldRecord,
  type Paid,
  type Pool,
  type SeatStatus,
  seatStatus,
} from './inventory.ts';
import { countMark, weightOf } from './limits.ts';
import { type LineEntry, offerIdOf, removeEntry } from './line.ts';
import { noteMoved } from './moved.ts';
import type { Batch, Facts } from './state.ts';
import type { Voucher } from './voucher.ts';

/*
 * How holds, pools and seats change. Each function changes the state of the event and notes what is to be written. The
 * rules that decide when (decide.ts, cancel.ts) call these.
 */

export function confirmHeld(batch: Batch, hold: HoldRecord, paid: Paid | null): void {
  hold.status = 'confirmed';
  followOffer(batch, hold, 'accepted');
  const { network } = hold;
  leaveNetwork(batch, hold);
  countMark(batch, hold.card, hold.places);
  movePools(batch, hold.lines, 'held', -1);
  movePools(batch, hold.lines, 'sold', 1);
  noteMoved(batch.changes.moved, hold.lines, 'sold');
  setSeats(batch, hold, seatStatus.sold);
  change(batch, hold);
  batch.facts.confirmed.push({ hold, paid, late: false, network });
}

/** Gives an active hold these lines. `lost` and `gained` are the difference to the lines that it has. */
export function exchangeHeld(
  batch: Batch,
  hold: HoldRecord,
  { lines, lost, gained }: { lines: HoldLine[]; lost: HoldLine[]; gained: HoldLine[] },
): void {
  movePools(batch, hold.lines, 'held', -1);
  movePools(batch, lines, 'held', 1);
  noteMoved(batch.changes.moved, lost, 'unlocked');
  noteMoved(batch.changes.moved, gained, 'locked');
  // A seat that changes its ticket type is in both.
  setSeats(batch, { id: hold.id, lines: lost }, seatStatus.free);
  setSeats(batch, { id: hold.id, lines: gained }, seatStatus.held);
  const places = placesIn(lines);
  count(batch, hold, places - hold.places);
  countMark(batch, hold.network, weightOf({ places }) - weightOf(hold));
  if (lost.length > 0) batch.freed = true;
  hold.lines = lines;
  hold.places = places;
  change(batch, hold);
}

export function freeHeld(batch: Batch, hold: HoldRecord): void {
  batch.freed = true;
  movePools(batch, hold.lines, 'held', -1);
  noteMoved(batch.changes.moved, hold.lines, 'unlocked');
  setSeats(batch, hold, seatStatus.free);
  for (const { resale } of hold.lines) {
    const offer = resale && batch.state.resales?.get(resale.id);
    if (offer?.buyerHoldId !== hold.id) continue;
    offer.buyerHoldId = null;
    batch.changes.resales.add(offer);
  }
}

export function end(
  batch: Batch,
  hold: HoldRecord,
  status: 'expired' | 'released' | 'forfeited',
  as: Facts['ended'][number]['as'],
  withdrawnBy?: ActBy,
): void {
  leaveClocks(batch, hold);
  hold.status = status;
  // Nobody has declined what a cancelled event took from them.
  const unsold = batch.sale.status === 'cancelled' ? 'ended' : 'declined';
  followOffer(batch, hold, status === 'expired' ? 'expired' : unsold);
  leaveNetwork(batch, hold);
  count(batch, hold, -hold.places);
  change(batch, hold);
  if (hold.ordered) batch.facts.ended.push({ hold, as, ...(withdrawnBy && { withdrawnBy }) });
}

export function leaveClocks(batch: Batch, hold: HoldRecord): void {
  for (const clock of clocksOf(hold, batch.sale, batch.now)) {
    keepClock(batch.state.clocks, clock);
    batch.changes.clocks.push(clock);
  }
}

/** Counts places for a buyer, and for the mailbox of the order. */
export function count(batch: Batch, { buyerId, mailbox }: HoldRecord, places: number): void {
  const { changes, state } = batch;
  // A person with as many places as one buyer may have needs no places of the line any more, and the reverse.
  if (state.line?.buyers.has(buyerId)) batch.freed = true;
  changes.places.set(buyerId, (changes.places.get(buyerId) ?? 0) + places);
  countMark(batch, mailbox, places);
}

/** A hold counts for its network only while it is active. Afterwards its mark is erased. */
function leaveNetwork(batch: Batch, hold: HoldRecord): void {
  countMark(batch, hold.network, -weightOf(hold));
  hold.network = null;
}

/** A hold that this batch placed is written by its insert. Any other hold needs an update. */
export function change(batch: Batch, hold: HoldRecord): void {
  if (!batch.changes.placed.has(hold)) batch.changes.changed.add(hold);
}

/** Notes the counts of a pool before its first change in a batch. */
export function notePool({ changes }: Batch, pool: Pool): void {
  if (changes.pools.has(pool)) return;
  changes.pools.set(pool, {
    held: pool.held,
    sold: pool.sold,
    kept: pool.kept,
    blocked: pool.blocked,
  });
}

/** Takes an entry out of the line and notes its new status. */
export function noteEntry(batch: Batch, entry: LineEntry, status: LineEntry['status']): void {
  if (batch.state.line) removeEntry(batch.state.line, entry);
  entry.status = status;
  batch.changes.entries.add(entry);
}

export function closeEntry(batch: Batch, entry: LineEntry, status: ClosedStatus): void {
  // Whoever has ordered an offer is told with the order.
  const isOrdered = entry.status === 'offered' && batch.state.holds.get(offerIdOf(entry))?.ordered;
  if (status === 'ended' && batch.sale.status === 'cancelled' && !isOrdered)
    batch.facts.waitedInVain.push({ entry, email: entry.email });
  noteEntry(batch, entry, status);
  // Nothing is mailed about it any more.
  entry.network = null;
  entry.email = null;
  entry.closedAt = batch.now;
}

type ClosedStatus = Exclude<LineEntry['status'], 'waiting' | 'offered'>;

/** Notes in the waitlist what became of a hold, if the hold was an offer. */
function followOffer(batch: Batch, hold: HoldRecord, status: ClosedStatus): void {
  const entry = batch.state.line?.offered.get(hold.id);
  if (entry) closeEntry(batch, entry, status);
}

interface NewHold {
  id: HoldRecord['id'];
  buyerId: HoldRecord['buyerId'];
  expiresAt: Date;
  lines: HoldLine[];
  totalMinor: number;
  retry: { key: string; fingerprint: string } | null;
  network: HoldRecord['network'];
}

/** Holds free places for a buyer. */
export function takePlaces(batch: Batch, wanted: NewHold): HoldRecord {
  const { sale, state } = batch;
  const { id, buyerId, expiresAt, lines, totalMinor, retry, network } = wanted;
  const hold: HoldRecord = {
    id,
    eventId: sale.eventId,
    buyerId,
    status: 'active',
    ordered: false,
    expiresAt,
    places: placesIn(lines),
    returned: 0,
    lines,
    totalMinor,
    currency: sale.currency,
    idempotencyKey: retry?.key ?? null,
    fingerprint: retry?.fingerprint ?? null,
    network,
    mailbox: null,
    card: null,
  };
  movePools(batch, lines, 'held', 1);
  noteMoved(batch.changes.moved, lines, 'locked');
  setSeats(batch, hold, seatStatus.held);
  state.holds.set(hold.id, hold);
  state.byBuyer.set(buyerId, [...(state.byBuyer.get(buyerId) ?? []), hold]);
  batch.changes.placed.add(hold);
  count(batch, hold, hold.places);
  countMark(batch, network, weightOf(hold));
  return hold;
}

export function movePools(
  batch: Batch,
  lines: HoldLine[],
  counter: 'held' | 'sold' | 'blocked',
  sign: 1 | -1,
): void {
  for (const line of lines) {
    for (const id of line.pools) {
      const pool = batch.state.pools.get(id);
      if (!pool) throw new Error(`a hold names the pool ${id}, which its event does not have`);
      notePool(batch, pool);
      pool[counter] += sign * line.quantity;
      if (batch.state.vouchers) countVoucher(batch, line, id, sign);
    }
  }
}

/** Counts what a voucher takes off the price of places that are held or sold with it. */
function countVoucher(
  batch: Batch,
  { promo, unitMinor, quantity }: HoldLine,
  id: PoolId,
  sign: 1 | -1,
): void {
  const voucher = promo?.poolId === id && batch.state.vouchers?.byPool.get(id);
  if (!voucher) return;
  voucher.offMinor += sign * quantity * (promo.fullMinor - unitMinor);
  touchVoucher(batch, voucher);
}

/** Notes that a voucher has changed, and that its kept places may have to change. */
export function touchVoucher(batch: Batch, voucher: Voucher): void {
  batch.touched.add(voucher);
  batch.changes.vouchers.add(voucher);
}

export function setSeats(batch: Batch, hold: Pick<HoldRecord, 'id' | 'lines'>, status: SeatStatus): void {
  for (const line of hold.lines) {
    for (const index of line.seats ?? []) {
      const holdId = status === seatStatus.free ? null : hold.id;
      const before = batch.changes.seats.get(index)?.before ?? batch.state.seats?.[index] ?? seatStatus.free;
      if (batch.state.seats) batch.state.seats[index] = status;
      batch.changes.seats.set(index, { status, holdId, before: before as SeatStatus });
    }
  }
}

/**
 * A hold of the team, for places that nobody may buy: a block, or places that are kept for a code or a pass. The caller moves the
 * pools and writes the hold.
 */
export const blockedHold = (
  { sale, now }: Pick<Batch, 'sale' | 'now'>,
  { id, buyerId, lines, retry }: Pick<NewHold, 'id' | 'buyerId' | 'lines'> & Partial<Pick<NewHold, 'retry'>>,
): HoldRecord => ({
  id,
  eventId: sale.eventId,
  buyerId,
  status: 'blocked',
  ordered: false,
  expiresAt: now,
  places: placesIn(lines),
  returned: 0,
  lines,
  totalMinor: 0,
  currency: sale.currency,
  idempotencyKey: retry?.key ?? null,
  fingerprint: retry?.fingerprint ?? null,
  network: null,
  mailbox: null,
  card: null,
});
