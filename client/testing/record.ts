import type { World } from '../../server/testing/world.ts';
import { type Client, type ClientOptions, createClient } from '../client.ts';
import type { Fetch, Sent } from '../platform.ts';

export const reach: Fetch = (address, request) => fetch(address, request);

/**
 * Makes a client that records what it sends. Its first requests meet the obstacles of `way`, one each; later ones go
 * through.
 */
export function record(
  { url }: Pick<World, 'url'>,
  { way = [], ...options }: Partial<ClientOptions> & { way?: Fetch[] } = {},
) {
  const sent: Sent[] = [];
  const admit = createClient({
    baseUrl: url,
    fetch(address, request) {
      sent.push(request);
      return (way.shift() ?? reach)(address, request);
    },
    ...options,
  });
  return { admit, sent };
}

/** Holds places, orders them with `orderer` and pays, and waits until that has taken effect. */
export async function buyWith(
  { admit, orderer = admit }: { admit: Client; orderer?: Client },
  world: World,
  event: Awaited<ReturnType<World['event']>>,
  quantity = 1,
) {
  const hold = await admit.placeHold({
    params: { eventId: event.id },
    body: { items: [{ ticketTypeId: event.ticketTypeId, quantity }] },
  });
  const { order, payment } = await orderer.placeOrder({
    body: { holdId: hold.id, buyer: { name: 'Ada Osei', email: 'ada@example.com' } },
  });
  if (!payment) throw new Error('no payment');
  await admit.confirmSandboxPayment({
    params: { paymentId: payment.id },
    body: { clientSecret: payment.clientSecret, card: { number: '4242424242424242' } },
  });
  await world.drain();
  return admit.getOrder({ params: { orderId: order.id } });
}
