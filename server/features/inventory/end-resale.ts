import type { ResaleId } from '../../../contract/ids.ts';
import type { ResaleEnd } from '../../../contract/resale-shapes.ts';
import type { HoldRecord } from './inventory.ts';
import { addEntry, nextOfferId, offerIdOf } from './line.ts';
import type { Resale } from './resale.ts';
import type { Batch } from './state.ts';
import { end, freeHeld, noteEntry } from './transitions.ts';

/** Ends an open offer for resale. A person who has an offer of the ticket waits again, with the same number in the line. */
export function endResale(
  batch: Batch,
  id: ResaleId,
  as: { status: 'withdrawn' } | { status: 'ended'; because: ResaleEnd },
): void {
  const resale = batch.state.resales?.get(id);
  if (!resale) throw new Error(`the offer ${id} for resale was not read`);
  if (resale.status !== 'offered') return;
  const hold = resale.buyerHoldId && batch.state.holds.get(resale.buyerHoldId);
  if (resale.buyerHoldId && !hold) throw new Error(`the hold ${resale.buyerHoldId} of ${id} was not read`);
  if (hold && hold.status === 'active') takeOfferBack(batch, hold);
  resale.buyerHoldId = null;
  closeResale(batch, resale, as.status);
  resale.endedBecause = as.status === 'ended' ? as.because : null;
}

/** Notes that an offer for resale is over. Its ticket, if it was read, can be offered again at once. */
export function closeResale(
  batch: Batch,
  resale: Resale,
  status: Exclude<Resale['status'], 'offered'>,
): void {
  // The line may keep other places for a party together with this ticket.
  batch.freed = true;
  const ticket = batch.state.sold.get(resale.holdId)?.tickets[resale.position];
  if (ticket) ticket.resaleId = null;
  resale.status = status;
  resale.endedAt = batch.now;
  batch.changes.resales.add(resale);
  batch.changes.openResales--;
  batch.facts.resales.push(resale);
}

/** Ends a person's hold of the waitlist without their doing. They wait again, with the same number in the line. */
export function takeOfferBack(batch: Batch, hold: HoldRecord): void {
  waitAgain(batch, hold);
  freeHeld(batch, hold);
  end(batch, hold, 'released', 'cancelled');
}

export function waitAgain(batch: Batch, hold: HoldRecord): void {
  const { line } = batch.state;
  const entry = line?.offered.get(hold.id);
  if (!line || !entry) return;
  noteEntry(batch, entry, 'waiting');
  entry.holdId = nextOfferId(offerIdOf(entry));
  entry.offeredAt = null;
  entry.offerEndsAt = null;
  addEntry(line, entry);
}
