import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import { dueOf } from '../inventory/gift-payment.ts';
import { confirmOrder } from '../orders/confirm-order.ts';
import { readOrder } from '../orders/read-order.ts';
import { mismatchOf } from './money-review.ts';
import { type PaymentRecord, paymentIdOf } from './payment.ts';
import type { PaidCard } from './provider.ts';
import { recordUnmatched } from './record-unmatched.ts';
import { findPayment, insertUnknownPayment } from './store.ts';

/** A payment that the provider says it has received. */
interface TakenMoney {
  /** Null if it names no order. */
  orderId: OrderId | null;
  eventId: EventId | null;
  intentRef: string;
  /** The hosted page on which it was paid, if the provider says so. */
  checkoutRef: string | null;
  amountMinor: number;
  currency: Currency;
  /** As the provider's findCard() returns it; undefined if we still have to ask. */
  card?: PaidCard | null | undefined;
}

type TakenOutcome =
  | 'confirmed'
  | 'already_confirmed'
  | 'refund_due'
  | 'unknown_order'
  | NonNullable<ReturnType<typeof mismatchOf>>;

/**
 * Matches a payment with its order and confirms the order, or has the money refunded if its places are gone.
 * `payment` is our record of it, if there is one. Money with the wrong amount, currency or intent confirms nothing
 * and goes to the list of unmatched money (docs/payments.md). Idempotent.
 */
export async function takePayment(
  app: App,
  payment: PaymentRecord | null,
  money: TakenMoney,
): Promise<TakenOutcome> {
  const known = payment ?? (await adoptPayment(app, money));
  const mismatch = known
    ? mismatchOf(known, money, await isOwnIntent(app, known, money))
    : ('unknown_order' as const);
  if (!known || mismatch) {
    const { orderId = money.orderId, eventId = money.eventId } = known ?? {};
    const { intentRef, amountMinor, currency } = money;
    const reason = mismatch ?? 'unknown_order';
    const unmatched = { intentRef, orderId, eventId, amountMinor, currency, reason };
    await recordUnmatched(app, { ...unmatched, reference: intentRef, direction: 'in' });
    return reason as TakenOutcome;
  }
  const { intentRef, amountMinor, currency } = money;
  const card = await cardOf(app, money);
  const paid = {
    paymentId: known.id,
    intentRef,
    amountMinor,
    currency,
    card: card?.fingerprint ? app.marks.ofCard(card.fingerprint) : null,
    cardLast4: card?.last4 ?? null,
  };
  const outcome = await confirmOrder(app, { eventId: known.eventId, orderId: known.orderId, paid });
  if (outcome === 'refund_due')
    app.log.warn(
      { ...money },
      'money came for places that are gone, or of a card that has enough, and goes back',
    );
  return outcome;
}

/** Returns the card. If the provider can't tell it, the order must still be confirmed. */
async function cardOf(app: App, { intentRef, card }: TakenMoney): Promise<PaidCard | null> {
  try {
    return card === undefined ? await app.payments.findCard(intentRef) : card;
  } catch (err) {
    app.log.warn(
      { err, intentRef },
      'the provider could not tell the card of a payment, so the limit per card is not applied',
    );
    return null;
  }
}

/**
 * True if we opened the intent for this payment. A payment on a hosted page gets its intent only when somebody pays
 * there. So unless the provider named the page too, this asks the provider whose intent it is.
 */
export async function isOwnIntent(
  app: App,
  payment: PaymentRecord,
  named: { intentRef: string; checkoutRef?: string | null },
): Promise<boolean> {
  if (payment.intentRef === named.intentRef) return true;
  if (payment.checkoutRef === null) return false;
  if (payment.checkoutRef === named.checkoutRef || payment.checkoutRef === named.intentRef) return true;
  return (await app.payments.findPayment(payment.checkoutRef)).intentRef === named.intentRef;
}

/**
 * Makes the record of a payment that the provider reports before we have written it, or after a crash in between. It
 * accepts only what is to be paid of the order, because other money must not take the place of the payment that is being opened.
 */
async function adoptPayment(app: App, money: TakenMoney): Promise<PaymentRecord | null> {
  const order = money.orderId && (await readOrder(app, money.orderId));
  if (!order || order.eventId !== money.eventId) return null;
  const { id: orderId, eventId, currency, expiresAt } = order;
  const amountMinor = dueOf(order);
  const { intentRef } = money;
  const row = {
    orderId,
    eventId,
    amountMinor,
    currency,
    expiresAt,
    intentRef,
    provider: app.payments.name,
    checkoutRef: money.checkoutRef,
    clientSecret: '',
    checkoutUrl: null,
    createdAt: app.clock.now(),
  };
  if (amountMinor !== money.amountMinor || currency !== money.currency)
    return { ...row, id: paymentIdOf(orderId), status: 'open' };
  await insertUnknownPayment(app.db, row);
  return findPayment(app.db, paymentIdOf(orderId), eventId);
}
