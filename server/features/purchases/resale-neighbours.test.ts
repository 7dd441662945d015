import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, testPassword, type World } from '../../testing/world.ts';
import { endResales } from '../inventory/end-resales.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { lettersTo, scan } from '../transfers/testing/offer.ts';
import {
  accept,
  entryOf,
  join,
  type Owned,
  orderOf,
  orderOffer,
  own,
  pay,
  resell,
  resellable,
  reserved,
  ticketOf,
} from './testing/resale.ts';

/* A ticket on resale when something else happens to its money, its event or its holder. Over HTTP. */
let world: World;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20', LOG_LEVEL: 'silent' });
  // Ahead of the database's clock, so that no bank acts before a test says so.
  world.clock.advance(hours(1));
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const cards = { lost: '4000000000002685', won: '4000000000002693' };
/** Moves the clock and lets the bank of a test card act. */
async function pass(seconds: number): Promise<void> {
  world.clock.advance(seconds * 1000);
  await world.drain();
}
const subjectsTo = async (email: string) => (await lettersTo(world, email)).map(({ subject }) => subject);
const resalesOf = async ({ event, orderId }: Owned) =>
  (await event.organiser.client.get(`/api/orders/${orderId}/resales`)).body.items;
const availableOf = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;

async function waiting(event: TestEvent): Promise<Person> {
  const person = await world.guest();
  expect((await join(person, event)).status).toBe(201);
  return person;
}

describe("a dispute of the seller's payment", () => {
  test('ends the offer, and a payment for the ticket goes back once', async () => {
    const { event, seller, ann } = await reserved(world, { card: cards.won });
    const ordered = await orderOffer(ann, event);
    await pass(5);
    expect(await resalesOf(seller)).toMatchObject([{ status: 'ended', endedBecause: 'disputed' }]);
    expect(await subjectsTo(seller.email)).toContain('Not resold: Night Shift');
    await pay(world, ordered);
    expect(await orderOf(ann, ordered.body.order.id)).toMatchObject({ status: 'cancelled', tickets: [] });
    expect(await entryOf(ann, event)).toMatchObject({ status: 'waiting', position: 1 });
    expect((await resell(seller)).body.code).toBe('order_disputed');
    // The bank decides for the organiser, so the money is there again, and the ticket can be offered again.
    await pass(60);
    expect((await resell(seller)).status).toBe(201);
    expect(await accept(world, ann, event)).toMatchObject({ status: 'confirmed' });
    expect((await orderOf(seller.buyer, seller.orderId)).refunded.amount).toBe(2500);
  });

  test('ends the offer also if the job must find it', async () => {
    const { event, seller, ann } = await reserved(world);
    const disputed = (minor: number) =>
      world.app.db.run('update orders set disputed_minor = $2 where id = $1', [seller.orderId, minor]);
    const ordered = await orderOffer(ann, event);
    await disputed(2500);
    // The payment comes first. It buys nothing, because the ledger looks at the seller's money again.
    await pay(world, ordered);
    expect(await orderOf(ann, ordered.body.order.id)).toMatchObject({ tickets: [] });
    expect((await ticketOf(seller.buyer, seller.ticket.id)).status).toBe('valid');
    await endResales(world.app);
    expect(await resalesOf(seller)).toMatchObject([{ status: 'ended', endedBecause: 'disputed' }]);
    expect((await entryOf(ann, event)).status).toBe('waiting');
    await disputed(0);
  });

  test('after the ticket was sold takes nothing from the buyer', async () => {
    const { event, seller, ann } = await reserved(world, { card: cards.lost });
    const bought = await accept(world, ann, event);
    expect((await orderOf(seller.buyer, seller.orderId)).refunded.amount).toBe(2500);
    await pass(5);
    await pass(60);
    expect(await ticketOf(ann, bought.tickets[0].id)).toMatchObject({ status: 'valid' });
    expect(await orderOf(ann, bought.id)).toMatchObject({ status: 'confirmed', refunded: { amount: 0 } });
    expect(await availableOf(event)).toBe(0);
  });

  test('of an order before an exchange ends the offer too', async () => {
    const event = await exchangeable();
    const seller = await own(world, event, { card: cards.won });
    const swapped = await exchanged(seller);
    expect((await resell(swapped)).status).toBe(201);
    await pass(5);
    expect(await resalesOf(swapped)).toMatchObject([{ status: 'ended', endedBecause: 'disputed' }]);
    await pass(60);
  });
});

/** One floor, with a dearer ticket type that a ticket can be exchanged for. */
const exchangeable = () =>
  resellable(world, {
    ticketTypes: [
      { name: 'Regular', priceMinor: 2500, pools: ['floor'] },
      { name: 'Circle', priceMinor: 6000, pools: ['floor'] },
    ],
    exchanges: { allowed: true },
  });

async function exchanged(seller: Owned): Promise<Owned> {
  const { buyer, event, ticket } = seller;
  const circle = event.ticketTypes.find(({ name }) => name === 'Circle');
  const asked = await buyer.client.post(`/api/tickets/${ticket.id}/exchanges`, { ticketTypeId: circle?.id });
  expect(asked.status).toBe(201);
  await pay(world, asked);
  const order = await orderOf(buyer, asked.body.order.id);
  return { ...seller, orderId: order.id, ticket: order.tickets[0], tickets: order.tickets };
}

test('a ticket that came by an exchange costs both payments, and both go back', async () => {
  const event = await exchangeable();
  const seller = await own(world, event);
  const swapped = await exchanged(seller);
  const ann = await world.guest();
  const circle = event.ticketTypes.find(({ name }) => name === 'Circle');
  await ann.client.post(`/api/events/${event.id}/waitlist`, {
    ticketTypeId: circle?.id,
    quantity: 1,
    email: 'ann@example.com',
  });
  expect((await resell(swapped)).body).toMatchObject({ price: { amount: 6000 }, back: { amount: 6000 } });
  expect(await accept(world, ann, event)).toMatchObject({ status: 'confirmed', total: { amount: 6000 } });
  expect((await orderOf(seller.buyer, swapped.orderId)).refunded.amount).toBe(3500);
  expect((await orderOf(seller.buyer, seller.orderId)).refunded.amount).toBe(2500);
});

describe('meanwhile the event', () => {
  const inDays = (count: number) => new Date(world.clock.now().getTime() + days(count)).toISOString();

  test('is moved: the deadline moves with it', async () => {
    const event = await resellable(world, { startsAt: inDays(10), endsAt: inDays(11) });
    const seller = await own(world, event);
    await resell(seller);
    await change(event, { startsAt: inDays(20), endsAt: inDays(21) });
    world.clock.advance(days(12));
    await endResales(world.app);
    const { resale } = await ticketOf(seller.buyer, seller.ticket.id);
    expect(resale).toMatchObject({ status: 'offered' });
    const ann = await waiting(event);
    await world.drain();
    expect(await accept(world, ann, event)).toMatchObject({ status: 'confirmed' });
  });

  test('is taken off sale: nobody is offered the ticket until it is back', async () => {
    const event = await resellable(world);
    const seller = await own(world, event);
    const ann = await waiting(event);
    await publish(event, 'delete');
    expect((await resell(seller)).status).toBe(201);
    await world.drain();
    expect((await entryOf(ann, event)).status).toBe('waiting');
    await publish(event, 'post');
    await sweepHolds(world.app);
    await world.drain();
    expect((await entryOf(ann, event)).status).toBe('offered');
  });

  test('no longer allows resale: the offer ends, who may buy keeps their time, and the seller hears of it', async () => {
    const { event, seller, ann } = await reserved(world);
    await change(event, { resale: { allowed: false } });
    await endResales(world.app);
    expect((await ticketOf(seller.buyer, seller.ticket.id)).resale).toMatchObject({ status: 'reserved' });
    await ann.client.delete(`/api/waitlist-entries/${(await entryOf(ann, event)).id}`);
    await endResales(world.app);
    expect(await resalesOf(seller)).toMatchObject([{ status: 'ended', endedBecause: 'off' }]);
    expect(await subjectsTo(seller.email)).toContain('Not resold: Night Shift');
  });

  test('is cancelled while somebody pays: the payment goes back, and the seller gets the refund of the event', async () => {
    const fields = { resale: { allowed: true, feePercent: 50 } };
    const { event, seller, ann } = await reserved(world, { fields });
    const ordered = await orderOffer(ann, event);
    const reason = { reason: 'The hall has burnt down', refund: 'full' };
    const called = await event.organiser.client.post(`/api/events/${event.id}/cancellation`, reason);
    expect(called.status).toBe(202);
    await world.drain();
    await pay(world, ordered);
    expect(await orderOf(ann, ordered.body.order.id)).toMatchObject({ tickets: [] });
    expect((await orderOf(seller.buyer, seller.orderId)).refunded.amount).toBe(2500);
    expect(await resalesOf(seller)).toMatchObject([{ status: 'ended', endedBecause: 'cancelled' }]);
    expect((await entryOf(ann, event)).status).toBe('ended');
    const toAnn = await lettersTo(world, `${ann.userId.toLowerCase()}@example.com`);
    const told = toAnn.filter(({ subject }) => subject === 'Event cancelled: Night Shift');
    expect(told.map(({ text }) => text.includes('You owe nothing'))).toEqual([true]);
    // One mail tells the seller. The offer's end is not another one.
    const subjects = await subjectsTo(seller.email);
    expect(subjects).toContain('Event cancelled: Night Shift');
    expect(subjects.filter((each) => each.startsWith('Not resold'))).toEqual([]);
  });

  const versionOf = async ({ organiser, id }: TestEvent) => {
    const { version } = (await organiser.client.get(`/api/events/${id}/management`)).body;
    return { 'if-match': `"${version}"` };
  };
  async function change(event: TestEvent, fields: object): Promise<void> {
    const { client } = event.organiser;
    const changed = await client.patch(`/api/events/${event.id}`, fields, await versionOf(event));
    expect([changed.status, changed.body.code]).toEqual([200, undefined]);
  }
  async function publish(event: TestEvent, how: 'post' | 'delete'): Promise<void> {
    const { client } = event.organiser;
    const path = `/api/events/${event.id}/publication`;
    const headers = await versionOf(event);
    const answer = await (how === 'post'
      ? client.post(path, undefined, headers)
      : client.delete(path, headers));
    expect([answer.status, answer.body?.code]).toEqual([200, undefined]);
  }
});

describe('the account of the seller', () => {
  test('has the offers in its export, and nobody is offered their own ticket after a guest signs in', async () => {
    const event = await resellable(world);
    const guest = await world.guest();
    const seller = await own(world, event, { buyer: guest });
    expect((await resell(seller)).status).toBe(201);
    const account = { ...guest, email: 'sells@example.com' };
    const person = { name: 'Ada', email: account.email, password: testPassword };
    expect((await guest.client.post('/api/auth/sign-up/email', person)).status).toBe(200);
    await world.drain();
    const exported = await account.client.get('/api/me/export');
    expect(exported.body.resales).toMatchObject([
      { ticketId: seller.ticket.id, status: 'offered', price: { amount: 2500 } },
    ]);
    await join(account, event);
    await world.drain();
    expect((await entryOf(account, event)).status).toBe('waiting');
  });

  test('is deleted: the offer stays, the buyer gets the ticket, and the money goes back', async () => {
    const event = await resellable(world);
    const person = await world.user();
    const seller = await own(world, event, { buyer: person });
    await resell(seller);
    const deletion = { password: testPassword, ticketsLeaveMe: true };
    expect((await person.client.post('/api/me/deletion', deletion)).status).toBe(204);
    const ann = await waiting(event);
    await world.drain();
    const bought = await accept(world, ann, event);
    expect(bought.status).toBe('confirmed');
    const history = await event.organiser.client.get(`/api/orders/${seller.orderId}/history`);
    const resales = history.body.items.filter(({ kind }: { kind: string }) => kind === 'resale');
    expect(resales).toMatchObject([
      { kind: 'resale', ticketId: seller.ticket.id, resale: { status: 'sold', toOrderId: bought.id } },
    ]);
    expect((await scan(event, seller.ticket.code)).body.code).toBe('ticket_cancelled');
    const { items } = (await event.organiser.client.get(`/api/orders/${seller.orderId}/refunds`)).body;
    expect(items).toMatchObject([{ amount: { amount: 2500 } }]);
    expect(await subjectsTo(seller.email)).toContain('Ticket resold: Night Shift');
  });
});
