import type { DoorSale, NewDoorSale } from '../../../contract/door-sales.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { recipientIdOf } from '../accounts/write-recipients.ts';
import { holdIdOfBlock } from '../inventory/block.ts';
import { orderIdOf, type Paid } from '../inventory/inventory.ts';
import { namedIn } from '../inventory/place-hold.ts';
import { readOrder } from '../orders/read-order.ts';
import { paymentIdOf } from '../payments/payment.ts';
import { drawCodes } from '../tickets/draw-codes.ts';
import { showOrders } from './show-orders.ts';

/**
 * Sells tickets for the team of an event, which has taken the money itself. The ledger takes the places, confirms the order, books
 * the money and issues the tickets in one transaction. A retry with the same Idempotency-Key returns the first sale.
 */
export async function sellAtDoor(
  app: App,
  call: Call<{ eventId: EventId }, undefined, NewDoorSale, 'team'>,
): Promise<DoorSale> {
  const { eventId } = call.params;
  const { userId } = call.caller;
  const { buyer, payment, blockId, ...places } = call.body;
  const holdId = app.newId('hold');
  const email = buyer?.email ?? '';
  const outcome = await app.ledger.submit(eventId, {
    kind: 'issue',
    holdId,
    buyerId: recipientIdOf(app, call.retry && [userId, eventId, 'door', call.retry.key]),
    wants: namedIn(places),
    blockHoldId: blockId ? holdIdOfBlock(blockId) : null,
    order: {
      buyerName: buyer?.name ?? '',
      buyerEmail: email,
      mailbox: app.marks.ofMailbox(email),
      attendees: null,
      returnUrl: null,
      language: languageOf(call.header('accept-language')),
    },
    note: null,
    actor: call,
    origin: 'box_office',
    paid: payment.amount.amount === 0 ? null : paidBy(paymentIdOf(orderIdOf(holdId)), payment, userId),
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  if (outcome.kind !== 'ordered') throw new Error(`selling at the door came out as ${outcome.kind}`);
  const order = await readOrder(app, orderIdOf(outcome.hold.id));
  if (!order) throw new Error(`the order of ${outcome.hold.id} was sold and is not there`);
  const [[shown], codes] = await Promise.all([showOrders(app, [order]), drawCodes(app, order)]);
  return { order: shown as DoorSale['order'], codes };
}

const paidBy = (
  paymentId: Paid['paymentId'],
  { method, amount }: NewDoorSale['payment'],
  takenBy: NonNullable<Paid['door']>['takenBy'],
): Paid => ({
  paymentId,
  intentRef: paymentId,
  amountMinor: amount.amount,
  currency: amount.currency,
  card: null,
  door: { method, takenBy },
});
