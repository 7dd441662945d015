import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import type { Answer } from '../../testing/client.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { offer, scan } from '../transfers/testing/offer.ts';

/* A ticket is exchanged for another place: money, places and codes, over HTTP. */
let world: World;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

/** Ticket types of 25, 60 and 10 euros. The second has its own pool, the third shares the pool of the first. */
const threeTypes = (floor = 10, circle = 10) => ({
  pools: [
    { key: 'floor', name: 'Floor', capacity: floor },
    { key: 'circle', name: 'Circle', capacity: circle },
  ],
  ticketTypes: [
    { name: 'Regular', priceMinor: 2500, pools: ['floor'] },
    { name: 'Circle', priceMinor: 6000, pools: ['circle'] },
    { name: 'Student', priceMinor: 1000, pools: ['floor'] },
  ],
  exchanges: { allowed: true },
});
const sale = (fields: object = {}) => world.event({ fields: { ...threeTypes(), maxPerBuyer: 1, ...fields } });

interface Owned {
  buyer: Person;
  event: TestEvent;
  orderId: string;
  ticket: { id: string; code: string };
}
async function own(event: TestEvent, buyer?: Person): Promise<Owned> {
  const person = buyer ?? (await world.guest());
  const email = `${person.userId.toLowerCase()}@example.com`;
  const { orderId, tickets } = await buy(world, person, event, { buyer: { name: 'Ada Osei', email } });
  return { buyer: person, event, orderId, ticket: tickets[0]! };
}
const typeNamed = (event: TestEvent, name: string) =>
  event.ticketTypes.find((type) => type.name === name)?.id;
const exchange = (
  { buyer, event, ticket }: Owned,
  name: string,
  { by = buyer, key }: { by?: Person; key?: string } = {},
): Promise<Answer> =>
  by.client.post(
    `/api/tickets/${ticket.id}/exchanges`,
    { ticketTypeId: typeNamed(event, name) },
    key === undefined ? {} : { 'idempotency-key': key },
  );
async function pay({ payment }: { payment: { id: string; clientSecret: string } }): Promise<void> {
  const card = { clientSecret: payment.clientSecret, card: { number: '4242424242424242' } };
  await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, card);
  await world.drain();
}
const orderOf = async ({ buyer }: Owned, orderId: string) =>
  (await buyer.client.get(`/api/orders/${orderId}`)).body;
const ticketOf = async ({ buyer }: Owned, ticketId: string) =>
  (await buyer.client.get(`/api/tickets/${ticketId}`)).body;
async function free(event: TestEvent): Promise<Record<string, number>> {
  const { ticketTypes } = (await world.client().get(`/api/events/${event.id}/availability`)).body;
  const available = (id: string | undefined) =>
    ticketTypes.find((type: { id: string }) => type.id === id)?.available;
  return { floor: available(event.ticketTypeId), circle: available(typeNamed(event, 'Circle')) };
}

describe('a dearer place', () => {
  test('costs the difference, and the payment replaces place, code and ticket', async () => {
    const owned = await own(await sale());
    const asked = await exchange(owned, 'Circle');
    expect(asked.status).toBe(201);
    const { order } = asked.body;
    expect(order).toMatchObject({
      status: 'pending',
      total: { amount: 3500 },
      exchangeOf: { orderId: owned.orderId, ticketId: owned.ticket.id },
    });
    // Until the money is there, the old ticket is the one that admits, and both places are taken.
    expect(await free(owned.event)).toEqual({ floor: 9, circle: 9 });
    expect(await ticketOf(owned, owned.ticket.id)).toMatchObject({
      status: 'valid',
      code: owned.ticket.code,
    });
    await pay(asked.body);
    const done = await orderOf(owned, order.id);
    expect(done).toMatchObject({
      status: 'confirmed',
      tickets: [{ ticketTypeName: 'Circle', status: 'valid' }],
    });
    expect(await free(owned.event)).toEqual({ floor: 10, circle: 9 });
    expect((await ticketOf(owned, owned.ticket.id)).status).toBe('cancelled');
    expect((await scan(owned.event, owned.ticket.code)).body.code).toBe('ticket_cancelled');
    const { code } = await ticketOf(owned, done.tickets[0].id);
    expect((await scan(owned.event, code)).status).toBe(201);
  });

  test('gives both payments back when the new ticket is returned', async () => {
    const owned = await own(await sale());
    const asked = await exchange(owned, 'Circle');
    await pay(asked.body);
    const { id } = asked.body.order;
    const quote = await owned.buyer.client.get(`/api/orders/${id}/cancellation-quote`);
    expect(quote.body).toMatchObject({ refund: { amount: 6000 }, fee: { amount: 0 } });
    expect((await orderOf(owned, id)).cancellation.refund.amount).toBe(6000);
    const body = { refund: { amount: 6000, currency: 'EUR' } };
    const [ticket] = (await orderOf(owned, id)).tickets;
    expect((await owned.buyer.client.post(`/api/tickets/${ticket.id}/cancellation`, body)).status).toBe(200);
    await world.drain();
    expect((await orderOf(owned, id)).refunded.amount).toBe(3500);
    expect((await orderOf(owned, owned.orderId)).refunded.amount).toBe(2500);
    expect(await free(owned.event)).toEqual({ floor: 10, circle: 10 });
  });

  test('gives both payments back when the event is cancelled', async () => {
    const owned = await own(await sale());
    const asked = await exchange(owned, 'Circle');
    await pay(asked.body);
    const called = await owned.event.organiser.client.post(`/api/events/${owned.event.id}/cancellation`, {
      reason: 'The hall has burnt down',
      refund: 'full',
    });
    expect(called.status).toBe(202);
    await world.drain();
    expect((await orderOf(owned, asked.body.order.id)).refunded.amount).toBe(3500);
    expect((await orderOf(owned, owned.orderId)).refunded.amount).toBe(2500);
  });

  test('can be exchanged again, and everything that was paid counts', async () => {
    const owned = await own(await sale());
    const first = await exchange(owned, 'Circle');
    await pay(first.body);
    const [ticket] = (await orderOf(owned, first.body.order.id)).tickets;
    const back = await exchange({ ...owned, ticket }, 'Student');
    expect(back.body).toMatchObject({ order: { status: 'confirmed', total: { amount: 0 } }, payment: null });
    await world.drain();
    // 60 euros were paid and 10 are the new price. The last payment is given back first.
    expect((await orderOf(owned, first.body.order.id)).refunded.amount).toBe(3500);
    expect((await orderOf(owned, owned.orderId)).refunded.amount).toBe(1500);
    expect(await free(owned.event)).toEqual({ floor: 9, circle: 10 });
  });
});

describe('a place that is not dearer', () => {
  test('is exchanged at once, and the difference goes back', async () => {
    const owned = await own(await sale());
    const { status, body } = await exchange(owned, 'Student');
    expect([status, body.order.status, body.payment]).toEqual([201, 'confirmed', null]);
    await world.drain();
    expect((await orderOf(owned, owned.orderId)).refunded.amount).toBe(1500);
    expect((await ticketOf(owned, owned.ticket.id)).status).toBe('cancelled');
  });

  test('is refused if the policy gives less back than the difference', async () => {
    const refundPolicy = { steps: [{ hoursBefore: 24, refundPercent: 50 }] };
    const owned = await own(await sale({ refundPolicy }));
    const { status, body } = await exchange(owned, 'Student');
    expect([status, body.code]).toEqual([409, 'exchange_refund_not_allowed']);
    expect(body).toMatchObject({ back: { amount: 1500 }, most: { amount: 1250 } });
    expect((await ticketOf(owned, owned.ticket.id)).status).toBe('valid');
  });

  test('gives back no more than the policy when it is returned afterwards', async () => {
    const refundPolicy = { steps: [{ hoursBefore: 24, refundPercent: 60 }] };
    const owned = await own(await sale({ refundPolicy }));
    const { body } = await exchange(owned, 'Student');
    const quote = await owned.buyer.client.get(`/api/orders/${body.order.id}/cancellation-quote`);
    expect(quote.body).toMatchObject({ refund: { amount: 600 }, fee: { amount: 400 } });
  });

  test('is found in a pool that only the old ticket fills', async () => {
    const owned = await own(await sale(threeTypes(1)));
    expect((await exchange(owned, 'Student')).status).toBe(201);
    expect(await free(owned.event)).toEqual({ floor: 0, circle: 10 });
  });

  test('may be another seat of the same ticket type, which costs nothing', async () => {
    const event = await world.event({
      seats: [{ zone: 'stalls', rows: 2, perRow: 5 }],
      fields: { exchanges: { allowed: true } },
    });
    const owned = await own(event);
    const map = (await world.client().get(`/api/events/${event.id}/seat-map`)).body;
    const ids: string[] = map.sections.flatMap((section: { rows: { seats: { id: string }[] }[] }) =>
      section.rows.flatMap((row) => row.seats.map(({ id }) => id)),
    );
    const before = (await ticketOf(owned, owned.ticket.id)).place;
    const to = (seatId: string) =>
      owned.buyer.client.post(`/api/tickets/${owned.ticket.id}/exchanges`, { seatId });
    const answers = [];
    for (const id of ids) {
      const answer = await to(id);
      answers.push(answer.body.code ?? answer.status);
      if (answer.status === 201) {
        const [ticket] = answer.body.order.tickets;
        expect(ticket.place).not.toEqual(before);
        expect(answer.body.order.total.amount).toBe(0);
        break;
      }
    }
    expect(answers.at(-1)).toBe(201);
    expect(answers.slice(0, -1).every((code) => code === 'exchange_same_place')).toBe(true);
    const { rows } = {
      rows: await world.app.db.query<{ seats: number }>(
        `select count(*)::int as seats from seats where event_id = $1 and status = 'sold'`,
        [event.id],
      ),
    };
    expect(rows[0]?.seats).toBe(1);
  });
});

describe('the payment of an exchange goes back', () => {
  const ways: [string, (owned: Owned) => Promise<unknown>][] = [
    ['the ticket was scanned', ({ event, ticket }) => scan(event, ticket.code)],
    [
      'the ticket was returned',
      ({ buyer, ticket }) => buyer.client.post(`/api/tickets/${ticket.id}/cancellation`, {}),
    ],
    [
      'the ticket was passed on',
      async ({ buyer, ticket }) => {
        const other = await world.guest();
        const { id, secret } = await offer(world, buyer, ticket.id, {
          email: `${other.userId.toLowerCase()}@example.com`,
        });
        await other.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Grace Hopper' });
      },
    ],
  ];
  test.each(ways)('if meanwhile %s', async (_, meanwhile) => {
    const owned = await own(await sale());
    const asked = await exchange(owned, 'Circle');
    await meanwhile(owned);
    const before = await free(owned.event);
    await pay(asked.body);
    const order = await orderOf(owned, asked.body.order.id);
    expect(order).toMatchObject({ status: 'failed', problem: 'ticket_gone_refunded', tickets: [] });
    const [refund] = await world.app.db.query(
      `select amount_minor, reason, status from refunds where order_id = $1`,
      [order.id],
    );
    expect(refund).toMatchObject({ amount_minor: 3500, reason: 'ticket_gone', status: 'succeeded' });
    expect(await free(owned.event)).toEqual({ ...before, circle: 10 });
  });

  test('and if it arrives after the place was sold to somebody else', async () => {
    const owned = await own(await sale(threeTypes(10, 1)));
    const asked = await exchange(owned, 'Circle');
    world.clock.advance(hours(1));
    await world.drain();
    const other = await world.guest();
    await buy(
      world,
      other,
      { ...owned.event, ticketTypeId: typeNamed(owned.event, 'Circle')! },
      {
        buyer: { name: 'Grace', email: `${other.userId.toLowerCase()}@example.com` },
      },
    );
    await world.app.ledger
      .submit(owned.event.id, {
        kind: 'confirm',
        holdId: asked.body.order.holdId,
        paid: {
          paymentId: asked.body.payment.id,
          intentRef: 'pi_late',
          amountMinor: 3500,
          currency: 'EUR',
          card: null,
        },
      })
      .then((outcome) => expect(outcome.kind).toBe('refund_due'));
    expect((await ticketOf(owned, owned.ticket.id)).status).toBe('valid');
  }, 60_000);
});

describe('one exchange at a time', () => {
  test('a second one is refused while the first waits for its payment, and possible after it has ended', async () => {
    const owned = await own(await sale());
    const first = await exchange(owned, 'Circle');
    expect((await exchange(owned, 'Circle')).body.code).toBe('exchange_pending');
    expect((await exchange(owned, 'Student')).body.code).toBe('exchange_pending');
    expect(await free(owned.event)).toEqual({ floor: 9, circle: 9 });
    await owned.buyer.client.post(`/api/orders/${first.body.order.id}/cancellation`);
    expect((await exchange(owned, 'Student')).status).toBe(201);
  });

  test('ten at the same time give one exchange', async () => {
    const owned = await own(await sale());
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(owned, 'Circle')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(await free(owned.event)).toEqual({ floor: 9, circle: 9 });
  });

  test('a retry with the same key gets the same order', async () => {
    const owned = await own(await sale());
    const [first, again] = [
      await exchange(owned, 'Circle', { key: 'exchange-1' }),
      await exchange(owned, 'Circle', { key: 'exchange-1' }),
    ];
    expect(again.body.order.id).toBe(first.body.order.id);
    expect((await exchange(owned, 'Student', { key: 'exchange-1' })).body.code).toBe(
      'idempotency_key_reused',
    );
  });

  test('a scan and a free exchange at the same time: one of them wins', async () => {
    const event = await sale({ maxPerBuyer: 100 });
    const owned = await Promise.all(Array.from({ length: 6 }, () => own(event)));
    for (const each of owned) {
      const [scanned, exchanged] = await Promise.all([
        scan(event, each.ticket.code),
        exchange(each, 'Student'),
      ]);
      expect([scanned.status, exchanged.status].sort()).toEqual([201, 409]);
    }
  });
});

describe('who may, and when', () => {
  test('a stranger does not find the ticket, and the buyer who passed it on is told so', async () => {
    const owned = await own(await sale());
    const other = await world.guest();
    expect((await exchange(owned, 'Circle', { by: other })).status).toBe(404);
    const { id, secret } = await offer(world, owned.buyer, owned.ticket.id, {
      email: `${other.userId.toLowerCase()}@example.com`,
    });
    expect((await exchange(owned, 'Circle')).body.code).toBe('transfer_pending');
    await other.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Grace Hopper' });
    expect((await exchange(owned, 'Circle')).body.code).toBe('ticket_transferred');
    const theirs = await exchange(owned, 'Circle', { by: other });
    expect(theirs.status).toBe(201);
    await pay(theirs.body);
    const order = (await other.client.get(`/api/orders/${theirs.body.order.id}`)).body;
    expect(order).toMatchObject({ status: 'confirmed', buyer: { name: 'Grace Hopper' } });
  });

  test('the event decides whether and until when; its managers always may, and nobody pays', async () => {
    const off = await own(await world.event({ fields: { ...threeTypes(), exchanges: { allowed: false } } }));
    expect((await exchange(off, 'Circle')).body.code).toBe('exchanges_off');
    const until = new Date(world.clock.now().getTime() + days(1)).toISOString();
    const ended = await own(await sale({ exchanges: { allowed: true, until } }));
    world.clock.advance(days(2));
    expect((await exchange(ended, 'Circle')).body.code).toBe('exchanges_ended');
    const { status, body } = await exchange(off, 'Circle', { by: off.event.organiser });
    expect([status, body.order.status, body.order.total.amount]).toEqual([201, 'confirmed', 0]);
  });

  test('a used ticket, a ticket that was exchanged, and the same place are refused', async () => {
    const owned = await own(await sale());
    expect((await exchange(owned, 'Regular')).body.code).toBe('exchange_same_place');
    expect((await exchange(owned, 'Student')).status).toBe(201);
    expect((await exchange(owned, 'Circle')).body.code).toBe('ticket_cancelled');
    const used = await own(await sale());
    await scan(used.event, used.ticket.code);
    expect((await exchange(used, 'Circle')).body.code).toBe('ticket_used');
    const full = await own(await sale(threeTypes(10, 0)));
    expect((await exchange(full, 'Circle')).body.code).toBe('sold_out');
  });
});
