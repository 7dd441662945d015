import { isDeepStrictEqual } from 'node:util';
import type { DocumentId } from '../../../contract/ids.ts';
import type { Seller } from '../../../contract/parties.ts';
import { placesOf } from '../inventory/places.ts';
import type { InvoicedOrder } from '../orders/invoice-orders.ts';
import { orderNumber } from '../orders/orders.ts';
import type { BookedRefund } from '../payments/booked-refunds.ts';
import { type CreditedLines, creditLines, leftOfLines } from './credit.ts';
import {
  buyerParty,
  type DocumentContent,
  type DocumentLine,
  type DocumentRecord,
  linesOfOrder,
  type NewDocument,
  type Platform,
  sellerParty,
  sumOfLines,
} from './document.ts';

/** Everything that decides which documents an order still needs. */
export interface OrderMatter {
  order: InvoicedOrder;
  /** In the order of their numbers. */
  issued: Pick<DocumentRecord, 'id' | 'kind' | 'corrects' | 'transferId' | 'content'>[];
  /** The oldest first. */
  refunds: BookedRefund[];
  organisation: { name: string; seller: Seller | null };
  platform: Platform;
}

type Open = {
  id: DocumentId;
  content: Pick<DocumentContent, 'kind' | 'buyer' | 'lines'>;
  left: DocumentLine[];
};

/**
 * Decision: the documents that an order needs and does not have, in the order in which they are issued: a receipt or
 * invoice for the sale, and a credit note for each refund. With `correct`, a document that names another buyer than the
 * order's address now is taken back by a credit note, and a new one names what the order still costs.
 */
export function dueDocuments(matter: OrderMatter, newId: () => DocumentId, correct = false): NewDocument[] {
  const { order, issued, refunds } = matter;
  if (order.confirmedAt === null || order.totalMinor === 0) return [];
  const due: NewDocument[] = [];
  const bought = linesOfOrder(order.lines);
  const open = openDocument(matter) ?? issue(due, matter, newId(), bought);
  const credited = new Set(issued.map(({ transferId }) => transferId));
  for (const refund of refunds) {
    if (credited.has(refund.transferId)) continue;
    const lines = creditLines(open.left, refund.split, creditedLinesOf(order, refund), bought);
    due.push(creditNote(matter, newId(), open, lines, refund));
    open.left = leftOfLines(open.left, [lines]);
  }
  if (!correct || sumOfLines(open.left) === 0) return due;
  const buyer = buyerParty(order.buyerName, order.invoiceAddress);
  if (open.content.kind === kindOf(matter) && isDeepStrictEqual(open.content.buyer, buyer)) return due;
  due.push(creditNote(matter, newId(), open, open.left, null));
  issue(due, matter, newId(), open.left);
  return due;
}

/** The last receipt or invoice, with what its credit notes have left of it. */
export function openDocument({ issued }: Pick<OrderMatter, 'issued'>): Open | null {
  const last = issued.findLast(({ kind }) => kind !== 'credit_note');
  if (!last) return null;
  const credits = issued.filter(({ corrects }) => corrects === last.id).map(({ content }) => content.lines);
  return { id: last.id, content: last.content, left: leftOfLines(last.content.lines, credits) };
}

/** An invoice names the addresses of both. */
const kindOf = ({ order, organisation }: OrderMatter): 'invoice' | 'receipt' =>
  order.invoiceAddress && organisation.seller ? 'invoice' : 'receipt';

function issue(due: NewDocument[], matter: OrderMatter, id: DocumentId, lines: DocumentLine[]): Open {
  const { order, organisation } = matter;
  const isWhole = sumOfLines(lines) === order.totalMinor;
  const content: NewDocument['content'] = {
    ...commonOf(matter, lines),
    kind: kindOf(matter),
    seller: sellerParty(organisation.name, organisation.seller),
    buyer: buyerParty(order.buyerName, order.invoiceAddress),
    discountMinor: isWhole ? discountOf(order) : 0,
    reason: null,
  };
  due.push({ id, orderId: order.id, corrects: null, transferId: null, content });
  return { id, content, left: lines };
}

/** A credit note names the same buyer as the document that it corrects. */
function creditNote(
  matter: OrderMatter,
  id: DocumentId,
  { id: corrects, content: { buyer } }: Open,
  lines: DocumentLine[],
  refund: BookedRefund | null,
): NewDocument {
  const { order, organisation } = matter;
  const content: NewDocument['content'] = {
    ...commonOf(matter, lines),
    kind: 'credit_note',
    seller: sellerParty(organisation.name, organisation.seller),
    buyer,
    discountMinor: 0,
    reason: refund ? 'refund' : 'correction',
  };
  return { id, orderId: order.id, corrects, transferId: refund?.transferId ?? null, content };
}

function commonOf({ order, platform }: OrderMatter, lines: DocumentLine[]) {
  const { title, startsAt, timeZone, venueName, city } = order.soldAs;
  return {
    form: 1 as const,
    language: order.language,
    currency: order.currency,
    orderNumber: orderNumber(order.id),
    paidAt: (order.confirmedAt as Date).toISOString(),
    event: { title, startsAt, timeZone, venueName, city },
    platform: lines.some(({ sells }) => sells !== 'ticket') ? platform : null,
    lines,
  };
}

export const discountOf = ({ lines }: Pick<InvoicedOrder, 'lines'>): number =>
  lines.reduce(
    // The code of an exchange took its part off the order before.
    (sum, { quantity, promo, tradeIn, unitMinor }) =>
      sum + (promo && !tradeIn ? quantity * (promo.fullMinor - unitMinor) : 0),
    0,
  );

/** Sums a refund's shares by line of the order. */
export function creditedLinesOf(
  { lines }: Pick<InvoicedOrder, 'lines'>,
  { shares }: BookedRefund,
): CreditedLines | null {
  if (!shares) return null;
  const places = placesOf(lines);
  const credited: CreditedLines = new Map();
  for (const { position, minor } of shares) {
    const line = places[position]?.line;
    if (!line) continue;
    const index = lines.indexOf(line);
    credited.set(index, (credited.get(index) ?? 0) + minor);
  }
  return credited;
}
