import type { Cast } from './cast.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

/** For possible.ts: what the operations on blocked and complimentary places need. */
export const blockPreparations = {
  blockPlaces: async ({ world, cast }: Stage) => {
    const event = await world.event({ organiser: cast.house });
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
    return { params: { eventId: event.id as string }, body: { label: 'House seats', items } };
  },
  issueComplimentaryTickets: async ({ world, cast }: Stage) => {
    const event = await world.event({ organiser: cast.house });
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
    const recipient = { name: 'Ada Osei', email: 'ada@example.com' };
    return { params: { eventId: event.id as string }, body: { recipient, items } };
  },
  sellAtDoor: async ({ world, cast }: Stage) => {
    const event = await world.event({ organiser: cast.house, priceMinor: 1500 });
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
    const payment = { method: 'cash', amount: { amount: 3000, currency: 'EUR' } };
    return { params: { eventId: event.id as string }, body: { items, payment } };
  },
  getDoorSaleTickets: async (stage: Stage) => {
    const { eventId, orderId } = await soldAtDoor(stage);
    return { params: { eventId, orderId } };
  },
  handOverRefund: async (stage: Stage) => {
    const { orderId } = await soldAtDoor(stage);
    const refunded = await stage.cast.house.client.post(`/api/orders/${orderId}/refunds`, { reason: 'Ill' });
    return { params: { orderId, refundId: refunded.body.refund.id as string } };
  },
  releaseBlock: async (stage: Stage) => {
    const { params, body } = await blockPreparations.blockPlaces(stage);
    const made = await stage.cast.house.client.post(`/api/events/${params.eventId}/blocks`, body);
    if (made.status !== 201) throw new Error(`not blocked: ${JSON.stringify(made.body)}`);
    return { params: { ...params, blockId: made.body.id as string } };
  },
};

async function soldAtDoor(stage: Stage): Promise<{ eventId: string; orderId: string }> {
  const { params, body } = await blockPreparations.sellAtDoor(stage);
  const sold = await stage.cast.house.client.post(`/api/events/${params.eventId}/door-sales`, body);
  if (sold.status !== 201) throw new Error(`not sold: ${JSON.stringify(sold.body)}`);
  return { eventId: params.eventId, orderId: sold.body.order.id };
}
