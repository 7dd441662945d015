import { chooseAgain, notFree } from './choose-lines.ts';
import { withoutHold } from './exchange.ts';
import { type HoldLine, type HoldRecord, type Refusal, refuse } from './inventory.ts';
import { freeFor, keptIn, placesWithCode, withKeptFor } from './kept-places.ts';
import type { Batch } from './state.ts';
import { endOf, offOf, opens, type Voucher } from './voucher.ts';

/* Which places a hold may have with its code, without it, and when its payment is late. */

/** Refuses to take a code from a hold whose places only the code gives; null if they can go without it. */
export function mayLeave(
  batch: Batch,
  { lines }: HoldRecord,
  { before, after }: { before: Voucher | undefined; after: Voucher | undefined },
): Refusal | null {
  const hidden = lines.find(
    ({ ticketTypeId }) =>
      !opens(after, ticketTypeId) &&
      batch.sale.ticketTypes.some(({ id, hidden }) => hidden && id === ticketTypeId),
  );
  if (hidden) return refuse('access_code_needed', { ticketTypeId: hidden.ticketTypeId });
  if (!before?.keeps || endOf(before, batch.now)) return null;
  // The code keeps its places. So the hold needs others, and there must be as many.
  return before.keeps.seats || freeFor(batch, before.keeps) < placesWithCode(lines)
    ? refuse('code_keeps_places')
    : null;
}

/**
 * Refuses a code that keeps fewer places than the hold takes with it, if its pools have no others; null if the hold can have it.
 * They are the pools of the day when the places were kept, and need not be those that the hold is in.
 */
export function mayTake(
  { sale, state }: Batch,
  hold: HoldRecord,
  lines: HoldLine[],
  after: Voucher | undefined,
): Refusal | null {
  if (!after?.keeps || keptIn(after, lines) === placesWithCode(lines)) return null;
  return notFree(sale, withKeptFor(withoutHold(state, hold), after, lines), lines);
}

/** The places of an expired hold, if they are free or kept for its code, and the code has as much left. */
export function placesAgain(
  { sale, state }: Batch,
  { lines }: HoldRecord,
  voucher: Voucher | undefined,
): HoldLine[] | null {
  const budget = voucher?.budgetMinor ?? null;
  if (voucher && budget !== null && voucher.offMinor + offOf(lines) > budget) return null;
  return chooseAgain(sale, withKeptFor(state, voucher, lines), lines);
}
