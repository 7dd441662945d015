import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeStripe, startFakeStripe } from '../../server/adapters/payments/testing/fake-stripe.ts';
import { sign } from '../../server/http/signature.ts';
import { proof } from '../../server/testing/thorough.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const secretKey = 'sk_test_browser';
const webhookSecret = 'whsec_browser';

let fake: FakeStripe;
beforeAll(async () => {
  fake = await startFakeStripe(secretKey);
});
afterAll(() => fake.close());

const house = setUpHouse({
  env: () => ({
    PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_browser',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: fake.url,
  }),
});

/**
 * Simulates https://js.stripe.com/v3/, which tests can't reach: the calls and answers that the page uses, a card
 * field for the Payment Element, and requests to the simulated API for everything else.
 */
const stripeJs = `
window.Stripe = (key, { locale }) => {
  const call = async (method, path, form) => {
    try {
      const answer = await fetch('https://api.stripe.com/v1/' + path, {
        method, body: form && new URLSearchParams(form), headers: { 'x-key': key, 'x-locale': locale } });
      return await answer.json();
    } catch { return { error: { type: 'api_connection_error', message: 'no connection' } }; }
  };
  const idOf = (secret) => secret.split('_secret_')[0];
  return {
    elements: ({ clientSecret }) => ({
      clientSecret,
      create: () => {
        const box = document.createElement('label');
        box.textContent = 'Card number';
        const input = box.appendChild(document.createElement('input'));
        const on = {};
        return { on: (name, listen) => { on[name] = listen; }, destroy: () => box.remove(),
          mount: (at) => { at.append(box); box.id = 'stripe-element'; setTimeout(() => on.ready()); }, input };
      },
    }),
    retrievePaymentIntent: (secret) => call('GET', 'payment_intents/' + idOf(secret)),
    confirmPayment: ({ elements, confirmParams }) =>
      call('POST', 'payment_intents/' + idOf(elements.clientSecret) + '/confirm', {
        card: document.querySelector('#stripe-element input').value,
        name: confirmParams.payment_method_data.billing_details.name,
        return_url: confirmParams.return_url,
      }),
  };
};`;

test('Stripe’s own form: a decline keeps the places, another card pays', async () => {
  const guest = await atPayment('Zoë Ångström');
  await pay(guest, cards.declined);
  const refusal = await guest.hears('alert', 'Your card was declined.');
  expect(await refusal.textContent()).toContain('Your places are still held');
  await pay(guest, cards.good);
  await seesTickets(guest, 1);
  expect(confirmed.at(-1)).toMatchObject({ name: 'Zoë Ångström', key: 'pk_test_browser', locale: 'en' });
  expect(confirmed.at(-1)?.return_url).toBe(guest.page.url());
  // The second attempt used the same payment of the same order.
  expect([...fake.things.values()].filter(({ object }) => object === 'payment_intent')).toHaveLength(1);
});

proof('an answer that Stripe’s form did not get: Stripe is asked, and the tickets come', async () => {
  const guest = await atPayment();
  loseNextAnswer = true;
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  mayAnswer = promise;
  await pay(guest, cards.good);
  await guest.hears('status', 'The connection is gone');
  answer();
  await seesTickets(guest, 1);
});

test('without Stripe’s script the page says so and tries again', async () => {
  const guest = await house.person({ phone: true });
  let reachable = false;
  await guest.context.route('https://js.stripe.com/**', (route) =>
    reachable ? route.fulfill({ contentType: 'text/javascript', body: stripeJs }) : route.abort('aborted'),
  );
  await answerForStripe(guest);
  await hold(guest);
  await giveDetails(guest, newBuyer());
  await guest.hears('alert', 'The payment form could not be loaded.');
  reachable = true;
  await guest.press('Try again');
  await pay(guest, cards.good);
  await seesTickets(guest, 1);
});

let loseNextAnswer = false;
/** Who asks Stripe what became of a payment waits for this. */
let mayAnswer = Promise.resolve();
const confirmed: Record<string, string>[] = [];

async function atPayment(name?: string): Promise<Person> {
  const guest = await house.person({ phone: true });
  const loaded: string[] = [];
  guest.page.on('request', (request) => loaded.push(request.url()));
  await guest.context.route('https://js.stripe.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: stripeJs }),
  );
  await answerForStripe(guest);
  await hold(guest);
  // Nobody meets Stripe before they pay.
  expect(loaded.filter((url) => url.includes('stripe.com'))).toEqual([]);
  await giveDetails(guest, newBuyer(name));
  return guest;
}

async function hold(guest: Person): Promise<void> {
  await findEvent(guest, 'Night Shift');
  await guest.press('More: Regular');
  await guest.press(/^Continue/);
}

async function pay(guest: Person, card: string): Promise<void> {
  await guest.fill('Card number', card);
  await guest.press(/^Pay /);
}

/** What Stripe's machines do when the browser calls them: they change the intent and tell the server by webhook. */
async function answerForStripe(guest: Person): Promise<void> {
  await guest.context.route('https://api.stripe.com/v1/**', async (route) => {
    const request = route.request();
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    if (request.method() === 'OPTIONS') return route.fulfill({ status: 204, headers });
    const [id = '', verb] = new URL(request.url()).pathname.split('/').slice(3);
    const intent = fake.things.get(id);
    if (!intent)
      return route.fulfill({ status: 404, headers, json: { error: { message: 'no such intent' } } });
    if (verb !== 'confirm') {
      await mayAnswer;
      return route.fulfill({ headers, json: { paymentIntent: intent } });
    }
    const form = Object.fromEntries(new URLSearchParams(request.postData() ?? ''));
    const given = request.headers();
    confirmed.push({ ...form, key: given['x-key'] ?? '', locale: given['x-locale'] ?? '' });
    if (form.card === cards.declined) {
      await tell('payment_intent.payment_failed', intent);
      const error = { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' };
      return route.fulfill({ headers, json: { error } });
    }
    Object.assign(intent, { status: 'succeeded', amount_received: intent.amount });
    await tell('payment_intent.succeeded', intent);
    if (!loseNextAnswer) return route.fulfill({ headers, json: { paymentIntent: intent } });
    loseNextAnswer = false;
    await route.abort('aborted');
  });
}

let told = 0;
async function tell(type: string, object: unknown): Promise<void> {
  const body = JSON.stringify({ id: `evt_browser_${++told}`, object: 'event', type, data: { object } });
  const signature = sign(body, webhookSecret, house.app.clock.now());
  const answer = await fetch(`${house.url}/api/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body,
  });
  expect(answer.status).toBe(200);
}
