import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { type Answer, createClient } from '../../testing/client.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { openBooks } from '../payments/testing/books.ts';
import { cards, type Purchase, purchase } from '../payments/testing/purchase.ts';
import { sendWebhook, webhookOf, webhookSecret } from '../payments/testing/webhook.ts';

/* Refunds by the organiser when the provider is away, or answers late, twice, early or never. */
let world: World;
let books: ReturnType<typeof openBooks>;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
  books = openBooks(world);
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

async function bought(event?: TestEvent, quantity = 2): Promise<Purchase> {
  const of = await purchase(world, event ?? (await world.event()), { quantity });
  await of.pay(cards.success);
  await world.drain();
  return of;
}
const reason = 'The band is ill';
const refund = ({ event, orderId }: Purchase, body: object = {}, url?: string): Promise<Answer> => {
  const { client } = event.organiser;
  const at = url === undefined ? client : createClient(url);
  if (url !== undefined) for (const [name, value] of client.cookies) at.cookies.set(name, value);
  return at.post(`/api/orders/${orderId}/refunds`, { reason, ...body });
};
const statesOf = async ({ buyer, orderId }: Purchase): Promise<string[]> =>
  (await buyer.client.get(`/api/orders/${orderId}/refunds`)).body.items.map(
    ({ status }: { status: string }) => status,
  );
/** What the provider itself has sent back. */
const sentOf = async ({ orderId }: Purchase): Promise<number | undefined> => {
  const [row] = await books.rows<{ refunded_minor: number }>(
    'select refunded_minor from sandbox.payments where order_id = $1',
    orderId,
  );
  return row?.refunded_minor;
};

type Provider = World['app']['payments'];
/** Replaces functions of the provider while `work` runs. */
async function withProvider(instead: Partial<Provider>, work: (real: Provider) => Promise<void>) {
  const real = { ...world.app.payments };
  Object.assign(world.app.payments, instead);
  try {
    await work(real);
  } finally {
    Object.assign(world.app.payments, real);
  }
}

test('the provider is down for an hour: tickets end at once, and the money goes back once when it is there again', async () => {
  const of = await bought();
  const askedFor: string[] = [];
  await withProvider(
    {
      refund: async ({ refundId }) => {
        askedFor.push(refundId);
        throw new Error('the provider is down');
      },
    },
    async () => {
      expect((await refund(of)).body).toMatchObject({
        order: { status: 'refunded' },
        refund: { status: 'pending' },
      });
      expect(await books.available(of.event)).toBe(100);
      for (let minute = 0; minute < 60; minute += 10) {
        await world.drain();
        world.clock.advance(minutes(10));
      }
      expect(await statesOf(of)).toEqual(['pending']);
      expect(await sentOf(of)).toBe(0);
      // A second refund is refused meanwhile: the first one counts from its decision.
      expect((await refund(of)).body).toMatchObject({ code: 'refund_exceeds_paid', left: { amount: 0 } });
    },
  );
  expect(askedFor.length).toBeGreaterThan(2);
  expect(new Set(askedFor).size).toBe(1);
  // After its tenth failure a job waits longest: six hours.
  world.clock.advance(minutes(7 * 60));
  await world.drain();
  expect(await statesOf(of)).toEqual(['succeeded']);
  expect(await sentOf(of)).toBe(5000);
});

const refundWebhook = (of: Purchase, id: string, refundId: string, amount: number, status = 'succeeded') =>
  webhookOf(of, 'refund.updated', {
    id,
    object: 'refund',
    amount,
    status,
    payment_intent: `pi_${of.paymentId.slice(4)}`,
    metadata: { refundId, orderId: of.orderId, eventId: of.eventId },
  });

describe('the webhook of the refund', () => {
  test('comes before the answer, twice, and once more a day later: the refund is sent once', async () => {
    const of = await bought();
    let body = '';
    const { refund: ask } = world.app.payments;
    await withProvider(
      {
        async refund(request) {
          const answer = await ask(request);
          body = refundWebhook(of, answer.ref ?? '', request.refundId, request.amountMinor);
          expect((await sendWebhook(world, body)).status).toBe(200);
          expect((await sendWebhook(world, body)).status).toBe(200);
          return answer;
        },
      },
      async () => {
        await refund(of, { amount: { amount: 1200, currency: 'EUR' } });
        await world.drain();
      },
    );
    world.clock.advance(minutes(24 * 60));
    expect((await sendWebhook(world, body)).status).toBe(200);
    expect(await statesOf(of)).toEqual(['succeeded']);
    const entries = await books.transfers(of.orderId);
    expect(entries.filter(({ kind }: { kind?: string }) => kind === 'refund_sent')).toHaveLength(1);
    expect(await sentOf(of)).toBe(1200);
  });

  test.each([['late'], ['never']])('comes %s: Admit asks, and the refund is sent once', async (when) => {
    const of = await bought();
    let asked: Parameters<Provider['refund']>[0] | undefined;
    const { refund: ask } = world.app.payments;
    await withProvider(
      {
        async refund(request) {
          asked = request;
          return { ref: `re_${request.refundId.slice(4)}`, status: 'pending' };
        },
        async findRefund() {
          return ask(asked as NonNullable<typeof asked>);
        },
      },
      async () => {
        await refund(of, { tickets: [(await of.order()).tickets[0].id] });
        await world.drain();
        expect(await statesOf(of)).toEqual(['pending']);
        world.clock.advance(minutes(60));
        await world.drain();
        expect(await statesOf(of)).toEqual(['succeeded']);
      },
    );
    if (when === 'late') {
      const refundId = asked?.refundId ?? '';
      const late = refundWebhook(of, `re_${refundId.slice(4)}`, refundId, 2500);
      expect((await sendWebhook(world, late)).status).toBe(200);
    }
    expect(await statesOf(of)).toEqual(['succeeded']);
    expect(await sentOf(of)).toBe(2500);
  });
});

test('the provider refuses for good: the refund failed, the books reverse it, and a person sees it', async () => {
  const of = await bought();
  await withProvider({ refund: async () => ({ ref: null, status: 'failed' }) }, async () => {
    await refund(of, { amount: { amount: 700, currency: 'EUR' } });
    await world.drain();
  });
  expect(await statesOf(of)).toEqual(['failed']);
  expect(await books.notices(of.orderId)).toContain('admit.payment.refund_failed.v1');
  const [review] = await books.rows('select reason from money_reviews where order_id = $1', of.orderId);
  expect(review).toEqual({ reason: 'refund_failed' });
});

test('two processes at the same instant never refund more than was paid', async () => {
  const event = await world.event();
  const other = await world.another();
  for (let round = 0; round < 3; round++) {
    const of = await bought(event);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        refund(of, { amount: { amount: 1000, currency: 'EUR' } }, i % 2 ? other.url : undefined),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409]);
    for (const { body, status } of answers)
      if (status === 409) expect(body).toMatchObject({ code: 'refund_exceeds_paid', left: { amount: 0 } });
    expect(await of.order()).toMatchObject({ status: 'refunded', refunded: { amount: 5000 } });
  }
  await other.close();
});
