import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { lettersTo, offer, scan } from '../transfers/testing/offer.ts';
import { type Dates, datesOf, newRun, type Owned } from './testing/dates.ts';

/* A ticket is exchanged for a place on another date: places, money and refusals, over HTTP. */
let world: World;
let at: ReturnType<typeof datesOf>;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
  at = datesOf(world);
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

describe('a place on another date', () => {
  test('that costs the same is exchanged at once: ticket, code, places and mail', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday);
    const { status, body } = await at.exchange(owned, saturday);
    expect([status, body.order?.status, body.payment]).toEqual([201, 'confirmed', null]);
    expect(body.order).toMatchObject({
      event: { id: saturday.id },
      exchangeOf: { ticketId: owned.ticket.id },
    });
    // The old ticket is dead before any job has run. Only its place is still owed.
    expect((await at.ticketOf(owned, owned.ticket.id)).status).toBe('cancelled');
    expect((await scan(friday, owned.ticket.code)).body.code).toBe('ticket_cancelled');
    expect([await at.free(friday), await at.free(saturday)]).toEqual([
      [9, 10],
      [9, 10],
    ]);
    await world.drain();
    expect([await at.free(friday), await at.free(saturday)]).toEqual([
      [10, 10],
      [9, 10],
    ]);
    const { code } = await at.ticketOf(owned, body.order.tickets[0].id);
    expect((await scan(saturday, code)).status).toBe(201);
    expect((await at.orderOf(owned, owned.orderId)).status).toBe('cancelled');
    const [mail] = await lettersTo(world, owned.email);
    expect(mail?.attachments.some(({ type }) => type.startsWith('application/pdf'))).toBe(true);
  });

  test('that is dearer waits for its payment, and the old ticket admits until then', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday);
    const asked = await at.exchange(owned, saturday, 'Circle');
    expect(asked.body.order).toMatchObject({ status: 'pending', total: { amount: 3500 } });
    expect((await at.ticketOf(owned, owned.ticket.id)).status).toBe('valid');
    expect([await at.free(friday), await at.free(saturday)]).toEqual([
      [9, 10],
      [10, 9],
    ]);
    await at.pay(asked.body);
    expect((await at.orderOf(owned, asked.body.order.id)).status).toBe('confirmed');
    expect([await at.free(friday), await at.free(saturday)]).toEqual([
      [10, 10],
      [10, 9],
    ]);
    expect((await scan(friday, owned.ticket.code)).body.code).toBe('ticket_cancelled');
  });

  test('that is cheaper gives the difference back by the policy of the old date', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday);
    expect((await at.exchange(owned, saturday, 'Student')).status).toBe(201);
    await world.drain();
    expect((await at.orderOf(owned, owned.orderId)).refunded.amount).toBe(1500);
    const strict = await at.dates(
      {},
      { friday: { refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 50 }] } } },
    );
    const other = await at.own(strict.friday);
    const refused = await at.exchange(other, strict.saturday, 'Student');
    expect([refused.status, refused.body.code]).toEqual([409, 'exchange_refund_not_allowed']);
  });

  test('is one of several tickets: the others stay where they are', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday, 3);
    const { body } = await at.exchange(owned, saturday);
    await world.drain();
    expect(await at.free(friday)).toEqual([8, 10]);
    expect((await at.orderOf(owned, owned.orderId)).status).toBe('confirmed');
    for (const { id } of owned.others) expect((await at.ticketOf(owned, id)).status).toBe('valid');
    // The rest of the order is returned: its money, and not that of the ticket that is for Saturday now.
    expect((await owned.buyer.client.post(`/api/orders/${owned.orderId}/cancellation`, {})).status).toBe(200);
    await world.drain();
    expect(await at.orderOf(owned, owned.orderId)).toMatchObject({
      status: 'cancelled',
      refunded: { amount: 5000 },
    });
    expect((await at.orderOf(owned, body.order.id)).status).toBe('confirmed');
    expect(await at.free(friday)).toEqual([10, 10]);
  });

  test('may be a seat, also one with the number of the old one', async () => {
    const run = newRun();
    const seated = () =>
      world.event({
        seats: [{ zone: 'stalls', rows: 1, perRow: 2 }],
        fields: { run, exchanges: { allowed: true } },
      });
    const [friday, saturday] = [await seated(), await seated()];
    const owned = await at.own(friday);
    const { body } = await owned.buyer.client.post(`/api/tickets/${owned.ticket.id}/exchanges`, {
      eventId: saturday.id,
      ticketTypeId: saturday.ticketTypeId,
    });
    expect(body.order.status).toBe('confirmed');
    await world.drain();
    const sold = await world.app.db.query(
      `select event_id from seats where event_id = any($1) and status = 'sold'`,
      [[friday.id, saturday.id]],
    );
    expect(sold).toEqual([{ event_id: saturday.id }]);
  });

  test('that is a dearer seat with the number of the old one is held until it is paid', async () => {
    const run = newRun();
    const seated = (priceMinor: number) =>
      world.event({
        seats: [{ zone: 'stalls', rows: 1, perRow: 1, priceMinor }],
        fields: { run, exchanges: { allowed: true } },
      });
    const [friday, saturday] = [await seated(2500), await seated(4000)];
    const owned = await at.own(friday);
    const { body } = await owned.buyer.client.post(`/api/tickets/${owned.ticket.id}/exchanges`, {
      eventId: saturday.id,
      ticketTypeId: saturday.ticketTypeId,
    });
    expect(body.order.status).toBe('pending');
    const seats = await world.app.db.query('select status from seats where event_id = $1', [saturday.id]);
    expect(seats).toEqual([{ status: 'held' }]);
    await at.pay(body);
    expect((await at.orderOf(owned, body.order.id)).status).toBe('confirmed');
  });

  test('is exchanged back again, and everything that was paid counts', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday);
    const there = await at.exchange(owned, saturday, 'Circle');
    await at.pay(there.body);
    const [ticket] = (await at.orderOf(owned, there.body.order.id)).tickets;
    const back = await at.exchange({ ...owned, ticket }, friday, 'Regular');
    expect(back.body.order.status).toBe('confirmed');
    await world.drain();
    expect([await at.free(friday), await at.free(saturday)]).toEqual([
      [9, 10],
      [10, 10],
    ]);
    expect((await at.orderOf(owned, there.body.order.id)).refunded.amount).toBe(3500);
    expect((await at.orderOf(owned, owned.orderId)).refunded.amount).toBe(0);
  });

  test('is named by the quote, with its own prices', async () => {
    const { friday, saturday } = await at.dates();
    await at.dates();
    const owned = await at.own(friday);
    const path = `/api/tickets/${owned.ticket.id}/exchange-quote`;
    const here = (await owned.buyer.client.get(path)).body;
    expect(here.eventId).toBe(friday.id);
    expect(here.dates.map(({ id }: { id: string }) => id)).toEqual([saturday.id]);
    const there = (await owned.buyer.client.get(`${path}?eventId=${saturday.id}`)).body;
    expect(there.eventId).toBe(saturday.id);
    expect(
      there.options.map(
        (option: {
          pay: { amount: number };
          back: { amount: number };
          keepsPlace: boolean;
          refused: null;
        }) => [option.pay.amount, option.back.amount, option.keepsPlace, option.refused],
      ),
    ).toEqual([
      [0, 0, false, null],
      [3500, 0, false, null],
      [0, 1500, false, null],
    ]);
  });

  test('is exchanged by a manager, who pays nothing, and the audit log of both says so', async () => {
    const { friday, saturday } = await at.dates({ exchanges: { allowed: false } });
    const owned = await at.own(friday);
    expect((await at.exchange(owned, saturday, 'Circle')).body.code).toBe('exchanges_off');
    const { body } = await at.exchange(owned, saturday, 'Circle', { by: friday.organiser });
    expect(body).toMatchObject({ order: { status: 'confirmed', total: { amount: 0 } }, payment: null });
    const path = `/api/organisations/${friday.organiser.organisationId}/audit-log?act=ticket.exchanged`;
    const [entry] = (await friday.organiser.client.get(path)).body.items;
    expect(entry).toMatchObject({ before: { order: owned.orderId }, after: { order: body.order.id } });
    const history = (await friday.organiser.client.get(`/api/orders/${owned.orderId}/history`)).body;
    expect(JSON.stringify(history)).toContain(body.order.id);
    const its = (await friday.organiser.client.get(`/api/orders/${body.order.id}/history`)).body;
    expect(JSON.stringify(its)).toContain(owned.orderId);
  });
});

describe('the money', () => {
  test('goes back from both orders when the new ticket is returned: each by its own date', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday);
    const asked = await at.exchange(owned, saturday, 'Circle');
    await at.pay(asked.body);
    const { id } = asked.body.order;
    expect((await owned.buyer.client.get(`/api/orders/${id}/cancellation-quote`)).body).toMatchObject({
      refund: { amount: 6000 },
    });
    expect((await owned.buyer.client.post(`/api/orders/${id}/cancellation`, {})).status).toBe(200);
    await world.drain();
    expect((await at.orderOf(owned, id)).refunded.amount).toBe(3500);
    expect((await at.orderOf(owned, owned.orderId)).refunded.amount).toBe(2500);
    expect([await at.free(friday), await at.free(saturday)]).toEqual([
      [10, 10],
      [10, 10],
    ]);
  });

  test('goes back from both orders when the new date is cancelled', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday);
    const asked = await at.exchange(owned, saturday, 'Circle');
    await at.pay(asked.body);
    expect((await at.call(saturday)).status).toBe(202);
    await world.drain();
    expect((await at.orderOf(owned, asked.body.order.id)).refunded.amount).toBe(3500);
    expect((await at.orderOf(owned, owned.orderId)).refunded.amount).toBe(2500);
  });

  test('stays when the old date is cancelled: its ticket is for the new one', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday, 2);
    const { body } = await at.exchange(owned, saturday);
    expect((await at.call(friday)).status).toBe(202);
    await world.drain();
    expect((await at.orderOf(owned, owned.orderId)).refunded.amount).toBe(2500);
    const order = await at.orderOf(owned, body.order.id);
    expect(order).toMatchObject({ status: 'confirmed', tickets: [{ status: 'valid' }] });
    expect((await at.call(saturday)).status).toBe(202);
    await world.drain();
    expect((await at.orderOf(owned, owned.orderId)).refunded.amount).toBe(5000);
  });
});

describe('each date', () => {
  const inDays = (count: number) => ({
    startsAt: new Date(world.clock.now().getTime() + days(count)).toISOString(),
    endsAt: new Date(world.clock.now().getTime() + days(count) + hours(2)).toISOString(),
  });

  test('decides about its own money: after the old one has begun, only the difference goes back', async () => {
    const refundPolicy = { steps: [{ hoursBefore: 0, refundPercent: 100 }] };
    const { friday, saturday } = await at.dates(
      { refundPolicy },
      { friday: inDays(5), saturday: inDays(20) },
    );
    const owned = await at.own(friday);
    const asked = await at.exchange(owned, saturday, 'Circle');
    await at.pay(asked.body);
    world.clock.advance(days(6));
    const quote = await owned.buyer.client.get(`/api/orders/${asked.body.order.id}/cancellation-quote`);
    expect(quote.body).toMatchObject({ refund: { amount: 3500 }, fee: { amount: 2500 } });
    expect(
      (await owned.buyer.client.post(`/api/orders/${asked.body.order.id}/cancellation`, {})).status,
    ).toBe(200);
    await world.drain();
    expect((await at.orderOf(owned, owned.orderId)).refunded.amount).toBe(0);
    expect((await at.orderOf(owned, asked.body.order.id)).refunded.amount).toBe(3500);
  });

  test('has its own terms: the old one allows the exchange, the new one sells', async () => {
    const off = { exchanges: { allowed: false } };
    const closed = await at.dates({}, { friday: off });
    const no = await at.exchange(await at.own(closed.friday), closed.saturday);
    expect([no.status, no.body.code]).toEqual([409, 'exchanges_off']);
    const open = await at.dates({}, { saturday: off });
    expect((await at.exchange(await at.own(open.friday), open.saturday)).status).toBe(201);
    const later = await at.dates({}, { saturday: { saleStartsAt: inDays(1).startsAt } });
    const early = await at.exchange(await at.own(later.friday), later.saturday);
    expect([early.status, early.body.code]).toEqual([409, 'sale_not_started']);
  });

  test('is shown, although the sale of the ticket’s own date is over', async () => {
    const saleEndsAt = inDays(1).startsAt;
    const { friday, saturday } = await at.dates({}, { friday: { saleEndsAt } });
    const owned = await at.own(friday);
    world.clock.advance(days(2));
    const quote = (await owned.buyer.client.get(`/api/tickets/${owned.ticket.id}/exchange-quote`)).body;
    expect(quote.dates).toHaveLength(1);
    expect(quote.options.map(({ refused }: { refused: string }) => refused)).toEqual(
      Array(3).fill('sale_ended'),
    );
    expect((await at.exchange(owned, saturday)).status).toBe(201);
  });
});

describe('is refused', () => {
  const gone: [string, string, (owned: Owned, dates: Dates) => Promise<unknown>][] = [
    ['a used ticket', 'ticket_used', ({ ticket }, { friday }) => scan(friday, ticket.code)],
    [
      'a returned ticket',
      'ticket_cancelled',
      ({ buyer, ticket }) => buyer.client.post(`/api/tickets/${ticket.id}/cancellation`, {}),
    ],
    [
      'a ticket that is offered to somebody',
      'transfer_pending',
      ({ buyer, ticket, email }) => offer(world, buyer, ticket.id, { email: `friend-of-${email}` }),
    ],
    [
      'a ticket on resale',
      'resale_pending',
      ({ buyer, ticket }) => buyer.client.post(`/api/tickets/${ticket.id}/resale`, {}),
    ],
    ['a ticket whose date is cancelled', 'event_cancelled', (_, { friday }) => at.call(friday, 'none')],
    ['a date that is cancelled', 'event_cancelled', (_, { saturday }) => at.call(saturday, 'none')],
  ];
  test.each(gone)('%s', async (_, code, before) => {
    const both = await at.dates({ resale: { allowed: true } });
    const owned = await at.own(both.friday);
    await before(owned, both);
    const { status, body } = await at.exchange(owned, both.saturday);
    expect([status, body.code]).toEqual([409, code]);
  });

  test('an event that is no other date: of another run, currency or organisation, or a draft', async () => {
    const { run, friday } = await at.dates();
    const owned = await at.own(friday);
    const others = [
      (await at.dates()).saturday,
      await world.event({ fields: { run: null } }),
      await world.event({ fields: { run, currency: 'USD' } }),
      await world.event({ fields: { run }, organiser: await world.organiser() }),
      { ...friday, id: 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF' as const },
    ];
    for (const other of others) {
      const { status, body } = await at.exchange(owned, {
        ...other,
        ticketTypes: [{ ...other.ticketTypes[0]!, name: 'Regular' }],
      });
      expect([status, body.code]).toEqual([409, 'not_another_date']);
    }
    expect((await at.ticketOf(owned, owned.ticket.id)).status).toBe('valid');
  });

  test('a ticket of another person', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday);
    expect((await at.exchange(owned, saturday, 'Regular', { by: await world.guest() })).status).toBe(404);
  });

  test('a date that is sold out, or of which the buyer has enough', async () => {
    const one = [
      { key: 'floor', name: 'Floor', capacity: 1 },
      { key: 'circle', name: 'Circle', capacity: 10 },
    ];
    const full = await at.dates({}, { saturday: { pools: one } });
    const owned = await at.own(full.friday, 2);
    expect((await at.exchange(owned, full.saturday)).status).toBe(201);
    const second = { ...owned, ticket: owned.others[0]! };
    expect((await at.exchange(second, full.saturday)).body.code).toBe('sold_out');
    expect((await at.ticketOf(owned, second.ticket.id)).status).toBe('valid');
    const few = await at.dates({}, { saturday: { maxPerBuyer: 1 } });
    const other = await at.own(few.friday, 2);
    expect((await at.exchange(other, few.saturday)).status).toBe(201);
    const more = await at.exchange({ ...other, ticket: other.others[0]! }, few.saturday);
    expect(more.body).toMatchObject({ code: 'email_limit_reached', limit: 1, have: 1 });
  });

  test('a date that is over', async () => {
    const { friday, saturday } = await at.dates(
      {},
      {
        saturday: {
          startsAt: new Date(world.clock.now().getTime() + hours(2)).toISOString(),
          endsAt: new Date(world.clock.now().getTime() + hours(4)).toISOString(),
        },
      },
    );
    const owned = await at.own(friday);
    world.clock.advance(hours(5));
    expect((await at.exchange(owned, saturday)).body.code).toBe('event_over');
    const quote = await owned.buyer.client.get(`/api/tickets/${owned.ticket.id}/exchange-quote`);
    expect(quote.body.dates).toEqual([]);
  });
});
