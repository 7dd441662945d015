import type { EventId, OrderId, TicketId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable } from '../../data/db.ts';
import { type HoldLine, orderIdOf, type RefundShare } from '../inventory/inventory.ts';
import { tradeInOf } from '../inventory/trade-in.ts';
import { selectExchanges } from './exchange-store.ts';
import type { OrderRecord } from './orders.ts';

/** An exchange as it is stored, with its order and with the money that earlier orders gave back for it. */
export interface StoredExchange {
  toOrderId: OrderId;
  fromOrderId: OrderId;
  ticketId: TicketId;
  askedBy: 'holder' | 'organiser';
  askedById: string | null;
  createdAt: Date;
  status: OrderRecord['status'];
  confirmedAt: Date | null;
  totalMinor: number;
  currency: Currency;
  lines: HoldLine[];
  buyerName: string;
  returned: { orderId: OrderId; shares: RefundShare[] }[];
}

export interface Exchange extends Omit<StoredExchange, 'returned'> {
  backMinor: number;
}

/** Lists the exchanges of an order's tickets, and the exchange by which the order came, the oldest first. */
export async function listExchanges(
  db: Queryable,
  order: { id: OrderId; eventId: EventId },
): Promise<Exchange[]> {
  const rows = await selectExchanges(db, order.id, order.eventId);
  return rows.map(({ returned, ...row }) => ({ ...row, backMinor: backOf(row.lines, returned) }));
}

/** What went back of the tickets that this exchange names. Other exchanges of the same orders may have ended at the same instant. */
function backOf(lines: HoldLine[], returned: StoredExchange['returned']): number {
  const credits = (tradeInOf({ lines })?.credits ?? []).map(
    ({ holdId, position }) => `${orderIdOf(holdId)} ${position}`,
  );
  return returned
    .flatMap(({ orderId, shares }) =>
      shares.filter(({ position }) => credits.includes(`${orderId} ${position}`)),
    )
    .reduce((sum, { minor }) => sum + minor, 0);
}
