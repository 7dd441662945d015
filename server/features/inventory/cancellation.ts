import { stepMinor } from '../../../contract/currencies.ts';
import type { TicketId, TransferId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { CancellationQuote } from '../../../contract/orders.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { noSplit, orderFeeOf } from '../sale/split.ts';
import { type Credit, refundOfCredits } from './credits.ts';
import { refuseDisputed } from './disputed.ts';
import { choose } from './give-back.ts';
import {
  type CancelCommand,
  type HoldLine,
  type Refusal,
  refuse,
  type SoldOrder,
  type SoldTicket,
} from './inventory.ts';
import { ofPassIn } from './pass-places.ts';
import { type Place, placesOf } from './places.ts';
import { type Refund, refundFor } from './refund.ts';

/** A bought order with its tickets. */
export interface BoughtOrder
  extends Pick<SoldOrder, 'soldAs' | 'refundedMinor' | 'disputedMinor' | 'tickets'> {
  lines: HoldLine[];
  currency: Currency;
}

/** Which tickets somebody wants to cancel, and by which transfer they hold them; without one they are the buyer. */
export type WantedTickets = Pick<CancelCommand, 'tickets' | 'heldBy'>;

interface Cancellation extends Refund {
  /** All of them valid. Empty if all were cancelled before. */
  tickets: SoldTicket[];
  /** What goes back of the earlier orders, if the ticket came by an exchange: one entry for each credit. */
  ofCredits: number[];
}

/**
 * Decision: which tickets a cancellation at `now` would cancel and what goes back. The quote and the ledger both ask it, so
 * they agree.
 */
export function cancellationOf(
  order: BoughtOrder,
  { tickets: wanted, heldBy = null }: WantedTickets,
  /** The event as it is now. */
  {
    eventId,
    status,
    startsAt,
    refundOffers,
  }: Pick<EventSale, 'eventId' | 'status' | 'startsAt' | 'refundOffers'>,
  now: Date,
  /** What earlier orders were paid for the ticket of an exchange. */
  credits: Credit[] = [],
): Cancellation | Refusal {
  const tickets = chooseTickets(order.tickets, wanted, heldBy);
  if ('code' in tickets) return tickets;
  if (tickets.length === 0) return nothingToCancel(now);
  if (ofPassIn(order)) return refuse('ticket_of_pass');
  for (const each of [order, ...credits.map((credit) => credit.order)]) {
    const disputed = refuseDisputed(each, each.currency);
    if (disputed) return disputed;
  }
  // A job cancels every order of a cancelled event with the refund that the organiser chose. A buyer who cancelled first
  // would get less, because the policy counts for them.
  if (status === 'cancelled') return refuse('order_not_cancellable', { detail: calledOff });
  const gone = order.tickets.filter(({ status }) => status === 'cancelled').length;
  const isLast = gone + tickets.length === order.tickets.length;
  const { leftMinor, feeLeftMinor } = choose(order, order, tickets, isLast);
  const places = placesOf(order.lines);
  const ofCredits = refundOfCredits(credits, { eventId, startsAt, refundOffers }, now);
  // An exchange keeps the fee per ticket of the first order only.
  const { refundPolicy } = order.soldAs;
  const soldAs =
    credits.length === 0
      ? order.soldAs
      : { ...order.soldAs, refundPolicy: { ...refundPolicy, feePerTicketMinor: 0 } };
  const refund = refundFor(
    { soldAs, startsAt, offers: refundOffers },
    {
      tickets: tickets.map(({ position }, i) => ({
        parts: (places[position] as Place).line.parts,
        leftMinor: leftMinor[i] ?? 0,
      })),
      // The fee of the order goes back with its last ticket.
      orderFee: isLast ? { parts: orderFeeOf(order.lines), leftMinor: feeLeftMinor } : null,
      step: stepMinor(order.currency),
    },
    now,
  );
  if (refund === null || ofCredits === null) return refuse('refund_not_allowed');
  return {
    ...refund,
    keptMinor: ofCredits.reduce((sum, { keptMinor }) => sum + keptMinor, refund.keptMinor),
    until: new Date(Math.min(refund.until.getTime(), ...ofCredits.map(({ until }) => until.getTime()))),
    tickets,
    ofCredits: ofCredits.map(({ refundMinor }) => refundMinor),
  };
}

/** What goes back of all orders together. */
export const allBackOf = ({
  refundMinor,
  ofCredits,
}: Pick<Cancellation, 'refundMinor' | 'ofCredits'>): number =>
  ofCredits.reduce((sum, minor) => sum + minor, refundMinor);

const calledOff = 'The organiser has cancelled this event, and all of its orders are being cancelled.';

/** The cancellation as its buyer sees it. */
export const showQuote = (
  {
    refundMinor,
    ofCredits,
    keptMinor,
    until,
  }: Pick<Cancellation, 'refundMinor' | 'ofCredits' | 'keptMinor' | 'until'>,
  currency: Currency,
): CancellationQuote => ({
  refund: { amount: allBackOf({ refundMinor, ofCredits }), currency },
  fee: { amount: keptMinor, currency },
  until: until.toISOString(),
});

const nothingToCancel = (now: Date): Cancellation => ({
  refundMinor: 0,
  ofTickets: [],
  ofOrderFee: 0,
  keptMinor: 0,
  until: now,
  wanted: noSplit,
  tickets: [],
  ofCredits: [],
});

/** Only the holder of a ticket may cancel it: the buyer, or the person to whom the transfer `heldBy` brought it. */
function chooseTickets(
  tickets: SoldTicket[],
  wanted: TicketId[] | 'all',
  heldBy: TransferId | null,
): SoldTicket[] | Refusal {
  const own = tickets.filter(({ transferId }) => transferId === heldBy);
  if (wanted === 'all') {
    const used = own.filter((ticket) => ticket.status === 'used').length;
    if (used > 0) {
      const detail = `${used} of the ${own.length} tickets of this order were already used.`;
      return refuse('order_not_cancellable', { detail });
    }
    const valid = own.filter((ticket) => ticket.status === 'valid');
    const isElsewhere = tickets.some(({ status }) => status !== 'cancelled');
    return valid.length === 0 && isElsewhere ? refuse('ticket_transferred') : valid;
  }
  const named = new Set(wanted);
  const found = tickets.filter((ticket) => ticket.id !== null && named.has(ticket.id));
  for (const { id } of found) if (id !== null) named.delete(id);
  if (named.size > 0) return refuse('ticket_not_of_order', { tickets: [...named] });
  if (found.some((ticket) => !own.includes(ticket))) return refuse('ticket_transferred');
  const dead = found.filter((ticket) => ticket.status !== 'valid');
  if (dead.length > 0) {
    return refuse('ticket_not_cancellable', { tickets: dead.map(({ id, status }) => ({ id, status })) });
  }
  return found;
}
