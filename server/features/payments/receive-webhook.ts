import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { enqueueJobs, type Job } from '../../work/jobs.ts';
import { failOrder } from '../orders/fail-order.ts';
import { noteDecline } from '../orders/note-decline.ts';
import { isOnReviewList } from './money-review-store.ts';
import { type PaymentRecord, paymentIdOf } from './payment.ts';
import type { ProviderEvent } from './provider.ts';
import { recordDispute } from './record-dispute.ts';
import { settleReturned } from './settle-returned.ts';
import { findPaymentByIntent, findRefundByRef } from './store.ts';
import { isOwnIntent, takePayment } from './take-payment.ts';
import { recallWebhook, recordWebhook } from './webhook-store.ts';
import { eventWithIntent } from './with-intent.ts';

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
  const received = app.payments.readWebhook(call.rawBody, call.header('stripe-signature'));
  const { rawBody } = call;
  const provider = app.payments.name;
  const recalled = await recallWebhook(app.db, provider, received.id, namedPayment(received.effect));
  if (recalled.processed) return { received: true };
  const { createdAt } = received;
  if (createdAt) app.metrics.webhookAgeSeconds.observe(ageSeconds(createdAt, app.clock.now()));
  const receipt = { provider, event: received, rawBody, at: app.clock.now() };
  try {
    const event = await eventWithIntent(app, received);
    const payment = recalled.payment ?? (await findNamed(app, event.effect));
    const outcome = await applyEffect(app, event, payment);
    app.log.debug({ webhook: event.id, type: event.type, orderId: payment?.orderId, outcome }, 'webhook');
    await recordWebhook(app.db, { ...receipt, processed: true, outcome });
  } catch (error) {
    // Recorded for people to see. The provider gets an error and delivers it again.
    const trace = recordWebhook(app.db, { ...receipt, processed: false, outcome: 'failed' });
    await trace.catch((err) =>
      app.log.warn({ err, webhook: received.id }, 'a webhook that failed could not be recorded'),
    );
    throw error;
  }
  return { received: true };
}

/** The clocks of two computers differ, so a webhook may seem to come from the future. */
const ageSeconds = (createdAt: Date, now: Date): number =>
  Math.max(0, (now.getTime() - createdAt.getTime()) / 1000);

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
    case 'refund_changed':
      return settleReturned(app, payment, effect);
    case 'payment_refunded':
      return settleAll(app, payment, effect.intentRef);
    case 'dispute_changed':
      return recordDispute(app, payment, effect.dispute);
    // The jobs ask the provider what is so now, so it does not matter in which order the webhooks arrive.
    case 'payout_account_changed': {
      const { accountRef } = effect;
      await followPayout(app, { task: 'follow-payout-account', payload: { accountRef }, key: accountRef });
      return 'account_changed';
    }
    case 'payout_transfer_changed': {
      const { payoutId } = effect;
      await followPayout(app, { task: 'settle-payout', payload: { payoutId }, key: `told:${payoutId}` });
      return 'transfer_changed';
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

const followPayout = async (app: App, job: Job<'follow-payout-account' | 'settle-payout'>): Promise<void> => {
  if (app.payments.payoutAccounts) await enqueueJobs(app.db, [job]);
};

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
    case 'refund_changed':
      if (effect.refundId || (await findRefundByRef(app.db, effect.ref))) return false;
      return !(await isListed(app, effect.intentRef)) && !(await isListed(app, effect.ref));
    case 'dispute_changed':
      return (
        !(await isListed(app, effect.intentRef)) && !(await isListed(app, `${effect.dispute.ref}:disputed`))
      );
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

/** Handles an event that only says that a payment has refunds: the provider lists them. */
async function settleAll(app: App, payment: PaymentRecord | null, intentRef: string | null): Promise<string> {
  // Refunds of another payment come with events of their own.
  if (!payment || intentRef === null) return 'ignored';
  for await (const refund of app.payments.listRefunds({ intentRef }))
    await settleReturned(app, payment, refund);
  return 'refunds_read';
}
