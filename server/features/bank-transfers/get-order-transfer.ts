import { Refused } from '../../../contract/errors.ts';
import { inGroups } from '../../../contract/iban.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { OrderTransfer } from '../../../contract/pay-ways.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import { readOrder } from '../orders/read-order.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { qrSvg } from '../tickets/qr.ts';
import { findAwaited } from './awaited-store.ts';
import { epcText } from './epc-code.ts';

/** What the buyer of an order has to pay, to which account and with which reference. The team of the event may read it too. */
export async function getOrderTransfer(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, undefined, 'holder-or-team'>,
): Promise<OrderTransfer> {
  const order = await readOrder(app, call.params.orderId);
  if (!order) throw new Refused('not_found');
  if (!(await actsForOrder(app, call.caller, order)))
    await requireEventCapability(app, call.caller, order.eventId, 'orders.read');
  const awaited = await findAwaited(app.db, order.id);
  if (!awaited) throw new Refused('not_by_transfer');
  const { way, account, reference, amountMinor, receivedMinor, currency, payUntil } = awaited;
  const isOver = order.status !== 'pending' || order.expiresAt <= app.clock.now();
  const state = order.confirmedAt !== null || awaited.paidAt !== null ? 'paid' : isOver ? 'ended' : 'awaited';
  const openMinor = Math.max(0, amountMinor - receivedMinor);
  return {
    way,
    state,
    account,
    reference,
    amount: { amount: amountMinor, currency },
    received: { amount: receivedMinor, currency },
    open: { amount: openMinor, currency },
    payUntil: payUntil.toISOString(),
    qr:
      state === 'awaited' && currency === 'EUR' && openMinor > 0
        ? qrSvg(
            epcText({ account, amountMinor: openMinor, reference }),
            `${account.holder} ${inGroups(reference)}`,
          )
        : null,
  };
}
