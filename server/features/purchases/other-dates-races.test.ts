import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { hours } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { holdIdOf } from '../inventory/inventory.ts';
import { scan } from '../transfers/testing/offer.ts';
import { type Dates, datesOf, type Owned } from './testing/dates.ts';

/* A ticket is exchanged for a place on another date while somebody else wants it too: one ticket lives, over HTTP. */
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

describe('one ticket lives', () => {
  test('however often the exchange is sent', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday);
    const same = await Promise.all(
      [1, 2, 3].map(() => at.exchange(owned, saturday, 'Regular', { key: 'same-key-0001' })),
    );
    expect(new Set(same.map(({ body }) => body.order?.id)).size).toBe(1);
    const other = await at.own(friday);
    const answers = await Promise.all(
      ['Regular', 'Circle', 'Student'].map((name) => at.exchange(other, saturday, name)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    await world.drain();
    const living = await world.app.db.query(
      `select from tickets where event_id = any($1) and status = 'valid'`,
      [[friday.id, saturday.id]],
    );
    expect(living.length).toBeLessThanOrEqual(2);
  });

  const ways: [string, (owned: Owned, dates: Dates) => Promise<unknown>][] = [
    ['scanned', ({ ticket }, { friday }) => scan(friday, ticket.code)],
    ['returned', ({ buyer, ticket }) => buyer.client.post(`/api/tickets/${ticket.id}/cancellation`, {})],
    ['refunded with its date', (_, { friday }) => at.call(friday).then(() => world.drain())],
  ];
  test.each(ways)('and the payment goes back if the old one was %s meanwhile', async (_, meanwhile) => {
    const both = await at.dates();
    const owned = await at.own(both.friday);
    const asked = await at.exchange(owned, both.saturday, 'Circle');
    await meanwhile(owned, both);
    await at.pay(asked.body);
    expect(await at.orderOf(owned, asked.body.order.id)).toMatchObject({
      status: 'failed',
      problem: 'ticket_gone_refunded',
      tickets: [],
    });
    expect(await at.free(both.saturday)).toEqual([10, 10]);
  });

  test('if the exchange is not paid in time, and it can be exchanged and sold again', async () => {
    const { friday, saturday } = await at.dates({ resale: { allowed: true } });
    const owned = await at.own(friday);
    const asked = await at.exchange(owned, saturday, 'Circle');
    expect((await at.exchange(owned, saturday)).body.code).toBe('exchange_pending');
    expect((await owned.buyer.client.post(`/api/tickets/${owned.ticket.id}/resale`, {})).body.code).toBe(
      'exchange_pending',
    );
    world.clock.advance(hours(1));
    await world.app.ledger.submit(saturday.id, { kind: 'expire' });
    await world.drain();
    expect(await at.free(saturday)).toEqual([10, 10]);
    expect((await at.ticketOf(owned, owned.ticket.id)).status).toBe('valid');
    // A late payment does not take a ticket that is on resale now: only the ledger of its date can end that offer.
    expect((await owned.buyer.client.post(`/api/tickets/${owned.ticket.id}/resale`, {})).status).toBe(201);
    const { order, payment } = asked.body;
    const paid = {
      paymentId: payment.id,
      intentRef: 'pi_late',
      amountMinor: 3500,
      currency: 'EUR' as const,
      card: null,
    };
    const outcome = await world.app.ledger.submit(saturday.id, {
      kind: 'confirm',
      holdId: holdIdOf(order.id),
      paid,
    });
    expect(outcome).toMatchObject({ kind: 'refund_due', cause: 'ticket_gone' });
    expect((await at.ticketOf(owned, owned.ticket.id)).status).toBe('valid');
  });

  test('when the door, a return and the payment come at once', async () => {
    const { friday, saturday } = await at.dates();
    for (let round = 0; round < 4; round++) {
      const owned = await at.own(friday);
      const [exchanged, scanned, returned] = await Promise.all([
        at.exchange(owned, saturday),
        round % 2 === 0 ? scan(friday, owned.ticket.code) : null,
        owned.buyer.client.post(`/api/tickets/${owned.ticket.id}/cancellation`, {}),
      ]);
      const won = [exchanged.status === 201, scanned?.status === 201, returned.status === 200];
      expect(won.filter(Boolean)).toHaveLength(1);
    }
    await world.drain();
  });

  test('and its old place is freed once, however often the job runs, and goes to who waits', async () => {
    const { friday, saturday } = await at.dates(
      {},
      {
        friday: {
          pools: [
            { key: 'floor', name: 'Floor', capacity: 2 },
            { key: 'circle', name: 'Circle', capacity: 1 },
          ],
        },
      },
    );
    const owned = await at.own(friday, 2);
    const waiting = await world.guest();
    const joined = await waiting.client.post(`/api/events/${friday.id}/waitlist`, {
      ticketTypeId: friday.ticketTypeId,
      quantity: 1,
      email: `${waiting.userId.toLowerCase()}@example.com`,
    });
    expect(joined.status).toBe(201);
    expect((await at.exchange(owned, saturday)).status).toBe(201);
    const [hold] = await world.app.db.query<{ id: `hld_${string}` }>(
      `select hold_id as id from orders where id = $1`,
      [owned.orderId],
    );
    for (let i = 0; i < 3; i++)
      await world.app.ledger.submit(friday.id, { kind: 'free-owed', holdId: hold!.id });
    await world.drain();
    const [mine] = (await waiting.client.get(`/api/events/${friday.id}/waitlist/mine`)).body.items;
    expect(mine.status).toBe('offered');
    const [pool] = await world.app.db.query(
      `select held, sold from pools where event_id = $1 and key = 'floor'`,
      [friday.id],
    );
    expect(pool).toEqual({ held: 1, sold: 1 });
  });
});
