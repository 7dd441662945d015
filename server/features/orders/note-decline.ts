import type { EventId, OrderId, PaymentId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { markDeclined } from './store.ts';

/**
 * Records that a card was declined. The places stay held, so that the buyer can try another card until the hold
 * expires.
 */
export async function noteDecline(
  app: App,
  { id: paymentId, eventId, orderId }: { id: PaymentId; eventId: EventId; orderId: OrderId },
): Promise<void> {
  const isTold = await app.db.transaction(async (trx) => {
    if (!(await markDeclined(trx, orderId))) return false;
    const data = { orderId, paymentId, reason: 'declined' as const };
    enqueueEffects(trx, [{ type: 'admit.payment.failed.v1', eventId, data }], app.clock.now());
    return true;
  });
  if (isTold) app.relay.wake();
}
