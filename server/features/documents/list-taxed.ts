import type { Queryable } from '../../data/db.ts';
import { readBookedRefunds } from '../payments/booked-refunds.ts';
import { selectNumbers } from './store.ts';
import { type Taxed, type TaxedOrder, taxedOf } from './taxed.ts';

/** Lists the sale and the refunds of each of these orders with their lines and the numbers of their documents. */
export async function listTaxed(
  db: Queryable,
  orders: TaxedOrder[],
): Promise<(Taxed & { documentNumber: string | null })[]> {
  const ids = orders.map(({ id }) => id);
  const [refunds, numbers] = await Promise.all([readBookedRefunds(db, ids), selectNumbers(db, ids)]);
  const refundsOf = Map.groupBy(refunds, ({ orderId }) => orderId);
  // The last receipt or invoice of an order counts: it replaces the earlier ones.
  const ofSales = new Map<string, string>();
  const ofRefunds = new Map<string, string>();
  for (const { orderId, kind, transferId, number } of numbers) {
    if (kind !== 'credit_note') ofSales.set(orderId, number);
    else if (transferId) ofRefunds.set(transferId, number);
  }
  return orders
    .flatMap((order) => taxedOf(order, refundsOf.get(order.id) ?? []))
    .map((taxed) => ({
      ...taxed,
      documentNumber:
        (taxed.transferId ? ofRefunds.get(taxed.transferId) : ofSales.get(taxed.orderId)) ?? null,
    }));
}
