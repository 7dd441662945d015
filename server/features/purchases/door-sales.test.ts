import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { cards, purchase } from '../payments/testing/purchase.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const cash = (amount: number) => ({ payment: { method: 'cash', amount: eur(amount) } });
const card = (amount: number) => ({ payment: { method: 'card_terminal', amount: eur(amount) } });
const places = ({ ticketTypeId }: TestEvent, quantity: number) => ({ items: [{ ticketTypeId, quantity }] });
const sell = (event: TestEvent, body: object, headers = {}) =>
  event.organiser.client.post(`/api/events/${event.id}/door-sales`, body, headers);
const free = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;
const totals = async (event: TestEvent) =>
  (await event.organiser.client.get(`/api/events/${event.id}/door-sales/totals`)).body.items;
const recounted = (event: TestEvent) => audit(world.app.db, { eventIds: [event.id] });
const refund = async (event: TestEvent, orderId: string) =>
  (await event.organiser.client.post(`/api/orders/${orderId}/refunds`, { reason: 'Ill' })).body.refund;
const handOver = (event: TestEvent, orderId: string, refundId: string) =>
  event.organiser.client.post(`/api/orders/${orderId}/refunds/${refundId}/handing-over`);
const entries = (orderId: string) =>
  world.app.db.query<{ kind: string; debit: string; credit: string; amount_minor: number }>(
    'select kind, debit, credit, amount_minor from transfers where order_id = $1 order by created_at, id, part',
    [orderId],
  );
const fees = { bookingFee: { perTicketMinor: 100, perTicketPercent: 0, perOrderMinor: 50, tax: null } };

describe('a door sale', () => {
  test('is confirmed at once at the price of the event, and its money is in the till of the organiser', async () => {
    const event = await world.event({ capacity: 30, priceMinor: 2500, fields: fees });
    const refused = await sell(event, { ...places(event, 2), ...cash(5000) });
    expect(refused).toMatchObject({ status: 409, body: { code: 'amount_differs', total: eur(5250) } });
    expect(await free(event)).toBe(30);
    const sold = await sell(event, { ...places(event, 2), ...cash(5250) });
    expect(sold).toMatchObject({
      status: 201,
      body: { order: { status: 'confirmed', origin: 'box_office', total: eur(5250), buyer: { email: '' } } },
    });
    const { order, codes } = sold.body;
    expect(codes.map(({ ticketId }: { ticketId: string }) => ticketId)).toEqual(
      order.tickets.map(({ id }: { id: string }) => id),
    );
    expect(codes[0].svg).toMatch(/^<svg/);
    expect(await free(event)).toBe(28);
    const { organisationId } = event.organiser;
    const till = `till:${organisationId}`;
    expect(await entries(order.id)).toEqual([
      { kind: 'charge', debit: till, credit: `organiser:${organisationId}`, amount_minor: 5000 },
      { kind: 'charge', debit: till, credit: 'fee:platform', amount_minor: 250 },
    ]);
    await world.drain();
    expect(await recounted(event)).toEqual([]);
    const pdf = await event.organiser.client.get(
      `/api/events/${event.id}/door-sales/${order.id}/tickets.pdf`,
    );
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const { body: books } = await event.organiser.client.get(`/api/organisations/${organisationId}/books`);
    expect(books.accounts).toContainEqual({ type: 'till', currency: 'EUR', balance: 5250 });
  });

  test('sends no mail without an address, and the tickets with one', async () => {
    const event = await world.event({ capacity: 30, priceMinor: 1000 });
    const sent = async () => (await world.client().get('/api/mailbox')).body.items.length;
    const before = await sent();
    expect((await sell(event, { ...places(event, 1), ...cash(1000) })).status).toBe(201);
    await world.drain();
    expect(await sent()).toBe(before);
    const buyer = { name: 'Ada Osei', email: 'walk-in@example.com' };
    expect((await sell(event, { ...places(event, 1), ...cash(1000), buyer })).status).toBe(201);
    await world.drain();
    const { items } = (await world.client().get('/api/mailbox?to=walk-in%40example.com')).body;
    expect(items).toHaveLength(1);
  });

  test('with the same key is one sale, however often the request comes', async () => {
    const event = await world.event({ capacity: 10, priceMinor: 1000 });
    const body = { ...places(event, 2), ...cash(2000) };
    const all = await Promise.all([1, 2, 3].map(() => sell(event, body, { 'idempotency-key': 'till-1' })));
    expect(new Set(all.map((answer) => `${answer.status} ${answer.body.order.id}`)).size).toBe(1);
    expect(await free(event)).toBe(8);
    expect(await totals(event)).toMatchObject([{ sales: 1, taken: eur(2000) }]);
    const other = await sell(event, { ...body, ...card(2000) }, { 'idempotency-key': 'till-1' });
    expect(other.body.code).toBe('idempotency_key_reused');
    expect(await recounted(event)).toEqual([]);
  });

  test('and buyers never get the same place', async () => {
    const event = await world.event({ capacity: 20, priceMinor: 1000 });
    const hold = async () =>
      (await world.guest()).client.post(`/api/events/${event.id}/holds`, places(event, 1));
    const [sold, held] = await Promise.all([
      Promise.all(Array.from({ length: 15 }, () => sell(event, { ...places(event, 1), ...cash(1000) }))),
      Promise.all(Array.from({ length: 15 }, hold)),
    ]);
    expect([...sold, ...held].filter(({ status }) => status === 201)).toHaveLength(20);
    expect(await free(event)).toBe(0);
    expect(await recounted(event)).toEqual([]);
  });

  test('takes numbered seats, and places of a block', async () => {
    const event = await world.event({ seats: [{ zone: 'a', rows: 1, perRow: 6 }], priceMinor: 1000 });
    const seats = (...indexes: number[]) => ({
      seats: indexes.map((index) => ({ seatId: seatId(event.id, index) })),
    });
    const blocked = await event.organiser.client.post(`/api/events/${event.id}/blocks`, {
      label: 'Door',
      ...seats(0, 1),
    });
    expect(await sell(event, { ...seats(1), ...cash(1000) })).toMatchObject({
      body: { code: 'seats_taken' },
    });
    const sold = await sell(event, { ...seats(1), ...cash(1000), blockId: blocked.body.id });
    expect(sold).toMatchObject({ status: 201, body: { order: { tickets: [{ status: 'valid' }] } } });
    expect(await recounted(event)).toEqual([]);
  });

  test('may be free of charge, and then nobody pays', async () => {
    const event = await world.event({ capacity: 5, priceMinor: 0 });
    expect((await sell(event, { ...places(event, 1), ...cash(0) })).status).toBe(201);
    expect(await totals(event)).toEqual([]);
    expect(await recounted(event)).toEqual([]);
  });
});

describe('the money of a door sale', () => {
  test('goes back by hand: no provider is asked, and the team says when it was given back', async () => {
    const event = await world.event({ capacity: 5, priceMinor: 1000 });
    const { order } = (await sell(event, { ...places(event, 2), ...cash(2000) })).body;
    const open = await refund(event, order.id);
    expect(open).toMatchObject({ status: 'pending', isByHand: true, amount: eur(2000) });
    await world.drain();
    const listed = await event.organiser.client.get(`/api/orders/${order.id}/refunds`);
    expect(listed.body.items).toMatchObject([{ status: 'pending' }]);
    expect(await recounted(event)).toEqual([]);
    const [first, again] = await Promise.all([1, 2].map(() => handOver(event, order.id, open.id)));
    expect(first).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    expect(again).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    expect((await entries(order.id)).filter(({ kind }) => kind === 'refund_sent')).toMatchObject([
      { credit: `till:${event.organiser.organisationId}`, amount_minor: 2000 },
    ]);
    expect(await totals(event)).toMatchObject([{ sales: 1, taken: eur(2000), returned: eur(2000) }]);
    expect(await free(event)).toBe(5);
    await world.drain();
    expect(await recounted(event)).toEqual([]);
  });

  test('is cashed up by member, method and day of the event', async () => {
    const event = await world.event({ capacity: 9, priceMinor: 1000, fields: { timeZone: 'Asia/Tokyo' } });
    const day = (at: Date) => at.toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' });
    const first = day(world.clock.now());
    await sell(event, { ...places(event, 1), ...cash(1000) });
    await sell(event, { ...places(event, 2), ...cash(2000) });
    await sell(event, { ...places(event, 1), ...card(1000) });
    world.clock.advance(24 * 60 * 60_000);
    await sell(event, { ...places(event, 3), ...cash(3000) });
    const seller = { id: event.organiser.userId, name: expect.any(String) };
    expect(await totals(event)).toEqual([
      { day: day(world.clock.now()), seller, method: 'cash', sales: 1, taken: eur(3000), returned: eur(0) },
      { day: first, seller, method: 'card_terminal', sales: 1, taken: eur(1000), returned: eur(0) },
      { day: first, seller, method: 'cash', sales: 2, taken: eur(3000), returned: eur(0) },
    ]);
  });
});

test('tickets of other orders are not printed, and other refunds are not given back by hand', async () => {
  const event = await world.event({ capacity: 9, priceMinor: 1000 });
  const { body: given } = await event.organiser.client.post(`/api/events/${event.id}/complimentary-orders`, {
    recipient: { name: 'Ada Osei', email: 'given@example.com' },
    ...places(event, 1),
  });
  const pdf = await event.organiser.client.get(`/api/events/${event.id}/door-sales/${given.id}/tickets.pdf`);
  expect(pdf.status).toBe(404);
  const bought = await purchase(world, event, { quantity: 1 });
  await bought.pay(cards.success);
  await world.drain();
  const open = await refund(event, bought.orderId);
  expect((await handOver(event, bought.orderId, open.id)).body.code).toBe('refund_not_by_hand');
});

test('figures, searches and exports tell door sales apart', async () => {
  const event = await world.event({ capacity: 9, priceMinor: 1000 });
  const { order } = (await sell(event, { ...places(event, 2), ...card(2000) })).body;
  const { client, organisationId } = event.organiser;
  await world.drain();
  const { body } = await client.get(`/api/events/${event.id}/dashboard`);
  expect(body.byOrigin).toMatchObject([{ key: 'box_office', orders: 1, tickets: 2, gross: eur(2000) }]);
  expect(body.funnel).toMatchObject({ holds: 0, orders: 0, paid: 0 });
  const found = await client.get(
    `/api/organisations/${organisationId}/orders?event=${event.id}&origin=box_office`,
  );
  expect(found.body.items).toMatchObject([{ id: order.id }]);
  const orders = await client.get(`/api/events/${event.id}/exports/orders.json`);
  expect(orders.body).toMatchObject([{ order_id: order.id, origin: 'box_office' }]);
  const payments = await client.get(`/api/events/${event.id}/exports/payments.json`);
  expect(payments.body).toMatchObject([{ order_number: order.number, provider: 'card_terminal' }]);
});
