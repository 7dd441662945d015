import type { EntryProblem, entryStates } from '../../../contract/bank-statements.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { AwaitedTransfer } from './awaited-store.ts';

/** What an order waits for, as a decision needs it. */
type Awaited = Pick<AwaitedTransfer, 'orderId' | 'amountMinor' | 'receivedMinor' | 'currency' | 'paidAt'>;

interface Match {
  assigned: { orderId: OrderId; minor: number }[];
  restMinor: number;
  problem: EntryProblem | null;
}

export const openOf = ({ amountMinor, receivedMinor, paidAt }: Awaited): number =>
  paidAt === null ? Math.max(0, amountMinor - receivedMinor) : 0;

/**
 * Decision: which orders a credit pays, from those that it names. One order gets what it still waits for, and no more. Several orders
 * are paid together if the money is enough for all, or exactly for one of them; otherwise a person decides.
 */
export function matchCredit(
  credit: { amountMinor: number; currency: string },
  named: Awaited[],
  namesAny: boolean,
): Match {
  const { amountMinor } = credit;
  const none = (problem: EntryProblem): Match => ({ assigned: [], restMinor: amountMinor, problem });
  if (named.length === 0) return none(namesAny ? 'unknown_reference' : 'no_reference');
  const payable = named.filter(({ currency }) => currency === credit.currency);
  if (payable.length === 0) return none('other_currency');
  const waiting = payable.filter((order) => openOf(order) > 0);
  const [only] = waiting;
  if (!only) return none('order_paid');
  const assigned = waiting.length === 1 ? [partOf(only, amountMinor)] : ofSeveral(waiting, amountMinor);
  if (assigned.length === 0) return none('too_little');
  const restMinor = amountMinor - assigned.reduce((sum, { minor }) => sum + minor, 0);
  const isShort = assigned.some(({ orderId, minor }) => {
    const order = waiting.find((each) => each.orderId === orderId);
    return order !== undefined && minor < openOf(order);
  });
  return { assigned, restMinor, problem: restMinor > 0 ? 'too_much' : isShort ? 'too_little' : null };
}

const partOf = (order: Awaited, minor: number) => ({
  orderId: order.orderId,
  minor: Math.min(openOf(order), minor),
});

function ofSeveral(waiting: Awaited[], amountMinor: number) {
  const exact = waiting.filter((order) => openOf(order) === amountMinor);
  if (exact.length === 1 && exact[0]) return [partOf(exact[0], amountMinor)];
  const sum = waiting.reduce((total, order) => total + openOf(order), 0);
  return sum <= amountMinor ? waiting.map((order) => partOf(order, amountMinor)) : [];
}

/**
 * Decision: on which list a credit is. `waits`: money of it is assigned to an order that has not all of its money yet.
 */
export function stateOf(
  {
    amountMinor,
    restMinor,
    problem,
  }: { amountMinor: number; restMinor: number; problem: EntryProblem | null },
  waits: boolean,
): (typeof entryStates)[number] {
  if (restMinor === 0 && !waits) return 'done';
  const isUnknown = problem === 'no_reference' || problem === 'unknown_reference' || problem === null;
  return restMinor === amountMinor && isUnknown ? 'unmatched' : 'partly';
}
