import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import type { Answer } from '../../testing/client.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

interface Bought {
  buyer: Person;
  event: TestEvent;
  orderId: string;
  tickets: { id: string; code: string }[];
}

async function bought(event: TestEvent, quantity: number): Promise<Bought> {
  const buyer = await world.guest();
  const email = addressOf(buyer);
  const order = await buy(world, buyer, event, { quantity, buyer: { name: 'Ada Osei', email } });
  return { buyer, event, ...order };
}
const addressOf = ({ userId }: Person) => `${userId.toLowerCase()}@example.com`;

const reason = 'The band is ill';
const refund = ({ event, orderId }: Bought, body: object = {}, key?: string): Promise<Answer> =>
  event.organiser.client.post(
    `/api/orders/${orderId}/refunds`,
    { reason, ...body },
    key === undefined ? {} : { 'idempotency-key': key },
  );
const read = async ({ buyer, orderId }: Bought) => (await buyer.client.get(`/api/orders/${orderId}`)).body;
const listed = async ({ buyer, orderId }: Bought) =>
  (await buyer.client.get(`/api/orders/${orderId}/refunds`)).body.items;
const statuses = (order: { tickets: { status: string }[] }) => order.tickets.map(({ status }) => status);
const available = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const idsOf = ({ tickets }: Bought) => tickets.map(({ id }) => id);
let nonces = 0;
const scan = ({ event }: Bought, code: string): Promise<Answer> =>
  event.organiser.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: `door-${++nonces}-scan` });

describe('what goes back', () => {
  test('everything: tickets end, places are free, and the provider sends the money once', async () => {
    const of = await bought(await world.event({ capacity: 3 }), 3);
    expect(await available(of.event)).toBe(0);
    const answer = await refund(of);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        order: { status: 'refunded', refunded: eur(7500), cancellation: null },
        refund: {
          amount: eur(7500),
          status: 'pending',
          cause: 'refunded_by_organiser',
          reason,
          keepsTickets: false,
        },
      },
    });
    expect(answer.body.refund.tickets).toEqual(idsOf(of).map((id) => ({ id, amount: eur(2500) })));
    expect(await available(of.event)).toBe(3);
    expect((await scan(of, of.tickets[0]?.code ?? '')).body.code).toBe('ticket_refunded');
    await world.drain();
    expect(await listed(of)).toEqual([
      { ...answer.body.refund, status: 'succeeded', settledAt: world.clock.now().toISOString() },
    ]);
    const sent = await world.app.db.query('select refunded_minor from sandbox.payments where order_id = $1', [
      of.orderId,
    ]);
    expect(sent).toEqual([{ refunded_minor: 7500 }]);
  });

  test('by ticket: the others stay valid, and a later refund of all gives the rest', async () => {
    const of = await bought(await world.event(), 3);
    const [first = ''] = idsOf(of);
    expect((await refund(of, { tickets: [first] })).body).toMatchObject({
      order: { status: 'confirmed', refunded: eur(2500) },
      refund: { amount: eur(2500), tickets: [{ id: first }] },
    });
    expect(statuses(await read(of))).toEqual(['cancelled', 'valid', 'valid']);
    expect((await refund(of)).body).toMatchObject({
      order: { status: 'refunded', refunded: eur(7500) },
      refund: { amount: eur(5000) },
    });
  });

  test('an amount: split over the tickets, which stay valid and can still be refunded for the rest', async () => {
    const of = await bought(await world.event(), 3);
    const answer = await refund(of, { amount: eur(1000) });
    expect(answer.body).toMatchObject({
      order: { status: 'confirmed', refunded: eur(1000) },
      refund: { keepsTickets: true },
    });
    expect(answer.body.refund.tickets.map(({ amount }: { amount: object }) => amount)).toEqual([
      eur(334),
      eur(333),
      eur(333),
    ]);
    expect(statuses(await read(of))).toEqual(['valid', 'valid', 'valid']);
    const [first = ''] = idsOf(of);
    expect((await refund(of, { tickets: [first] })).body.refund.amount).toEqual(eur(2166));
  });

  test('after check-in and after the event: a used ticket stays used, and its money goes back', async () => {
    const of = await bought(await world.event(), 2);
    expect((await scan(of, of.tickets[0]?.code ?? '')).status).toBe(201);
    world.clock.advance(400 * 24 * 3_600_000);
    const answer = await refund(of);
    expect(answer.body).toMatchObject({ order: { status: 'completed', refunded: eur(5000) } });
    expect(statuses(answer.body.order)).toEqual(['used', 'cancelled']);
  });

  test('a free order: its tickets end, and there is no refund', async () => {
    const of = await bought(await world.event({ priceMinor: 0 }), 2);
    expect(await refund(of)).toMatchObject({
      status: 201,
      body: { order: { status: 'cancelled', refunded: eur(0) }, refund: null },
    });
    expect(await listed(of)).toEqual([]);
    expect(await refund(of)).toMatchObject({ status: 409, body: { code: 'order_not_refundable' } });
  });
});

describe('refusals', () => {
  test('more than what is left says what is left', async () => {
    const of = await bought(await world.event(), 2);
    await refund(of, { amount: eur(1000) });
    expect(await refund(of, { amount: eur(4001) })).toMatchObject({
      status: 409,
      body: { code: 'refund_exceeds_paid', left: eur(4000) },
    });
    expect((await refund(of, { amount: eur(4000) })).body.order.status).toBe('refunded');
    expect((await refund(of)).body).toMatchObject({ code: 'refund_exceeds_paid', left: eur(0) });
  });

  test('another currency, a ticket of another order, no reason', async () => {
    const [of, other] = [await bought(await world.event(), 1), await bought(await world.event(), 1)];
    expect((await refund(of, { amount: { amount: 100, currency: 'USD' } })).body).toMatchObject({
      code: 'invalid_request',
      issues: [{ path: 'amount.currency' }],
    });
    expect((await refund(of, { tickets: idsOf(other) })).body).toMatchObject({
      code: 'ticket_not_of_order',
      tickets: idsOf(other),
    });
    expect((await refund(of, { reason: '  ' })).body.code).toBe('invalid_request');
    expect(statuses(await read(of))).toEqual(['valid']);
  });

  test('an order that is not paid', async () => {
    const event = await world.event();
    const buyer = await world.guest();
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const held = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
    const placed = await buyer.client.post('/api/orders', {
      holdId: held.body.id,
      buyer: { name: 'Ada', email: addressOf(buyer) },
    });
    const answer = await event.organiser.client.post(`/api/orders/${placed.body.order.id}/refunds`, {
      reason,
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'order_not_refundable' } });
  });
});

describe('twice', () => {
  test('with the same key is once, and has the same answer', async () => {
    const of = await bought(await world.event(), 2);
    const [first, second] = [
      await refund(of, { amount: eur(1000) }, 'one-key'),
      await refund(of, { amount: eur(1000) }, 'one-key'),
    ];
    expect(second).toMatchObject({ status: 201, body: { refund: { id: first.body.refund.id } } });
    expect((await refund(of, { amount: eur(1001) }, 'one-key')).body.code).toBe('idempotency_key_reused');
    expect((await read(of)).refunded).toEqual(eur(1000));
  });

  test('at the same instant with the same key is once; with other keys never more than was paid', async () => {
    const of = await bought(await world.event(), 2);
    const same = await Promise.all(Array.from({ length: 5 }, () => refund(of, { amount: eur(900) }, 'k')));
    expect(new Set(same.map(({ body }) => body.refund?.id)).size).toBe(1);
    const others = await Promise.all(
      Array.from({ length: 8 }, (_, i) => refund(of, { amount: eur(900) }, `other-${i}`)),
    );
    expect(others.filter(({ status }) => status === 201)).toHaveLength(4);
    for (const { body } of others.filter(({ status }) => status !== 201))
      expect(body).toMatchObject({ code: 'refund_exceeds_paid', left: eur(500) });
    expect((await read(of)).refunded).toEqual(eur(4500));
  });

  test('at the same instant as the buyer cancels: each ticket’s money goes back once', async () => {
    const event = await world.event({
      fields: { refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }] } },
    });
    const of = await bought(event, 2);
    const [ours, theirs] = await Promise.all([
      refund(of),
      of.buyer.client.post(`/api/orders/${of.orderId}/cancellation`),
    ]);
    expect([ours.status, theirs.status]).toEqual([expect.toBeOneOf([201, 409]), 200]);
    expect(await read(of)).toMatchObject({ status: 'refunded', refunded: eur(5000) });
  });
});

test('the buyer hears of it by mail, with amount, tickets and reason; others by the live channel', async () => {
  const of = await bought(await world.event(), 2);
  const [first = ''] = idsOf(of);
  await refund(of, { tickets: [first] });
  await refund(of, { amount: eur(500) });
  await world.drain();
  const told = await world.app.db.query(
    `select type, payload -> 'tickets' as tickets from outbox
     where topic = 'order_events' and payload ->> 'orderId' = $1 order by id`,
    [of.orderId],
  );
  expect(told).toEqual([
    { type: 'admit.order.confirmed.v1', tickets: null },
    { type: 'admit.order.tickets_cancelled.v1', tickets: [first] },
  ]);
  const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(addressOf(of.buyer))}`))
    .body;
  const texts: string[] = [];
  for (const { id, subject } of items)
    texts.push(`${subject}\n${(await world.client().get(`/api/mailbox/${id}`)).body.text}`);
  const mails = texts.filter((text) => text.startsWith('Refund: ')).sort();
  expect(mails).toHaveLength(2);
  expect(mails[0]).toContain('€25.00');
  expect(mails[0]).toContain('One ticket is cancelled');
  expect(mails[1]).toContain('€5.00');
  expect(mails[1]).toContain('Your tickets stay as they are.');
  for (const mail of mails) expect(mail).toContain(reason);
});
