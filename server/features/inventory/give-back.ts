import { stepMinor } from '../../../contract/currencies.ts';
import { allocate } from '../../../contract/money.ts';
import { minus, noSplit, orderFeeOf, plus, type Split, splitOfOrder, splitRefund } from '../sale/split.ts';
import { endResale } from './end-resale.ts';
import { giftBackOf } from './gift-payment.ts';
import type {
  CancelCommand,
  HoldRecord,
  OfExchange,
  RefundCommand,
  RefundShare,
  SoldOrder,
  SoldTicket,
} from './inventory.ts';
import { freePlaces, isElsewhere } from './other-date.ts';
import { placesOf } from './places.ts';
import type { Batch } from './state.ts';
import { change } from './transitions.ts';

/* What cancelling (cancel.ts) and refunding (refund-order.ts) a bought order have in common. */

/** Tickets of a bought order, with what is left of their prices. */
export interface Chosen {
  tickets: SoldTicket[];
  /** What is left of the price of each ticket, in the order of `tickets`. */
  leftMinor: number[];
  /** What is left of the fee of the order; 0 if it does not go back with these tickets. */
  feeLeftMinor: number;
}

/** What is left of everything that was chosen, in minor units. */
export const leftOf = ({ leftMinor, feeLeftMinor }: Chosen): number =>
  leftMinor.reduce((sum, minor) => sum + minor, feeLeftMinor);

/** Returns these tickets with what is left of their prices, and of the order's fee if it goes back with them. */
export function choose(
  hold: Pick<HoldRecord, 'lines'>,
  sold: Pick<SoldOrder, 'tickets' | 'refundedMinor'>,
  tickets: SoldTicket[],
  withFee: boolean,
): Chosen {
  const places = placesOf(hold.lines);
  const leftMinor = tickets.map(
    ({ position, refundedMinor }) => (places[position]?.line.unitMinor ?? 0) - refundedMinor,
  );
  if (!withFee) return { tickets, leftMinor, feeLeftMinor: 0 };
  const ofTickets = sold.tickets.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0);
  const feeLeftMinor = orderFeeOf(hold.lines).feeMinor - (sold.refundedMinor - ofTickets);
  return { tickets, leftMinor, feeLeftMinor };
}

/**
 * Gives money back for the chosen tickets and cancels `dead`: their places are free at once. The caller has checked that
 * the refund is not more than what is left of them. `wanted` says from whom the money is taken first.
 */
export function giveBack(
  batch: Batch,
  {
    hold,
    sold,
    command,
  }: { hold: HoldRecord; sold: SoldOrder; command: CancelCommand | RefundCommand | OfExchange },
  { refundMinor, chosen, wanted }: { refundMinor: number; chosen: Chosen; wanted: Split },
  dead: SoldTicket[],
): void {
  const refundedBefore = sold.refundedMinor;
  const left = minus(splitOfOrder(hold.lines), sold.refunded);
  const refundSplit = refundMinor === 0 ? noSplit : splitRefund(refundMinor, wanted, left);
  const giftBackMinor = giftBackOf(hold, sold, command, refundMinor);
  const shares = sharesOf(refundMinor, chosen, stepMinor(hold.currency));
  for (const { position, minor } of shares)
    for (const ticket of sold.tickets) if (ticket.position === position) ticket.refundedMinor += minor;
  sold.refundedMinor += refundMinor;
  if (giftBackMinor > 0) sold.giftReturnedMinor = (sold.giftReturnedMinor ?? 0) + giftBackMinor;
  sold.refunded = plus(sold.refunded, refundSplit);
  if (command.retry) sold.cancelledBy.set(command.retry.key, command.retry.fingerprint);
  endResales(batch, sold, dead, shares);
  if (dead.length > 0) freeSold(batch, hold, dead);
  // Also if no place moved: a batch without a changed hold writes nothing.
  if (!isElsewhere(batch.sale, hold)) change(batch, hold);
  batch.facts.cancelled.push({
    hold,
    command,
    positions: positionsOf(dead),
    tickets: dead.flatMap(({ id }) => id ?? []),
    transfers: dead.flatMap(({ transferId }) => transferId ?? []),
    refundMinor,
    refundedBefore,
    giftBackMinor,
    refundSplit,
    shares,
    isLast: dead.length > 0 && sold.tickets.every(({ status }) => status === 'cancelled'),
  });
}

/** A ticket that ends, or whose money goes back, is not offered for resale any more. */
function endResales(batch: Batch, { tickets }: SoldOrder, dead: SoldTicket[], shares: RefundShare[]): void {
  for (const ticket of tickets) {
    if (!ticket.resaleId) continue;
    const ends = dead.includes(ticket);
    if (!ends && !shares.some(({ position }) => position === ticket.position)) continue;
    endResale(batch, ticket.resaleId, { status: 'ended', because: ends ? 'cancelled' : 'refunded' });
  }
}

/** Cancels valid tickets and frees their places. Tickets of another event owe their places. */
function freeSold(batch: Batch, hold: HoldRecord, dead: SoldTicket[]): void {
  for (const ticket of dead) ticket.status = 'cancelled';
  if (isElsewhere(batch.sale, hold))
    for (const ticket of dead) Object.assign(ticket, { movedTo: batch.sale.eventId, owesPlace: true });
  else freePlaces(batch, hold, positionsOf(dead));
}

export const positionsOf = (tickets: SoldTicket[]): number[] => tickets.map(({ position }) => position);

/**
 * Decision: for which tickets a refund is, in equal shares of what is left of each. Each share is a multiple of `step`,
 * so that what is left of a ticket can still be refunded.
 */
function sharesOf(refundMinor: number, chosen: Chosen, step: number): RefundShare[] {
  if (refundMinor === 0) return [];
  const weights = [...chosen.leftMinor, chosen.feeLeftMinor];
  const unit = [refundMinor, ...weights].every((minor) => minor % step === 0) ? step : 1;
  const parts = allocate(
    refundMinor / unit,
    weights.map((minor) => minor / unit),
  );
  return chosen.tickets.flatMap(({ position }, i) => {
    const minor = (parts[i] ?? 0) * unit;
    return minor > 0 ? [{ position, minor }] : [];
  });
}
