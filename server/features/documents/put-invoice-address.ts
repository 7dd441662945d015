import { isDeepStrictEqual } from 'node:util';
import type { OrderDocuments } from '../../../contract/documents.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import { type InvoiceAddress, mostCorrections } from '../../../contract/parties.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { type InvoicedOrder, lockInvoicedOrders, setInvoiceAddress } from '../orders/invoice-orders.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { sumOfLines } from './document.ts';
import { readDocumentedOrder } from './documented-order.ts';
import { openDocument } from './due.ts';
import { issueWithin } from './issue-documents.ts';
import { correctionsOf, showOrderDocuments } from './list-order-documents.ts';
import { listOfOrders } from './store.ts';

/**
 * Sets whom the invoice of an order names. A document that was issued is never changed: a credit note takes it back, and a
 * new one is issued, all in one transaction.
 */
export async function putInvoiceAddress(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, InvoiceAddress, 'holder'>,
): Promise<OrderDocuments> {
  const order = await readDocumentedOrder(app, call.caller, call.params.orderId, 'buyer');
  return once(app, call, async (trx) => {
    await changeAddress(app, trx, order, call.body);
    return showOrderDocuments(trx, order.id);
  });
}

async function changeAddress(
  app: App,
  trx: Transaction,
  { id, eventId, status }: OrderRecord,
  address: InvoiceAddress,
): Promise<void> {
  const [order] = await lockInvoicedOrders(trx, [id]);
  if (!order) throw new Refused('not_found');
  if (order.totalMinor === 0 || (order.confirmedAt === null && status !== 'pending'))
    throw new Refused('nothing_to_invoice');
  // The first document, and credit notes for refunds whose job has not run yet.
  if (order.confirmedAt) await issueWithin(app, trx, { eventId, orderIds: [id] });
  const isSame = isDeepStrictEqual(order.invoiceAddress, address);
  if (!isSame) setInvoiceAddress(trx, id, address);
  if (!order.confirmedAt) return;
  if (!isSame) await checkCorrection(trx, order);
  await issueWithin(app, trx, { eventId, orderIds: [id], correct: true });
}

async function checkCorrection(trx: Transaction, { id }: InvoicedOrder): Promise<void> {
  const issued = await listOfOrders(trx, [id]);
  const open = openDocument({ issued });
  if (!open || sumOfLines(open.left) === 0) throw new Refused('nothing_to_invoice');
  if (correctionsOf(issued) >= mostCorrections)
    throw new Refused('too_many_corrections', { limit: mostCorrections });
}
