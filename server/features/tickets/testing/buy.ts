import { type OrderId, seatId, type TicketId } from '../../../../contract/ids.ts';
import type { Person, TestEvent, World } from '../../../testing/world.ts';

export interface Bought {
  orderId: OrderId;
  number: string;
  tickets: { id: TicketId; code: string }[];
}

interface Purchase {
  quantity?: number;
  /** Numbered seats, by their index; without them the best available ones. */
  seats?: number[];
  /** A hold that is open already. */
  holdId?: string;
  attendees?: string[];
  buyer?: { name: string; email: string };
  /** The number of a test card. */
  card?: string;
  /** The browser's Accept-Language. */
  languages?: string;
}

/** Buys places as a browser does: hold, order, sandbox card, webhook. A free order needs no card. */
export async function buy(
  world: World,
  person: Person,
  event: TestEvent,
  purchase: Purchase = {},
): Promise<Bought> {
  const quantity = purchase.quantity ?? 1;
  const wanted = { ticketTypeId: event.ticketTypeId, quantity };
  const seated = event.ticketTypes[0]?.zone != null;
  const chosen = purchase.seats?.map((index) => ({ seatId: seatId(event.id, index) }));
  const body = chosen ? { seats: chosen } : seated ? { bestAvailable: wanted } : { items: [wanted] };
  const hold = purchase.holdId
    ? { id: purchase.holdId }
    : await must(person.client.post(`/api/events/${event.id}/holds`, body), 201);
  const { order, payment } = await must(
    person.client.post(
      '/api/orders',
      {
        holdId: hold.id,
        buyer: purchase.buyer ?? { name: 'Ada Osei', email: 'ada@example.com' },
        ...(purchase.attendees && { attendees: purchase.attendees.map((name) => ({ name })) }),
      },
      purchase.languages === undefined ? {} : { 'accept-language': purchase.languages },
    ),
    201,
  );
  if (payment) {
    const card = {
      clientSecret: payment.clientSecret,
      card: { number: purchase.card ?? '4242424242424242' },
    };
    await must(person.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, card), 200);
  }
  await world.drain();
  const confirmed = await must(person.client.get(`/api/orders/${order.id}`), 200);
  if (confirmed.status !== 'confirmed') throw new Error(`the order is ${confirmed.status}`);
  const ids: TicketId[] = confirmed.tickets.map((ticket: { id: TicketId }) => ticket.id);
  const tickets = await Promise.all(ids.map((id) => must(person.client.get(`/api/tickets/${id}`), 200)));
  return {
    orderId: order.id,
    number: confirmed.number,
    tickets: tickets.map(({ id, code }) => ({ id, code })),
  };
}

async function must(answer: ReturnType<Person['client']['get']>, status: number) {
  const { status: got, body } = await answer;
  if (got !== status) throw new Error(`expected ${status}, got ${got}: ${JSON.stringify(body)}`);
  return body;
}
