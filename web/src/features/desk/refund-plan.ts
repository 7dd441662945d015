import type { TicketId } from '../../../../contract/ids.ts';
import type { Order } from '../../../../contract/orders.ts';
import { leftOfTicket, refundSum } from '../../../../contract/refund-sum.ts';
import type { RefundRequest } from '../../../../contract/refunds.ts';
import { minorOf } from '../organise/numbers.ts';

export type Way = 'whole' | 'byTicket' | 'byAmount';

/** What the person has chosen so far. */
export interface Asked {
  way: Way;
  tickets: TicketId[];
  /** As typed. */
  amount: string;
  /** Whether the tickets stay valid; null if the person has not said. */
  keeps: boolean | null;
}

interface Plan {
  /** Why nothing at all can be refunded or ended. */
  impossible: 'nothing' | 'unpaid' | null;
  /** What is missing or wrong. */
  fault: 'pick' | 'amountWrong' | null;
  /** What goes back, in minor units; null if it is not known yet. */
  sumMinor: number | null;
  keeps: boolean;
  /** How many tickets end, and how many would if they were not kept. */
  ends: number;
  couldEnd: number;
  body: Omit<RefundRequest, 'reason'>;
}

/** Decision: what a refund would do. An amount alone keeps the tickets, unless the person says otherwise. */
export function planOf(order: Order, { way, tickets, amount, keeps }: Asked): Plan {
  const { total, refunded } = order;
  const leftMinor = total.amount - refunded.amount;
  const about = order.tickets.filter(({ id }) => way !== 'byTicket' || tickets.includes(id));
  const couldEnd = about.filter(({ status }) => status === 'valid').length;
  const kept = total.amount > 0 && (keeps ?? way === 'byAmount');
  const typedMinor = way === 'byAmount' ? minorOf(amount, total.currency) : Number.NaN;
  const isWrong = !(typedMinor > 0 && typedMinor <= leftMinor);
  return {
    impossible: impossibleOf(order, leftMinor),
    fault:
      way === 'byTicket' && about.length === 0
        ? 'pick'
        : way === 'byAmount' && isWrong
          ? 'amountWrong'
          : null,
    sumMinor:
      way === 'byAmount'
        ? isWrong
          ? null
          : typedMinor
        : refundSum(order, way === 'whole' ? 'all' : tickets),
    keeps: kept,
    ends: kept ? 0 : couldEnd,
    couldEnd,
    body: {
      ...(way === 'byTicket' && { tickets }),
      ...(way === 'byAmount' && { amount: { amount: typedMinor, currency: total.currency } }),
      keepTickets: kept,
    },
  };
}

function impossibleOf({ status, tickets, total }: Order, leftMinor: number): Plan['impossible'] {
  if (status === 'pending' || status === 'failed' || status === 'expired' || tickets.length === 0)
    return 'unpaid';
  const canEnd = total.amount === 0 && tickets.some((ticket) => ticket.status === 'valid');
  const anyLeft = leftMinor > 0 || tickets.some((ticket) => leftOfTicket(ticket) > 0);
  const stillValid = tickets.some((ticket) => ticket.status === 'valid');
  return anyLeft || canEnd || stillValid ? null : 'nothing';
}
