import type { OrderDocuments } from '../../../contract/documents.ts';
import type { OrderId } from '../../../contract/ids.ts';
import { mostCorrections } from '../../../contract/parties.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readInvoiceAddress } from '../orders/invoice-orders.ts';
import type { DocumentRecord } from './document.ts';
import { readDocumentedOrder } from './documented-order.ts';
import { issueDocuments } from './issue-documents.ts';
import { listOfOrders } from './store.ts';

/**
 * Lists an order's documents. Whoever asks before the job of a sale or of a refund gets the receipt or credit note all the
 * same.
 */
export async function listOrderDocuments(
  app: App,
  call: { caller: Caller; params: { orderId: OrderId } },
): Promise<OrderDocuments> {
  const order = await readDocumentedOrder(app, call.caller, call.params.orderId, 'buyer or team');
  const shown = await showOrderDocuments(app.db, order.id);
  if (order.confirmedAt === null || order.totalMinor === 0) return shown;
  if (shown.items.length > 0 && creditedMinor(shown) >= order.refundedMinor) return shown;
  await issueDocuments(app, { eventId: order.eventId, orderIds: [order.id] });
  return showOrderDocuments(app.db, order.id);
}

/** How much the credit notes for refunds have taken back. */
const creditedMinor = ({ items }: OrderDocuments): number =>
  items.reduce((sum, { reason, total }) => sum + (reason === 'refund' ? total.amount : 0), 0);

export async function showOrderDocuments(db: Queryable, orderId: OrderId): Promise<OrderDocuments> {
  const [documents, invoiceAddress] = await Promise.all([
    listOfOrders(db, [orderId]),
    readInvoiceAddress(db, orderId),
  ]);
  return {
    items: documents.map(showDocument),
    invoiceAddress,
    correctionsLeft: Math.max(0, mostCorrections - correctionsOf(documents)),
  };
}

/** How many times a receipt or invoice of an order was replaced. */
export const correctionsOf = (documents: Pick<DocumentRecord, 'kind' | 'transferId'>[]): number =>
  documents.filter(({ kind, transferId }) => kind === 'credit_note' && transferId === null).length;

/** Lists the documents of these orders with whom they name, for other features. */
export const listDocumentsOf = async (app: Pick<App, 'db'>, orderIds: OrderId[]) =>
  (await listOfOrders(app.db, orderIds)).map((document) => ({
    ...showDocument(document),
    buyer: document.content.buyer,
  }));

function showDocument(document: DocumentRecord): OrderDocuments['items'][number] {
  const { id, orderId, kind, number, issuedAt, currency, corrects, content } = document;
  return {
    id,
    orderId,
    kind,
    number,
    issuedAt: issuedAt.toISOString(),
    total: { amount: document.totalMinor, currency },
    tax: { amount: document.taxMinor, currency },
    corrects,
    reason: content.reason,
  };
}
