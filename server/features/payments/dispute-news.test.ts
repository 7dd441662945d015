import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recount } from '../../audit/recount.ts';
import { sampleOf } from '../../testing/thorough.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { openBooks } from './testing/books.ts';
import { permutations } from './testing/permutations.ts';
import { cards, type Purchase, purchase } from './testing/purchase.ts';
import {
  type ApiVersion,
  apiVersions,
  dispute,
  fraudWarning,
  refund,
  stripeEvent,
} from './testing/stripe-events.ts';
import { charged, pricedEvent, statusesOf, watchDisputes } from './testing/watch-disputes.ts';
import { sendWebhook, webhookSecret } from './testing/webhook.ts';

let world: World;
let event: TestEvent;
let books: ReturnType<typeof openBooks>;
let watch: ReturnType<typeof watchDisputes>;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
  event = await world.event(pricedEvent);
  books = openBooks(world);
  watch = watchDisputes(world, event);
});
afterAll(async () => {
  await world.drain();
  expect(await recount(world.app.db, world.clock.now())).toEqual([]);
  await world.close();
});

async function paid(): Promise<Purchase> {
  const of = await purchase(world, event, { quantity: 2 });
  await of.pay(cards.success);
  await world.drain();
  return of;
}

describe('in whatever order the webhooks arrive, and however often', () => {
  const at = 1_790_000_100;
  type Telling = (of: Purchase, version: ApiVersion) => string[];
  const told =
    (parts: [type: string, status: string, more?: object][]): Telling =>
    (of, version) =>
      parts.map(([type, status, more], i) =>
        stripeEvent(
          version,
          `charge.dispute.${type}`,
          dispute(of, version, { id: `dp_${of.orderId}`, status, ...more }),
          at + i,
        ),
      );
  const withdrawn = { moved: [-5000] };
  const both = { moved: [-5000, 5000], feeReturned: 2000 };
  const cases: [what: string, telling: Telling, end: object][] = [
    [
      'won',
      told([
        ['created', 'needs_response'],
        ['funds_withdrawn', 'needs_response', withdrawn],
        ['closed', 'won', withdrawn],
        ['funds_reinstated', 'won', both],
      ]),
      { status: 'confirmed', tickets: ['valid', 'valid'], balances: charged, fees: 0 },
    ],
    [
      'lost',
      told([
        ['created', 'needs_response'],
        ['funds_withdrawn', 'needs_response', withdrawn],
        ['updated', 'under_review', withdrawn],
        ['closed', 'lost', { ...withdrawn, dueBy: null }],
      ]),
      { status: 'cancelled', tickets: ['cancelled', 'cancelled'], balances: [], fees: 2000 },
    ],
    [
      'an inquiry that becomes a dispute of a part, which is lost',
      told([
        ['created', 'warning_needs_response', { amount: 2000 }],
        ['updated', 'needs_response', { amount: 2000 }],
        ['funds_withdrawn', 'needs_response', { amount: 2000, moved: [-2000] }],
        ['closed', 'lost', { amount: 2000, moved: [-2000] }],
      ]),
      { status: 'confirmed', tickets: ['valid', 'valid'] },
    ],
    [
      'a refund of a part in the dashboard, a fraud warning, and a lost dispute of the rest',
      (of, version) => [
        stripeEvent(
          version,
          version === '2022-08-01' ? 'charge.refund.updated' : 'refund.created',
          refund(of, version, { id: `re_${of.orderId}`, status: 'succeeded', amount: 1200 }),
          at,
        ),
        stripeEvent(
          version,
          'radar.early_fraud_warning.created',
          fraudWarning(of, { id: `issfr_${of.orderId}`, actionable: true }),
          at,
        ),
        ...told([
          ['created', 'needs_response', { amount: 3800, moved: [-3800] }],
          ['closed', 'lost', { amount: 3800, moved: [-3800] }],
        ])(of, version),
      ],
      { status: 'cancelled', tickets: ['cancelled', 'cancelled'], balances: [], refunded: { amount: 1200 } },
    ],
    [
      'a refund of the whole that fails, and a dispute of more than is left',
      (of, version) => [
        stripeEvent(
          version,
          'refund.created',
          refund(of, version, { id: `re_${of.orderId}`, status: 'succeeded', amount: 5000 }),
          at,
        ),
        stripeEvent(
          version,
          'refund.failed',
          refund(of, version, { id: `re_${of.orderId}`, status: 'failed', amount: 5000 }),
          at + 1,
        ),
        ...told([['funds_withdrawn', 'needs_response', withdrawn]])(of, version),
      ],
      { status: 'refunded', tickets: ['cancelled', 'cancelled'] },
    ],
  ];

  /** How they were booked depends on the order of the webhooks, and what is left of them does not. */
  const keptFeesOf = async (of: Purchase) =>
    (await watch.feesOf(of)).reduce(
      (sum, { kind, minor }) => sum + (kind === 'dispute_fee' ? minor : -minor),
      0,
    );

  async function stateOf(of: Purchase) {
    const { status, tickets: _, refunded, ...order } = await of.order();
    const disputes = (await watch.disputesOf(of)).map((each: Record<string, unknown>) => ({
      ...each,
      id: null,
      reference: null,
      order: null,
    }));
    return {
      status,
      refunded,
      cancellation: order.cancellation,
      tickets: statusesOf(await of.order()),
      balances: await watch.balancesOf(of),
      fees: await keptFeesOf(of),
      disputes: disputes.sort((a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      reviews: await books.rows(
        'select reason, direction from money_reviews where order_id = $1',
        of.orderId,
      ),
    };
  }

  for (const version of apiVersions)
    test.each(cases)(`%s (API version ${version})`, async (_, telling, end) => {
      // As the provider tells it, once.
      const of = await paid();
      for (const body of telling(of, version)) expect((await sendWebhook(world, body)).status).toBe(200);
      const right = await stateOf(of);
      expect(right).toMatchObject(end);
      const indexes = telling(of, version).map((_body, i) => i);
      // The payload matters little to the order, so the old version gets every fifth.
      const all = permutations(indexes).filter((_order, i) => version === '2026-10-28.endive' || i % 5 === 0);
      const orders = sampleOf(all, version === '2026-10-28.endive' ? 5 : 2);
      for (const order of orders) {
        const other = await paid();
        const bodies = telling(other, version);
        for (const i of [...order, ...order.toReversed()])
          expect((await sendWebhook(world, bodies[i] ?? '')).status).toBe(200);
        expect(await stateOf(other), order.join()).toEqual(right);
      }
      // All at the same instant.
      const rush = await paid();
      const bodies = telling(rush, version);
      await Promise.all([...bodies, ...bodies].map((body) => sendWebhook(world, body)));
      for (const body of bodies) expect((await sendWebhook(world, body)).status).toBe(200);
      expect(await stateOf(rush)).toEqual(right);
    });
});
