import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { reconcilePayments } from './reconcile-payments.ts';
import { openBooks } from './testing/books.ts';
import { cards, purchase } from './testing/purchase.ts';
import { sendWebhook, webhookOf, webhookSecret } from './testing/webhook.ts';

let world: World;
let books: ReturnType<typeof openBooks>;

beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
  books = openBooks(world);
});
afterAll(() => world.close());

describe('money after the hold has expired', () => {
  test('takes the places again where they are free', async () => {
    const event = await world.event({ capacity: 1 });
    const bought = await purchase(world, event);
    await bought.pay(cards.late);
    world.clock.advance(minutes(11));
    await sweepHolds(world.app);
    await world.drain();
    expect((await bought.order()).status).toBe('expired');
    world.clock.advance(5_000);
    await world.drain();
    expect(await bought.order()).toMatchObject({ status: 'confirmed', problem: null });
    expect(await books.available(event)).toBe(0);
    expect(await books.transfers(bought.orderId)).toMatchObject([{ kind: 'charge', amount_minor: 2500 }]);
    expect(await books.paymentStatus(bought)).toBe('succeeded');
  });

  test('goes back by itself where they are not', async () => {
    const event = await world.event({ capacity: 1 });
    const slow = await purchase(world, event);
    await slow.pay(cards.late);
    world.clock.advance(minutes(11));
    const quick = await purchase(world, event);
    await quick.pay(cards.success);
    await world.drain();
    world.clock.advance(5_000);
    await world.drain();

    expect((await quick.order()).status).toBe('confirmed');
    expect(await slow.order()).toMatchObject({ status: 'expired', problem: 'places_gone_refunded' });
    expect(await books.ticketCount(slow.orderId)).toBe(0);
    expect(await books.refunds(slow.orderId)).toEqual([
      { amount_minor: 2500, reason: 'places_gone', status: 'succeeded' },
    ]);
    expect(await books.transfers(slow.orderId)).toEqual([
      { kind: 'late_charge', debit: 'provider:sandbox', credit: `buyer:${slow.orderId}`, amount_minor: 2500 },
      {
        kind: 'refund',
        debit: `buyer:${slow.orderId}`,
        credit: `refunds:${slow.orderId}`,
        amount_minor: 2500,
      },
      {
        kind: 'refund_sent',
        debit: `refunds:${slow.orderId}`,
        credit: 'provider:sandbox',
        amount_minor: 2500,
      },
    ]);
    expect(await books.paymentStatus(slow)).toBe('refunded');
    expect(await books.notices(slow.orderId)).toEqual([
      'admit.payment.succeeded.v1',
      'admit.payment.refunded.v1',
    ]);
  });
});

describe('a refund', () => {
  const cancelled = async () => {
    const bought = await purchase(world, await world.event());
    await bought.pay(cards.success);
    await world.drain();
    expect((await bought.buyer.client.post(`/api/orders/${bought.orderId}/cancellation`)).status).toBe(200);
    return bought;
  };

  test('is settled, entered and told once, by its job and by its webhook', async () => {
    const bought = await cancelled();
    expect(await books.refunds(bought.orderId)).toMatchObject([{ status: 'pending' }]);
    await world.drain();
    const organiser = `organiser:${bought.event.organiser.organisationId}`;
    expect(await books.refunds(bought.orderId)).toEqual([
      { amount_minor: 2500, reason: 'cancelled_by_buyer', status: 'succeeded' },
    ]);
    const refunds = `refunds:${bought.orderId}`;
    expect((await books.transfers(bought.orderId)).slice(1)).toEqual([
      { kind: 'refund', debit: organiser, credit: refunds, amount_minor: 2500 },
      { kind: 'refund_sent', debit: refunds, credit: 'provider:sandbox', amount_minor: 2500 },
    ]);
    expect(await books.paymentStatus(bought)).toBe('refunded');
    expect(await books.outcomes(bought.orderId)).toEqual(['confirmed', 'refunded']);
    expect(await books.notices(bought.orderId)).toEqual([
      'admit.payment.succeeded.v1',
      'admit.payment.refunded.v1',
    ]);
    expect((await bought.order()).status).toBe('refunded');
  });

  test('is asked for again where the provider was away', async () => {
    const bought = await cancelled();
    const { refund } = world.app.payments;
    const askedFor: string[] = [];
    world.app.payments.refund = async (request) => {
      askedFor.push(request.refundId);
      if (askedFor.length < 3) throw new Error('the provider is away');
      return refund(request);
    };
    // The queue waits some seconds after the first and the second failure.
    for (let round = 0; round < 3; round++) {
      await world.drain();
      world.clock.advance(minutes(1));
    }
    world.app.payments.refund = refund;
    expect(askedFor).toHaveLength(3);
    expect(new Set(askedFor).size).toBe(1);
    expect(await books.refunds(bought.orderId)).toMatchObject([{ status: 'succeeded' }]);
    expect(await books.notices(bought.orderId)).toEqual([
      'admit.payment.succeeded.v1',
      'admit.payment.refunded.v1',
    ]);
  });

  test('that takes its time at the provider is asked about', async () => {
    const bought = await cancelled();
    const { refund, findRefund } = world.app.payments;
    let asked: Parameters<typeof refund>[0] | undefined;
    world.app.payments.refund = async (request) => {
      asked = request;
      return { ref: 're_slow', status: 'pending' };
    };
    world.app.payments.findRefund = async () => {
      if (!asked) throw new Error('nothing was asked for before');
      return refund(asked);
    };
    try {
      await world.drain();
      expect(await books.refunds(bought.orderId)).toMatchObject([{ status: 'pending' }]);
      world.clock.advance(minutes(60));
      await world.drain();
      expect(await books.refunds(bought.orderId)).toMatchObject([{ status: 'succeeded' }]);
    } finally {
      Object.assign(world.app.payments, { refund, findRefund });
    }
  });

  test('that the provider refuses is owed to the organiser’s account again, and seen', async () => {
    const bought = await cancelled();
    const { refund } = world.app.payments;
    world.app.payments.refund = async () => ({ ref: null, status: 'failed' });
    await world.drain();
    world.app.payments.refund = refund;
    const organiser = `organiser:${bought.event.organiser.organisationId}`;
    expect(await books.refunds(bought.orderId)).toMatchObject([{ status: 'failed' }]);
    expect((await books.transfers(bought.orderId)).at(-1)).toEqual({
      kind: 'refund_reversal',
      debit: `refunds:${bought.orderId}`,
      credit: organiser,
      amount_minor: 2500,
    });
    expect(await books.paymentStatus(bought)).toBe('succeeded');
    expect(await books.notices(bought.orderId)).toEqual([
      'admit.payment.succeeded.v1',
      'admit.payment.refund_failed.v1',
    ]);
  });

  test('that we did not ask for is recorded', async () => {
    const bought = await purchase(world, await world.event());
    const body = webhookOf(bought, 'refund.updated', { id: 're_by_hand', status: 'succeeded' });
    expect((await sendWebhook(world, body)).status).toBe(200);
    expect(await books.outcomes(bought.orderId)).toEqual(['refund_by_hand']);
  });
});

describe('a webhook that never came', () => {
  const loseWebhooks = () => books.rows(`delete from graphile_worker._private_jobs`);

  test('is made good before the places are let go', async () => {
    const bought = await purchase(world, await world.event());
    await bought.pay(cards.success);
    await loseWebhooks();
    world.clock.advance(minutes(5));
    await reconcilePayments(world.app);
    // It is too early to ask the provider: the webhook may still arrive.
    expect((await bought.order()).status).toBe('pending');
    world.clock.advance(minutes(5));
    await reconcilePayments(world.app);
    expect((await bought.order()).status).toBe('confirmed');
    expect(await books.transfers(bought.orderId)).toHaveLength(1);
  });

  test('is made good after they were let go', async () => {
    const bought = await purchase(world, await world.event());
    await bought.pay(cards.success);
    await loseWebhooks();
    world.clock.advance(minutes(11));
    await sweepHolds(world.app);
    expect((await bought.order()).status).toBe('expired');
    await world.drain();
    expect((await bought.order()).status).toBe('confirmed');
  });

  test('where nobody paid, the payment is closed with the provider too', async () => {
    const bought = await purchase(world, await world.event());
    world.clock.advance(minutes(11));
    await sweepHolds(world.app);
    await world.drain();
    expect(await books.paymentStatus(bought)).toBe('cancelled');
    expect(await bought.pay(cards.success)).toMatchObject({
      status: 409,
      body: { code: 'payment_not_open' },
    });
  });

  test('of a payment that the provider cancelled frees the places', async () => {
    const event = await world.event({ capacity: 1 });
    const bought = await purchase(world, event);
    await bought.pay(cards.blocked);
    await loseWebhooks();
    world.clock.advance(minutes(10));
    await reconcilePayments(world.app);
    expect((await bought.order()).status).toBe('failed');
    expect(await books.available(event)).toBe(1);
  });
});

test('the ledger of this whole file says what the provider’s own books say', async () => {
  await world.drain();
  const ledgerSql = `
    select sum(case 'provider:sandbox' when debit then amount_minor when credit then -amount_minor else 0 end) as minor
    from transfers where order_id <> ''`;
  const sandboxSql = `
    select sum(amount_minor - refunded_minor) as minor from sandbox.payments where status = 'succeeded'`;
  const [ledger] = await books.rows<{ minor: number }>(ledgerSql);
  expect(ledger?.minor).toBeGreaterThan(0);
  expect([ledger]).toEqual(await books.rows(sandboxSql));
  // No money is left that belongs to a buyer.
  const owedSql = `
    select account, sum(minor) from (
      select credit as account, amount_minor as minor from transfers
      union all select debit, -amount_minor from transfers
    ) as entry where account like 'buyer:%' group by account having sum(minor) <> 0`;
  expect(await books.rows(owedSql)).toEqual([]);
});
