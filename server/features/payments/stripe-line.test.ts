import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FakeStripe, startFakeStripe } from '../../adapters/payments/testing/fake-stripe.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { openBooks } from './testing/books.ts';
import { type Purchase, purchase } from './testing/purchase.ts';
import { sendWebhook } from './testing/webhook.ts';

// Tests the whole path with Stripe as the provider. A local server simulates Stripe's API.

const secretKey = 'sk_test_line';
const webhookSecret = 'whsec_stripe_line';
let fake: FakeStripe;
let world: World;
let books: ReturnType<typeof openBooks>;

beforeAll(async () => {
  fake = await startFakeStripe(secretKey);
  world = await createWorld({
    PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_line',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: fake.url,
    LOG_LEVEL: 'silent',
  });
  books = openBooks(world);
});
afterAll(async () => {
  await world.close();
  await fake.close();
});
beforeEach(() => {
  fake.requests.length = 0;
});

let count = 0;
/** Sends a webhook with an object's present state. */
function tell(type: string, object: unknown) {
  const payload = JSON.stringify({ id: `evt_stripe_${++count}`, object: 'event', type, data: { object } });
  const timestamp = Math.floor(world.clock.now().getTime() / 1000);
  return sendWebhook(
    world,
    payload,
    Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp }),
  );
}

const thingOf = ({ orderId }: Purchase) => {
  const found = [...fake.things.values()].find(
    (thing) => (thing.metadata as { orderId?: string })?.orderId === orderId,
  );
  if (!found) throw new Error(`Stripe knows nothing of ${orderId}`);
  return found;
};

test('an intent is paid, confirmed by the webhook, and refunded', async () => {
  const bought = await purchase(world, await world.event());
  const intent = thingOf(bought);
  expect(bought.clientSecret).toBe(intent.client_secret);
  expect(intent).toMatchObject({ amount: 2500, currency: 'eur' });
  Object.assign(intent, { status: 'succeeded', amount_received: 2500 });
  expect((await tell('payment_intent.succeeded', intent)).status).toBe(200);
  expect((await bought.order()).status).toBe('confirmed');

  await bought.buyer.client.post(`/api/orders/${bought.orderId}/cancellation`);
  await world.drain();
  expect(fake.requests.at(-1)).toMatchObject({
    path: '/v1/refunds',
    form: { payment_intent: intent.id, amount: '2500' },
  });
  expect(await books.refunds(bought.orderId)).toMatchObject([{ status: 'succeeded' }]);
  expect((await bought.order()).status).toBe('refunded');
});

test('a hosted page is paid, told of twice under two names, and refunded through its session', async () => {
  const bought = await purchase(world, await world.event(), { returnUrl: '/orders/back' });
  const session = thingOf(bought);
  expect(bought.checkoutUrl).toBe(session.url);
  expect(fake.requests.at(-1)?.form.success_url).toBe(`${world.url}/orders/back`);
  const { metadata } = session;
  const intent = {
    id: 'pi_behind',
    object: 'payment_intent',
    status: 'succeeded',
    amount: 2500,
    amount_received: 2500,
    currency: 'eur',
    metadata,
  };
  fake.things.set(intent.id, intent);
  Object.assign(session, { status: 'complete', payment_status: 'paid', payment_intent: intent.id });
  await Promise.all([tell('checkout.session.completed', session), tell('payment_intent.succeeded', intent)]);
  expect((await bought.order()).tickets).toHaveLength(1);
  expect(await books.transfers(bought.orderId)).toMatchObject([
    { kind: 'charge', debit: 'provider:stripe', amount_minor: 2500 },
  ]);
  expect(await books.outcomes(bought.orderId)).toEqual(['already_confirmed', 'confirmed']);

  await bought.buyer.client.post(`/api/orders/${bought.orderId}/cancellation`);
  await world.drain();
  expect(fake.requests.at(-1)).toMatchObject({ path: '/v1/refunds', form: { payment_intent: 'pi_behind' } });
});

test('a page that nobody paid on is closed with the hold', async () => {
  const bought = await purchase(world, await world.event(), { returnUrl: '/orders/back' });
  world.clock.advance(minutes(11));
  await sweepHolds(world.app);
  await world.drain();
  const session = thingOf(bought);
  expect(session.status).toBe('expired');
  // The simulated Stripe's webhook repeats what we told it.
  expect((await tell('checkout.session.expired', session)).status).toBe(200);
  expect(await bought.order()).toMatchObject({ status: 'expired' });
  expect(await books.outcomes(bought.orderId)).toEqual(['stale']);
});

test('there is no sandbox beside it', async () => {
  const { paymentId } = await purchase(world, await world.event());
  const answer = await world.client().get(`/api/sandbox/payments/${paymentId}?clientSecret=x`);
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test('a Stripe that is away leaves the places held', async () => {
  const event = await world.event({ capacity: 1 });
  const buyer = await world.guest();
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const { body: hold } = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
  const order = { holdId: hold.id, buyer: { name: 'Ada Osei', email: 'ada@example.com' } };
  fake.troubles.push(500, 500, 500);
  const refused = await buyer.client.post('/api/orders', order);
  expect(refused).toMatchObject({ status: 503, body: { code: 'payment_provider_unavailable' } });
  const placed = await buyer.client.post('/api/orders', order);
  expect(placed).toMatchObject({
    status: 201,
    body: { payment: { provider: 'stripe', publishableKey: 'pk_test_line' } },
  });
  expect(new Set(fake.requests.map((request) => request.idempotencyKey)).size).toBe(1);
});
