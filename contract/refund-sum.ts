import type { TicketId } from './ids.ts';

/** The members of an order that a refund follows from. */
interface RefundableOrder {
  total: { amount: number };
  refunded: { amount: number };
  orderFee: { amount: number };
  tickets: {
    id: TicketId;
    status: 'valid' | 'used' | 'cancelled';
    price: { amount: number };
    refunded: { amount: number };
  }[];
}

/** What is left of the price of a ticket, in minor units. */
export const leftOfTicket = ({ price, refunded }: RefundableOrder['tickets'][number]): number =>
  price.amount - refunded.amount;

/**
 * What `refundOrder` gives back without an amount, in minor units: everything that is left of these tickets, or of the whole
 * order. The fee of the order goes back with its last tickets. The server decides; this is for showing the sum before.
 */
export function refundSum(order: RefundableOrder, tickets: TicketId[] | 'all'): number {
  const { total, refunded, orderFee } = order;
  if (tickets === 'all') return total.amount - refunded.amount;
  const chosen = order.tickets.filter(({ id }) => tickets.includes(id));
  const others = order.tickets.filter((each) => !chosen.includes(each) && each.status !== 'cancelled');
  const ofTickets = chosen.reduce((sum, ticket) => sum + leftOfTicket(ticket), 0);
  if (chosen.length === 0 || others.some((ticket) => leftOfTicket(ticket) > 0)) return ofTickets;
  const backOfTickets = order.tickets.reduce((sum, ticket) => sum + ticket.refunded.amount, 0);
  return ofTickets + orderFee.amount - (refunded.amount - backOfTickets);
}
