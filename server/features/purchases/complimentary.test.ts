import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let guests = 0;
const recipient = () => ({ name: 'Ada Osei', email: `guest-${++guests}@example.com` });
const issue = (event: TestEvent, body: object, headers = {}) =>
  event.organiser.client.post(
    `/api/events/${event.id}/complimentary-orders`,
    { recipient: recipient(), ...body },
    headers,
  );
const places = (event: TestEvent, quantity: number) => ({
  items: [{ ticketTypeId: event.ticketTypeId, quantity }],
});
const seats = (event: TestEvent, ...indexes: number[]) => ({
  seats: indexes.map((index) => ({ seatId: seatId(event.id, index) })),
});
const block = async (event: TestEvent, body: object) =>
  (await event.organiser.client.post(`/api/events/${event.id}/blocks`, { label: 'House', ...body })).body;
const blocks = async (event: TestEvent) =>
  (await event.organiser.client.get(`/api/events/${event.id}/blocks`)).body.items;
const free = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;
const holds = async (event: TestEvent, wants: object) =>
  (await world.guest()).client.post(`/api/events/${event.id}/holds`, wants);
const recounted = (event: TestEvent) => audit(world.app.db, { eventIds: [event.id] });

describe('complimentary tickets', () => {
  test('are free of charge, confirmed at once, and mailed to the recipient', async () => {
    const event = await world.event({ capacity: 30, priceMinor: 2500 });
    const to = recipient();
    const made = await issue(event, { recipient: to, ...places(event, 3), note: 'Press' });
    expect(made).toMatchObject({
      status: 201,
      body: { status: 'confirmed', origin: 'complimentary', buyer: to, total: { amount: 0 } },
    });
    expect(made.body.tickets).toHaveLength(3);
    expect(made.body.tickets[0]).toMatchObject({ status: 'valid', price: { amount: 0 } });
    expect(await free(event)).toBe(27);
    await world.drain();
    const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(to.email)}`)).body;
    expect(items).toHaveLength(1);
    const mail = (await world.client().get(`/api/mailbox/${items[0].id}`)).body;
    expect(mail.attachments[0]).toMatchObject({ name: `tickets-${made.body.number}.pdf` });
    const history = await event.organiser.client.get(`/api/orders/${made.body.id}/history`);
    expect(history.body.items.find(({ kind }: { kind: string }) => kind === 'note').note.text).toBe('Press');
    expect(await recounted(event)).toEqual([]);
  });

  test('count for no limit, and never for more than the capacity', async () => {
    const event = await world.event({ capacity: 30 });
    const to = recipient();
    expect((await issue(event, { recipient: to, ...places(event, 25) })).status).toBe(201);
    // The recipient may still buy as many as anybody.
    const buyer = await world.guest();
    const held = await buyer.client.post(`/api/events/${event.id}/holds`, places(event, 4));
    const order = await buyer.client.post('/api/orders', { holdId: held.body.id, buyer: to });
    expect(order.status).toBe(201);
    expect(await issue(event, places(event, 2))).toMatchObject({
      status: 409,
      body: { code: 'sold_out', available: 1 },
    });
    expect((await issue(event, places(event, 101))).status).toBe(400);
  });

  test('a retry with the same key issues once, another request with it is refused', async () => {
    const event = await world.event({ capacity: 10 });
    const [key, to] = [{ 'idempotency-key': 'gift-1' }, recipient()];
    const all = await Promise.all(
      [1, 2, 3].map(() => issue(event, { recipient: to, ...places(event, 2) }, key)),
    );
    expect(new Set(all.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(await free(event)).toBe(8);
    world.clock.advance(3 * 60 * 60_000);
    expect((await issue(event, { recipient: to, ...places(event, 2) }, key)).body.id).toBe(all[0]?.body.id);
    expect(await issue(event, { recipient: to, ...places(event, 3) }, key)).toMatchObject({
      body: { code: 'idempotency_key_reused' },
    });
  });

  test('and buyers never get the same place', async () => {
    const event = await world.event({ capacity: 20 });
    const [given, held] = await Promise.all([
      Promise.all(Array.from({ length: 15 }, () => issue(event, places(event, 1)))),
      Promise.all(Array.from({ length: 15 }, () => holds(event, places(event, 1)))),
    ]);
    const ok = [...given, ...held].filter(({ status }) => status === 201);
    expect(ok).toHaveLength(20);
    expect(await free(event)).toBe(0);
    expect(await recounted(event)).toEqual([]);
  });

  test('end like other tickets: the team ends them without money, and the place is free', async () => {
    const event = await world.event({ capacity: 5 });
    const { body: order } = await issue(event, places(event, 2));
    const ended = await event.organiser.client.post(`/api/orders/${order.id}/refunds`, {
      reason: 'No longer coming',
      amount: { amount: 0, currency: 'EUR' },
    });
    expect(ended.status).toBe(201);
    expect(await free(event)).toBe(5);
    expect((await event.organiser.client.get(`/api/orders/${order.id}`)).body.status).toBe('cancelled');
    expect(await recounted(event)).toEqual([]);
  });

  test('need an event that is on sale and not over', async () => {
    const event = await world.event({ capacity: 5 });
    world.clock.advance(400 * 86_400_000);
    expect(await issue(event, places(event, 1))).toMatchObject({ body: { code: 'sale_ended' } });
  });
});

describe('places of a block', () => {
  test('are issued out of it, and the block shrinks until it is empty', async () => {
    const event = await world.event({ capacity: 5 });
    const { id: blockId } = await block(event, places(event, 4));
    expect((await issue(event, { ...places(event, 3), blockId })).status).toBe(201);
    expect(await blocks(event)).toMatchObject([{ id: blockId, places: 1 }]);
    expect(await free(event)).toBe(1);
    expect(await issue(event, { ...places(event, 2), blockId })).toMatchObject({
      body: { code: 'sold_out', available: 1 },
    });
    expect((await issue(event, { ...places(event, 1), blockId })).status).toBe(201);
    expect(await blocks(event)).toEqual([]);
    expect(await free(event)).toBe(1);
    expect(await issue(event, { ...places(event, 1), blockId })).toMatchObject({
      body: { code: 'not_found' },
    });
    expect(await recounted(event)).toEqual([]);
  });

  test('may be numbered seats', async () => {
    const event = await world.event({ seats: [{ zone: 'a', rows: 1, perRow: 6 }] });
    const { id: blockId } = await block(event, seats(event, 0, 1, 2));
    expect(await issue(event, seats(event, 1))).toMatchObject({ body: { code: 'seats_taken' } });
    expect(await issue(event, { ...seats(event, 3), blockId })).toMatchObject({ body: { code: 'sold_out' } });
    const made = await issue(event, { ...seats(event, 1), blockId });
    expect(made).toMatchObject({ status: 201, body: { tickets: [{ status: 'valid' }] } });
    const [left] = await blocks(event);
    expect(left.lines[0].seats).toHaveLength(2);
    expect(await holds(event, seats(event, 1))).toMatchObject({ body: { code: 'seats_taken' } });
    expect(await recounted(event)).toEqual([]);
  });
});

test('figures, searches and exports tell complimentary orders apart', async () => {
  const event = await world.event({ capacity: 9, priceMinor: 1000 });
  const { body: order } = await issue(event, places(event, 2));
  const { client } = event.organiser;
  await world.drain();
  const { body } = await client.get(`/api/events/${event.id}/dashboard`);
  expect(body.byOrigin).toMatchObject([
    { key: 'complimentary', orders: 1, tickets: 2, gross: { amount: 0 } },
  ]);
  expect(body.funnel).toMatchObject({ orders: 0, paid: 0 });
  const found = async (origin: string) =>
    (
      await client.get(
        `/api/organisations/${event.organiser.organisationId}/orders?event=${event.id}&origin=${origin}`,
      )
    ).body.items.map(({ id }: { id: string }) => id);
  expect(await found('complimentary')).toEqual([order.id]);
  expect(await found('online')).toEqual([]);
  const exported = await client.get(`/api/events/${event.id}/exports/orders.json`);
  expect(exported.body).toMatchObject([{ order_id: order.id, origin: 'complimentary' }]);
});
