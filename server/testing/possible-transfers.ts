import type { TransferId } from '../../contract/ids.ts';
import { buy } from '../features/tickets/testing/buy.ts';
import type { Cast } from './cast.ts';
import type { Person, World } from './world.ts';

/* Tickets in each state of changing hands. */
interface Stage {
  world: World;
  cast: Cast;
  person: Person | null;
}
type Bought<S> = (stage: S, by?: Person) => Promise<{ orderId: string; ticketId: string }>;

/** Fields of an event whose tickets can be exchanged: for a ticket type of the same price, and for a dearer one. */
export const exchangeable = {
  exchanges: { allowed: true },
  resale: { allowed: true },
  pools: [{ key: 'floor', name: 'Floor', capacity: 5000 }],
  ticketTypes: [
    ...['Floor', 'Rail'].map((name) => ({ name, priceMinor: 2500, pools: ['floor'] })),
    { name: 'Box', priceMinor: 4000, pools: ['floor'] },
  ],
};

const otherType = `
  select ticket_types.id from tickets
    join ticket_types on ticket_types.event_id = tickets.event_id and ticket_types.id <> tickets.ticket_type_id
  where tickets.id = $1 and (ticket_types.name = 'Box') = $2 limit 1`;

let addresses = 0;
const freshAddress = () => `friend-${++addresses}@possible.example`;

/** Requests about transfers. `paidOrder` buys a ticket for the cast's holder, or for another person. */
export function transferPreparations<S extends Stage>(paidOrder: Bought<S>) {
  const ticket = async (stage: S) => ({ params: { ticketId: (await paidOrder(stage)).ticketId } });
  /** A ticket that a person offers, with the secret of its mail. */
  const offered = async (stage: S, by: Person) => {
    const { ticketId } = await paidOrder(stage, by);
    const started = await by.client.post(`/api/tickets/${ticketId}/transfers`, { email: freshAddress() });
    if (started.status !== 201) throw new Error(`not offered: ${JSON.stringify(started.body)}`);
    const transferId: TransferId = started.body.id;
    return { params: { transferId }, secret: stage.world.app.transferLinks.secretOf(transferId) };
  };
  /** A ticket of the cast's holder for an event whose codes turn. */
  const turning = async ({ world, cast }: S) => {
    const event = await world.event({ priceMinor: 0, fields: { ticketCodes: 'rotating-or-paper' } });
    const { tickets } = await buy(world, cast.people.holder, event);
    return { params: { ticketId: tickets[0]?.id as string } };
  };
  const bySecret = async (stage: S) => {
    const { params, secret } = await offered(stage, await stage.world.guest());
    return { params, body: { secret } };
  };
  /** The order of an exchange that the team has made and asks the holder to pay. */
  const askedExchange = async (stage: S) => {
    const { ticketId } = await paidOrder(stage);
    const { db } = stage.world.app;
    const [row] = await db.query<{ id: string }>(otherType, [ticketId, true]);
    const asked = await stage.cast.people.manager.client.post(`/api/tickets/${ticketId}/exchanges`, {
      ticketTypeId: row?.id,
      askHolder: { withinHours: 48 },
    });
    if (asked.status !== 201) throw new Error(`not asked: ${JSON.stringify(asked.body)}`);
    return { params: { orderId: asked.body.order.id } };
  };
  return {
    startTransfer: async (stage: S) => ({ ...(await ticket(stage)), body: { email: freshAddress() } }),
    startOrderTransfer: async (stage: S) => ({
      params: { orderId: (await paidOrder(stage)).orderId },
      body: { email: freshAddress() },
    }),
    withdrawTransfer: async (stage: S) => ({
      params: (await offered(stage, stage.cast.people.holder)).params,
    }),
    readTransfer: bySecret,
    declineTransfer: bySecret,
    acceptTransfer: async (stage: S) => {
      const { params, body } = await bySecret(stage);
      return { params, body: { ...body, name: 'Grace Hopper' } };
    },
    openTransfer: async (stage: S) => {
      const { params, body } = await bySecret(stage);
      const first = await stage.world.guest();
      await first.client.post(`/api/transfers/${params.transferId}/acceptance`, { ...body, name: 'Grace' });
      return { params, body };
    },
    renameAttendee: ticket,
    exchangeTicket: async (stage: S) => {
      const { params } = await ticket(stage);
      const [row] = await stage.world.app.db.query<{ id: string }>(otherType, [params.ticketId, false]);
      return { params, body: { ticketTypeId: row?.id } };
    },
    openOrderPayment: askedExchange,
    withdrawExchange: askedExchange,
    quoteExchange: ticket,
    quoteResale: ticket,
    openWallet: async (stage: S) => ({ ...(await turning(stage)), body: {} }),
    askForPaper: turning,
    offerResale: ticket,
    withdrawResale: ticket,
    quoteReturn: ticket,
    returnTicket: async (stage: S) => ({ ...(await ticket(stage)), body: {} }),
  };
}
