import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { lockInvoicedOrders } from '../orders/invoice-orders.ts';
import { readSeller } from '../organisations/seller-details.ts';
import { readBookedRefunds } from '../payments/booked-refunds.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import type { DocumentContent, NewDocument } from './document.ts';
import { dueDocuments, type OrderMatter } from './due.ts';
import { insertDocuments, listOfOrders, takeNumbers } from './store.ts';

/**
 * Issues the documents that orders of one event still need: receipts or invoices for confirmed orders, and credit notes for
 * their refunds. Doing it again issues nothing more. Whoever confirms an order or opens a refund enqueues this in the same
 * transaction, so no document is forgotten after a crash.
 */
export const issueDocuments = (
  app: App,
  { eventId, orderIds }: { eventId: EventId; orderIds: OrderId[] },
): Promise<void> =>
  app.db.transaction(async (trx) => {
    await issueWithin(app, trx, { eventId, orderIds });
  });

/**
 * The same in the caller's transaction. Locks in the order of docs/locks.md: orders, then the counter of the organisation,
 * which every other document of the organisation waits for. So the caller should have nothing slow to do afterwards.
 */
export async function issueWithin(
  app: App,
  trx: Transaction,
  asked: { eventId: EventId; orderIds: OrderId[]; correct?: boolean },
): Promise<void> {
  const { eventId, orderIds, correct = false } = asked;
  const organisationId = await organisationOf(app, eventId);
  if (!organisationId) return;
  const orders = await lockInvoicedOrders(trx, orderIds);
  const [issued, refunds, organisation] = await Promise.all([
    listOfOrders(trx, orderIds),
    readBookedRefunds(trx, orderIds),
    readSeller(trx, organisationId),
  ]);
  const matters = orders.map(
    (order): OrderMatter => ({
      order,
      issued: issued.filter(({ orderId }) => orderId === order.id),
      refunds: refunds.filter(({ orderId }) => orderId === order.id),
      organisation,
      platform: platformOf(app),
    }),
  );
  const due = matters.flatMap((matter) => dueDocuments(matter, () => app.newId('document'), correct));
  if (due.length === 0) return;
  const { first, issuedAt } = await takeNumbers(trx, organisationId, due.length, app.clock.now());
  const prefix = organisation.seller?.numberPrefix ?? '';
  const numbers = new Map(
    issued.map(({ id, content: { number, issuedAt: at } }) => [id, { number, issuedAt: at }]),
  );
  for (const [i, { id }] of due.entries())
    numbers.set(id, { number: numberText(prefix, first + i), issuedAt: issuedAt.toISOString() });
  const complete = due.map((document) => ({ ...document, content: contentOf(document, numbers) }));
  insertDocuments(trx, { organisationId, eventId, first, issuedAt }, complete);
}

const numberText = (prefix: string, number: number): string => `${prefix}${String(number).padStart(6, '0')}`;

function contentOf(
  { id, corrects, content }: NewDocument,
  numbers: Map<string, { number: string; issuedAt: string }>,
): DocumentContent {
  const own = numbers.get(id);
  if (!own) throw new Error(`${id} has no number`);
  return { ...content, ...own, corrects: corrects === null ? null : (numbers.get(corrects) ?? null) };
}

function platformOf({ config: { platform } }: App): OrderMatter['platform'] {
  return { name: platform.legalName, address: platform.address, vatId: platform.vatId };
}
