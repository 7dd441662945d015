import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Refused } from '../../../contract/errors.ts';
import type { PaymentId } from '../../../contract/ids.ts';
import { createDb, type Db } from '../../data/db.ts';
import type { NewPayment } from '../../features/payments/provider.ts';
import { createNewId } from '../../ids.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { runDueJobs } from '../../work/workers.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import type { SandboxEvent } from './sandbox-store.ts';

// Tests the sandbox alone, as an outside company: real books, real jobs, and webhooks over HTTP to a receiver that
// verifies them with Stripe's own SDK.

const currency = 'EUR' as const;
const webhookSecret = 'whsec_sandbox_test_secret';
const holdMs = 10 * 60_000;

let database: TestDatabase;
let db: Db;
let now: Date;
let sandbox: Sandbox;
let receiver: Server;
let received: Stripe.Event[];
/** The receiver's next answers; 200 if the list is empty. */
let answers: number[];

const clock = { now: () => now, monotonicMs: () => now.getTime() };
const newId = createNewId(clock);

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb({ connectionString: database.connectionString, poolSize: 10 });
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const signature = request.headers['stripe-signature'] ?? '';
    const event = Stripe.webhooks.constructEvent(
      Buffer.concat(chunks),
      signature,
      webhookSecret,
      300,
      undefined,
      now.getTime(),
    );
    const status = answers.shift() ?? 200;
    if (status === 200) received.push(event);
    response.writeHead(status).end('{}');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise((resolve) => receiver.close(resolve));
  await db.close();
  await database.drop();
});

beforeEach(() => {
  now = new Date(Date.now());
  received = [];
  answers = [];
  sandbox = createSandbox({ db, clock, newId, webhookSecret, publicUrl: 'http://tickets.example' });
});

afterEach(async () => {
  await db.run('delete from graphile_worker._private_jobs');
});

const advance = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

/** Runs the jobs that are due by the test's clock. The queue itself uses the database's clock. */
async function deliver(): Promise<void> {
  await db.run('update graphile_worker._private_jobs set run_at = now() where run_at <= $1', [now]);
  const { port } = receiver.address() as AddressInfo;
  const post = (events: SandboxEvent[]) =>
    events.map((event) => sandbox.deliver(event, `http://127.0.0.1:${port}/`));
  await runDueJobs(db, { 'deliver-sandbox-webhooks': post, 'deliver-sandbox-refunds': post });
}

async function open(more: Partial<NewPayment> = {}) {
  const request: NewPayment = {
    paymentId: newId('payment'),
    orderId: newId('order'),
    eventId: newId('event'),
    amountMinor: 4200,
    currency: 'EUR',
    description: '2 × Floor',
    buyerEmail: 'ada@example.com',
    returnUrl: null,
    expiresAt: new Date(now.getTime() + holdMs),
    ...more,
  };
  return { ...request, ...(await sandbox.createPayment(request)) };
}

const codeOf = (error: unknown) => (error instanceof Refused ? error.code : error);
const pay = (payment: { paymentId: PaymentId; clientSecret: string }, card: string) =>
  sandbox.presentCard(payment.paymentId, payment.clientSecret, card);

describe('test cards', () => {
  const cards: [string, string, object, string[], string][] = [
    ['success', '4242424242424242', { status: 'succeeded' }, ['payment_intent.succeeded'], 'succeeded'],
    [
      'decline',
      '4000000000000002',
      { status: 'failed', declineCode: 'generic_decline' },
      ['payment_intent.payment_failed'],
      'open',
    ],
    ['3-D Secure', '4000002500003155', { status: 'requires_action' }, [], 'open'],
    [
      'webhook twice',
      '4000000000003220',
      { status: 'succeeded' },
      ['payment_intent.succeeded', 'payment_intent.succeeded'],
      'succeeded',
    ],
    ['of one person', '5555555555559007', { status: 'succeeded' }, ['payment_intent.succeeded'], 'succeeded'],
    ['late webhook', '4000000000000259', { status: 'succeeded' }, [], 'open'],
    [
      'blocked',
      '4100000000000019',
      { status: 'failed', declineCode: 'fraudulent' },
      ['payment_intent.canceled'],
      'cancelled',
    ],
    [
      'not a test card',
      '4111111111111111',
      { status: 'failed', declineCode: 'test_mode_live_card' },
      ['payment_intent.payment_failed'],
      'open',
    ],
  ];
  test.each(cards)('%s', async (_name, number, reply, webhooks, standing) => {
    const payment = await open();
    expect(await pay(payment, number)).toEqual(reply);
    await deliver();
    expect(received.map((event) => event.type)).toEqual(webhooks);
    expect(await sandbox.findPayment(payment.intentRef)).toEqual({
      intentRef: payment.intentRef,
      status: standing,
      amountMinor: 4200,
      currency: 'EUR',
    });
  });

  test('a success tells amount, currency and the ids that came with the payment', async () => {
    const { paymentId, orderId, eventId, intentRef, clientSecret } = await open();
    await pay({ paymentId, clientSecret }, '4242424242424242');
    await deliver();
    const [event] = received;
    expect(event?.id).toMatch(/^evt_/);
    expect(event?.data.object).toMatchObject({
      object: 'payment_intent',
      id: intentRef,
      status: 'succeeded',
      amount_received: 4200,
      currency: 'eur',
      metadata: { orderId, eventId, paymentId },
    });
  });

  test('the two webhooks of one event have one id', async () => {
    await pay(await open(), '4000000000003220');
    await deliver();
    expect(received).toHaveLength(2);
    expect(received[1]).toEqual(received[0]);
  });

  test('late money is there five seconds after the hold has expired, and its webhook with it', async () => {
    const payment = await open();
    await pay(payment, '4000000000000259');
    advance(holdMs + 4_999);
    await deliver();
    await sandbox.cancelPayment(payment.intentRef);
    expect(received).toEqual([]);
    expect((await sandbox.findPayment(payment.intentRef)).status).toBe('open');
    advance(1);
    await deliver();
    expect(received.map((event) => event.type)).toEqual(['payment_intent.succeeded']);
    expect((await sandbox.findPayment(payment.intentRef)).status).toBe('succeeded');
  });

  test('after a decline another card pays', async () => {
    const payment = await open();
    await pay(payment, '4000000000000002');
    expect(await pay(payment, '4242424242424242')).toEqual({ status: 'succeeded' });
  });
});

describe('3-D Secure', () => {
  test('approved, it is paid', async () => {
    const payment = await open();
    await pay(payment, '4000002500003155');
    expect(await sandbox.authenticate(payment.paymentId, payment.clientSecret, true)).toEqual({
      status: 'succeeded',
    });
    await deliver();
    expect(received.map((event) => event.type)).toEqual(['payment_intent.succeeded']);
  });

  test('denied, it is declined, and another card may be tried', async () => {
    const payment = await open();
    await pay(payment, '4000002500003155');
    expect(await sandbox.authenticate(payment.paymentId, payment.clientSecret, false)).toEqual({
      status: 'failed',
      declineCode: 'authentication_failed',
    });
    expect(await pay(payment, '4242424242424242')).toEqual({ status: 'succeeded' });
  });

  test('is not asked of a payment that did not need it', async () => {
    const payment = await open();
    const answer = sandbox.authenticate(payment.paymentId, payment.clientSecret, true);
    expect(codeOf(await answer.catch((e) => e))).toBe('payment_not_open');
    await deliver();
    expect(received).toEqual([]);
  });
});

test('ten confirmations at once: one pays, and one webhook comes', async () => {
  const payment = await open();
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => pay(payment, '4242424242424242').then((reply) => reply.status, codeOf)),
  );
  expect(outcomes.sort()).toEqual([...Array(9).fill('payment_not_open'), 'succeeded']);
  await deliver();
  expect(received).toHaveLength(1);
});

test('ten confirmations at once in each of two processes: one pays', async () => {
  const payment = await open();
  const beside = createSandbox({ db, clock, newId, webhookSecret, publicUrl: 'http://tickets.example' });
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? sandbox : beside)
        .presentCard(payment.paymentId, payment.clientSecret, '4242424242424242')
        .then((reply) => reply.status, codeOf),
    ),
  );
  expect(outcomes.sort()).toEqual([...Array(19).fill('payment_not_open'), 'succeeded']);
  await deliver();
  expect(received).toHaveLength(1);
});

test('what is done to one payment at once is done one after the other', async () => {
  const payment = await open();
  const [first, second] = await Promise.all([
    pay(payment, '4000000000000002'),
    pay(payment, '4242424242424242'),
  ]);
  expect([first.status, second.status]).toEqual(['failed', 'succeeded']);
  const other = await open();
  await Promise.all([pay(other, '4000000000000002'), sandbox.cancelPayment(other.intentRef)]);
  expect((await sandbox.findPayment(other.intentRef)).status).toBe('cancelled');
});

test('two hundred payments at once are each paid, and each told of once', async () => {
  const payments = await Promise.all(Array.from({ length: 200 }, () => open()));
  await Promise.all(payments.map((payment) => pay(payment, '4242424242424242')));
  await deliver();
  expect(received.map((event) => (event.data.object as { id: string }).id).sort()).toEqual(
    payments.map((payment) => payment.intentRef).sort(),
  );
});

test('of webhooks that go out together, one that fails is sent again and the others are not', async () => {
  const payments = await Promise.all(Array.from({ length: 5 }, () => open()));
  await Promise.all(payments.map((payment) => pay(payment, '4242424242424242')));
  // The first is sent at once, and those that arrive meanwhile are sent together.
  expect(await db.query('select 1 from graphile_worker.jobs')).toHaveLength(2);
  answers = [200, 500, 200, 503, 200];
  await deliver();
  expect(received).toHaveLength(3);
  // Longer than the queue's first pause.
  advance(60_000);
  await deliver();
  expect(received).toHaveLength(5);
  expect(new Set(received.map((event) => event.id)).size).toBe(5);
  expect(await db.query('select 1 from graphile_worker.jobs')).toEqual([]);
});

test('the same payment asked for again is the same', async () => {
  const payment = await open();
  const again = await open(payment);
  expect(again).toEqual(payment);
  await pay(payment, '4242424242424242');
  await open(payment);
  expect((await sandbox.findPayment(payment.intentRef)).status).toBe('succeeded');
});

test('a secret opens its own payment and nothing else', async () => {
  const [mine, other] = [await open(), await open()];
  const guesses = [
    other.clientSecret,
    `${mine.clientSecret}x`,
    mine.clientSecret.slice(0, -1),
    'é'.repeat(40),
  ];
  for (const clientSecret of guesses) {
    const guess = { paymentId: mine.paymentId, clientSecret };
    expect(codeOf(await pay(guess, '4242424242424242').catch((e) => e))).toBe('not_found');
    expect(await sandbox.show(mine.paymentId, clientSecret)).toBeNull();
    expect(codeOf(await sandbox.authenticate(mine.paymentId, clientSecret, true).catch((e) => e))).toBe(
      'not_found',
    );
  }
  expect(await sandbox.show(mine.paymentId, mine.clientSecret)).toMatchObject({
    status: 'open',
    description: '2 × Floor',
  });
});

test('the hosted page is offered where the buyer wants to return', async () => {
  const { checkoutUrl, paymentId, clientSecret } = await open({
    returnUrl: 'http://tickets.example/orders/1',
  });
  expect(checkoutUrl).toBe(`http://tickets.example/sandbox/pay/${paymentId}?secret=${clientSecret}`);
  expect((await open()).checkoutUrl).toBeNull();
});

test('a webhook is sent again until it is answered 200, signed anew each time', async () => {
  await pay(await open(), '4242424242424242');
  answers = [500, 503];
  await deliver();
  expect(received).toEqual([]);
  for (const _ of answers.concat(0)) {
    // Longer than a signature is valid, and than the queue's first pauses.
    advance(10 * 60_000);
    await deliver();
  }
  await deliver();
  expect(received.map((event) => event.type)).toEqual(['payment_intent.succeeded']);
  expect(await db.query('select 1 from graphile_worker.jobs')).toEqual([]);
});

describe('refunds', () => {
  const paid = async () => {
    const payment = await open();
    await pay(payment, '4242424242424242');
    await deliver();
    received = [];
    return payment;
  };

  test('go back in parts, each once, and no more than was paid', async () => {
    const { intentRef } = await paid();
    const first = { refundId: newId('refund'), intentRef, amountMinor: 4000, currency };
    const answer = await sandbox.refund(first);
    expect(answer.status).toBe('succeeded');
    expect(await sandbox.refund(first)).toEqual(answer);
    expect(
      (await sandbox.refund({ refundId: newId('refund'), intentRef, amountMinor: 201, currency })).status,
    ).toBe('failed');
    expect(
      (await sandbox.refund({ refundId: newId('refund'), intentRef, amountMinor: 200, currency })).status,
    ).toBe('succeeded');
    await deliver();
    expect(received.map((event) => [event.type, event.data.object])).toMatchObject([
      [
        'refund.updated',
        { object: 'refund', id: answer.ref, amount: 4000, metadata: { refundId: first.refundId } },
      ],
      ['refund.updated', { object: 'refund', amount: 200 }],
    ]);
  });

  test('of what was not paid fail', async () => {
    const { intentRef } = await open();
    expect(
      (await sandbox.refund({ refundId: newId('refund'), intentRef, amountMinor: 1, currency })).status,
    ).toBe('failed');
  });
});

test('a cancelled payment takes no card; a paid one can not be cancelled', async () => {
  const [dropped, kept] = [await open(), await open()];
  await pay(kept, '4242424242424242');
  await sandbox.cancelPayment(dropped.intentRef);
  await sandbox.cancelPayment(kept.intentRef);
  expect(codeOf(await pay(dropped, '4242424242424242').catch((e) => e))).toBe('payment_not_open');
  expect((await sandbox.findPayment(dropped.intentRef)).status).toBe('cancelled');
  expect((await sandbox.findPayment(kept.intentRef)).status).toBe('succeeded');
});
