import { setTimeout as wait } from 'node:timers/promises';
import { ask, expectCode, type Load, type OnSale } from './buyers.ts';

/** The team sells tickets for cash, and sends each sale again with its key until there is an answer. */
export async function boxOffice(load: Load): Promise<void> {
  const { house, journal, random, events } = load;
  const [{ eventId, ticketTypeId }] = events as [OnSale];
  const amount = { amount: 2500, currency: 'EUR' };
  for (let n = 0; !load.stopped; n++) {
    const headers = { ...house.headers, 'idempotency-key': `box-office-${n}-${eventId}` };
    const method = random.pick(['cash', 'card_terminal']);
    const body = { items: [{ ticketTypeId, quantity: 1 }], payment: { method, amount } };
    const sold = await ask(load, () => house.client.post(`/api/events/${eventId}/door-sales`, body, headers));
    if (sold.status === 201) journal.doorSales.push({ eventId, orderId: sold.body.order.id });
    else expectCode(sold, ['sold_out', 'rate_limited']);
    await wait(200);
  }
}
