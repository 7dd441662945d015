import type { EventId, OrderId } from '../../../contract/ids.ts';
import { ticketOfPass } from '../../../contract/pass-tickets.ts';
import type { Transaction } from '../../data/db.ts';
import { lockSettling, selectDates, selectHeldByBuyer, selectPass } from './store.ts';

/**
 * The orders with which an order of a pass has brought tickets of dates to its buyer; none if the event is no pass. Those of a ticket that
 * was passed on belong to its new holder. No job gives out more until the transaction ends.
 */
export async function ordersOfPass(
  trx: Transaction,
  { id, eventId }: { id: OrderId; eventId: EventId },
): Promise<OrderId[]> {
  if (!(await selectPass(trx, eventId))) return [];
  await lockSettling(trx, eventId);
  const dates = await selectDates(trx, eventId);
  const tickets = await selectHeldByBuyer(trx, id, eventId);
  return tickets.flatMap((ticket) =>
    dates.map((date): OrderId => `ord_${ticketOfPass(ticket.id, ticket.issue, date.eventId).slice(4)}`),
  );
}
