import type { App } from '../../app.ts';
import type { Credit } from '../inventory/credits.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import { leftOfTicket, tradeInOf } from '../inventory/trade-in.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { readTicketsOfOrder } from '../tickets/list-tickets.ts';

/**
 * Reads what earlier orders were paid for the ticket of an exchange, for a quote. Reads nothing for any other order.
 */
export async function readCredits(app: App, order: Pick<OrderRecord, 'lines'>): Promise<Credit[]> {
  const named = tradeInOf(order)?.credits ?? [];
  const credits = await Promise.all(
    named.map(async ({ holdId, position }): Promise<Credit[]> => {
      const of = await readOrder(app, orderIdOf(holdId));
      const tickets = of ? await readTicketsOfOrder(app.db, of.id) : [];
      const ticket = tickets.find((each) => each.position === position);
      if (!of || !ticket) return [];
      const hold = { id: holdId, eventId: of.eventId, lines: of.lines };
      return [{ hold, order: { ...of, tickets }, ticket, leftMinor: leftOfTicket(of.lines, ticket) }];
    }),
  );
  return credits.flat();
}
