import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import type { Mark } from '../inventory/marks.ts';
import { confirmOrder } from '../orders/confirm-order.ts';
import { readOrder } from '../orders/read-order.ts';
import { type PaymentRecord, paymentIdOf } from './payment.ts';
import { findPayment, insertUnknownPayment } from './store.ts';

/** Money that the provider says it has taken. */
export interface TakenMoney {
  orderId: OrderId;
  eventId: EventId;
  intentRef: string;
  amountMinor: number;
  currency: Currency;
  /** As the provider's findCard() says; undefined where it is still to be asked. */
  cardFingerprint?: string | null | undefined;
}

export type TakenOutcome =
  | 'confirmed'
  | 'already_confirmed'
  | 'refund_due'
  | 'unknown_order'
  | 'unknown_payment'
  | 'amount_mismatch';

/**
 * Matches money with its order and confirms the order, or has the money sent back where its places are gone.
 * `payment` is ours if we know it. What does not match in amount, currency or intent confirms nothing: a
 * person must look at it, and the log names it. Idempotent.
 */
export async function takePayment(
  app: App,
  payment: PaymentRecord | null,
  money: TakenMoney,
): Promise<TakenOutcome> {
  const known = payment ?? (await adoptPayment(app, money));
  if (!known) {
    app.log.error({ ...money }, 'money was taken for an order that we do not have');
    return 'unknown_order';
  }
  if (known.amountMinor !== money.amountMinor || known.currency !== money.currency) {
    app.log.error(
      { ...money, expectedMinor: known.amountMinor, expected: known.currency },
      'the amount that was paid is not what was asked for',
    );
    return 'amount_mismatch';
  }
  // A payment on a hosted page has its intent only from the moment when somebody pays there.
  if (known.intentRef !== money.intentRef && known.checkoutRef === null) {
    app.log.error(
      { ...money, expected: known.intentRef },
      'money was taken by an intent that is not the order’s',
    );
    return 'unknown_payment';
  }
  const { intentRef, amountMinor, currency } = money;
  const card = await markOfCard(app, money);
  const paid = { paymentId: known.id, intentRef, amountMinor, currency, card };
  const outcome = await confirmOrder(app, { eventId: known.eventId, orderId: known.orderId, paid });
  if (outcome === 'refund_due')
    app.log.warn(
      { ...money },
      'money came for places that are gone, or of a card that has enough, and goes back',
    );
  return outcome;
}

/** A provider that can't say which card it was must not keep an order from being confirmed. */
async function markOfCard(app: App, { intentRef, cardFingerprint }: TakenMoney): Promise<Mark | null> {
  if (cardFingerprint === null) return null;
  try {
    const fingerprint = cardFingerprint ?? (await app.payments.findCard(intentRef));
    return fingerprint === null ? null : app.marks.ofCard(fingerprint);
  } catch (err) {
    app.log.warn({ err, intentRef }, 'the card of a payment is not known, so its limit is not kept');
    return null;
  }
}

/** The provider may tell of a payment before its answer to us is written, or where we died in between. */
async function adoptPayment(app: App, money: TakenMoney): Promise<PaymentRecord | null> {
  const order = await readOrder(app, money.orderId);
  if (!order || order.eventId !== money.eventId) return null;
  const { id: orderId, eventId, totalMinor: amountMinor, currency, expiresAt } = order;
  const { intentRef } = money;
  const none = { checkoutRef: null, clientSecret: '', checkoutUrl: null };
  const row = {
    orderId,
    eventId,
    amountMinor,
    currency,
    expiresAt,
    intentRef,
    provider: app.payments.name,
    ...none,
    createdAt: app.clock.now(),
  };
  await insertUnknownPayment(app.db, row);
  return findPayment(app.db, paymentIdOf(orderId), eventId);
}
