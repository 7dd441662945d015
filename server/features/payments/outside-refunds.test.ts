import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recount } from '../../audit/recount.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { compareBooks } from './compare-books.ts';
import { openBooks } from './testing/books.ts';
import { permutations } from './testing/permutations.ts';
import { cards, type Purchase, purchase } from './testing/purchase.ts';
import { sendWebhook, webhookSecret } from './testing/webhook.ts';

let world: World;
let event: TestEvent;
let admin: Person;
let books: ReturnType<typeof openBooks>;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'fatal' });
  event = await world.event({
    capacity: 1000,
    priceMinor: 2500,
    tax: { name: 'VAT', ratePercent: 19, included: true },
  });
  admin = await world.admin();
  books = openBooks(world);
});
afterAll(async () => {
  await world.drain();
  // Without the books of the sandbox, which do not have the refunds that single tests tell of.
  expect(await recount(world.app.db, world.clock.now())).toEqual([]);
  await world.close();
});

async function paid(quantity = 2): Promise<Purchase> {
  const of = await purchase(world, event, { quantity });
  await of.pay(cards.success);
  await world.drain();
  return of;
}

let count = 0;
/** Refunds as a person does in the dashboard. */
const refundThere = (of: Purchase, body: object = {}) =>
  world
    .client()
    .post(`/api/sandbox/payments/${of.paymentId}/refunds`, { clientSecret: of.clientSecret, ...body });

const refundsOf = async (of: Purchase) =>
  (await of.buyer.client.get(`/api/orders/${of.orderId}/refunds`)).body.items;
const statusesOf = (order: { tickets: { status: string }[] }) => order.tickets.map(({ status }) => status);
const reviewsOf = (of: Purchase) =>
  books.rows('select reason, direction from money_reviews where order_id = $1 order by reason', of.orderId);

const codeOf = async (of: Purchase, ticketId: string): Promise<string> =>
  (await of.buyer.client.get(`/api/tickets/${ticketId}`)).body.code;
const scan = (code: string) =>
  event.organiser.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: `at-the-door-${++count}` });

describe('a refund that somebody made at the provider', () => {
  test('of the whole payment ends the tickets, frees their places, and is in the books', async () => {
    const of = await paid();
    const code = await codeOf(of, (await of.order()).tickets[0].id);
    const before = await books.available(event);
    expect((await refundThere(of)).body.amount).toEqual({ amount: 5000, currency: 'EUR' });
    await world.drain();
    const order = await of.order();
    expect(order).toMatchObject({ status: 'refunded', refunded: { amount: 5000 } });
    expect(statusesOf(order)).toEqual(['cancelled', 'cancelled']);
    expect(await books.available(event)).toBe(before + 2);
    expect(await refundsOf(of)).toMatchObject([
      { cause: 'refunded_outside', status: 'succeeded', reason: null, amount: { amount: 5000 } },
    ]);
    expect((await scan(code)).body.code).toBe('ticket_cancelled');
    expect(await reviewsOf(of)).toEqual([]);
    const [entry] = await books.rows<{ actor_kind: string; act: string; organisation_id: string }>(
      'select act, actor_kind, organisation_id from audit_log where subject_id = $1',
      of.orderId,
    );
    expect(entry).toEqual({
      act: 'order.refunded_outside',
      actor_kind: 'provider',
      organisation_id: event.organiser.organisationId,
    });
  });

  test('leaves used tickets used', async () => {
    const of = await paid();
    const [first] = (await of.order()).tickets;
    expect((await scan(await codeOf(of, first.id))).status).toBe(201);
    await refundThere(of);
    await world.drain();
    const order = await of.order();
    expect(order.tickets.find(({ id }: { id: string }) => id === first.id).status).toBe('used');
    expect(statusesOf(order).sort()).toEqual(['cancelled', 'used']);
    expect(order.refunded.amount).toBe(5000);
  });

  test('of a part leaves the tickets, and lowers what can still be refunded', async () => {
    const of = await paid();
    await refundThere(of, { amount: 1200 });
    await world.drain();
    const order = await of.order();
    expect(order).toMatchObject({ status: 'confirmed', refunded: { amount: 1200 } });
    expect(statusesOf(order)).toEqual(['valid', 'valid']);
    const tooMuch = { amount: { amount: 3900, currency: 'EUR' }, reason: 'more than is left' };
    const path = `/api/orders/${of.orderId}/refunds`;
    expect((await event.organiser.client.post(path, tooMuch)).body).toMatchObject({
      code: 'refund_exceeds_paid',
      left: { amount: 3800 },
    });
    // The rest goes back here, so nothing is left and the tickets end.
    expect((await event.organiser.client.post(path, { reason: 'the rest' })).status).toBe(201);
    await world.drain();
    expect(await of.order()).toMatchObject({ status: 'refunded', refunded: { amount: 5000 } });
  });

  test('of the rest, after one of a part, ends the tickets', async () => {
    const of = await paid();
    await refundThere(of, { amount: 1200 });
    await refundThere(of, { amount: 3800 });
    await world.drain();
    expect(await of.order()).toMatchObject({ status: 'refunded', refunded: { amount: 5000 } });
  });

  test('ends the tickets that it names', async () => {
    const of = await paid();
    const [first] = (await of.order()).tickets;
    await refundThere(of, { amount: 2500, tickets: [first.id] });
    await world.drain();
    const order = await of.order();
    expect(statusesOf(order).sort()).toEqual(['cancelled', 'valid']);
    expect(order.tickets.find(({ id }: { id: string }) => id === first.id).status).toBe('cancelled');
  });

  test('that names tickets of others is a refund of a part', async () => {
    const [of, other] = [await paid(), await paid()];
    const [theirs] = (await other.order()).tickets;
    await refundThere(of, { amount: 2500, tickets: [theirs.id] });
    await world.drain();
    expect(statusesOf(await of.order())).toEqual(['valid', 'valid']);
    expect(statusesOf(await other.order())).toEqual(['valid', 'valid']);
    expect((await of.order()).refunded.amount).toBe(2500);
  });

  test('that fails is still owed: the tickets are gone and a person must pay', async () => {
    const of = await paid();
    await refundThere(of, { outcome: 'failed' });
    await world.drain();
    expect(statusesOf(await of.order())).toEqual(['cancelled', 'cancelled']);
    expect(await refundsOf(of)).toMatchObject([{ status: 'failed' }]);
    expect(await reviewsOf(of)).toEqual([{ reason: 'refund_failed', direction: 'none' }]);
  });

  test('beyond the payment is refused by the sandbox', async () => {
    const of = await paid();
    for (const body of [{ amount: 5001 }, { amount: 0 }, { amount: 1.5 }, { tickets: ['tkt_x'] }])
      expect((await refundThere(of, body)).status).toBeGreaterThanOrEqual(400);
    expect((await refundThere({ ...of, clientSecret: 'guess' })).status).toBe(404);
    expect((await refundThere(await purchase(world, event))).body.code).toBe('refund_exceeds_paid');
    expect((await refundThere(of)).status).toBe(201);
    expect((await refundThere(of)).body.code).toBe('refund_exceeds_paid');
  });

  test('of a payment that bought nothing is for a person', async () => {
    const of = await purchase(world, event);
    await books.rows('delete from payments where id = $1', of.paymentId);
    await sendWebhook(world, refundEvent('refund.created', of, { id: 're_of_nothing', status: 'succeeded' }));
    expect((await of.order()).status).toBe('pending');
    const { items } = (await admin.client.get('/api/admin/money-reviews?limit=100')).body;
    expect(items).toContainEqual(
      expect.objectContaining({ reference: 're_of_nothing', reason: 'refund_by_hand' }),
    );
  });
});

function refundEvent(type: string, of: Purchase, more: object): string {
  const refund = {
    object: 'refund',
    amount: of.totalMinor,
    currency: 'eur',
    payment_intent: `pi_${of.paymentId.slice(4)}`,
    metadata: {},
    ...more,
  };
  return JSON.stringify({
    id: `evt_refund_${++count}`,
    object: 'event',
    livemode: false,
    type,
    data: { object: refund },
  });
}

describe('in whatever order its webhooks arrive, and however often', () => {
  /** Everything that a refund changes. */
  async function stateOf(of: Purchase) {
    const order = await of.order();
    const balances = await books.rows<{ account: string; minor: number }>(
      `select replace(account, $1, 'this order') as account, sum(minor)::int as minor from (
         select credit as account, amount_minor as minor from transfers where order_id = $1
         union all select debit, -amount_minor from transfers where order_id = $1) as side
       group by 1 having sum(minor) <> 0 order by 1`,
      of.orderId,
    );
    const refunds = (await refundsOf(of)).map(({ amount, status, cause }: Record<string, unknown>) => ({
      amount,
      status,
      cause,
    }));
    return {
      status: order.status,
      refunded: order.refunded,
      tickets: statusesOf(order),
      balances,
      refunds: refunds.sort((a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      reviews: await reviewsOf(of),
    };
  }

  const tellings: [what: string, parts: [type: string, state: object][]][] = [
    [
      'sent',
      [
        ['refund.created', { status: 'pending' }],
        ['refund.updated', { status: 'succeeded' }],
      ],
    ],
    [
      'sent and returned',
      [
        ['refund.created', { status: 'succeeded' }],
        ['refund.updated', { status: 'succeeded' }],
        ['refund.failed', { status: 'failed' }],
      ],
    ],
    [
      'sent in two parts, one of which comes back',
      [
        ['refund.created', { id: 're_a', status: 'succeeded', amount: 1200 }],
        ['refund.created', { id: 're_b', status: 'succeeded', amount: 3800 }],
        ['charge.refund.updated', { id: 're_b', status: 'failed', amount: 3800 }],
      ],
    ],
  ];
  test.each(tellings)('%s: the end is that of asking the provider', async (what, parts) => {
    const ends: unknown[] = [];
    const named = (of: Purchase, state: { id?: string }) => ({
      ...state,
      id: `${state.id ?? 're'}_${of.orderId}`,
    });
    for (const order of permutations(parts)) {
      const of = await paid();
      for (const [type, state] of [...order, ...order])
        expect((await sendWebhook(world, refundEvent(type, of, named(of, state)))).status).toBe(200);
      ends.push(await stateOf(of));
    }
    // The provider tells only what became of each refund in the end.
    const of = await paid();
    const last = new Map(parts.map(([type, state]) => [named(of, state).id, [type, state] as const]));
    for (const [type, state] of last.values())
      await sendWebhook(world, refundEvent(type, of, named(of, state)));
    const asked = await stateOf(of);
    expect(asked.refunds, what).not.toEqual([]);
    for (const end of ends) expect(end).toEqual(asked);
  });

  test('at the same instant, twenty times', async () => {
    const of = await paid();
    const body = () => refundEvent('refund.created', of, { id: `re_${of.orderId}`, status: 'succeeded' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendWebhook(world, body())));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await books.refunds(of.orderId)).toEqual([
      { amount_minor: 5000, reason: 'refunded_outside', status: 'succeeded' },
    ]);
  });

  test('before the webhook of the payment: the provider tells that it was paid', async () => {
    const of = await purchase(world, event, { quantity: 2 });
    await of.pay(cards.success);
    await refundThere(of, { amount: 1200 });
    const body = refundEvent('refund.created', of, {
      id: `re_${of.orderId}`,
      status: 'succeeded',
      amount: 1200,
    });
    expect((await sendWebhook(world, body)).status).toBe(200);
    expect(await of.order()).toMatchObject({ status: 'confirmed', refunded: { amount: 1200 } });
  });

  test('charge.refunded does not name its refunds, so the provider is asked', async () => {
    const of = await paid();
    const { reference } = (await refundThere(of, { amount: 1200 })).body;
    const charge = {
      id: 'ch_1',
      object: 'charge',
      payment_intent: `pi_${of.paymentId.slice(4)}`,
      amount_refunded: 1200,
    };
    const told = JSON.stringify({
      id: `evt_charge_${++count}`,
      type: 'charge.refunded',
      livemode: false,
      data: { object: charge },
    });
    expect((await sendWebhook(world, told)).status).toBe(200);
    expect((await of.order()).refunded.amount).toBe(1200);
    await world.drain();
    expect(await books.rows('select provider_ref from refunds where order_id = $1', of.orderId)).toEqual([
      { provider_ref: reference },
    ]);
  });
});

test('the comparison of the books finds nothing to say about them', async () => {
  const of = await paid();
  await refundThere(of, { amount: 1200 });
  await world.drain();
  const now = world.clock.now();
  const findings = await compareBooks(
    world.app,
    new Date(now.getTime() - 3_600_000),
    new Date(now.getTime() + 1000),
  );
  // The other tests tell of refunds that the sandbox did not make.
  expect(findings.filter((finding) => finding.includes(of.paymentId.slice(4)))).toEqual([]);
});
