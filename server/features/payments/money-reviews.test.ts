import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type World } from '../../testing/world.ts';
import { mismatchOf } from './money-review.ts';
import { openBooks } from './testing/books.ts';
import { cards, type Purchase, purchase } from './testing/purchase.ts';
import { sendWebhook, webhookOf, webhookSecret } from './testing/webhook.ts';

let world: World;
let admin: Person;
let books: ReturnType<typeof openBooks>;
beforeAll(async () => {
  world = await createWorld({
    SANDBOX_WEBHOOK_SECRET: webhookSecret,
    OPERATIONS_EMAIL: 'operations@tickets.example',
    LOG_LEVEL: 'fatal',
  });
  admin = await world.admin();
  books = openBooks(world);
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const bought = async () => purchase(world, await world.event({ priceMinor: 2500 }));

async function onList(reference: string): Promise<Record<string, unknown> | undefined> {
  const { status, body } = await admin.client.get('/api/admin/money-reviews?limit=100');
  expect(status).toBe(200);
  return body.items.find((item: { reference: string }) => item.reference === reference);
}

const balanceOf = async (account: string): Promise<number> => {
  const [row] = await books.rows<{ minor: number }>(
    `select coalesce(sum(case when credit = $1 then amount_minor else -amount_minor end), 0)::int as minor
     from transfers where $1 in (debit, credit)`,
    account,
  );
  return row?.minor ?? 0;
};

const settle = (id: unknown, action: string, note = 'looked at the dashboard') =>
  admin.client.post(`/api/admin/money-reviews/${id}/settlement`, { action, note });

let count = 0;
const fresh = () => `pi_foreign_${++count}`;

/** A webhook about an object that is no intent of ours. */
const event = (type: string, object: object, more: object = {}) =>
  JSON.stringify({
    id: `evt_other_${++count}`,
    object: 'event',
    livemode: false,
    type,
    data: { object },
    ...more,
  });

describe('money that matches nothing is on the list once, in the books, and told to the operators', () => {
  const kinds: [
    what: string,
    reason: string,
    send: (of: Purchase) => Promise<{ body: string; reference: string }>,
  ][] = [
    [
      'a cent less than the order',
      'amount_mismatch',
      async (of) => ({
        body: webhookOf(of, undefined, { amount_received: 2499 }),
        reference: `pi_${of.paymentId.slice(4)}`,
      }),
    ],
    [
      'another currency',
      'currency_mismatch',
      async (of) => ({
        body: webhookOf(of, undefined, { currency: 'jpy' }),
        reference: `pi_${of.paymentId.slice(4)}`,
      }),
    ],
    [
      'another intent with our metadata',
      'foreign_intent',
      async (of) => {
        const id = fresh();
        return { body: webhookOf(of, undefined, { id }), reference: id };
      },
    ],
    [
      'another intent for an order that is paid',
      'paid_twice',
      async (of) => {
        await of.pay(cards.success);
        await world.drain();
        const id = fresh();
        return { body: webhookOf(of, undefined, { id }), reference: id };
      },
    ],
    [
      'an order that does not exist',
      'unknown_order',
      async (of) => {
        const id = fresh();
        return {
          body: webhookOf({ ...of, orderId: world.app.newId('order') }, undefined, { id }),
          reference: id,
        };
      },
    ],
    [
      'no order at all',
      'unknown_order',
      async (of) => {
        const id = fresh();
        return { body: webhookOf(of, undefined, { id, metadata: {} }), reference: id };
      },
    ],
  ];

  test.each(kinds)('%s: %s', async (_, reason, send) => {
    const of = await bought();
    const { body, reference } = await send(of);
    const before = await of.order();
    // Ten deliveries, some at the same time, and another one under a different event id.
    const again = body.replace(/"evt_test_\d+"/, `"evt_again_${++count}"`);
    const answers = await Promise.all(
      [...Array(9).fill(body), again].map((each) => sendWebhook(world, each)),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    const item = await onList(reference);
    expect(item).toMatchObject({ reason, direction: 'in', settled: null });
    expect(await books.rows('select from money_reviews where reference = $1', reference)).toHaveLength(1);
    const entered = await balanceOf(`review:${item?.id}`);
    expect(item).toMatchObject({ amount: { amount: entered } });
    expect(entered).toBeGreaterThan(0);
    expect((await of.order()).status).toBe(before.status);
    await world.drain();
    const { body: mailbox } = await world.client().get('/api/mailbox?to=operations@tickets.example');
    const mails = mailbox.items.filter(({ subject }: { subject: string }) => subject.includes(reference));
    expect(mails).toHaveLength(1);
  });

  test('a refund by hand of a payment that is not ours, and the same when it comes back', async () => {
    const refund = {
      id: `re_${++count}`,
      object: 'refund',
      status: 'succeeded',
      amount: 900,
      currency: 'eur',
      payment_intent: fresh(),
    };
    for (const type of ['refund.created', 'refund.updated'])
      expect((await sendWebhook(world, event(type, refund))).status).toBe(200);
    const item = await onList(refund.id);
    expect(item).toMatchObject({ reason: 'refund_by_hand', direction: 'out', orderId: null });
    expect(await balanceOf(`review:${item?.id}`)).toBe(-900);
    await sendWebhook(world, event('refund.failed', { ...refund, status: 'failed' }));
    expect(await onList(`${refund.id}:failed`)).toMatchObject({ direction: 'in', reason: 'refund_failed' });
    // A failed refund that was never sent moves no money.
    await sendWebhook(world, event('refund.failed', { ...refund, id: 're_never', status: 'failed' }));
    expect(await onList('re_never:failed')).toBeUndefined();
  });

  test('a refund of ours that fails for good is still owed, and stays in its place in the books', async () => {
    const of = await bought();
    await of.pay(cards.success);
    await world.drain();
    await of.buyer.client.post(`/api/orders/${of.orderId}/cancellation`);
    const { refund } = world.app.payments;
    world.app.payments.refund = async () => ({ ref: null, status: 'failed' });
    await world.drain();
    world.app.payments.refund = refund;
    const [row] = await books.rows<{ id: string }>('select id from refunds where order_id = $1', of.orderId);
    const item = await onList(row?.id ?? '');
    expect(item).toMatchObject({ reason: 'refund_failed', direction: 'none', orderId: of.orderId });
    expect((await settle(item?.id, 'refund')).body.code).toBe('money_review_not_refundable');
    expect((await settle(item?.id, 'write_off', 'paid by bank transfer')).status).toBe(200);
    expect(await onList(row?.id ?? '')).toBeUndefined();
  });

  test('a dispute of a payment that is not ours, and its end', async () => {
    const dispute = {
      id: `dp_${++count}`,
      object: 'dispute',
      amount: 2500,
      currency: 'eur',
      payment_intent: fresh(),
    };
    await sendWebhook(world, event('charge.dispute.funds_withdrawn', dispute));
    const taken = await onList(`${dispute.id}:disputed`);
    expect(taken).toMatchObject({
      direction: 'out',
      orderId: null,
      amount: { amount: 2500, currency: 'EUR' },
    });
    await sendWebhook(world, event('charge.dispute.funds_reinstated', dispute));
    const back = await onList(`${dispute.id}:dispute_reinstated`);
    expect((await balanceOf(`review:${taken?.id}`)) + (await balanceOf(`review:${back?.id}`))).toBe(0);
  });
});

describe('what somebody else’s intent says with our metadata changes nothing', () => {
  test.each(['payment_intent.payment_failed', 'payment_intent.canceled'])('%s', async (type) => {
    const of = await bought();
    const before = await of.order();
    expect((await sendWebhook(world, webhookOf(of, type, { id: fresh() }))).status).toBe(200);
    expect(await of.order()).toEqual(before);
    expect(await books.paymentStatus(of)).toBe('open');
    await of.pay(cards.success);
    await world.drain();
    expect((await of.order()).status).toBe('confirmed');
  });

  test('a payment that was never noted takes no money but what the order costs', async () => {
    const of = await bought();
    await books.rows('delete from payments where id = $1', of.paymentId);
    await sendWebhook(world, webhookOf(of, undefined, { id: fresh(), amount_received: 1 }));
    expect((await sendWebhook(world, webhookOf(of))).status).toBe(200);
    expect((await of.order()).status).toBe('confirmed');
  });
});

describe('an event that is not about our money', () => {
  test.each([
    ['of the live mode', { livemode: true }, 'wrong_mode'],
    ['of a connected account', { account: 'acct_1' }, 'other_account'],
  ])('%s is acknowledged, counted, and does nothing', async (_, more, outcome) => {
    const of = await bought();
    const body = JSON.stringify({ ...JSON.parse(webhookOf(of)), ...more });
    expect((await sendWebhook(world, body)).status).toBe(200);
    expect(await books.outcomes(of.orderId)).toEqual([outcome]);
    expect((await of.order()).status).toBe('pending');
    const { body: metrics } = await world.client().get('/metrics');
    expect(metrics).toMatch(new RegExp(`admit_webhooks_ignored_total{reason="${outcome}"} [1-9]`));
  });
});

describe('settling', () => {
  /** Somebody has paid for nothing of ours, and the provider really has the money. */
  async function strayPayment(): Promise<Record<string, unknown>> {
    const of = await bought();
    const id = fresh();
    await books.rows(
      `insert into sandbox.payments (intent_ref, payment_id, order_id, event_id, amount_minor, currency, description, status,
         hold_ends_at, settles_at, created_at)
       values ($1, $1, 'ord_x', 'evt_x', 2500, 'EUR', 'stray', 'succeeded', now(), now(), now())`,
      id,
    );
    await sendWebhook(world, webhookOf(of, undefined, { id, metadata: {} }));
    return (await onList(id)) ?? {};
  }

  test('a refund goes to the provider once, and the books follow', async () => {
    const { id, reference } = await strayPayment();
    const answers = await Promise.all(Array.from({ length: 5 }, () => settle(id, 'refund')));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(answers[0]?.body.settled).toMatchObject({
      as: 'refund',
      by: admin.userId,
      note: 'looked at the dashboard',
    });
    await world.drain();
    const [paid] = await books.rows<{ refunded_minor: number }>(
      'select refunded_minor from sandbox.payments where intent_ref = $1',
      reference,
    );
    expect(paid?.refunded_minor).toBe(2500);
    expect(await balanceOf(`review:${id}`)).toBe(0);
    expect((await settle(id, 'write_off')).body).toMatchObject({
      code: 'money_review_settled',
      settledAs: 'refund',
    });
  });

  test('what the provider refuses to refund is open again', async () => {
    const { id, reference } = await strayPayment();
    const { refund } = world.app.payments;
    world.app.payments.refund = async () => ({ ref: null, status: 'failed' });
    await settle(id, 'refund');
    await world.drain();
    world.app.payments.refund = refund;
    expect(await onList(reference as string)).toMatchObject({ settled: null });
    expect(await balanceOf(`review:${id}`)).toBe(2500);
    expect((await settle(id, 'write_off')).status).toBe(200);
    expect(await balanceOf(`review:${id}`)).toBe(0);
  });

  test('a refund that takes its time is asked about', async () => {
    const { id } = await strayPayment();
    const { refund, findRefund } = world.app.payments;
    world.app.payments.refund = async () => ({ ref: 're_slow', status: 'pending' });
    world.app.payments.findRefund = async () => ({ ref: 're_slow', status: 'failed' });
    await settle(id, 'refund');
    await world.drain();
    expect(await balanceOf(`review:${id}`)).toBe(0);
    world.clock.advance(minutes(61));
    await world.drain();
    Object.assign(world.app.payments, { refund, findRefund });
    expect(await balanceOf(`review:${id}`)).toBe(2500);
  });

  test('the list is paged, the latest first, and the metric counts it', async () => {
    for (let i = 0; i < 3; i++) await strayPayment();
    const first = (await admin.client.get('/api/admin/money-reviews?limit=2')).body;
    const second = (await admin.client.get(`/api/admin/money-reviews?limit=2&cursor=${first.nextCursor}`))
      .body;
    const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted().reverse());
    const { body: metrics } = await world.client().get('/metrics');
    expect(metrics).toMatch(/admit_money_reviews_open{reason="unknown_order"} [1-9]/);
    expect(
      (await admin.client.get('/api/admin/money-reviews?state=settled')).body.items.length,
    ).toBeGreaterThan(0);
  });
});

test('a decision: only its own intent, in full and in its currency, is an order’s payment', () => {
  const open = { status: 'open' as const, amountMinor: 2500, currency: 'EUR' as const };
  const money = { intentRef: 'pi_1', amountMinor: 2500, currency: 'EUR' };
  expect(mismatchOf(open, money, true)).toBeNull();
  expect(mismatchOf(open, money, false)).toBe('foreign_intent');
  expect(mismatchOf({ ...open, status: 'succeeded' }, money, false)).toBe('paid_twice');
});

test('whatever the provider says in whatever order, the books hold all of its money, and only its own confirms an order', async () => {
  const type = fc.constantFrom(
    'payment_intent.succeeded',
    'payment_intent.payment_failed',
    'payment_intent.canceled',
  );
  const said = fc.record({
    type,
    own: fc.boolean(),
    amount: fc.constantFrom(2500, 2500, 2499, 1),
    currency: fc.constantFrom('eur', 'eur', 'usd'),
    known: fc.constantFrom(true, true, false),
    times: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 6 }), async (events) => {
      const of = await bought();
      const before = await balanceOf('provider:sandbox');
      const taken = new Map<string, number>();
      let paid = false;
      let ended = false;
      for (const { type, own, amount, currency, known, times } of events) {
        const id = own && known ? `pi_${of.paymentId.slice(4)}` : fresh();
        const body = webhookOf(known ? of : { ...of, orderId: world.app.newId('order') }, type, {
          id,
          amount_received: amount,
          currency,
        });
        for (let i = 0; i < times; i++) expect((await sendWebhook(world, body)).status).toBe(200);
        const isOurs = own && known;
        const fits = isOurs && amount === 2500 && currency === 'eur';
        if (type === 'payment_intent.canceled' && isOurs && !paid) ended = true;
        if (type !== 'payment_intent.succeeded') continue;
        // A payment for released places is refunded automatically. The provider has it until that job has run.
        if (fits && !ended) paid = true;
        // An intent succeeds once. A later report with another amount is about money that is already entered.
        const movement = fits ? `${id} paid` : id;
        if (!taken.has(movement)) taken.set(movement, amount);
      }
      const { status } = await of.order();
      expect(status).toBe(paid ? 'confirmed' : ended ? 'failed' : 'pending');
      expect(before - (await balanceOf('provider:sandbox'))).toBe(
        [...taken.values()].reduce((sum, minor) => sum + minor, 0),
      );
    }),
    { numRuns: 25 },
  );
});
