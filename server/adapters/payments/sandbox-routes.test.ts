import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cards, purchase } from '../../features/payments/testing/purchase.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
let event: TestEvent;

beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ capacity: 1000 });
});
afterAll(() => world.close());

const pathOf = (paymentId: string) => `/api/sandbox/payments/${paymentId}`;

test('the hosted page shows what is to be paid to whoever has the secret', async () => {
  const { paymentId, clientSecret, checkoutUrl } = await purchase(world, event, {
    quantity: 2,
    returnUrl: '/orders',
  });
  const page = new URL(checkoutUrl ?? '');
  expect(page.origin + page.pathname).toBe(`${world.url}/sandbox/pay/${paymentId}`);
  expect(page.searchParams.get('secret')).toBe(clientSecret);
  const shown = await world.client().get(`${pathOf(paymentId)}?clientSecret=${clientSecret}`);
  expect(shown.status).toBe(200);
  expect(shown.body).toEqual({
    id: paymentId,
    amount: { amount: 5000, currency: 'EUR' },
    status: 'open',
    description: expect.stringMatching(/^2 × Regular \(order \w{8}\)$/),
    returnUrl: `${world.url}/orders`,
  });
});

describe('without its secret a payment is not there', () => {
  test.each([
    ['another payment’s', async () => (await purchase(world, event)).clientSecret],
    ['a guess', async () => 'pi_secret_guess'],
  ])('%s', async (_name, guess) => {
    const { paymentId } = await purchase(world, event);
    const clientSecret = await guess();
    const anyone = world.client();
    const card = { number: cards.success };
    const answers = [
      await anyone.get(`${pathOf(paymentId)}?clientSecret=${clientSecret}`),
      await anyone.post(`${pathOf(paymentId)}/confirmation`, { clientSecret, card }),
      await anyone.post(`${pathOf(paymentId)}/authentication`, { clientSecret, outcome: 'approve' }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([404, 'not_found']));
  });

  test('and an unknown one neither', async () => {
    const { clientSecret } = await purchase(world, event);
    const path = pathOf(world.app.newId('payment'));
    expect((await world.client().get(`${path}?clientSecret=${clientSecret}`)).status).toBe(404);
  });
});

test('3-D Secure sends the buyer to the page that asks, and their answer decides', async () => {
  const bought = await purchase(world, event);
  const { paymentId, clientSecret } = bought;
  const asked = await bought.pay(cards.threeDSecure);
  expect(asked.body).toEqual({
    status: 'requires_action',
    actionUrl: `${world.url}/sandbox/pay/${paymentId}?secret=${clientSecret}`,
  });
  const authenticate = (outcome: string) =>
    world.client().post(`${pathOf(paymentId)}/authentication`, { clientSecret, outcome });
  expect((await authenticate('deny')).body).toEqual({
    status: 'failed',
    declineCode: 'authentication_failed',
  });
  await bought.pay(cards.threeDSecure);
  expect((await authenticate('approve')).body).toEqual({ status: 'succeeded' });
  expect((await authenticate('approve')).body.code).toBe('payment_not_open');
  await world.drain();
  expect((await bought.order()).status).toBe('confirmed');
});

test('ten clicks on “Pay” at once pay once', async () => {
  const bought = await purchase(world, event);
  const answers = await Promise.all(Array.from({ length: 10 }, () => bought.pay(cards.success)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(9).fill(409)]);
  expect(new Set(answers.flatMap((answer) => answer.body.code ?? []))).toEqual(new Set(['payment_not_open']));
  await world.drain();
  expect((await bought.order()).tickets).toHaveLength(1);
});

test.each([
  ['no card', {}],
  ['letters', { number: '4242 4242 4242 424x' }],
  ['an endless number', { number: '4'.repeat(31) }],
  ['a member that we do not know', { number: cards.success, status: 'succeeded' }],
])('%s is refused by name', async (_name, card) => {
  const { paymentId, clientSecret } = await purchase(world, event);
  const answer = await world.client().post(`${pathOf(paymentId)}/confirmation`, { clientSecret, card });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
});
