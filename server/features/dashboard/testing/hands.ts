import fc from 'fast-check';
import { expect } from 'vitest';
import type { Order } from '../../../../contract/orders.ts';
import type { Client } from '../../../testing/client.ts';
import { cards } from '../../payments/testing/purchase.ts';
import type { Stage } from '../../purchases/testing/after-sale.ts';
import { said } from '../../purchases/testing/issued-steps.ts';

/* Steps between those of after-sale.ts: tickets are exchanged and passed on. */

/** A ticket type of the same floor that is dearer than the regular one, and one that is cheaper. */
export const otherTypes = [
  { name: 'Regular', priceMinor: 333, pools: ['floor'] },
  { name: 'Dear', priceMinor: 555, pools: ['floor'] },
  { name: 'Cheap', priceMinor: 111, pools: ['floor'] },
];

type Hand = { order: number; ticket: number } & (
  | { do: 'exchange'; type: number; byTeam: boolean; pays: boolean }
  | { do: 'passOn'; accepts: boolean }
  | { do: 'refund' }
);

const place = { order: fc.nat({ max: 5 }), ticket: fc.nat({ max: 3 }) };
export const hands: fc.Arbitrary<Hand> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ...place,
      do: fc.constant('exchange' as const),
      type: fc.nat({ max: 2 }),
      byTeam: fc.boolean(),
      pays: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ ...place, do: fc.constant('passOn' as const), accepts: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ ...place, do: fc.constant('refund' as const) }) },
);

/** An order as its buyer or its holder reads it. */
interface Held {
  client: Client;
  orderId: string;
}

/** Plays a step, and returns the order of an exchange. */
export async function playHand(stage: Stage, exchanged: Held[], hand: Hand): Promise<Held | null> {
  const { world, event } = stage;
  const all: Held[] = [
    ...stage.orders.map(({ buyer, orderId }) => ({ client: buyer.client, orderId })),
    ...exchanged,
  ];
  const of = all[hand.order % Math.max(1, all.length)];
  if (!of) return null;
  const order: Order = (await of.client.get(`/api/orders/${of.orderId}`)).body;
  const ticket = order.tickets[hand.ticket % Math.max(1, order.tickets.length)];
  if (!ticket) return null;
  if (hand.do === 'refund') {
    const path = `/api/orders/${of.orderId}/refunds`;
    const answer = await event.organiser.client.post(path, { reason: 'Ill', tickets: [ticket.id] });
    expect(said(answer)).toMatch(/^(201 |409 )/);
    await world.drain();
    return null;
  }
  if (hand.do === 'passOn') {
    const email = `friend-${stage.next()}-${event.id.slice(-6).toLowerCase()}@example.com`;
    const answer = await of.client.post(`/api/tickets/${ticket.id}/transfers`, { email });
    expect(answer.status).toBeLessThan(500);
    if (answer.status !== 201 || !hand.accepts) return null;
    const secret = world.app.transferLinks.secretOf(answer.body.id);
    const friend = await world.guest();
    const accepted = await friend.client.post(`/api/transfers/${answer.body.id}/acceptance`, {
      secret,
      name: 'Bo',
    });
    expect(said(accepted)).toMatch(/^(200 |201 |409 )/);
    await world.drain();
    return null;
  }
  const client = hand.byTeam ? event.organiser.client : of.client;
  const ticketTypeId = event.ticketTypes[hand.type]?.id;
  const answer = await client.post(`/api/tickets/${ticket.id}/exchanges`, { ticketTypeId });
  expect(answer.status).toBeLessThan(500);
  if (answer.status !== 201) return null;
  const { order: next, payment } = answer.body;
  if (payment && hand.pays)
    await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, {
      clientSecret: payment.clientSecret,
      card: { number: cards.success },
    });
  await world.drain();
  // The team reads an order of its event too.
  return { client: hand.byTeam ? event.organiser.client : of.client, orderId: next.id };
}
