import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../app.ts';
import { days, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
const cards = {
  good: '4242424242424242',
  declined: '4000000000000002',
  twice: '4000000000003220',
  late: '4000000000000259',
  blocked: '4100000000000019',
};

async function hold(person: Person, event: TestEvent, quantity = 2) {
  const answer = await person.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity }],
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

async function order(person: Person, event: TestEvent, quantity = 2) {
  const held = await hold(person, event, quantity);
  const answer = await person.client.post('/api/orders', { holdId: held.id, buyer });
  expect(answer.status).toBe(201);
  return answer.body;
}

const pay = (person: Person, payment: { id: string; clientSecret: string }, number: string) =>
  person.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
    clientSecret: payment.clientSecret,
    card: { number },
  });

const read = async (person: Person, orderId: string) =>
  (await person.client.get(`/api/orders/${orderId}`)).body;
const available = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;

async function ledgerBalance(app: App, orderId: string) {
  return app.db.query('select kind, amount_minor from transfers where order_id = $1 order by kind', [
    orderId,
  ]);
}

describe('buying', () => {
  test('hold, order, pay: confirmed by the webhook, tickets issued, one per place', async () => {
    const event = await world.event({ capacity: 10, priceMinor: 2500 });
    const ada = await world.guest();
    const placed = await order(ada, event);
    expect(placed.order).toMatchObject({
      status: 'pending',
      total: { amount: 5000, currency: 'EUR' },
      tickets: [],
    });
    expect(placed.payment).toMatchObject({ provider: 'sandbox' });
    expect((await pay(ada, placed.payment, cards.good)).body).toMatchObject({ status: 'succeeded' });
    expect((await read(ada, placed.order.id)).status).toBe('pending');
    await world.drain();
    const confirmed = await read(ada, placed.order.id);
    expect(confirmed).toMatchObject({ status: 'confirmed', problem: null });
    expect(confirmed.tickets).toHaveLength(2);
    expect(await available(event)).toBe(8);
    expect(await ledgerBalance(world.app, placed.order.id)).toEqual([{ kind: 'charge', amount_minor: 5000 }]);
  });

  test('placing the order twice, even at once, is one order and one payment', async () => {
    const event = await world.event({ capacity: 10 });
    const ada = await world.guest();
    const held = await hold(ada, event);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ada.client.post('/api/orders', { holdId: held.id, buyer })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body.order.id)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.body.payment.clientSecret)).size).toBe(1);
  });

  test('a free order is confirmed at once and has no payment', async () => {
    const event = await world.event({ capacity: 5, priceMinor: 0 });
    const ada = await world.guest();
    const placed = await order(ada, event, 1);
    expect(placed.payment).toBeNull();
    expect(placed.order).toMatchObject({ status: 'confirmed', tickets: [expect.anything()] });
  });

  test('the price is the one the places were held for', async () => {
    const event = await world.event({ capacity: 5, priceMinor: 1000 });
    const ada = await world.guest();
    const held = await hold(ada, event, 1);
    const managed = (await event.organiser.client.get(`/api/events/${event.id}/management`)).body;
    const ticketTypes = [{ id: event.ticketTypeId, name: 'Regular', priceMinor: 9900, pools: ['floor'] }];
    const changed = await event.organiser.client.patch(
      `/api/events/${event.id}`,
      { ticketTypes },
      { 'if-match': `"${managed.version}"` },
    );
    expect(changed.status).toBe(200);
    const placed = await ada.client.post('/api/orders', { holdId: held.id, buyer });
    expect(placed.body.order.total.amount).toBe(1000);
    expect((await hold(await world.guest(), event, 1)).total.amount).toBe(9900);
  });

  test('attendees are one per place, and their names are on the tickets', async () => {
    const event = await world.event({ capacity: 5, priceMinor: 0 });
    const ada = await world.guest();
    const held = await hold(ada, event, 2);
    const wrong = await ada.client.post('/api/orders', {
      holdId: held.id,
      buyer,
      attendees: [{ name: 'Ada' }],
    });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    const placed = await ada.client.post('/api/orders', {
      holdId: held.id,
      buyer,
      attendees: [{ name: 'Ada' }, { name: 'Bo' }],
    });
    expect(placed.body.order.tickets.map((ticket: { attendeeName: string }) => ticket.attendeeName)).toEqual([
      'Ada',
      'Bo',
    ]);
  });

  test('an event that asks who comes sells to nobody who does not say', async () => {
    const event = await world.event({ capacity: 5, priceMinor: 0, fields: { asksAttendeeNames: true } });
    expect((await world.client().get(`/api/events/${event.id}`)).body.asksAttendeeNames).toBe(true);
    const ada = await world.guest();
    const held = await hold(ada, event, 1);
    const nameless = { holdId: held.id, buyer };
    expect(await ada.client.post('/api/orders', nameless)).toMatchObject({
      status: 422,
      body: { code: 'attendee_names_required' },
    });
    const placed = await ada.client.post('/api/orders', { ...nameless, attendees: [{ name: 'Bo' }] });
    expect(placed).toMatchObject({ status: 201, body: { order: { tickets: [{ attendeeName: 'Bo' }] } } });
  });

  test('the provider may not send the buyer to another site', async () => {
    const event = await world.event();
    const ada = await world.guest();
    const held = await hold(ada, event);
    const elsewhere = ['https://evil.example/x', '/..//evil.example', `${world.url}@evil.example/`];
    for (const returnUrl of [...elsewhere, 'javascript:alert(1)', '/\\evil.example', 'orders']) {
      const answer = await ada.client.post('/api/orders', { holdId: held.id, buyer, returnUrl });
      expect([returnUrl, answer.status, answer.body.code]).toEqual([returnUrl, 400, 'invalid_request']);
    }
    const back = `${world.url}/orders?from=provider`;
    expect((await ada.client.post('/api/orders', { holdId: held.id, buyer, returnUrl: back })).status).toBe(
      201,
    );
  });

  test('another’s hold can not be ordered, another’s order not seen or cancelled', async () => {
    const event = await world.event();
    const [ada, eve] = [await world.guest(), await world.guest()];
    const held = await hold(ada, event);
    expect((await eve.client.post('/api/orders', { holdId: held.id, buyer })).status).toBe(404);
    const placed = await ada.client.post('/api/orders', { holdId: held.id, buyer });
    expect((await eve.client.get(`/api/orders/${placed.body.order.id}`)).status).toBe(404);
    expect((await eve.client.post(`/api/orders/${placed.body.order.id}/cancellation`)).status).toBe(404);
  });
});

describe('payments that do not go through', () => {
  test('a declined card leaves the places held for another one', async () => {
    const event = await world.event({ capacity: 2 });
    const ada = await world.guest();
    const placed = await order(ada, event);
    expect((await pay(ada, placed.payment, cards.declined)).body).toMatchObject({ status: 'failed' });
    await world.drain();
    expect(await read(ada, placed.order.id)).toMatchObject({ status: 'pending', problem: 'declined' });
    expect(await available(event)).toBe(0);
    await pay(ada, placed.payment, cards.good);
    await world.drain();
    expect(await read(ada, placed.order.id)).toMatchObject({ status: 'confirmed', problem: null });
  });

  test('one that is blocked for good frees the places at once', async () => {
    const event = await world.event({ capacity: 2 });
    const ada = await world.guest();
    const placed = await order(ada, event);
    await pay(ada, placed.payment, cards.blocked);
    await world.drain();
    expect((await read(ada, placed.order.id)).status).toBe('failed');
    expect(await available(event)).toBe(2);
  });

  test('an order that nobody pays expires with its hold', async () => {
    const event = await world.event({ capacity: 2 });
    const ada = await world.guest();
    const placed = await order(ada, event);
    world.clock.advance(minutes(11));
    expect((await read(ada, placed.order.id)).status).toBe('expired');
    expect((await hold(await world.guest(), event)).status).toBe('active');
    const [row] = await world.app.db.query<{ status: string }>('select status from orders where id = $1', [
      placed.order.id,
    ]);
    expect(row?.status).toBe('expired');
  });
});

describe('a payment that is under way when the countdown ends', () => {
  test('has a minute more, once, and the countdown does not show it', async () => {
    const event = await world.event({ capacity: 2 });
    const ada = await world.guest();
    const held = await hold(ada, event, 2);
    expect(held.payBefore).toBeUndefined();
    world.clock.advance(minutes(9));
    const body = { holdId: held.id, buyer };
    const placed = await ada.client.post('/api/orders', body);
    await ada.client.post('/api/orders', body);
    const ordered = (await ada.client.get(`/api/holds/${held.id}`)).body;
    expect(ordered.payBefore).toBe(held.expiresAt);
    expect(Date.parse(ordered.expiresAt) - Date.parse(held.expiresAt)).toBe(minutes(1));
    expect(placed.body.order.expiresAt).toBe(ordered.expiresAt);

    world.clock.advance(minutes(1));
    // The countdown is over and the payment is still running: nobody else can buy the seats.
    expect(await available(event)).toBe(0);
    await pay(ada, placed.body.payment, cards.good);
    await world.drain();
    expect(await read(ada, placed.body.order.id)).toMatchObject({ status: 'confirmed', problem: null });
  });

  test('loses them when the minute is over as well', async () => {
    const event = await world.event({ capacity: 2 });
    const ada = await world.guest();
    const placed = await order(ada, event);
    world.clock.advance(minutes(11) - 1);
    expect(await available(event)).toBe(0);
    world.clock.advance(1);
    expect(await available(event)).toBe(2);
    expect((await read(ada, placed.order.id)).status).toBe('expired');
  });
});

describe('money that comes late', () => {
  test('takes the places again while they are free', async () => {
    const event = await world.event({ capacity: 4 });
    const ada = await world.guest();
    const placed = await order(ada, event);
    await pay(ada, placed.payment, cards.late);
    await world.drain();
    expect((await read(ada, placed.order.id)).status).toBe('pending');
    world.clock.advance(minutes(12));
    await world.drain();
    expect(await read(ada, placed.order.id)).toMatchObject({
      status: 'confirmed',
      tickets: [expect.anything(), expect.anything()],
    });
    expect(await available(event)).toBe(2);
  });

  test('goes back by itself where the places are gone', async () => {
    const event = await world.event({ capacity: 2 });
    const [ada, bob] = [await world.guest(), await world.guest()];
    const placed = await order(ada, event);
    await pay(ada, placed.payment, cards.late);
    await world.drain();
    world.clock.advance(minutes(11));
    await hold(bob, event);
    world.clock.advance(minutes(1));
    await world.drain();
    expect(await read(ada, placed.order.id)).toMatchObject({
      status: 'expired',
      problem: 'places_gone_refunded',
      tickets: [],
    });
    const refunds = await world.app.db.query(
      'select amount_minor, status, reason from refunds where order_id = $1',
      [placed.order.id],
    );
    expect(refunds).toEqual([{ amount_minor: 5000, status: 'succeeded', reason: 'places_gone' }]);
    const entries = await ledgerBalance(world.app, placed.order.id);
    expect(entries).toEqual([
      { kind: 'late_charge', amount_minor: 5000 },
      { kind: 'refund', amount_minor: 5000 },
      { kind: 'refund_sent', amount_minor: 5000 },
    ]);
  });
});

describe('webhooks that come twice', () => {
  test('issue the tickets once', async () => {
    const event = await world.event({ capacity: 4 });
    const ada = await world.guest();
    const placed = await order(ada, event);
    await pay(ada, placed.payment, cards.twice);
    await world.drain();
    expect((await read(ada, placed.order.id)).tickets).toHaveLength(2);
    expect(await available(event)).toBe(2);
    expect(await ledgerBalance(world.app, placed.order.id)).toHaveLength(1);
  });
});

describe('cancelling', () => {
  async function bought(event: TestEvent, person: Person) {
    const placed = await order(person, event);
    await pay(person, placed.payment, cards.good);
    await world.drain();
    return placed.order.id as string;
  }
  const cancel = (person: Person, orderId: string) =>
    person.client.post(`/api/orders/${orderId}/cancellation`);

  test('a pending order frees its places at once', async () => {
    const event = await world.event({ capacity: 2 });
    const ada = await world.guest();
    const placed = await order(ada, event);
    expect((await cancel(ada, placed.order.id)).body).toMatchObject({ status: 'cancelled' });
    expect(await available(event)).toBe(2);
    expect((await cancel(ada, placed.order.id)).body).toMatchObject({ status: 'cancelled' });
  });

  test('a confirmed one is refunded by the policy, once, and its places come back', async () => {
    const event = await world.event({
      capacity: 2,
      fields: { refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }], feePercent: 10 } },
    });
    const ada = await world.guest();
    const orderId = await bought(event, ada);
    expect((await read(ada, orderId)).cancellation).toMatchObject({
      refund: { amount: 4500 },
      fee: { amount: 500 },
    });
    const answers = await Promise.all([cancel(ada, orderId), cancel(ada, orderId), cancel(ada, orderId)]);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    await world.drain();
    const after = await read(ada, orderId);
    expect(after).toMatchObject({ status: 'cancelled', refunded: { amount: 4500 } });
    expect(new Set(after.tickets.map((ticket: { status: string }) => ticket.status))).toEqual(
      new Set(['cancelled']),
    );
    expect(await available(event)).toBe(2);
    expect(await ledgerBalance(world.app, orderId)).toEqual([
      { kind: 'charge', amount_minor: 5000 },
      { kind: 'refund', amount_minor: 4500 },
      { kind: 'refund_sent', amount_minor: 4500 },
    ]);
  });

  test('is refused after the time the policy names', async () => {
    const event = await world.event({ capacity: 2 });
    const ada = await world.guest();
    const orderId = await bought(event, ada);
    world.clock.advance(days(29) + minutes(60));
    expect(await cancel(ada, orderId)).toMatchObject({ status: 409, body: { code: 'refund_not_allowed' } });
    expect((await read(ada, orderId)).cancellation).toBeNull();
    world.clock.advance(-days(29) - minutes(60));
  });
});
