import { stepMinor } from '../../../contract/currencies.ts';
import { formatMoney } from '../../../contract/money.ts';
import { minus, orderFeeOf, plus, type Split, splitOfOrder, splitOfTickets } from '../sale/split.ts';
import { creditsOf } from './credits.ts';
import { refuseDisputed } from './disputed.ts';
import { type Chosen, choose, giveBack, leftOf, positionsOf } from './give-back.ts';
import {
  type HoldRecord,
  type Outcome,
  type RefundCommand,
  type Refusal,
  refuse,
  type SoldOrder,
  type SoldTicket,
} from './inventory.ts';
import { linesAt } from './places.ts';
import { soldOrder } from './sold-order.ts';
import type { Batch } from './state.ts';
import { refundCredit } from './swap.ts';

/**
 * Decision: refunds a bought order, some of its tickets or an amount of it, and ends tickets. The refund is never more
 * than what is left of the price of the tickets that it is for, so all refunds of an order are never more than its
 * payment.
 */
export function refundOrder(batch: Batch, command: RefundCommand): Outcome {
  const hold = batch.state.holds.get(command.holdId);
  if (!hold?.ordered) return refuse('not_found');
  if (hold.status !== 'confirmed') return refuse('order_not_refundable', { detail: unpaid[hold.status] });
  const sold = soldOrder(batch, hold);
  const earlier = command.retry && sold.cancelledBy.get(command.retry.key);
  if (earlier) {
    if (earlier !== command.retry?.fingerprint) return refuse('idempotency_key_reused');
    return { kind: 'refunded', replayed: true };
  }
  const named = nameTickets(sold, command);
  if ('code' in named) return named;
  const chosen = choose(hold, sold, named, takesFee(hold, sold, named));
  const leftMinor = leftOf(chosen);
  const refundMinor = command.amountMinor ?? undisputed(command, hold, sold, leftMinor);
  const keeps =
    command.keepTickets ??
    (command.tickets === 'all' && command.amountMinor !== null && refundMinor < leftMinor);
  const dead = keeps ? [] : named.filter(({ status }) => status === 'valid');
  const disputed = command.cause === 'refunded_by_organiser' && refundMinor > 0;
  const impossible =
    (disputed && refuseDisputed(sold, hold.currency)) || checkAmount(hold, chosen, refundMinor, dead);
  if (impossible) return impossible;
  giveBack(
    batch,
    { hold, sold, command },
    { refundMinor, chosen, wanted: wantedOf(hold, sold, chosen) },
    dead,
  );
  refundCredits(batch, hold, command, named.length > 0 && !keeps);
  return { kind: 'refunded', replayed: false };
}

/**
 * If everything goes back of a ticket that came by an exchange, what earlier orders were paid for it goes back too. Money that
 * somebody has sent at the provider, or that a bank has taken, was of this order alone.
 */
function refundCredits(batch: Batch, hold: HoldRecord, command: RefundCommand, ends: boolean): void {
  const { cause, amountMinor } = command;
  if (!ends || amountMinor !== null || cause === 'refunded_outside' || cause === 'disputed') return;
  for (const credit of creditsOf(batch, hold)) {
    if (credit.leftMinor > 0 && credit.order.disputedMinor === 0)
      refundCredit(batch, credit, { refundMinor: credit.leftMinor, cause });
  }
}

const unpaid: Record<Exclude<HoldRecord['status'], 'confirmed'>, string> = {
  active: 'This order is not paid yet, so there is nothing to refund.',
  expired: 'This order was never paid, so there is nothing to refund.',
  released: 'This order was never paid, so there is nothing to refund.',
  blocked: 'These places are blocked, so there is nothing to refund.',
  forfeited: 'The payment of this order bought no tickets, and all of it was already refunded.',
};

/** A cancelled event ends the tickets of a disputed order too, and refunds only what no bank has taken. */
function undisputed(
  { cause }: RefundCommand,
  hold: HoldRecord,
  { refundedMinor, disputedMinor }: SoldOrder,
  leftMinor: number,
): number {
  if (cause !== 'event_cancelled' || disputedMinor === 0) return leftMinor;
  const minor = Math.max(0, Math.min(leftMinor, hold.totalMinor - refundedMinor - disputedMinor));
  return minor - (minor % stepMinor(hold.currency));
}

/** The money of a ticket that is for another date now does not go back because this date is cancelled. */
function nameTickets(
  { tickets }: SoldOrder,
  { tickets: wanted, cause }: RefundCommand,
): SoldTicket[] | Refusal {
  if (wanted === 'all')
    return cause === 'event_cancelled' ? tickets.filter(({ movedTo }) => !movedTo) : tickets;
  const names = new Set(wanted);
  const found = tickets.filter(({ id }) => id !== null && names.delete(id));
  return names.size === 0 ? found : refuse('ticket_not_of_order', { tickets: [...names] });
}

/** The fee of the order goes back with the last tickets: if nothing is left of the price of any other ticket. */
function takesFee(hold: HoldRecord, sold: SoldOrder, named: SoldTicket[]): boolean {
  const others = sold.tickets.filter((ticket) => ticket.status !== 'cancelled' && !named.includes(ticket));
  return choose(hold, sold, others, false).leftMinor.every((minor) => minor === 0);
}

function checkAmount(
  hold: HoldRecord,
  chosen: Chosen,
  refundMinor: number,
  dead: SoldTicket[],
): Refusal | null {
  const { currency } = hold;
  const leftMinor = leftOf(chosen);
  const left = { amount: leftMinor, currency };
  const step = stepMinor(currency);
  if (refundMinor % step !== 0) {
    const message = `must be a multiple of ${formatMoney({ amount: step, currency }, 'en')}`;
    return refuse('invalid_request', { issues: [{ path: 'amount.amount', message }] });
  }
  if (refundMinor > leftMinor) {
    const detail = `Only ${formatMoney(left, 'en')} of the price of these tickets has not been refunded yet.`;
    return refuse('refund_exceeds_paid', { left, detail });
  }
  if (refundMinor > 0 || dead.length > 0) return null;
  if (hold.totalMinor === 0) {
    const detail = 'These tickets were free, and none of them is valid any more.';
    return refuse('order_not_refundable', { detail });
  }
  const detail = 'The whole price of these tickets was refunded already.';
  return refuse('refund_exceeds_paid', { left, detail });
}

/** From whom the money is taken first: those who got the price of these tickets. */
function wantedOf(hold: HoldRecord, sold: SoldOrder, { tickets, feeLeftMinor }: Chosen): Split {
  const order = splitOfOrder(hold.lines);
  if (tickets.length === sold.tickets.length) return minus(order, sold.refunded);
  const split = splitOfTickets(linesAt(hold.lines, positionsOf(tickets)));
  if (feeLeftMinor === 0) return split;
  return plus(split, splitOfTickets([{ quantity: 1, parts: orderFeeOf(hold.lines) }]));
}
