import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import type { HoldLine } from '../inventory/inventory.ts';
import { noSplit, type Split, splitOfOrder } from '../sale/split.ts';
import { refundedOf } from './lock-orders.ts';

/** The money of an order that is locked. */
export interface OrderMoney {
  totalMinor: number;
  currency: Currency;
  /** The split of what was paid; nothing if the payment bought no tickets. */
  paid: Split;
  refundedMinor: number;
  refunded: Split;
}

const lockSql = `
  select lines, confirmed_at, total_minor, currency, refunded_minor, refunded_tax_minor, refunded_fee_minor,
    refunded_fee_tax_minor
  from orders where id = $1 and event_id = $2 for no key update`;

interface Row {
  lines: HoldLine[];
  confirmed_at: Date | null;
  total_minor: number;
  currency: Currency;
  refunded_minor: number;
  refunded_tax_minor: number;
  refunded_fee_minor: number;
  refunded_fee_tax_minor: number;
}

/** Locks an order until the transaction ends, and returns its money. */
export async function lockOrderMoney(
  trx: Queryable,
  orderId: OrderId,
  eventId: EventId,
): Promise<OrderMoney> {
  const [row] = await trx.query<Row>(lockSql, [orderId, eventId]);
  if (!row) throw new Error(`there is no order ${orderId}`);
  return {
    totalMinor: row.total_minor,
    currency: row.currency,
    paid: row.confirmed_at ? splitOfOrder(row.lines) : noSplit,
    refundedMinor: row.refunded_minor,
    refunded: refundedOf(row),
  };
}

const noteSql = `
  update orders set disputed_minor = $3, has_disputes = true
  where id = $1 and event_id = $2 and (disputed_minor <> $3 or not has_disputes)`;

/** Records how much of an order its disputes have taken, in the transaction that has locked the order. */
export const noteDisputed = (trx: Writes, orderId: OrderId, eventId: EventId, disputedMinor: number): void =>
  trx.write(noteSql, [orderId, eventId, disputedMinor]);
