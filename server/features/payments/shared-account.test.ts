import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeStripe, startFakeStripe } from '../../adapters/payments/testing/fake-stripe.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type Person, type World } from '../../testing/world.ts';
import { purchase } from './testing/purchase.ts';
import { sendWebhook } from './testing/webhook.ts';

/* A Stripe account that other programs use too, with STRIPE_ACCOUNT_IS_SHARED set. */
const secretKey = 'sk_test_shared';
const webhookSecret = 'whsec_stripe_shared';
let fake: FakeStripe;
let world: World;
let admin: Person;

beforeAll(async () => {
  fake = await startFakeStripe(secretKey);
  world = await createWorld({
    PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_shared',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: fake.url,
    STRIPE_ACCOUNT_IS_SHARED: 'true',
    OPERATIONS_EMAIL: 'operations@tickets.example',
    LOG_LEVEL: 'fatal',
  });
  admin = await world.admin();
});
afterAll(async () => {
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
  await fake.close();
});

let count = 0;
async function tell(type: string, object: object): Promise<void> {
  const payload = JSON.stringify({ id: `evt_shared_${++count}`, object: 'event', type, data: { object } });
  const timestamp = Math.floor(world.clock.now().getTime() / 1000);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp });
  expect((await sendWebhook(world, payload, signature)).status).toBe(200);
}
const outcomeOfLast = async () =>
  (
    await world.app.db.query<{ outcome: string }>('select outcome from webhook_events where id = $1', [
      `evt_shared_${count}`,
    ])
  )[0]?.outcome;
async function reasonsListed(): Promise<string[]> {
  const { body } = await admin.client.get('/api/admin/money-reviews?limit=100');
  return body.items.map(({ reason }: { reason: string }) => reason).sort();
}

const intent = (id: string, metadata: object = {}) => ({
  id,
  object: 'payment_intent',
  amount_received: 9900,
  currency: 'eur',
  metadata,
});
const dispute = { id: 'dp_shop', payment_intent: 'pi_shop', amount: 9900, currency: 'eur' };
const refund = {
  id: 're_shop',
  payment_intent: 'pi_shop',
  amount: 9900,
  currency: 'eur',
  status: 'succeeded',
};

test('money of other programs is counted, and neither listed nor told', async () => {
  await tell('payment_intent.succeeded', intent('pi_shop'));
  expect(await outcomeOfLast()).toBe('of_others');
  await tell('payment_intent.succeeded', intent('pi_shop_2', { orderId: '1042', cart: '7' }));
  await tell('checkout.session.completed', {
    id: 'cs_shop',
    payment_intent: 'pi_shop_3',
    payment_status: 'paid',
    amount_total: 5,
    currency: 'eur',
    metadata: {},
  });
  await tell('refund.updated', refund);
  await tell('charge.dispute.funds_withdrawn', dispute);
  await tell('charge.dispute.funds_reinstated', dispute);
  expect(await outcomeOfLast()).toBe('of_others');
  expect(await reasonsListed()).toEqual([]);
  expect(await world.app.db.query('select from graphile_worker._private_jobs')).toEqual([]);
  expect(await world.app.metrics.registry.metrics()).toContain(
    'admit_webhooks_ignored_total{reason="of_others"} 6',
  );
});

test('money of ours that does not match is listed as ever', async () => {
  const bought = await purchase(world, await world.event());
  const own = [...fake.things.values()].find(
    ({ metadata }) => (metadata as { orderId?: string })?.orderId === bought.orderId,
  );
  // An order that does not exist, and another intent for an order that does.
  const nobodys = { orderId: bought.orderId.replace(/.{4}$/, '0000'), eventId: bought.eventId };
  await tell('payment_intent.succeeded', intent('pi_lost', nobodys));
  await tell('payment_intent.succeeded', intent('pi_strange', own?.metadata as object));
  expect(await reasonsListed()).toEqual(['foreign_intent', 'unknown_order']);
  // Later events of a payment on the list are ours, and so are later events of an order's payment.
  await tell('refund.updated', { ...refund, id: 're_lost', payment_intent: 'pi_lost' });
  Object.assign(own ?? {}, { status: 'succeeded', amount_received: 2500 });
  await tell('payment_intent.succeeded', own as object);
  expect((await bought.order()).status).toBe('confirmed');
  await tell('charge.dispute.funds_withdrawn', { ...dispute, id: 'dp_own', payment_intent: own?.id });
  expect((await bought.order()).disputes).toMatchObject([{ kind: 'chargeback' }]);
  expect(await reasonsListed()).toEqual(['foreign_intent', 'refund_by_hand', 'unknown_order']);
});
