import type { Answer } from '../../../testing/client.ts';
import type { Person, TestEvent, World } from '../../../testing/world.ts';
import { buy } from '../../tickets/testing/buy.ts';

/* Two dates of one run, and tickets that are exchanged between them. */
export interface Dates {
  run: string;
  friday: TestEvent;
  saturday: TestEvent;
}

export interface Owned {
  buyer: Person;
  email: string;
  orderId: string;
  ticket: { id: string; code: string };
  others: { id: string; code: string }[];
}

let runs = 0;
/** A name that no other run has. */
export const newRun = () => `Run ${++runs}`;

const typeNamed = (event: TestEvent, name: string) =>
  event.ticketTypes.find((type) => type.name === name)?.id;

export function datesOf(world: World) {
  /** Two dates of one run: 25 euros for Friday, and 25, 60 or 10 for Saturday. */
  async function dates(
    fields: object = {},
    { friday = {}, saturday = {} }: { friday?: object; saturday?: object } = {},
  ): Promise<Dates> {
    const run = newRun();
    const all = {
      run,
      maxPerBuyer: 4,
      exchanges: { allowed: true },
      pools: [
        { key: 'floor', name: 'Floor', capacity: 10 },
        { key: 'circle', name: 'Circle', capacity: 10 },
      ],
      ticketTypes: [
        { name: 'Regular', priceMinor: 2500, pools: ['floor'] },
        { name: 'Circle', priceMinor: 6000, pools: ['circle'] },
        { name: 'Student', priceMinor: 1000, pools: ['floor'] },
      ],
      ...fields,
    };
    return {
      run,
      friday: await world.event({ fields: { ...all, ...friday } }),
      saturday: await world.event({ fields: { ...all, ...saturday } }),
    };
  }
  async function own(event: TestEvent, quantity = 1): Promise<Owned> {
    const buyer = await world.guest();
    const email = `${buyer.userId.toLowerCase()}@example.com`;
    const bought = await buy(world, buyer, event, { quantity, buyer: { name: 'Ada Osei', email } });
    const [ticket, ...others] = bought.tickets;
    return { buyer, email, orderId: bought.orderId, ticket: ticket!, others };
  }
  const exchange = (
    { buyer, ticket }: Pick<Owned, 'buyer' | 'ticket'>,
    to: TestEvent,
    name = 'Regular',
    { by = buyer, key }: { by?: Person; key?: string } = {},
  ): Promise<Answer> =>
    by.client.post(
      `/api/tickets/${ticket.id}/exchanges`,
      { eventId: to.id, ticketTypeId: typeNamed(to, name) },
      key === undefined ? {} : { 'idempotency-key': key },
    );
  async function pay({ payment }: { payment: { id: string; clientSecret: string } }): Promise<void> {
    const card = { clientSecret: payment.clientSecret, card: { number: '4242424242424242' } };
    await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, card);
    await world.drain();
  }
  const orderOf = async ({ buyer }: Pick<Owned, 'buyer'>, id: string) =>
    (await buyer.client.get(`/api/orders/${id}`)).body;
  const ticketOf = async ({ buyer }: Pick<Owned, 'buyer'>, id: string) =>
    (await buyer.client.get(`/api/tickets/${id}`)).body;
  async function free(event: TestEvent): Promise<number[]> {
    const { ticketTypes } = (await world.client().get(`/api/events/${event.id}/availability`)).body;
    return ['Regular', 'Circle'].map(
      (name) => ticketTypes.find(({ id }: { id: string }) => id === typeNamed(event, name))?.available,
    );
  }
  const call = (event: TestEvent, refund: 'full' | 'none' = 'full') =>
    event.organiser.client.post(`/api/events/${event.id}/cancellation`, {
      reason: 'The hall has burnt down',
      refund,
    });
  return { dates, own, exchange, pay, orderOf, ticketOf, free, call };
}
