import { idPrefixes } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { failOrder } from '../orders/fail-order.ts';
import { noteDecline } from '../orders/note-decline.ts';
import type { MoneyReviewId } from './money-review.ts';
import { isOnReviewList } from './money-review-store.ts';
import { type PaymentRecord, paymentIdOf } from './payment.ts';
import type { ProviderEvent } from './provider.ts';
import { recordUnmatched } from './record-unmatched.ts';
import { reopenRefused } from './refund-unmatched.ts';
import { recordRefund } from './settle-refund.ts';
import { findPaymentByIntent, findRefund, findRefundByRef } from './store.ts';
import { isOwnIntent, takePayment } from './take-payment.ts';
import { recallWebhook, recordWebhook } from './webhook-store.ts';

type Effect<K extends ProviderEvent['effect']['kind']> = Extract<ProviderEvent['effect'], { kind: K }>;

/**
 * Handles one webhook of the payment provider. The answer 200 means that its effect is committed. Every effect may
 * safely run twice, and the webhook is marked as processed only after its effect. So a duplicate changes nothing, and
 * after a crash in between the provider's next delivery finishes the work.
 */
export async function receiveWebhook(
  app: App,
  call: Pick<Call, 'rawBody' | 'header'>,
): Promise<{ received: true }> {
  const event = app.payments.readWebhook(call.rawBody, call.header('stripe-signature'));
  const { rawBody } = call;
  const provider = app.payments.name;
  const recalled = await recallWebhook(app.db, provider, event.id, namedPayment(event.effect));
  if (recalled.processed) return { received: true };
  const payment = recalled.payment ?? (await findNamed(app, event.effect));
  const receipt = { provider, event, rawBody, at: app.clock.now() };
  try {
    const outcome = await applyEffect(app, event, payment);
    app.log.debug({ webhook: event.id, type: event.type, orderId: payment?.orderId, outcome }, 'webhook');
    await recordWebhook(app.db, { ...receipt, processed: true, outcome });
  } catch (error) {
    // Recorded for people to see. The provider gets an error and delivers it again.
    const trace = recordWebhook(app.db, { ...receipt, processed: false, outcome: 'failed' });
    await trace.catch((err) =>
      app.log.warn({ err, webhook: event.id }, 'a webhook that failed could not be recorded'),
    );
    throw error;
  }
  return { received: true };
}

function namedPayment(effect: ProviderEvent['effect']) {
  if (!('orderId' in effect) || !effect.orderId || !effect.eventId) return null;
  return { id: paymentIdOf(effect.orderId), eventId: effect.eventId };
}

/** An event without our ids is matched by its intent. */
async function findNamed(app: App, effect: ProviderEvent['effect']): Promise<PaymentRecord | null> {
  if (!('intentRef' in effect) || !effect.intentRef || namedPayment(effect)) return null;
  return findPaymentByIntent(app.db, app.payments.name, effect.intentRef);
}

async function applyEffect(app: App, event: ProviderEvent, payment: PaymentRecord | null): Promise<string> {
  const { effect, foreign } = event;
  if (foreign) {
    app.metrics.webhooksIgnored.inc({ reason: foreign });
    app.log.warn(
      { webhook: event.id, type: event.type, reason: foreign },
      'a webhook is not about our money',
    );
    return foreign;
  }
  if (await isOfOthers(app, effect, payment)) {
    app.metrics.webhooksIgnored.inc({ reason: 'of_others' });
    return 'of_others';
  }
  switch (effect.kind) {
    case 'payment_succeeded':
      return takePayment(app, payment, {
        ...effect,
        orderId: payment?.orderId ?? effect.orderId,
        eventId: payment?.eventId ?? effect.eventId,
      });
    case 'payment_declined':
    case 'payment_cancelled':
      return endTry(app, effect, payment);
    case 'refund_settled':
      return settle(app, effect);
    case 'dispute_moved': {
      const { ref, kind: _, ...dispute } = effect;
      const moved = { ...dispute, ...ofPayment(payment), reference: `${ref}:${effect.reason}` };
      const direction = effect.reason === 'disputed' ? 'out' : 'in';
      await recordUnmatched(app, { ...moved, direction });
      return effect.reason;
    }
    case 'ignored':
      return 'ignored';
    case 'unreadable':
      // The provider must not repeat it for days. Its bytes are kept, and payments are reconciled with the provider anyway.
      app.metrics.webhooksIgnored.inc({ reason: 'unreadable' });
      app.log.error({ webhook: event.id, type: event.type }, 'a webhook with a good signature is unreadable');
      return 'unreadable';
  }
}

/**
 * True if a movement belongs to another program that shares our account with the provider: it has no id of ours, and
 * nothing that we know caused it. If the account is ours alone, such money needs a person.
 */
async function isOfOthers(
  app: App,
  effect: ProviderEvent['effect'],
  payment: PaymentRecord | null,
): Promise<boolean> {
  const { payments } = app.config;
  if (payments.provider !== 'stripe' || !payments.accountIsShared || payment) return false;
  switch (effect.kind) {
    case 'payment_succeeded':
      return effect.orderId === null;
    case 'refund_settled':
      if (effect.refundId || (await findRefundByRef(app.db, effect.ref))) return false;
      return !(await isListed(app, effect.intentRef)) && !(await isListed(app, effect.ref));
    case 'dispute_moved':
      return !(await isListed(app, effect.intentRef)) && !(await isListed(app, `${effect.ref}:disputed`));
    default:
      return false;
  }
}

const isListed = async (app: App, reference: string | null): Promise<boolean> =>
  reference !== null && isOnReviewList(app.db, app.payments.name, reference);

/** Ends a buyer's failed attempt to pay. Only events of our own intent count. */
async function endTry(
  app: App,
  effect: Effect<'payment_declined' | 'payment_cancelled'>,
  payment: PaymentRecord | null,
): Promise<string> {
  if (!payment) return 'unknown_order';
  // Declines may arrive late. After another card has paid they mean nothing, and neither does a cancellation that we
  // requested ourselves.
  if (payment.status !== 'open') return 'stale';
  if (!(await isOwnIntent(app, payment, effect))) return 'foreign_intent';
  if (effect.kind === 'payment_declined') await noteDecline(app, payment);
  else await failOrder(app, payment);
  return effect.kind === 'payment_declined' ? 'declined' : 'cancelled';
}

const ofPayment = (payment: PaymentRecord | null) => ({
  orderId: payment?.orderId ?? null,
  eventId: payment?.eventId ?? null,
});

async function settle(app: App, effect: Effect<'refund_settled'>): Promise<string> {
  const { refundId, ref, succeeded } = effect;
  if (refundId?.startsWith(`${idPrefixes.moneyReview}_`)) {
    if (!succeeded) await reopenRefused(app, refundId as MoneyReviewId);
    return succeeded ? 'refunded' : 'refund_failed';
  }
  const refund = (refundId && (await findRefund(app.db, refundId))) || (await findRefundByRef(app.db, ref));
  if (!refund) return noteRefundByHand(app, effect);
  await recordRefund(app, refund, { ref, status: succeeded ? 'succeeded' : 'failed' });
  return succeeded ? 'refunded' : 'refund_failed';
}

/** Records a refund that a person made at the provider: the money has left, but the order does not know. */
async function noteRefundByHand(app: App, effect: Effect<'refund_settled'>): Promise<string> {
  const { ref, succeeded, intentRef, amountMinor, currency } = effect;
  const payment = intentRef === null ? null : await findPaymentByIntent(app.db, app.payments.name, intentRef);
  const moved = { intentRef, amountMinor, currency, ...ofPayment(payment) };
  if (succeeded) {
    await recordUnmatched(app, { ...moved, reason: 'refund_by_hand', direction: 'out', reference: ref });
    return 'refund_by_hand';
  }
  // Only a refund that was sent can come back.
  if (!(await isOnReviewList(app.db, app.payments.name, ref))) return 'refund_failed';
  await recordUnmatched(app, {
    ...moved,
    reason: 'refund_failed',
    direction: 'in',
    reference: `${ref}:failed`,
  });
  return 'refund_failed';
}
