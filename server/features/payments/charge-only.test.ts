import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FakeStripe, startFakeStripe } from '../../adapters/payments/testing/fake-stripe.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type Person, type World } from '../../testing/world.ts';
import { reconcileReturns } from './reconcile-returns.ts';
import { type Purchase, purchase } from './testing/purchase.ts';
import { sendWebhook } from './testing/webhook.ts';

/* Disputes, warnings and refunds that name a charge of Stripe and no payment intent. */
const secretKey = 'sk_test_charges';
const webhookSecret = 'whsec_stripe_charges';
let fake: FakeStripe;
let world: World;
let admin: Person;

beforeAll(async () => {
  fake = await startFakeStripe(secretKey);
  world = await createWorld({
    PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_charges',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: fake.url,
    LOG_LEVEL: 'silent',
  });
  admin = await world.admin();
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
  await fake.close();
});
beforeEach(() => {
  fake.requests.length = 0;
});

let count = 0;
/** Sends a webhook about a thing that the simulated Stripe has. */
function tell(type: string, object: { id: string; [member: string]: unknown }) {
  fake.things.set(object.id, { ...object });
  const payload = JSON.stringify({
    id: `evt_charge_${++count}`,
    object: 'event',
    created: 9,
    type,
    data: { object },
  });
  const timestamp = Math.floor(world.clock.now().getTime() / 1000);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp });
  return sendWebhook(world, payload, signature);
}

/** A paid order and the charge of its payment. */
async function paid(): Promise<{ bought: Purchase; charge: string }> {
  const bought = await purchase(world, await world.event(), { quantity: 2 });
  const intent = [...fake.things.values()].find(
    ({ metadata }) => (metadata as { orderId?: string })?.orderId === bought.orderId,
  );
  Object.assign(intent ?? {}, { status: 'succeeded', amount_received: bought.totalMinor });
  await tell('payment_intent.succeeded', intent as { id: string });
  const charge = `ch_${bought.orderId}`;
  fake.things.set(charge, { id: charge, object: 'charge', payment_intent: intent?.id });
  return { bought, charge };
}

const disputeOf = (charge: string, more: object = {}) => ({
  id: `dp_${charge}`,
  object: 'dispute',
  amount: 5000,
  currency: 'eur',
  status: 'needs_response',
  reason: 'fraudulent',
  created: 8,
  charge,
  payment_intent: null,
  ...more,
});
const listed = async (reference: string) => {
  const { body } = await admin.client.get('/api/admin/money-reviews?limit=100');
  return body.items.filter((item: { reference: string }) => item.reference.startsWith(reference));
};

test('a dispute, a warning and a refund find their order through the charge', async () => {
  const { bought, charge } = await paid();
  const { client, organisationId } = bought.event.organiser;
  expect((await tell('charge.dispute.funds_withdrawn', disputeOf(charge))).status).toBe(200);
  await tell('radar.early_fraud_warning.created', {
    id: `issfr_${charge}`,
    object: 'radar.early_fraud_warning',
    actionable: true,
    fraud_type: 'misc',
    charge,
  });
  const { items } = (await client.get(`/api/organisations/${organisationId}/disputes`)).body;
  // Both have the same instant, so their order is open.
  expect(items.sort((a: { kind: string }, b: { kind: string }) => (a.kind < b.kind ? 1 : -1))).toMatchObject([
    { kind: 'fraud_warning', order: { id: bought.orderId } },
    { kind: 'chargeback', money: 'withdrawn', order: { id: bought.orderId } },
  ]);
  const other = await paid();
  const refund = { id: 're_by_charge', object: 'refund', amount: 5000, currency: 'eur', status: 'succeeded' };
  await tell('refund.created', { ...refund, payment_intent: null, charge: other.charge, metadata: {} });
  expect(await other.bought.order()).toMatchObject({ status: 'refunded', refunded: { amount: 5000 } });
  expect(await listed('')).toEqual([]);
});

test.each([
  ['that the provider does not know', null],
  ['of no payment', { payment_intent: null }],
  ['of a payment that is not ours', { payment_intent: 'pi_of_somebody' }],
])('a dispute of a charge %s is on the list of unmatched money', async (_what, known) => {
  const charge = `ch_stray_${++count}`;
  if (known) fake.things.set(charge, { id: charge, object: 'charge', ...known });
  expect((await tell('charge.dispute.funds_withdrawn', disputeOf(charge))).status).toBe(200);
  expect(await listed(`dp_${charge}`)).toMatchObject([
    { reason: 'disputed', direction: 'out', amount: { amount: 5000, currency: 'EUR' } },
  ]);
});

test('while the provider does not answer the webhook fails, and the next delivery does the work', async () => {
  const { bought, charge } = await paid();
  fake.troubles.push(500, 500, 500);
  const dispute = disputeOf(charge);
  expect((await tell('charge.dispute.created', dispute)).status).toBeGreaterThanOrEqual(500);
  expect((await bought.order()).disputes).toEqual([]);
  expect(await listed(dispute.id)).toEqual([]);
  count--;
  expect((await tell('charge.dispute.created', dispute)).status).toBe(200);
  expect((await bought.order()).disputes).toMatchObject([{ kind: 'chargeback' }]);
});

test('a webhook that never comes is found by its charge too, and one that names the intent asks nobody', async () => {
  const { bought, charge } = await paid();
  const dispute = disputeOf(charge);
  fake.things.set(dispute.id, dispute);
  await reconcileReturns(world.app);
  expect((await bought.order()).disputes).toMatchObject([{ kind: 'chargeback' }]);

  const named = await paid();
  fake.requests.length = 0;
  const intent = fake.things.get(named.charge)?.payment_intent;
  await tell('charge.dispute.created', disputeOf(named.charge, { payment_intent: intent }));
  expect((await named.bought.order()).disputes).toMatchObject([{ kind: 'chargeback' }]);
  expect(fake.requests.filter(({ path }) => path.startsWith('/v1/charges'))).toEqual([]);
});
