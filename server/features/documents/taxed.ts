import type { Id, OrderId } from '../../../contract/ids.ts';
import type { InvoicedOrder } from '../orders/invoice-orders.ts';
import type { BookedRefund } from '../payments/booked-refunds.ts';
import { creditLines, leftOfLines } from './credit.ts';
import { type DocumentLine, linesOfOrder } from './document.ts';
import { creditedLinesOf } from './due.ts';

/** An order that was paid, as far as its taxes need it. */
export type TaxedOrder = Pick<InvoicedOrder, 'id' | 'lines' | 'totalMinor' | 'confirmedAt'>;

/** A sale, or a refund of it, with the lines of its document. Amounts are never negative. */
export interface Taxed {
  orderId: OrderId;
  kind: 'sale' | 'refund';
  at: Date;
  /** The entry of the money ledger; null for the sale. */
  transferId: Id<'transfer'> | null;
  lines: DocumentLine[];
}

/**
 * Decision: the lines of an order's sale and of its refunds, by the rules of its receipt and credit notes. So the sums are
 * those of the documents, which may not be issued yet. A corrected address changes no tax, so it is not here.
 */
export function taxedOf(order: TaxedOrder, refunds: BookedRefund[]): Taxed[] {
  const { id: orderId, confirmedAt } = order;
  if (confirmedAt === null || order.totalMinor === 0) return [];
  const bought = linesOfOrder(order.lines);
  const taxed: Taxed[] = [{ orderId, kind: 'sale', at: confirmedAt, transferId: null, lines: bought }];
  let left = bought;
  for (const refund of refunds) {
    const lines = creditLines(left, refund.split, creditedLinesOf(order, refund), bought);
    const { transferId, at } = refund;
    taxed.push({ orderId, kind: 'refund', at, transferId, lines });
    left = leftOfLines(left, [lines]);
  }
  return taxed;
}
