import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentProvider } from '../../features/payments/provider.ts';
import { freePort } from '../../testing/free-port.ts';
import { createStripe } from './stripe.ts';
import { clock, newId, newPayment } from './testing/with-fake-stripe.ts';

/*
 * Sends every request of the adapter to stripe-mock, Stripe's own fake, which checks each against the published description
 * of the API. The test command installs it if it can (tools/system-packages.ts).
 */
const program = [process.env.ADMIT_STRIPE_MOCK, '/usr/local/bin/stripe-mock', '/usr/bin/stripe-mock'].find(
  (path) => path && existsSync(path),
);
if (!program)
  process.stderr.write('stripe-mock.services.ts is left out: there is no stripe-mock on this machine\n');

let mock: ChildProcess;
let recorder: Server;
let stripe: PaymentProvider;
let sdk: Stripe;
/** What was asked, and how stripe-mock answered. */
const asked: { request: string; status: number }[] = [];

beforeAll(async () => {
  if (!program) return;
  const [port, tlsPort] = [await freePort(), await freePort()];
  const addresses = ['-http-addr', `127.0.0.1:${port}`, '-https-addr', `127.0.0.1:${tlsPort}`];
  mock = spawn(program, addresses, { stdio: ['ignore', 'pipe', 'inherit'] });
  // It says so when it listens.
  await new Promise<void>((resolve, reject) => {
    mock.once('error', reject);
    mock.once('exit', (code) => reject(new Error(`stripe-mock ended with ${code}`)));
    mock.stdout?.on('data', (text) => String(text).includes('Listening for HTTPS') && resolve());
  });
  // Between the two, because the adapter takes some refusals for an answer.
  recorder = createServer((incoming, response) => {
    const { method, url, headers } = incoming;
    const onward = request({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      asked.push({ request: `${method} ${url?.split('?')[0]}`, status: answer.statusCode ?? 0 });
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
  const { port: recorderPort } = recorder.address() as AddressInfo;
  const config = {
    provider: 'stripe' as const,
    secretKey: 'sk_test_123',
    publishableKey: 'pk_test_123',
    webhookSecret: 'whsec_123',
    connectWebhookSecret: 'whsec_connect_test',
    apiUrl: `http://127.0.0.1:${recorderPort}`,
    accountIsShared: false,
  };
  stripe = createStripe(config, { clock, log: pino({ level: 'silent' }) });
  sdk = new Stripe(config.secretKey, {
    host: '127.0.0.1',
    port: recorderPort,
    protocol: 'http',
    telemetry: false,
  });
});
afterAll(async () => {
  mock?.kill();
  recorder?.closeAllConnections();
  await new Promise((resolve) => (recorder ? recorder.close(resolve) : resolve(null)));
});
beforeEach(() => {
  asked.length = 0;
});

function accounts() {
  if (!stripe.payoutAccounts) throw new Error('Connect is on in these tests');
  return stripe.payoutAccounts;
}

const from = new Date('2026-11-20T00:00:00Z');
const to = new Date('2026-11-21T00:00:00Z');

async function countOf(list: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of list) count++;
  return count;
}

const requests: [what: string, path: string[], send: () => Promise<unknown>][] = [
  ['a payment', ['POST /v1/payment_intents'], () => stripe.createPayment(newPayment())],
  [
    'a payment in yen',
    ['POST /v1/payment_intents'],
    () => stripe.createPayment(newPayment({ currency: 'JPY', amountMinor: 4200 })),
  ],
  [
    'a payment on its page',
    ['POST /v1/checkout/sessions'],
    () => stripe.createPayment(newPayment({ returnUrl: 'https://tickets.example/orders' })),
  ],
  [
    'a refund',
    ['POST /v1/refunds'],
    () => stripe.refund({ refundId: newId('refund'), intentRef: 'pi_1', amountMinor: 4200, currency: 'EUR' }),
  ],
  ['the state of a refund', ['GET /v1/refunds/re_1'], () => stripe.findRefund('re_1')],
  [
    'the refunds of a payment',
    ['GET /v1/refunds'],
    async () => expect(await countOf(stripe.listRefunds({ intentRef: 'pi_1' }))).toBeGreaterThan(0),
  ],
  [
    'the refunds of a time',
    ['GET /v1/refunds'],
    async () => expect(await countOf(stripe.listRefunds({ from, to }))).toBeGreaterThan(0),
  ],
  [
    'disputes and fraud warnings',
    ['GET /v1/disputes', 'GET /v1/radar/early_fraud_warnings'],
    async () => expect(await countOf(stripe.listDisputes(from, to))).toBeGreaterThan(1),
  ],
  ['a dispute', ['GET /v1/disputes/dp_1'], () => stripe.findDispute('dp_1')],
  ['the payment of a charge', ['GET /v1/charges/ch_1'], () => stripe.findIntentOf('ch_1')],
  ['the end of an intent', ['POST /v1/payment_intents/pi_1/cancel'], () => stripe.cancelPayment('pi_1')],
  ['the end of a page', ['POST /v1/checkout/sessions/cs_1/expire'], () => stripe.cancelPayment('cs_1')],
  ['the state of an intent', ['GET /v1/payment_intents/pi_1'], () => stripe.findPayment('pi_1')],
  ['the state of a page', ['GET /v1/checkout/sessions/cs_1'], () => stripe.findPayment('cs_1')],
  ['the card of a payment', ['GET /v1/payment_intents/pi_1'], () => stripe.findCard('pi_1')],
  ['an account', ['POST /v1/accounts'], () => accounts().open(newId('organisation'), 'DE')],
  [
    'the link of an account',
    ['POST /v1/account_links'],
    () => accounts().link('acct_1', 'https://tickets.example/organise/payouts'),
  ],
  ['the state of an account', ['GET /v1/accounts/acct_1'], () => accounts().isReady('acct_1')],
  [
    'a transfer',
    ['POST /v1/transfers'],
    async () =>
      expect(
        await accounts().transfer({
          payoutId: newId('payout'),
          accountRef: 'acct_1',
          amountMinor: 4200,
          currency: 'EUR',
        }),
      ).toMatchObject({ ref: expect.stringMatching(/^tr_/) }),
  ],
  ['the transfer of a payout', ['GET /v1/transfers'], () => accounts().findTransfer(newId('payout'))],
  [
    'the balance transactions',
    ['GET /v1/balance_transactions'],
    () => countOf(stripe.listMovements(from, to)),
  ],
];

describe.runIf(program)('stripe-mock accepts', () => {
  test.each(requests)('%s', async (_, path, send) => {
    await send();
    expect(asked).toEqual(path.map((request) => ({ request, status: 200 })));
  });

  test('and refuses a request that Stripe does not have', async () => {
    const wrong = { payment_intent: 'pi_1', amount: 'much' } as unknown as Stripe.RefundCreateParams;
    await expect(sdk.refunds.create(wrong)).rejects.toThrow();
    expect(asked).toEqual([{ request: 'POST /v1/refunds', status: 400 }]);
  });

  test('every request of the adapter is in this list', () => {
    const others = ['name', 'publishableKey', 'readWebhook', 'payoutAccounts'];
    const methods = Object.keys({ ...stripe, ...accounts() }).filter((name) => !others.includes(name));
    const source = requests.map(([, , send]) => String(send)).join('\n');
    expect(methods.filter((name) => !source.includes(`.${name}(`))).toEqual([]);
  });
});
