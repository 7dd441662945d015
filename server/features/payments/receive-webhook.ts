import type { App } from '../../app.ts';
import type { Call } from '../../http.ts';
import { failOrder } from '../orders/fail-order.ts';
import { noteDecline } from '../orders/note-decline.ts';
import { type PaymentRecord, paymentIdOf } from './payment.ts';
import type { ProviderEvent } from './provider.ts';
import { recordRefund } from './settle-refund.ts';
import { findPaymentByIntent, findRefund, findRefundByRef } from './store.ts';
import { takePayment } from './take-payment.ts';
import { recallWebhook, recordWebhook } from './webhook-store.ts';

type Effect<K extends ProviderEvent['effect']['kind']> = Extract<ProviderEvent['effect'], { kind: K }>;

/**
 * Takes one webhook of the payment provider. 200 means that its effect is committed. Every effect may be
 * applied again without harm, and the webhook is marked as processed only after its effect: so one that
 * came twice changes nothing, and after a crash in between the provider's next delivery finishes the work.
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
    const outcome = await applyEffect(app, event.effect, payment);
    app.log.debug({ webhook: event.id, type: event.type, orderId: payment?.orderId, outcome }, 'webhook');
    await recordWebhook(app.db, { ...receipt, processed: true, outcome });
  } catch (error) {
    // Kept for people to see; the provider is answered with an error and sends it again.
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

/** An event that does not carry the ids we gave is known by the intent. */
async function findNamed(app: App, effect: ProviderEvent['effect']): Promise<PaymentRecord | null> {
  if (!('intentRef' in effect) || namedPayment(effect)) return null;
  return findPaymentByIntent(app.db, app.payments.name, effect.intentRef);
}

async function applyEffect(
  app: App,
  effect: ProviderEvent['effect'],
  payment: PaymentRecord | null,
): Promise<string> {
  switch (effect.kind) {
    case 'payment_succeeded':
      return takeMoney(app, effect, payment);
    case 'payment_declined':
      if (!payment) return 'unknown_order';
      // Declines are told late, and after another card has paid: then they say nothing any more.
      if (payment.status !== 'open') return 'stale';
      await noteDecline(app, payment);
      return 'declined';
    case 'payment_cancelled':
      if (!payment) return 'unknown_order';
      // Ours, which was told to the provider by us, or that of an intent whose order was paid.
      if (payment.status !== 'open') return 'stale';
      await failOrder(app, payment);
      return 'cancelled';
    case 'refund_settled':
      return settle(app, effect);
    case 'ignored':
      return 'ignored';
  }
}

async function takeMoney(
  app: App,
  effect: Effect<'payment_succeeded'>,
  payment: PaymentRecord | null,
): Promise<string> {
  const { intentRef, amountMinor, currency, cardFingerprint } = effect;
  const orderId = payment?.orderId ?? effect.orderId;
  const eventId = payment?.eventId ?? effect.eventId;
  if (!orderId || !eventId) {
    // The account serves other programs too, and this is none of ours.
    app.log.warn({ intentRef, amountMinor, currency }, 'money was taken for nothing that we know');
    return 'unknown_order';
  }
  return takePayment(app, payment, { orderId, eventId, intentRef, amountMinor, currency, cardFingerprint });
}

async function settle(app: App, effect: Effect<'refund_settled'>): Promise<string> {
  const refund =
    (effect.refundId && (await findRefund(app.db, effect.refundId))) ||
    (await findRefundByRef(app.db, effect.ref));
  if (!refund) {
    app.log.warn({ ref: effect.ref }, 'the provider settled a refund that we did not ask for');
    return 'unknown_refund';
  }
  await recordRefund(app, refund, { ref: effect.ref, status: effect.succeeded ? 'succeeded' : 'failed' });
  return effect.succeeded ? 'refunded' : 'refund_failed';
}
