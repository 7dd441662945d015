import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refused } from '../../../contract/errors.ts';
import type { PaymentId, TicketId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../data/db.ts';
import type { PaymentProvider, ProviderPayment } from '../../features/payments/provider.ts';
import { gather } from '../../gather.ts';
import { isSigned, sign } from '../../http/signature.ts';
import type { NewId } from '../../ids.ts';
import { postWebhook } from './post-webhook.ts';
import { createSandboxAccounts, listTransferMovements } from './sandbox-accounts.ts';
import {
  abandoned,
  authenticationDenied,
  type CardOutcome,
  cardOwnedBy,
  presentCard,
  succeeded,
} from './sandbox-cards.ts';
import {
  findSandboxDispute,
  listDisputeMovements,
  listSandboxDisputes,
  openSandboxDispute,
} from './sandbox-disputes.ts';
import { insertDashboardRefund, listSandboxRefunds } from './sandbox-refunds.ts';
import {
  type Change,
  changeSandboxPayments,
  findSandboxPayment,
  findSandboxRefund,
  listSandboxMovements,
  openSandboxPayment,
  refundSandboxPayment,
  type SandboxEvent,
  type SandboxPayment,
} from './sandbox-store.ts';
import { toStripeEvent } from './sandbox-webhook.ts';
import { readStripeEvent } from './stripe-event.ts';

/**
 * A simulated payment company inside the process: its own books (schema `sandbox`), its own cards, and webhooks over
 * HTTP, signed with Stripe's scheme. The rest of Admit sees only a PaymentProvider. The additional methods are for
 * the company's own page and machines.
 */
export interface Sandbox extends PaymentProvider {
  readonly name: 'sandbox';
  /** What the hosted page shows; null if there is no such payment or the secret is wrong. */
  show(paymentId: PaymentId, clientSecret: string): Promise<SandboxPayment | null>;
  /** Throws Refused('not_found' | 'payment_not_open'). Of several concurrent calls, one succeeds. */
  presentCard(paymentId: PaymentId, clientSecret: string, cardNumber: string): Promise<CardOutcome['reply']>;
  /** The answer to the 3-D Secure question. Throws as presentCard does. */
  authenticate(paymentId: PaymentId, clientSecret: string, approved: boolean): Promise<CardOutcome['reply']>;
  /** Refunds a payment as a person would do in the dashboard of a provider. Admit hears of it by webhook. */
  refundAsPerson(
    paymentId: PaymentId,
    clientSecret: string,
    /** A null amount is everything that is left. */
    wanted: { amountMinor: number | null; tickets: TicketId[]; outcome: 'succeeded' | 'failed' },
  ): Promise<{ ref: string; amountMinor: number; currency: Currency }>;
  /** The page where a person pays, or answers the 3-D Secure question. */
  pageUrl(paymentId: PaymentId, clientSecret: string): string;
  /** Posts a webhook. Throws unless the answer is 200, and then the job retries later. */
  deliver(event: SandboxEvent, url: string): Promise<void>;
}

interface SandboxParts {
  db: Db;
  clock: Clock;
  newId: NewId;
  webhookSecret: string;
  /** The public address. The sandbox's own page is below it. */
  publicUrl: string;
}

export function createSandbox({ db, clock, newId, webhookSecret, publicUrl }: SandboxParts): Sandbox {
  const pageUrl: Sandbox['pageUrl'] = (paymentId, clientSecret) =>
    `${publicUrl}/sandbox/pay/${paymentId}?secret=${encodeURIComponent(clientSecret)}`;
  const newEventRef = () => `evt_${newId('message').slice(4)}`;
  // Derived and not stored, so that a wrong secret is refused without a query.
  const secretOf = (paymentId: PaymentId) =>
    `${intentRefOf(paymentId)}_secret_${createHmac('sha256', webhookSecret).update(`client secret of ${paymentId}`).digest('base64url').slice(0, 32)}`;
  const ownsSecret = (paymentId: PaymentId, given: string) => isSame(given, secretOf(paymentId));

  const changeOne = gather((changes: Change[]) => changeSandboxPayments(db, changes, clock.now()), 500);

  /** Makes a change, or returns why it can't be made. */
  async function change(intentRef: string, from: Change['from'], outcome: CardOutcome, cardNumber?: string) {
    const cardLast4 = cardNumber?.slice(-4) ?? null;
    while (!(await changeOne({ intentRef, from, outcome, cardLast4, eventRef: newEventRef() }))) {
      const payment = await findSandboxPayment(db, intentRef);
      if (!payment) return 'not_found';
      // A concurrent attempt with another card left the payment open, so this one may try now.
      if (!from.includes(payment.status)) return 'payment_not_open';
    }
    return 'changed';
  }

  async function answer(
    paymentId: PaymentId,
    from: Change['from'],
    outcome: CardOutcome,
    cardNumber?: string,
  ) {
    const result = await change(intentRefOf(paymentId), from, outcome, cardNumber);
    if (result !== 'changed') throw new Refused(result);
    const payment = outcome.dispute && (await findSandboxPayment(db, intentRefOf(paymentId)));
    if (outcome.dispute && payment) {
      const ref = `${outcome.dispute.kind === 'fraud_warning' ? 'issfr' : 'dp'}_${newId('message').slice(4)}`;
      await openSandboxDispute(db, payment, outcome.dispute, { now: clock.now(), ref, newEventRef });
    }
    return outcome.reply;
  }

  return {
    name: 'sandbox',
    publishableKey: null,

    async createPayment(request) {
      const { paymentId, returnUrl } = request;
      const intentRef = intentRefOf(paymentId);
      await openSandboxPayment(db, { intentRef, request, at: clock.now() });
      const clientSecret = secretOf(paymentId);
      const checkoutUrl = returnUrl === null ? null : pageUrl(paymentId, clientSecret);
      return { intentRef, checkoutRef: null, clientSecret, checkoutUrl };
    },

    async refund({ refundId, intentRef, amountMinor }) {
      const ref = `re_${refundId.slice(4)}`;
      const refund = { refundId, ref, intentRef, amountMinor, eventRef: newEventRef() };
      const done = await refundSandboxPayment(db, refund, clock.now());
      return { ref, status: done ? 'succeeded' : 'failed' };
    },

    async findRefund(ref) {
      return { ref, status: (await findSandboxRefund(db, ref)) ?? 'failed' };
    },

    listRefunds: (of) => listSandboxRefunds(db, of),
    listDisputes: (from, to) => listSandboxDisputes(db, from, to, clock.now()),
    findDispute: (ref) => findSandboxDispute(db, ref, clock.now()),

    // The sandbox names the payment in everything that it says.
    findIntentOf: async () => null,

    async refundAsPerson(paymentId, clientSecret, { amountMinor, tickets, outcome: status }) {
      if (!ownsSecret(paymentId, clientSecret)) throw new Refused('not_found');
      const ref = `re_${newId('message').slice(4)}`;
      const eventRefs = [newEventRef(), newEventRef()] as [string, string];
      const refund = { ref, intentRef: intentRefOf(paymentId), amountMinor, tickets, status, eventRefs };
      const made = await insertDashboardRefund(db, refund, clock.now());
      if (!made) {
        const payment = await findSandboxPayment(db, refund.intentRef);
        if (!payment) throw new Refused('not_found');
        const amount = payment.status === 'succeeded' ? payment.amountMinor - payment.refundedMinor : 0;
        throw new Refused('refund_exceeds_paid', { left: { amount, currency: payment.currency } });
      }
      return { ref, ...made };
    },

    async cancelPayment(intentRef) {
      await change(intentRef, unfinished, abandoned);
    },

    async findPayment(intentRef) {
      const payment = await findSandboxPayment(db, intentRef);
      if (!payment) throw new Error(`the sandbox knows no payment ${intentRef}`);
      const { amountMinor, currency } = payment;
      return { intentRef, amountMinor, currency, status: standing(payment, clock.now()) };
    },

    async findCard(intentRef) {
      const last4 = (await findSandboxPayment(db, intentRef))?.cardLast4 ?? null;
      return { fingerprint: cardOwnedBy(last4), last4 };
    },

    async *listMovements(from, to) {
      yield* listSandboxMovements(db, from, to);
      yield* await listDisputeMovements(db, from, to, clock.now());
      yield* await listTransferMovements(db, from, to);
    },

    payoutAccounts: createSandboxAccounts(db, clock),

    readWebhook(rawBody, signature) {
      if (!isSigned(rawBody, signature, webhookSecret, clock.now()))
        throw new Refused('webhook_signature_invalid');
      return readStripeEvent(rawBody, false);
    },

    pageUrl,

    async show(paymentId, clientSecret) {
      if (!ownsSecret(paymentId, clientSecret)) return null;
      return (await findSandboxPayment(db, intentRefOf(paymentId))) ?? null;
    },

    async presentCard(paymentId, clientSecret, cardNumber) {
      if (!ownsSecret(paymentId, clientSecret)) throw new Refused('not_found');
      return answer(paymentId, unfinished, presentCard(cardNumber), cardNumber);
    },

    async authenticate(paymentId, clientSecret, approved) {
      if (!ownsSecret(paymentId, clientSecret)) throw new Refused('not_found');
      return answer(paymentId, ['requires_action'], approved ? succeeded : authenticationDenied);
    },

    deliver(event, url) {
      const body = JSON.stringify(toStripeEvent(event));
      return postWebhook(url, body, sign(body, webhookSecret, clock.now()));
    },
  };
}

/** Returns the sandbox if it is the provider. Its pages and jobs exist only then. */
export const asSandbox = (provider: PaymentProvider): Sandbox | null =>
  provider.name === 'sandbox' ? (provider as Sandbox) : null;

const unfinished: CardOutcome['becomes'][] = ['open', 'requires_action'];

/** Our payment's id is its idempotency key, and the sandbox's own id follows from it. */
const intentRefOf = (paymentId: PaymentId): string => `pi_${paymentId.slice(4)}`;

function standing(payment: SandboxPayment, now: Date): ProviderPayment['status'] {
  if (payment.status === 'cancelled') return 'cancelled';
  // Before a late card's money arrives, the company itself does not know of it.
  return payment.settlesAt !== null && payment.settlesAt <= now ? 'succeeded' : 'open';
}

/** Compares in constant time, so that the time does not reveal how much of a guess was right. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
