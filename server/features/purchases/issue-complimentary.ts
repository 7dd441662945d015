import type { NewComplimentaryOrder } from '../../../contract/complimentary.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { recipientIdOf } from '../accounts/write-recipients.ts';
import { holdIdOfBlock } from '../inventory/block.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import { namedIn } from '../inventory/place-hold.ts';
import { readOrder } from '../orders/read-order.ts';
import { showOrders } from './show-orders.ts';

/**
 * Issues tickets free of charge for the team of an event. The ledger takes the places, confirms the order, issues the tickets
 * and enqueues their mail in one transaction. A retry with the same Idempotency-Key returns the first order.
 */
export async function issueComplimentary(
  app: App,
  call: Call<{ eventId: EventId }, undefined, NewComplimentaryOrder, 'team'>,
): Promise<Order> {
  const { eventId } = call.params;
  const { userId } = call.caller;
  const { recipient, note, blockId, ...places } = call.body;
  const buyerId = recipientIdOf(app, call.retry && [userId, eventId, call.retry.key]);
  const outcome = await app.ledger.submit(eventId, {
    kind: 'issue',
    holdId: app.newId('hold'),
    buyerId,
    wants: namedIn(places),
    blockHoldId: blockId ? holdIdOfBlock(blockId) : null,
    order: {
      buyerName: recipient.name,
      buyerEmail: recipient.email,
      mailbox: app.marks.ofMailbox(recipient.email),
      attendees: null,
      returnUrl: null,
      language: languageOf(call.header('accept-language')),
    },
    note: note === undefined ? null : { id: app.newId('orderNote'), text: note, authorId: userId },
    actor: call,
    origin: 'complimentary',
    paid: null,
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  if (outcome.kind !== 'ordered') throw new Error(`issuing tickets came out as ${outcome.kind}`);
  const order = await readOrder(app, orderIdOf(outcome.hold.id));
  if (!order) throw new Error(`the order of ${outcome.hold.id} was issued and is not there`);
  const [shown] = await showOrders(app, [order]);
  return shown as Order;
}
