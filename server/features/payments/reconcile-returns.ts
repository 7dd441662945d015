import type { App } from '../../app.ts';
import type { DisputeId } from './dispute.ts';
import { selectOpenDisputes } from './dispute-store.ts';
import type { ProviderDispute, ReturnedMoney } from './provider.ts';
import { recordDispute } from './record-dispute.ts';
import { settleReturned } from './settle-returned.ts';
import { findPaymentByIntent } from './store.ts';
import { withIntent } from './with-intent.ts';

const overlapMs = 26 * 60 * 60_000;

/**
 * Asks the provider for the refunds and disputes of the last day, and about each dispute that is open. So a webhook that
 * never came costs an hour. Runs every hour, and what is known already changes nothing.
 */
export async function reconcileReturns(app: App): Promise<void> {
  const now = app.clock.now();
  const from = new Date(now.getTime() - overlapMs);
  // What happens while the provider lists belongs to the next run.
  const to = new Date(now.getTime() + 60_000);
  const failed: unknown[] = [];
  const attempt = async (work: Promise<unknown>) => {
    await work.catch((err) => {
      app.log.warn({ err }, 'money that went back could not be compared with the provider');
      failed.push(err);
    });
  };
  for await (const refund of app.payments.listRefunds({ from, to })) await attempt(settleKnown(app, refund));
  for await (const dispute of app.payments.listDisputes(from, to)) await attempt(disputeKnown(app, dispute));
  let after: DisputeId | '' = '';
  for (;;) {
    const open = await selectOpenDisputes(app.db, app.payments.name, after);
    for (const { ref } of open) {
      await attempt(app.payments.findDispute(ref).then((dispute) => disputeKnown(app, dispute)));
    }
    const last = open.at(-1);
    if (!last) break;
    after = last.id;
  }
  if (failed.length > 0) throw failed[0];
}

async function paymentOf(app: App, seen: { intentRef: string | null; chargeRef?: string | undefined }) {
  const { intentRef } = await withIntent(app, seen);
  return intentRef === null ? null : findPaymentByIntent(app.db, app.payments.name, intentRef);
}

/** Money of an unknown payment comes by webhook, which knows whether it belongs to others (receive-webhook.ts). */
async function settleKnown(app: App, refund: ReturnedMoney): Promise<void> {
  const payment = await paymentOf(app, refund);
  if (payment) await settleReturned(app, payment, refund);
}

async function disputeKnown(app: App, dispute: ProviderDispute): Promise<void> {
  const payment = await paymentOf(app, dispute);
  if (payment) await recordDispute(app, payment, dispute);
}
