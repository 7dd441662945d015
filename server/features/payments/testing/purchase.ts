import type { EventId, HoldId, OrderId, PaymentId } from '../../../../contract/ids.ts';
import type { Answer } from '../../../testing/client.ts';
import type { Person, TestEvent, World } from '../../../testing/world.ts';

export const cards = {
  success: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  threeDSecure: '4000 0025 0000 3155',
  twice: '4000 0000 0000 3220',
  late: '4000 0000 0000 0259',
  blocked: '4100 0000 0000 0019',
};

/** A guest's order, placed and not yet paid. */
export interface Purchase {
  buyer: Person;
  event: TestEvent;
  eventId: EventId;
  holdId: HoldId;
  orderId: OrderId;
  paymentId: PaymentId;
  clientSecret: string;
  checkoutUrl: string | null;
  /** What the payment is for: the price of the order, less what gift cards pay of it. */
  totalMinor: number;
  pay(card: string): Promise<Answer>;
  /** The order as its buyer sees it now. */
  order(): Promise<Answer['body']>;
}

export async function purchase(
  world: World,
  event: TestEvent,
  options: { quantity?: number; returnUrl?: string; promoCode?: string; giftCards?: string[] } = {},
): Promise<Purchase> {
  const buyer = await world.guest();
  const { quantity = 1, returnUrl, promoCode, giftCards } = options;
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity }],
  });
  if (held.status !== 201) throw new Error(`not held: ${JSON.stringify(held.body)}`);
  if (promoCode !== undefined) {
    const redeemed = await buyer.client.put(`/api/holds/${held.body.id}/promo-code`, { code: promoCode });
    if (redeemed.status !== 200) throw new Error(`not redeemed: ${JSON.stringify(redeemed.body)}`);
  }
  const placed = await buyer.client.post('/api/orders', {
    holdId: held.body.id,
    // Each buyer has their own mailbox, because the number of orders per mailbox and event is limited.
    buyer: { name: 'Ada Osei', email: `${buyer.userId.toLowerCase()}@example.com` },
    ...(returnUrl !== undefined && { returnUrl }),
    ...(giftCards && { giftCards }),
  });
  if (placed.status !== 201) throw new Error(`not placed: ${JSON.stringify(placed.body)}`);
  const { order, payment } = placed.body;
  return {
    buyer,
    event,
    eventId: event.id,
    holdId: held.body.id,
    orderId: order.id,
    // Gift cards may have paid everything.
    paymentId: payment?.id ?? null,
    clientSecret: payment?.clientSecret ?? '',
    checkoutUrl: payment?.checkoutUrl ?? null,
    totalMinor: order.total.amount - order.giftCardAmount.amount,
    pay: (number) =>
      world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, {
        clientSecret: payment.clientSecret,
        card: { number },
      }),
    order: async () => (await buyer.client.get(`/api/orders/${order.id}`)).body,
  };
}
