import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, hours, minutes } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { openBooks } from '../payments/testing/books.ts';
import { cards, type Purchase, purchase } from '../payments/testing/purchase.ts';
import { sendWebhook, webhookOf, webhookSecret } from '../payments/testing/webhook.ts';

let world: World;
let books: ReturnType<typeof openBooks>;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret });
  books = openBooks(world);
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** 10 days before an event: 100% until 7 days before it, 50% until 2 days before it, 1.50 kept of each ticket. */
async function bought(quantity: number, fields: Record<string, unknown> = {}, at: World = world) {
  const start = new Date(at.clock.now().getTime() + days(10));
  const event = await at.event({
    capacity: 20,
    fields: {
      startsAt: start.toISOString(),
      endsAt: new Date(start.getTime() + hours(4)).toISOString(),
      bookingFee: { perTicketMinor: 99, perOrderMinor: 100 },
      refundPolicy: {
        steps: [
          { hoursBefore: 168, refundPercent: 100 },
          { hoursBefore: 48, refundPercent: 50 },
        ],
        feePerTicketMinor: 150,
      },
      ...fields,
    },
  });
  const of = await purchase(at, event, { quantity });
  await of.pay(cards.success);
  await at.drain();
  const ids: string[] = (await of.order()).tickets.map(({ id }: { id: string }) => id);
  const hoursBefore = (count: number) => new Date(start.getTime() - hours(count)).toISOString();
  return { ...of, start, ids, hoursBefore };
}

const quote = ({ buyer, orderId }: Purchase, tickets?: string[]) =>
  buyer.client.get(
    `/api/orders/${orderId}/cancellation-quote${tickets ? `?tickets=${tickets.join(',')}` : ''}`,
  );
const cancel = ({ buyer, orderId }: Purchase, body?: object, key?: string) =>
  buyer.client.post(`/api/orders/${orderId}/cancellation`, body, key ? { 'idempotency-key': key } : {});
const statuses = async (of: Purchase): Promise<string[]> =>
  (await of.order()).tickets.map(({ status }: { status: string }) => status);

describe('the quote', () => {
  test('is what a cancellation gives back, of the whole and of any tickets, and changes nothing', async () => {
    const of = await bought(3);
    const [a = '', b = '', c = ''] = of.ids;
    const until = of.hoursBefore(168);
    const whole = await quote(of);
    // Three times 25.99 less 1.50, and 1.00 for the order.
    expect(whole).toMatchObject({ status: 200, body: { refund: eur(7447), fee: eur(450), until } });
    expect((await of.order()).cancellation).toEqual(whole.body);
    expect((await quote(of, [b])).body).toEqual({ refund: eur(2449), fee: eur(150), until });
    expect((await quote(of, [b, c])).body).toEqual({ refund: eur(4898), fee: eur(300), until });
    // Twice the same ticket counts once.
    expect((await quote(of, [b, b])).body).toEqual({ refund: eur(2449), fee: eur(150), until });
    expect(await statuses(of)).toEqual(['valid', 'valid', 'valid']);

    const one = await cancel(of, { tickets: [b], refund: eur(2449) });
    expect(one).toMatchObject({ status: 200, body: { refunded: eur(2449) } });
    // The fee of the order goes with the last ticket.
    expect((await quote(of)).body).toEqual({ refund: eur(4998), fee: eur(300), until });
    const rest = await cancel(of, { tickets: [c, a], refund: eur(4998) });
    expect(rest.body).toMatchObject({ status: 'cancelled', refunded: eur(7447), cancellation: null });
  });

  test('follows the steps to the second, and after the last one it is refused like the cancellation', async () => {
    const of = await bought(1);
    const at = async (hoursBefore: number, seconds = 0) => {
      world.clock.set(new Date(of.start.getTime() - hours(hoursBefore) + seconds * 1000));
      const { body } = await quote(of);
      return body.code ?? [body.refund.amount, body.fee.amount, body.until];
    };
    expect(await at(168)).toEqual([2549, 150, of.hoursBefore(168)]);
    // Half of 25.99 is rounded up in the buyer's favour to 13.00, less 1.50; and half of 1.00.
    expect(await at(168, 1)).toEqual([1200, 1499, of.hoursBefore(48)]);
    expect(await at(48)).toEqual([1200, 1499, of.hoursBefore(48)]);
    expect(await at(48, 1)).toBe('refund_not_allowed');
    expect(await cancel(of)).toMatchObject({ status: 409, body: { code: 'refund_not_allowed' } });
    expect(await statuses(of)).toEqual(['valid']);
  });

  test('of an unpaid order is nothing until it expires', async () => {
    const of = await purchase(world, await world.event());
    const { expiresAt } = await of.order();
    expect((await quote(of)).body).toEqual({ refund: eur(0), fee: eur(0), until: expiresAt });
    world.clock.set(new Date(expiresAt));
    expect((await quote(of)).body.code).toBe('order_not_cancellable');
  });

  test('is refused for a stranger, for tickets of another order, and after check-in or cancellation', async () => {
    const of = await bought(2);
    const other = await bought(1);
    const [first = '', second = ''] = of.ids;
    const stranger = await world.guest();
    for (const client of [stranger.client, of.event.organiser.client, world.client()]) {
      const answer = await client.get(`/api/orders/${of.orderId}/cancellation-quote`);
      expect([401, 404]).toContain(answer.status);
    }
    expect(await quote(of, [first, ...other.ids])).toMatchObject({
      status: 422,
      body: { code: 'ticket_not_of_order', tickets: other.ids },
    });
    for (const wrong of ['', 'tkt_1', `${first},`, 'ord_01K9ZC4V7R8W3T5XN2M6QHJDEF'])
      expect((await quote(of, [wrong])).body.code).toBe('invalid_request');

    const { code } = (await of.buyer.client.get(`/api/tickets/${first}`)).body;
    const scan = { code, nonce: `scan-${of.orderId}` };
    await of.event.organiser.client.post(`/api/events/${of.eventId}/check-ins`, scan);
    expect((await quote(of)).body.code).toBe('order_not_cancellable');
    expect((await quote(of, [first])).body).toMatchObject({
      code: 'ticket_not_cancellable',
      tickets: [{ id: first, status: 'used' }],
    });
    expect((await quote(of, [second])).body.refund).toEqual(eur(2449));
    await cancel(other);
    expect((await quote(other)).body.code).toBe('order_not_cancellable');
  });
});

describe('when less goes back than the buyer saw', () => {
  test('nothing is cancelled, and the new quote is in the refusal', async () => {
    const of = await bought(2);
    const seen = (await quote(of)).body;
    world.clock.set(new Date(of.start.getTime() - hours(168) + 1000));
    const refused = await cancel(of, { refund: seen.refund }, 'seen-1');
    const now = (await quote(of)).body;
    expect(refused).toMatchObject({ status: 409, body: { code: 'refund_lower', ...now } });
    expect(await statuses(of)).toEqual(['valid', 'valid']);
    expect((await of.order()).refunded).toEqual(eur(0));
    expect((await cancel(of, { refund: now.refund }, 'seen-2')).body).toMatchObject({
      status: 'cancelled',
      refunded: now.refund,
    });
  });

  test('more than the buyer saw goes back without a question, and another currency is refused', async () => {
    const of = await bought(1);
    expect((await cancel(of, { refund: { amount: 1, currency: 'JPY' } })).body).toMatchObject({
      code: 'invalid_request',
      issues: [{ path: 'body.refund.currency', message: 'this order was paid in EUR' }],
    });
    expect((await cancel(of, { refund: eur(1) })).body.refunded).toEqual(eur(2549));
  });
});

describe('the same cancellation again', () => {
  test('with the same key and with another one, one after the other and at the same instant, refunds once', async () => {
    const of = await bought(3);
    const [a = '', b = ''] = of.ids;
    const body = { tickets: [a], refund: eur(2449) };
    const same = await Promise.all([1, 2, 3].map(() => cancel(of, body, 'key-a')));
    expect(same.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await cancel(of, body, 'key-a')).body.refunded).toEqual(eur(2449));
    expect((await cancel(of, body, 'key-b')).body.code).toBe('ticket_not_cancellable');
    expect((await cancel(of, { tickets: [b] }, 'key-a')).body.code).toBe('idempotency_key_reused');
    const keys = await Promise.all(['c', 'd', 'e'].map((key) => cancel(of, { tickets: [b] }, `key-${key}`)));
    expect(keys.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await of.order()).refunded).toEqual(eur(4898));
    await world.drain();
    expect(await books.refunds(of.orderId)).toHaveLength(2);
  });

  test('as a whole, at the same instant as its tickets, refunds the price of each ticket once', async () => {
    const of = await bought(3);
    const answers = await Promise.all([cancel(of), ...of.ids.map((id) => cancel(of, { tickets: [id] }))]);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect(await of.order()).toMatchObject({ status: 'cancelled', refunded: eur(7447) });
  });
});

describe('the payment provider', () => {
  test('is down for an hour in the middle: tickets and places change at once, the money once it is back', async () => {
    // The queue counts its waits from the real time, so this test needs a clock that starts there.
    const day = await createWorld();
    const of = await bought(2, {}, day);
    const refundsOf = () => openBooks(day).refunds(of.orderId);
    const { refund } = day.app.payments;
    let asked = 0;
    day.app.payments.refund = async () => {
      asked++;
      throw new Error('the provider is away');
    };
    expect((await cancel(of, { tickets: of.ids.slice(0, 1) })).body.refunded).toEqual(eur(2449));
    expect(await statuses(of)).toEqual(['cancelled', 'valid']);
    expect(await openBooks(day).available(of.event)).toBe(19);
    for (let minute = 0; minute < 60; minute += 10) {
      await day.drain();
      day.clock.advance(minutes(10));
    }
    expect(asked).toBeGreaterThan(1);
    expect(await refundsOf()).toMatchObject([{ status: 'pending' }]);
    // The rest can be cancelled meanwhile.
    expect((await cancel(of)).body).toMatchObject({ status: 'cancelled', refunded: eur(4998) });
    day.app.payments.refund = refund;
    // The queue waits longer after each failure.
    day.clock.advance(hours(12));
    await day.drain();
    expect(await refundsOf()).toMatchObject([{ status: 'succeeded' }, { status: 'succeeded' }]);
    expect(await audit(day.app.db, { now: day.clock.now() })).toEqual([]);
    await day.close();
  });

  test.each(['before its answer', 'long after its answer', 'never'])(
    'tells of a slow refund %s, and the refund is settled once',
    async (when) => {
      const of = await bought(1);
      const { refund, findRefund } = world.app.payments;
      const told = (refundId: string) =>
        sendWebhook(
          world,
          webhookOf(of, 'refund.updated', {
            ...{ id: `re_${refundId.slice(4)}`, object: 'refund', status: 'succeeded', amount: 2549 },
            metadata: { orderId: of.orderId, eventId: of.eventId, refundId },
          }),
        );
      let id = '';
      world.app.payments.refund = async (request) => {
        id = request.refundId;
        const done = await refund(request);
        if (when === 'before its answer') await told(id);
        return { ...done, status: 'pending' };
      };
      world.app.payments.findRefund = async (ref) => ({ ref, status: 'succeeded' });
      try {
        await cancel(of);
        await world.drain();
        if (when === 'long after its answer') await told(id);
        world.clock.advance(hours(1));
        await world.drain();
      } finally {
        Object.assign(world.app.payments, { refund, findRefund });
      }
      expect(await books.refunds(of.orderId)).toEqual([
        { amount_minor: 2549, reason: 'cancelled_by_buyer', status: 'succeeded' },
      ]);
      expect((await books.notices(of.orderId)).filter((type) => type.endsWith('refunded.v1'))).toHaveLength(
        1,
      );
      expect(
        (await books.transfers(of.orderId)).filter(({ kind }: { kind?: string }) => kind === 'refund_sent'),
      ).toHaveLength(1);
    },
  );
});
