import { vi } from 'vitest';
import type { OrderId } from '../../../../contract/ids.ts';
import type { Person, TestEvent, World } from '../../../testing/world.ts';

/** The lowest score with which an order waits here: that of an order that comes at once after its hold. */
export const reviewed = { orderReview: { fromScore: 25 } };

/**
 * Buys tickets at once after the hold, as a program does. At an event with these reviews the order waits. A job of the payment that
 * failed is tried again seconds later, so one drain may not be enough.
 */
export async function buyAtOnce(
  world: Pick<World, 'drain'>,
  { client }: Person,
  event: TestEvent,
  {
    quantity = 2,
    email = 'ada@example.com',
    seats,
  }: { quantity?: number; email?: string; seats?: { seatId: string }[] } = {},
): Promise<OrderId> {
  const items = [{ ticketTypeId: event.ticketTypeId, quantity }];
  const hold = await client.post(`/api/events/${event.id}/holds`, seats ? { seats } : { items });
  const buyer = { name: 'Ada Osei', email };
  const { status, body } = await client.post('/api/orders', { holdId: hold.body.id, buyer });
  if (status !== 201) throw new Error(`no order: ${JSON.stringify(body)}`);
  if (body.payment) {
    const { id, clientSecret } = body.payment;
    const card = { number: '4242424242424242' };
    await client.post(`/api/sandbox/payments/${id}/confirmation`, { clientSecret, card });
  }
  const orderId: OrderId = body.order.id;
  await vi.waitFor(
    async () => {
      await world.drain();
      const { status } = (await client.get(`/api/orders/${orderId}`)).body;
      if (status === 'pending') throw new Error(`${orderId} is not paid yet`);
    },
    { timeout: 20_000, interval: 200 },
  );
  return orderId;
}
