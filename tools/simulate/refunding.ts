import type { RefundCommand } from '../../server/features/inventory/inventory.ts';
import { endTickets, type ModelTicket } from './cancelling.ts';
import type { Model, ModelHold } from './model.ts';
import { orderFee, totalOf } from './money.ts';

/** The expected outcome of refunding a bought order, in words. Records it in the model. */
export function refundBought(model: Model, hold: ModelHold, command: RefundCommand): string {
  const { retry, tickets: wanted, amountMinor, cause } = command;
  const asked = retry && hold.cancelledBy.get(retry.key);
  if (asked !== null && asked !== undefined)
    return asked === retry?.fingerprint ? 'refunded again' : 'refused idempotency_key_reused';
  // Nobody knows the ids of tickets that this batch itself issues.
  const known = hold.boughtIn === model.batch ? [] : hold.tickets;
  if (wanted !== 'all' && wanted.some((id) => !known.some((ticket) => ticket.id === id)))
    return 'refused ticket_not_of_order';
  const chosen = wanted === 'all' ? hold.tickets : known.filter(({ id }) => wanted.includes(id as never));
  const others = hold.tickets.filter((ticket) => !chosen.includes(ticket) && ticket.state !== 'cancelled');
  const fee = others.every((ticket) => leftOf(ticket) === 0) ? feeLeft(hold) : 0;
  const left = chosen.reduce((sum, ticket) => sum + leftOf(ticket), fee);
  // The bank settles the disputed money of a cancelled event.
  const free = totalOf(hold.lines) - hold.refundedMinor - hold.disputedMinor;
  const back = amountMinor ?? (cause === 'event_cancelled' ? Math.max(0, Math.min(left, free)) : left);
  const keeps = command.keepTickets ?? (wanted === 'all' && amountMinor !== null && back < left);
  const dead = keeps ? [] : chosen.filter(({ state }) => state === 'valid');
  if (cause === 'refunded_by_organiser' && back > 0 && hold.disputedMinor > 0)
    return 'refused order_disputed';
  if (back > left) return 'refused refund_exceeds_paid';
  if (back === 0 && dead.length === 0) {
    const wasFree = hold.tickets.every(({ priceMinor }) => priceMinor === 0);
    return wasFree ? 'refused order_not_refundable' : 'refused refund_exceeds_paid';
  }
  spread(hold, chosen, back, fee);
  if (cause === 'refunded_outside') hold.wasRefundedOutside = true;
  if (retry) hold.cancelledBy.set(retry.key, retry.fingerprint);
  endTickets(model, hold, dead);
  return 'refunded';
}

const leftOf = (ticket: ModelTicket): number => ticket.priceMinor - ticket.backMinor;

/** What is left of the fee of the order. */
export const feeLeft = (hold: ModelHold): number =>
  orderFee(hold.lines) - hold.refundedMinor + hold.tickets.reduce((sum, { backMinor }) => sum + backMinor, 0);

/**
 * Gives `back` for these tickets and for `fee` of the order's fee: to each its share rounded down, then one cent more to
 * those that lost most by the rounding.
 */
function spread(hold: ModelHold, chosen: ModelTicket[], back: number, fee: number): void {
  hold.refundedMinor += back;
  if (back === 0) return;
  const shares = [...chosen.map(leftOf), fee].map((left, at) => ({ left, at, got: 0, lost: 0 }));
  const all = shares.reduce((sum, { left }) => sum + left, 0);
  let over = back;
  for (const share of shares) {
    share.got = Math.floor((back * share.left) / all);
    share.lost = (back * share.left) % all;
    over -= share.got;
  }
  const byLoss = [...shares].sort((a, b) => b.lost - a.lost || a.at - b.at);
  for (const share of byLoss.slice(0, over)) share.got++;
  for (const [at, ticket] of chosen.entries()) ticket.backMinor += shares[at]?.got ?? 0;
}
