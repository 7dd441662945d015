import type { Answer } from '../../../testing/client.ts';
import type { Person, TestEvent, World } from '../../../testing/world.ts';
import { buy } from '../../tickets/testing/buy.ts';

/** One floor with so many places at 25 euros. Tickets may be resold, and nothing is kept. */
export const resellable = (world: World, fields: object = {}, capacity = 1) =>
  world.event({
    fields: {
      pools: [{ key: 'floor', name: 'Floor', capacity }],
      ticketTypes: [{ name: 'Regular', priceMinor: 2500, pools: ['floor'] }],
      resale: { allowed: true },
      ...fields,
    },
  });

export interface Owned {
  buyer: Person;
  event: TestEvent;
  orderId: string;
  ticket: { id: string; code: string };
  tickets: { id: string; code: string }[];
  email: string;
}

/** Somebody who has bought tickets. */
export async function own(
  world: World,
  event: TestEvent,
  { quantity = 1, buyer, card }: { quantity?: number; buyer?: Person; card?: string } = {},
): Promise<Owned> {
  const person = buyer ?? (await world.guest());
  const email = `${person.userId.toLowerCase()}@example.com`;
  const { orderId, tickets } = await buy(world, person, event, {
    quantity,
    buyer: { name: 'Ada Osei', email },
    ...(card && { card }),
  });
  return { buyer: person, event, orderId, ticket: tickets[0]!, tickets, email };
}

export const resell = (
  { buyer, ticket }: Owned,
  { ticketId = ticket.id, key }: { ticketId?: string; key?: string } = {},
): Promise<Answer> =>
  buyer.client.post(
    `/api/tickets/${ticketId}/resale`,
    undefined,
    key === undefined ? {} : { 'idempotency-key': key },
  );
export const withdraw = ({ buyer, ticket }: Owned): Promise<Answer> =>
  buyer.client.delete(`/api/tickets/${ticket.id}/resale`);

export const join = async (person: Person, event: TestEvent, quantity = 1): Promise<Answer> =>
  person.client.post(`/api/events/${event.id}/waitlist`, {
    ticketTypeId: event.ticketTypeId,
    quantity,
    email: `${person.userId.toLowerCase()}@example.com`,
  });
/** The newest entry of a person in the waitlist of an event. */
export const entryOf = async (person: Person, event: TestEvent) =>
  (await person.client.get(`/api/events/${event.id}/waitlist/mine`)).body.items[0];

/** A ticket on resale that ann may buy now, and bob after her. */
export async function reserved(
  world: World,
  { fields, card }: { fields?: object; card?: string } = {},
): Promise<{ event: TestEvent; seller: Owned; ann: Person; bob: Person }> {
  const event = await resellable(world, fields);
  const seller = await own(world, event, { ...(card && { card }) });
  const [ann, bob] = [await world.guest(), await world.guest()];
  await join(ann, event);
  await join(bob, event);
  await resell(seller);
  if ((await entryOf(ann, event)).status !== 'offered') throw new Error('ann is offered nothing');
  return { event, seller, ann, bob };
}

/** Orders what a person is offered. */
export async function orderOffer(person: Person, event: TestEvent): Promise<Answer> {
  const { offer } = await entryOf(person, event);
  return orderHold(person, offer.holdId);
}
export const orderHold = (person: Person, holdId: string): Promise<Answer> =>
  person.client.post('/api/orders', {
    holdId,
    buyer: { name: 'Grace Hopper', email: `${person.userId.toLowerCase()}@example.com` },
  });

export async function pay(world: World, ordered: Answer, number = '4242424242424242'): Promise<Answer> {
  const { payment } = ordered.body;
  const card = { clientSecret: payment.clientSecret, card: { number } };
  const paid = await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, card);
  await world.drain();
  return paid;
}

/** Orders and pays what a person is offered. Returns their order. */
export async function accept(world: World, person: Person, event: TestEvent): Promise<Answer['body']> {
  const ordered = await orderOffer(person, event);
  if (ordered.status !== 201) throw new Error(`not ordered: ${JSON.stringify(ordered.body)}`);
  if (ordered.body.payment) await pay(world, ordered);
  return (await person.client.get(`/api/orders/${ordered.body.order.id}`)).body;
}

export const orderOf = async (person: Person, orderId: string) =>
  (await person.client.get(`/api/orders/${orderId}`)).body;
export const ticketOf = async (person: Person, ticketId: string) =>
  (await person.client.get(`/api/tickets/${ticketId}`)).body;
