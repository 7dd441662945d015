import type { FastifyInstance } from 'fastify';
import { Refused } from '../../../contract/errors.ts';
import {
  authenticateSandboxPayment,
  confirmSandboxPayment,
  getSandboxPayment,
  refundSandboxPayment,
} from '../../../contract/payments.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { asSandbox } from './sandbox.ts';
import type { SandboxPayment } from './sandbox-store.ts';

/** Routes for the sandbox's hosted page and card form. With another provider there are none. */
export function sandboxRoutes(http: FastifyInstance, app: App): void {
  const sandbox = asSandbox(app.payments);
  if (!sandbox) return;

  bind(http, app, getSandboxPayment, async (_app, call) => {
    const payment = await sandbox.show(call.params.paymentId, call.query.clientSecret);
    if (!payment) throw new Refused('not_found');
    return toView(payment);
  });

  bind(http, app, confirmSandboxPayment, async (_app, call) => {
    const { paymentId } = call.params;
    const { clientSecret, card } = call.body;
    const reply = await sandbox.presentCard(paymentId, clientSecret, card.number);
    if (reply.status !== 'requires_action') return reply;
    return { ...reply, actionUrl: sandbox.pageUrl(paymentId, clientSecret) };
  });

  bind(http, app, authenticateSandboxPayment, async (_app, call) => {
    const { clientSecret, outcome } = call.body;
    const approved = outcome === 'approve';
    const { declineCode } = await sandbox.authenticate(call.params.paymentId, clientSecret, approved);
    return approved ? { status: 'succeeded' as const } : { status: 'failed' as const, declineCode };
  });

  bind(http, app, refundSandboxPayment, async (_app, call) => {
    const { clientSecret, amount, tickets, outcome } = call.body;
    const wanted = { amountMinor: amount ?? null, tickets, outcome };
    const refund = await sandbox.refundAsPerson(call.params.paymentId, clientSecret, wanted);
    return { reference: refund.ref, amount: { amount: refund.amountMinor, currency: refund.currency } };
  });
}

const toView = (payment: SandboxPayment) => ({
  id: payment.paymentId,
  amount: { amount: payment.amountMinor, currency: payment.currency },
  status: payment.refundedMinor === payment.amountMinor ? ('refunded' as const) : payment.status,
  description: payment.description,
  returnUrl: payment.returnUrl,
});
