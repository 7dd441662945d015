import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TicketId } from '../../../contract/ids.ts';
import { audit } from '../../audit/audit.ts';
import { someoneIsBlocked } from '../../testing/blocked.ts';
import type { Answer } from '../../testing/client.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { webhookSecret } from '../payments/testing/webhook.ts';
import { offer, scan } from '../transfers/testing/offer.ts';

/* Exchanges of seats in place, exchanges that race transfers, and exchanges of disputed money, over HTTP. */
let world: World;
beforeAll(async () => {
  world = await createWorld({
    DATABASE_POOL_SIZE: '20',
    SANDBOX_WEBHOOK_SECRET: webhookSecret,
    LOG_LEVEL: 'silent',
  });
  // Ahead of the database's clock, so that no job of the sandbox runs before the test says so.
  world.clock.advance(3_600_000);
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const seatSale = (perRow = 4) =>
  world.event({
    seats: [{ zone: 'stalls', rows: 1, perRow }],
    fields: {
      exchanges: { allowed: true },
      ticketTypes: [
        { name: 'Seat', priceMinor: 2500, zone: 'stalls' },
        { name: 'Seat with dinner', priceMinor: 6000, zone: 'stalls' },
        { name: 'Student seat', priceMinor: 1000, zone: 'stalls' },
      ],
    },
  });
const floorSale = () =>
  world.event({
    fields: {
      exchanges: { allowed: true },
      pools: [{ key: 'floor', name: 'Floor', capacity: 20 }],
      ticketTypes: [
        { name: 'Seat', priceMinor: 2500, pools: ['floor'] },
        { name: 'Dinner', priceMinor: 6000, pools: ['floor'] },
        { name: 'Same price', priceMinor: 2500, pools: ['floor'] },
      ],
    },
  });

interface Owned {
  buyer: Person;
  event: TestEvent;
  orderId: string;
  ticket: { id: TicketId; code: string };
}

async function own(event: TestEvent, card = '4242424242424242', want?: object): Promise<Owned> {
  const buyer = await world.guest();
  const wanted = { ticketTypeId: event.ticketTypeId, quantity: 1 };
  const seated = event.ticketTypes[0]?.zone != null;
  const places = want ?? (seated ? { bestAvailable: wanted } : { items: [wanted] });
  const hold = await must(buyer.client.post(`/api/events/${event.id}/holds`, places), 201);
  const email = `${buyer.userId.toLowerCase()}@example.com`;
  const placed = { holdId: hold.id, buyer: { name: 'Ada Osei', email } };
  const asked = await must(buyer.client.post('/api/orders', placed), 201);
  await pay(asked, card);
  const order = await must(buyer.client.get(`/api/orders/${asked.order.id}`), 200);
  const ticket = await must(buyer.client.get(`/api/tickets/${order.tickets[0].id}`), 200);
  return { buyer, event, orderId: order.id, ticket };
}
async function pay(
  { payment }: { payment: { id: string; clientSecret: string } },
  number = '4242424242424242',
): Promise<void> {
  const card = { clientSecret: payment.clientSecret, card: { number } };
  await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, card);
  await world.drain();
}
async function must(answer: Promise<Answer>, status: number): Promise<Answer['body']> {
  const { status: got, body } = await answer;
  if (got !== status) throw new Error(`expected ${status}, got ${got}: ${JSON.stringify(body)}`);
  return body;
}
const typeNamed = (event: TestEvent, name: string) =>
  event.ticketTypes.find((type) => type.name === name)?.id;
const exchange = ({ buyer, ticket }: Owned, body: object): Promise<Answer> =>
  buyer.client.post(`/api/tickets/${ticket.id}/exchanges`, body);
const exchangeTo = (owned: Owned, name: string) =>
  exchange(owned, { ticketTypeId: typeNamed(owned.event, name) });
const read = async ({ buyer }: Owned, path: string) => (await buyer.client.get(path)).body;
const statusOf = async (ticketId: string): Promise<string | undefined> =>
  (await world.app.db.query<{ status: string }>('select status from tickets where id = $1', [ticketId]))[0]
    ?.status;
const seatsOf = (event: TestEvent) =>
  world.app.db.query<{ status: string; hold_id: string | null }>(
    `select status, hold_id from seats where event_id = $1 and status <> 'free' order by index`,
    [event.id],
  );

describe('another ticket type for the seat that the ticket has', () => {
  test('costs the difference, and the seat is never free and never sold twice', async () => {
    const event = await seatSale(1);
    const owned = await own(event);
    const { seats } = (await read(owned, `/api/orders/${owned.orderId}`)).lines[0];
    const asked = await exchangeTo(owned, 'Seat with dinner');
    expect([asked.status, asked.body.order?.total]).toEqual([201, { amount: 3500, currency: 'EUR' }]);
    // The seat stays sold to the old ticket until the payment comes.
    const [sold] = await seatsOf(event);
    expect(sold?.status).toBe('sold');
    await pay(asked.body);
    const done = await read(owned, `/api/orders/${asked.body.order.id}`);
    expect(done).toMatchObject({
      status: 'confirmed',
      lines: [{ seats }],
      tickets: [{ status: 'valid', ticketTypeName: 'Seat with dinner' }],
    });
    expect(await statusOf(owned.ticket.id)).toBe('cancelled');
    expect(await seatsOf(event)).toEqual([{ status: 'sold', hold_id: done.holdId }]);
    const { code } = await read(owned, `/api/tickets/${done.tickets[0].id}`);
    expect((await scan(event, owned.ticket.code)).body.code).toBe('ticket_cancelled');
    expect((await scan(event, code)).status).toBe(201);
  });

  test('gives the difference to a cheaper one back at once', async () => {
    const owned = await own(await seatSale());
    const { place } = await read(owned, `/api/tickets/${owned.ticket.id}`);
    const { body } = await exchangeTo(owned, 'Student seat');
    expect(body).toMatchObject({ payment: null, order: { status: 'confirmed', tickets: [{ place }] } });
    await world.drain();
    expect((await read(owned, `/api/orders/${owned.orderId}`)).refunded.amount).toBe(1500);
  });

  test('leaves the seat to the old ticket if nobody pays in time', async () => {
    const event = await seatSale(1);
    const owned = await own(event);
    const asked = await exchangeTo(owned, 'Seat with dinner');
    const before = await seatsOf(event);
    world.clock.advance(3_600_000);
    await world.drain();
    expect((await read(owned, `/api/orders/${asked.body.order.id}`)).status).toBe('expired');
    expect(await seatsOf(event)).toEqual(before);
    // A payment that is late all the same finishes the exchange, because the seat is still the holder's.
    await world.app.ledger.submit(event.id, {
      kind: 'confirm',
      holdId: asked.body.order.holdId,
      paid: {
        paymentId: asked.body.payment.id,
        intentRef: 'pi_late',
        amountMinor: 3500,
        currency: 'EUR',
        card: null,
      },
    });
    expect((await seatsOf(event))[0]?.hold_id).toBe(asked.body.order.holdId);
    expect(await statusOf(owned.ticket.id)).toBe('cancelled');
  });

  test('is refused for the ticket type that the ticket has, and another seat keeps the ticket type', async () => {
    const event = await seatSale();
    const dinner = typeNamed(event, 'Seat with dinner');
    const owned = await own(event, undefined, { bestAvailable: { ticketTypeId: dinner, quantity: 1 } });
    const mine = (await read(owned, `/api/orders/${owned.orderId}`)).lines[0].seats[0].seatId;
    expect((await exchange(owned, { seatId: mine })).body.code).toBe('exchange_same_place');
    expect((await exchange(owned, { seatId: mine, ticketTypeId: dinner })).body.code).toBe(
      'exchange_same_place',
    );
    const map = (await world.client().get(`/api/events/${event.id}/seat-map`)).body;
    const ids: string[] = map.sections[0].rows[0].seats.map(({ id }: { id: string }) => id);
    const other = ids.find((id) => id !== mine);
    const { body } = await exchange(owned, { seatId: other });
    expect(body.order).toMatchObject({ total: { amount: 0 }, lines: [{ ticketTypeId: dinner }] });
  });
});

describe('the quote', () => {
  const quoteOf = (owned: Owned) => read(owned, `/api/tickets/${owned.ticket.id}/exchange-quote`);

  test('says for each ticket type what the exchange then does', async () => {
    const event = await seatSale(8);
    for (const { name } of event.ticketTypes) {
      const owned = await own(event);
      const quote = await quoteOf(owned);
      expect(quote).toMatchObject({ paid: { amount: 2500 }, mostBack: { amount: 2500 }, pending: null });
      const option = quote.options.find(
        ({ ticketTypeId }: { ticketTypeId: string }) => ticketTypeId === typeNamed(event, name),
      );
      expect(option).toMatchObject({ refused: null, keepsPlace: true });
      const { status, body } = await exchangeTo(owned, name);
      await world.drain();
      const { refunded } = await read(owned, `/api/orders/${owned.orderId}`);
      expect([name, status, body.order.total, refunded]).toEqual([name, 201, option.pay, option.back]);
      if (option.pay.amount > 0) {
        expect((await quoteOf(owned)).pending).toMatchObject({
          orderId: body.order.id,
          holdId: body.order.holdId,
        });
        const hold = await read(owned, `/api/holds/${body.order.holdId}`);
        expect(hold.exchangeOf).toBe(owned.ticket.id);
      } else {
        expect(await quoteOf(owned)).toMatchObject({ code: 'ticket_cancelled' });
      }
    }
  });

  test('says what the exchange would refuse', async () => {
    const terms = { refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 50 }] } };
    const event = await world.event({
      fields: {
        exchanges: { allowed: true },
        ...terms,
        pools: [{ key: 'floor', name: 'Floor', capacity: 20 }],
        ticketTypes: [
          { name: 'Seat', priceMinor: 2500, pools: ['floor'] },
          { name: 'Cheap', priceMinor: 1000, pools: ['floor'] },
          { name: 'Over', priceMinor: 3000, pools: ['floor'], saleEndsAt: world.clock.now().toISOString() },
        ],
      },
    });
    const owned = await own(event);
    const quote = await quoteOf(owned);
    expect(quote.mostBack.amount).toBe(1250);
    for (const { ticketTypeId, refused } of quote.options) {
      const { body } = await exchange(owned, { ticketTypeId });
      expect([ticketTypeId, body.code]).toEqual([ticketTypeId, refused]);
    }
    expect(quote.options.map(({ refused }: { refused: string }) => refused)).toEqual([
      'exchange_same_place',
      'exchange_refund_not_allowed',
      'sale_ended',
    ]);
    const off = await own(await world.event());
    expect((await quoteOf(off)).code).toBe('exchanges_off');
  });
});

describe('a transfer and an exchange at the same instant', () => {
  /** Starts `first`, then `second`, each while the lock is held, so that both wait for it in this order. */
  async function inOrder<A, B>(
    lockSql: string,
    id: string,
    first: () => Promise<A>,
    second: () => Promise<B>,
  ): Promise<[A, B]> {
    return world.app.db
      .transaction(async (trx) => {
        await trx.query(lockSql, [id]);
        const a = first();
        await someoneIsBlocked(world.app.db);
        const b = second();
        await expect.poll(async () => (await blocked()).length, { timeout: 20_000 }).toBeGreaterThan(1);
        return [a, b] as const;
      })
      .then(([a, b]) => Promise.all([a, b]));
  }
  const blocked = () =>
    world.app.db.query(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
  const ticketLock = 'select id from tickets where id = $1 for update';
  const accept = (id: string, secret: string, by: Person) =>
    by.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Grace Hopper' });

  async function offeredWithPendingExchange() {
    const owned = await own(await floorSale());
    const asked = await exchangeTo(owned, 'Dinner');
    const friend = await world.guest();
    const email = `${friend.userId.toLowerCase()}@example.com`;
    const { id, secret } = await offer(world, owned.buyer, owned.ticket.id, { email });
    const confirm = () =>
      world.app.ledger.submit(owned.event.id, {
        kind: 'confirm',
        holdId: asked.body.order.holdId,
        paid: {
          paymentId: asked.body.payment.id,
          intentRef: `pi_${asked.body.order.id}`,
          amountMinor: 3500,
          currency: 'EUR',
          card: null,
        },
      });
    return { owned, friend, id, secret, confirm };
  }

  test('the payment first: the exchange is finished, and nobody can accept the old ticket', async () => {
    const { owned, friend, id, secret, confirm } = await offeredWithPendingExchange();
    const [paid, accepted] = await inOrder(ticketLock, owned.ticket.id, confirm, () =>
      accept(id, secret, friend),
    );
    expect(paid.kind).toBe('confirmed');
    expect([accepted.status, accepted.body.code]).toEqual([409, 'ticket_cancelled']);
    expect((await friend.client.get('/api/me/tickets')).body.items).toEqual([]);
  });

  test('the acceptance first: the ticket has changed hands, and the payment goes back', async () => {
    const { owned, friend, id, secret, confirm } = await offeredWithPendingExchange();
    const [accepted, paid] = await inOrder(
      ticketLock,
      owned.ticket.id,
      () => accept(id, secret, friend),
      confirm,
    );
    expect(accepted.status).toBe(200);
    expect(paid).toMatchObject({ kind: 'refund_due', cause: 'ticket_gone' });
    expect((await friend.client.get('/api/me/tickets')).body.items).toHaveLength(1);
  });

  test('an exchange that costs nothing, with an offer that came after its first check', async () => {
    for (const exchangeFirst of [true, false]) {
      const owned = await own(await floorSale());
      const friend = await world.guest();
      const email = `${friend.userId.toLowerCase()}@example.com`;
      // While the ledger is locked, the exchange has seen no offer yet.
      const ledger = 'select event_id from ledgers where event_id = $1 for update';
      let code: string | undefined;
      const exchanged = await world.app.db
        .transaction(async (trx) => {
          await trx.query(ledger, [owned.event.id]);
          const asked = exchangeTo(owned, 'Same price');
          await someoneIsBlocked(world.app.db);
          const { id } = await must(
            owned.buyer.client.post(`/api/tickets/${owned.ticket.id}/transfers`, { email }),
            201,
          );
          const secret = world.app.transferLinks.secretOf(id);
          const accepting = () => accept(id, secret, friend);
          if (!exchangeFirst) code = (await accepting()).body.code;
          return { asked, accepting };
        })
        .then(async ({ asked, accepting }) => {
          const answer = await asked;
          if (exchangeFirst) code = (await accepting()).body.code;
          return answer;
        });
      if (exchangeFirst) {
        expect([exchanged.status, code]).toEqual([201, 'ticket_cancelled']);
      } else {
        expect([exchanged.body.code, code?.startsWith('ADMIT1.')]).toEqual(['ticket_transferred', true]);
      }
    }
  });
});

describe('a bank takes the money of the old order', () => {
  const lostCard = '4000000000002685';

  test('while it decides, the new ticket can be neither exchanged nor passed on', async () => {
    const owned = await own(await floorSale(), lostCard);
    const { body } = await exchangeTo(owned, 'Same price');
    const [ticket] = body.order.tickets;
    world.clock.advance(5_000);
    await world.drain();
    const renewed = { ...owned, ticket };
    expect((await exchangeTo(renewed, 'Seat')).body.code).toBe('order_disputed');
    const email = 'friend-of-disputed@example.com';
    const passed = await owned.buyer.client.post(`/api/tickets/${ticket.id}/transfers`, { email });
    expect(passed.body.code).toBe('order_disputed');
    // The bank has decided for the buyer: all that was paid for the ticket is gone, so it ends.
    expect(await statusOf(ticket.id)).toBe('valid');
    world.clock.advance(60_000);
    await world.drain();
    expect(await statusOf(ticket.id)).toBe('cancelled');
  });

  test('the new ticket stays valid if other money was paid for it', async () => {
    const owned = await own(await floorSale(), lostCard);
    const asked = await exchangeTo(owned, 'Dinner');
    await pay(asked.body);
    const [ticket] = (await read(owned, `/api/orders/${asked.body.order.id}`)).tickets;
    world.clock.advance(5_000);
    await world.drain();
    world.clock.advance(60_000);
    await world.drain();
    expect((await read(owned, `/api/orders/${owned.orderId}`)).disputes).toMatchObject([{ status: 'lost' }]);
    expect(await statusOf(ticket.id)).toBe('valid');
  });
});
