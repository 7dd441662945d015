import type { Order } from '../../../../contract/orders.ts';
import type { IconName } from '../../ui/Icon.tsx';
import type en from './en.ts';

type Holding = Pick<Order['tickets'][number], 'status' | 'isTransferred'>;

/** True for a ticket that the buyer can still use, cancel and pass on. */
export const isOwnValid = ({ status, isTransferred }: Holding): boolean =>
  status === 'valid' && !isTransferred;

/** True for a ticket whose code its buyer may show: one that still admits, or has admitted. */
export const hasCode = ({ status, isTransferred }: Holding): boolean =>
  status !== 'cancelled' && !isTransferred;

/** True until an event ends or is cancelled. Afterwards a wallet gets no pass for it. */
export const takesPlace = (
  { endsAt, cancellation }: Pick<Order['event'], 'endsAt'> & Partial<Pick<Order['event'], 'cancellation'>>,
  nowMs: number,
): boolean => !cancellation && nowMs < Date.parse(endsAt);

export type Word = keyof typeof en;

/**
 * Where the money of an order is. `due`: it can still be paid. `paid`: a payment confirmed the order. `unpaid`: the order
 * ended and no payment has reached us. `returned`: the payment reached us, could not buy the places, and goes back.
 * `free`: the order costs nothing.
 */
type MoneyState = 'due' | 'paid' | 'unpaid' | 'returned' | 'free';

export type OrderFacts = Pick<Order, 'status' | 'total' | 'refunded' | 'confirmedAt' | 'problem'> &
  Partial<Pick<Order, 'exchangeOf'>>;

/** Decision: where the money is. All texts about the money of an order follow from this answer. */
export function moneyOf({ status, total, confirmedAt, problem }: Omit<OrderFacts, 'refunded'>): MoneyState {
  if (total.amount === 0) return 'free';
  if (problem === 'places_gone_refunded' || problem === 'card_limit_refunded') return 'returned';
  if (problem === 'cancelled_before_payment_refunded' || problem === 'ticket_gone_refunded')
    return 'returned';
  if (problem === 'gift_card_returned_refunded') return 'returned';
  if (confirmedAt !== null) return 'paid';
  return status === 'pending' ? 'due' : 'unpaid';
}

/** What goes back to the buyer. A payment that could not buy the places goes back in full. */
export const moneyBack = (order: OrderFacts): Order['refunded'] =>
  moneyOf(order) === 'returned' ? order.total : order.refunded;

type BadgeWord = Extract<Word, `status${string}`>;

/** The order's state in a few words, with its sign and colour. */
export function badgeOf(order: OrderFacts): { word: BadgeWord; icon: IconName; color: string } {
  const quiet = 'bg-sunken text-muted';
  if (moneyOf(order) === 'returned') return { word: 'statusReturned', icon: 'back', color: quiet };
  return (
    {
      pending: { word: 'statusPending', icon: 'clock', color: 'bg-warn-soft text-warn' },
      confirmed: { word: 'statusConfirmed', icon: 'check', color: 'bg-good-soft text-good' },
      failed: { word: 'statusFailed', icon: 'cross', color: 'bg-bad-soft text-bad' },
      expired: { word: 'statusExpired', icon: 'clock', color: quiet },
      cancelled: { word: 'statusCancelled', icon: 'cross', color: quiet },
      refunded: { word: 'statusRefunded', icon: 'back', color: quiet },
      completed: { word: 'statusCompleted', icon: 'check', color: quiet },
    } as const
  )[order.status];
}

interface OrderNotice {
  tone?: 'good' | 'warn' | 'bad' | undefined;
  title: Word;
  text: Word | null;
  /** The page waits for the provider. */
  waits?: true;
  /** The link to offer. */
  way?: 'checkout' | 'event' | 'ticket';
}

/** True while the buyer is asked to pay for an exchange that the team has made. The page has the payment. */
export const isAsked = ({ status, exchangeOf }: Pick<OrderFacts, 'status' | 'exchangeOf'>): boolean =>
  status === 'pending' && Boolean(exchangeOf?.askedUntil);

/**
 * Decision: what the page says above the order. `paid`: the buyer has just come from a payment. `slow`: and has waited
 * for a while.
 */
export function noticeOf(
  order: OrderFacts,
  { paid, slow }: { paid: boolean; slow: boolean },
): OrderNotice | null {
  const money = moneyOf(order);
  if (money === 'returned') {
    if (order.problem === 'cancelled_before_payment_refunded')
      return { tone: 'warn', title: 'calledOffTitle', text: 'calledOffText' };
    if (order.problem === 'ticket_gone_refunded')
      return { tone: 'warn', title: 'exchangeLateTitle', text: 'exchangeLateText' };
    if (order.problem === 'gift_card_returned_refunded')
      return { tone: 'warn', title: 'giftLateTitle', text: 'giftLateText' };
    return order.problem === 'card_limit_refunded'
      ? { tone: 'warn', title: 'cardTitle', text: 'cardText' }
      : { tone: 'warn', title: 'goneTitle', text: 'goneText' };
  }
  switch (order.status) {
    case 'pending':
      if (paid && order.problem === null)
        return { title: 'confirming', text: slow ? 'confirmingLong' : 'confirmingText', waits: true };
      if (isAsked(order) && order.problem !== 'declined') return null;
      return {
        tone: 'warn',
        title: 'pendingTitle',
        text:
          order.problem === 'declined'
            ? 'declinedNote'
            : order.exchangeOf
              ? 'exchangePending'
              : 'pendingText',
        ...(!isAsked(order) && { way: 'checkout' }),
      };
    case 'confirmed':
      return paid ? { tone: 'good', title: 'done', text: 'doneText' } : null;
    case 'failed':
      if (order.exchangeOf) return exchangeUnpaid;
      return { tone: 'bad', title: 'failedTitle', text: 'failedText', way: 'event' };
    case 'expired':
      if (order.exchangeOf) return exchangeUnpaid;
      return { tone: 'bad', title: 'expiredTitle', text: 'expiredText', way: 'event' };
    case 'cancelled':
    case 'refunded':
      return { title: 'cancelDone', text: cancelledText(order) };
    default:
      return null;
  }
}

/** The payment of an exchange did not arrive. */
const exchangeUnpaid: OrderNotice = {
  tone: 'warn',
  title: 'exchangeUnpaidTitle',
  text: 'exchangeUnpaidText',
  way: 'ticket',
};

function cancelledText(order: OrderFacts): Word | null {
  const money = moneyOf(order);
  if (money === 'free') return null;
  if (money === 'unpaid') return 'cancelDoneUnpaid';
  return order.refunded.amount > 0 ? 'cancelDoneRefund' : 'cancelDoneNoRefund';
}

/** The heading above what was ordered and what it costs. */
export const receiptTitles = {
  due: 'receiptDue',
  paid: 'receipt',
  unpaid: 'receiptUnpaid',
  returned: 'receiptReturned',
  free: 'receiptFree',
} as const satisfies Record<MoneyState, Word>;

interface CancelWords {
  text: 'cancelText' | 'cancelTextPending';
  keep: 'cancelKeep' | 'cancelKeepOrder';
  act: 'cancelDo' | 'cancelDoNothing' | 'cancelDoPlain';
}

/** Decision: what the dialog says before an order is cancelled with this refund. */
export function cancelWords(order: OrderFacts, refundMinor: number): CancelWords {
  if (order.status === 'pending')
    return { text: 'cancelTextPending', keep: 'cancelKeepOrder', act: 'cancelDoPlain' };
  const act = refundMinor > 0 ? 'cancelDo' : moneyOf(order) === 'paid' ? 'cancelDoNothing' : 'cancelDoPlain';
  return { text: 'cancelText', keep: 'cancelKeep', act };
}
