import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { offsetsIn } from '../../zone-times.ts';
import { discountOf } from '../documents/due.ts';
import { listTaxed } from '../documents/list-taxed.ts';
import { listOrdersOfEvent } from '../orders/list-orders-of-event.ts';
import { listBookEntries } from '../payments/read-books.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { addToSettlement, emptySettlement, type Settlement } from './settlement.ts';

/** Days in the time zone of the event, both included. */
export interface Period {
  from?: string | undefined;
  to?: string | undefined;
}

/** As many as a portion of an export (read-portion.ts). */
const ordersAtOnce = 250;

/** Reads what all orders of an event did to its money in these days, in portions, as exports do. */
export async function readSettlement(app: App, sale: EventSale, { from, to }: Period): Promise<Settlement> {
  const offsetAt = offsetsIn(sale.timeZone);
  const dayOf = (at: Date) => {
    const day = new Date(at.getTime() + offsetAt(at)).toISOString().slice(0, 10);
    return (from !== undefined && day < from) || (to !== undefined && day > to) ? null : day;
  };
  const settlement = emptySettlement();
  let after: OrderId | null = null;
  do {
    after = await app.exports.read(() => addPortion(app, sale, settlement, dayOf, after));
  } while (after !== null);
  return settlement;
}

async function addPortion(
  app: App,
  { eventId }: EventSale,
  settlement: Settlement,
  dayOf: (at: Date) => string | null,
  after: OrderId | null,
): Promise<OrderId | null> {
  const orders = await listOrdersOfEvent(app.db, { eventId, after, limit: ordersAtOnce });
  const bought = orders.filter(({ confirmedAt }) => confirmedAt !== null);
  const [entries, taxed] = await Promise.all([
    listBookEntries(
      app.db,
      bought.map(({ id }) => id),
    ),
    listTaxed(app.db, bought),
  ]);
  const discounts = new Map(bought.map((order) => [order.id, discountOf(order)]));
  addToSettlement(settlement, { entries, taxed, discounts, dayOf });
  return orders.length < ordersAtOnce ? null : (orders.at(-1)?.id ?? null);
}
