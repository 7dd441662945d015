import { referenceOf } from '../../../contract/creditor-reference.ts';
import { Refused } from '../../../contract/errors.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { NewOrder, Order } from '../../../contract/orders.ts';
import { ownAddress } from '../../../contract/own-address.ts';
import type { LaterWay } from '../../../contract/pay-way-fields.ts';
import type { Payment } from '../../../contract/payments.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { isExtra } from '../inventory/extras.ts';
import { dueOf } from '../inventory/gift-payment.ts';
import { type HoldRecord, orderIdOf } from '../inventory/inventory.ts';
import type { OrderDraft } from '../inventory/order-command.ts';
import type { PayLater } from '../inventory/pay-later.ts';
import { readOwnHold } from '../inventory/read-own-hold.ts';
import { pendingOrder } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { findOfferedWay } from '../pay-ways/list-ways.ts';
import { openPayment } from '../payments/open-payment.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { showOrder, showOrders } from './show-orders.ts';
import { submitWithGiftCards } from './submit-with-gift-cards.ts';

/**
 * Turns a hold into an order at the hold's price. The ledger writes the order with the hold in one transaction, and
 * only then this asks the provider for a payment. A crash in between loses nothing: placing the order again finds it
 * and asks the provider with the same payment id.
 */
export async function placeOrder(
  app: App,
  call: Call<undefined, undefined, NewOrder, 'signed-in'>,
): Promise<{ order: Order; payment: Payment | null }> {
  const {
    holdId,
    buyer,
    attendees,
    answers,
    acceptedTerms,
    returnUrl,
    invoiceAddress,
    source,
    payBy = 'card',
  } = call.body;
  if (returnUrl !== undefined) checkReturnUrl(app, returnUrl);
  const hold = await readOwnHold(app, holdId, call.caller);
  if (attendees && attendees.length !== hold.places) {
    throw new Refused('invalid_request', { detail: `Name all ${hold.places} attendees, or none.` });
  }
  const draft: OrderDraft = {
    buyerName: buyer.name,
    buyerEmail: buyer.email,
    mailbox: app.marks.ofMailbox(buyer.email),
    attendees: attendees ?? null,
    returnUrl: returnUrl ?? null,
    language: languageOf(call.header('accept-language')),
    invoiceAddress,
    answers: answers && { ...answers, order: answers.order ?? {}, tickets: answers.tickets ?? [] },
    acceptedTerms,
    later: payBy === 'card' ? undefined : await laterOf(app, hold, payBy),
  };
  const hasExtras = hold.lines.some(isExtra);
  const { userId: buyerId } = call.caller;
  const command = { kind: 'order', holdId, buyerId, order: draft, hasExtras } as const;
  const outcome = await submitWithGiftCards(app, call, hold.eventId, command);
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  if (outcome.kind !== 'ordered') throw new Error(`placing an order came out as ${outcome.kind}`);
  if (source) app.visits.noteOrder(hold.eventId, orderIdOf(holdId), source);
  if (!outcome.replayed && !outcome.confirmed && !draft.later) {
    // The usual case: the order was just written, so it need not be read again.
    const order = pendingOrder(outcome.hold, draft, outcome.sale, app.clock.now());
    return {
      payment: await openPayment(app, order),
      order: showOrder(order, outcome.sale, [], app.clock.now()),
    };
  }
  const order = await readOrder(app, orderIdOf(holdId));
  if (!order) throw new Error(`the order of ${holdId} was placed and is not there`);
  const isOpen = dueOf(order) > 0 && order.status === 'pending' && order.payBy === null;
  const payment = isOpen ? await openPayment(app, order) : null;
  const [shown] = await showOrders(app, [order]);
  return { order: shown as Order, payment };
}

/** How the order is paid later. An order that exists already is found by its hold, whatever the event offers now. */
async function laterOf(app: App, hold: HoldRecord, wanted: LaterWay): Promise<PayLater | undefined> {
  if (hold.ordered || hold.totalMinor === 0) return undefined;
  const offered = await findOfferedWay(app, hold, wanted);
  const organisationId = offered && (await organisationOf(app, hold.eventId));
  if (!organisationId) throw new Refused('way_not_offered');
  return { ...offered, organisationId, reference: referenceOf(orderIdOf(hold.id)) };
}

/** The provider sends the buyer to this address afterwards, so it must be one of ours. */
export function checkReturnUrl(app: App, returnUrl: string): void {
  if (ownAddress(returnUrl, new URL(app.config.publicUrl).origin) === null) {
    throw new Refused('invalid_request', { detail: 'returnUrl must be an address of this site.' });
  }
}
