import { Refused } from '../../../contract/errors.ts';
import type { Money } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import type { WantedTickets } from '../inventory/cancellation.ts';
import type { OrderRecord } from '../orders/orders.ts';

/**
 * Asks the event's ledger to cancel tickets of an order by the refund policy that they were sold with. Throws its refusal.
 * `refund` in the body is the sum that the person saw: less than this is refused.
 */
export async function cancelByPolicy(
  app: Pick<App, 'ledger'>,
  call: { body: { refund?: Money | undefined } | undefined; retry: Call['retry'] },
  order: OrderRecord,
  wanted: WantedTickets,
): Promise<void> {
  const agreed = call.body?.refund;
  if (agreed && agreed.currency !== order.currency) {
    const message = `this order was paid in ${order.currency}`;
    throw new Refused('invalid_request', { issues: [{ path: 'body.refund.currency', message }] });
  }
  const outcome = await app.ledger.submit(order.eventId, {
    kind: 'cancel',
    holdId: order.holdId,
    ...wanted,
    ...(agreed && { leastRefundMinor: agreed.amount }),
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
}
