import { asSandbox, type Sandbox } from '../../adapters/payments/sandbox.ts';
import type { SandboxEvent } from '../../adapters/payments/sandbox-store.ts';
import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { cancelPayment } from './cancel-payment.ts';
import { reconcilePayments } from './reconcile-payments.ts';
import { reconcileReturns } from './reconcile-returns.ts';
import { refundUnmatched } from './refund-unmatched.ts';
import { settleRefund } from './settle-refund.ts';

export function paymentsTasks(app: App): TaskHandlers {
  const sandbox = asSandbox(app.payments);
  const deliver =
    ({ deliver }: Sandbox) =>
    (events: SandboxEvent[]) =>
      events.map((event) => deliver(event, `${app.config.listenUrl}/api/webhooks/stripe`));
  return {
    'settle-refund': (payload) => settleRefund(app, payload),
    'refund-unmatched': (payload) => refundUnmatched(app, payload),
    'cancel-payment': (payload) => cancelPayment(app, payload),
    'reconcile-payments': () => reconcilePayments(app),
    'reconcile-returns': () => reconcileReturns(app),
    ...(sandbox && {
      'deliver-sandbox-webhooks': deliver(sandbox),
      'deliver-sandbox-refunds': deliver(sandbox),
    }),
  };
}
