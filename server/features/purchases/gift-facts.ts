import type { Writes } from '../../data/db.ts';
import { followOrders } from '../gift-cards/follow-orders.ts';
import { giftMinorOf } from '../inventory/gift-payment.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Facts } from '../inventory/state.ts';
import { type Charge, giftPaymentIdOf, type NewRefund } from '../payments/payment.ts';
import { allocateSplit, minus } from '../sale/split.ts';

/** Writes what gift cards pay of the orders of a batch, and gives back what they reserved for orders that have ended. */
export function followGiftCards(trx: Writes, { ordered, confirmed, ended }: Facts, now: Date): void {
  const withGift = (facts: { hold: Facts['ended'][number]['hold'] }[]) =>
    facts.flatMap(({ hold }) => (giftMinorOf(hold.lines) > 0 ? [orderIdOf(hold.id)] : []));
  const placed = ordered.flatMap(({ hold, gifts }) =>
    gifts ? [{ orderId: orderIdOf(hold.id), eventId: hold.eventId, gifts }] : [],
  );
  followOrders(trx, { placed, confirmed: withGift(confirmed), ended: withGift(ended) }, now);
}

/**
 * Decision: divides the charge of a confirmed order between its payment and its gift cards. Each pays its share of every part of
 * the price.
 */
export function chargesOf(
  lines: Facts['confirmed'][number]['hold']['lines'],
  whole: Omit<Charge, 'paymentId' | 'amountMinor' | 'cardLast4' | 'door' | 'byTransfer'>,
  paid: Pick<Charge, 'paymentId' | 'amountMinor' | 'cardLast4' | 'door' | 'byTransfer'> | null,
): Charge[] {
  const giftMinor = giftMinorOf(lines);
  if (giftMinor === 0) return paid ? [{ ...whole, ...paid }] : [];
  const ofGift = allocateSplit(giftMinor, whole.split);
  const gift = {
    ...whole,
    paymentId: giftPaymentIdOf(whole.orderId),
    amountMinor: giftMinor,
    cardLast4: null,
    door: null,
    byTransfer: false,
    split: ofGift,
    byGiftCard: true as const,
  };
  return paid ? [{ ...whole, ...paid, split: minus(whole.split, ofGift) }, gift] : [gift];
}

/** Decision: divides a refund between the order's payment and its gift cards. */
export function refundsOf(
  refund: NewRefund & { split: NonNullable<NewRefund['split']> },
  giftBackMinor: number,
): NewRefund[] {
  if (giftBackMinor === 0) return [refund];
  const ofGift = allocateSplit(giftBackMinor, refund.split);
  return [
    { ...refund, amountMinor: refund.amountMinor - giftBackMinor, split: minus(refund.split, ofGift) },
    { ...refund, amountMinor: giftBackMinor, split: ofGift, paymentId: giftPaymentIdOf(refund.orderId) },
  ].filter(({ amountMinor }) => amountMinor > 0);
}
