import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { recount } from '../../audit/recount.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { compareBooks } from './compare-books.ts';
import { reconcileReturns } from './reconcile-returns.ts';
import { openBooks } from './testing/books.ts';
import { type Purchase, purchase } from './testing/purchase.ts';
import { dispute, stripeEvent } from './testing/stripe-events.ts';
import { charged, pricedEvent, statusesOf, watchDisputes } from './testing/watch-disputes.ts';
import { sendWebhook, webhookSecret } from './testing/webhook.ts';

const cards = {
  success: '4242 4242 4242 4242',
  lost: '4000 0000 0000 2685',
  won: '4000 0000 0000 2693',
  inquiry: '4000 0000 0000 1976',
  warning: '4000 0000 0000 5423',
};

let world: World;
let event: TestEvent;
let books: ReturnType<typeof openBooks>;
let watch: ReturnType<typeof watchDisputes>;
beforeAll(async () => {
  world = await createWorld({
    SANDBOX_WEBHOOK_SECRET: webhookSecret,
    OPERATIONS_EMAIL: 'operations@tickets.example',
    LOG_LEVEL: 'silent',
  });
  // Ahead of the database's clock, so that no job of the sandbox runs before the test says so.
  world.clock.advance(3_600_000);
  event = await world.event(pricedEvent);
  books = openBooks(world);
  watch = watchDisputes(world, event);
});
afterAll(async () => {
  await world.drain();
  expect(await recount(world.app.db, world.clock.now())).toEqual([]);
  await world.close();
});

async function paid(card = cards.success, on = event): Promise<Purchase> {
  const of = await purchase(world, on, { quantity: 2 });
  expect((await of.pay(card)).status).toBe(200);
  await world.drain();
  return of;
}

/** Moves the clock and lets the bank of a test card act. */
async function pass(seconds: number): Promise<void> {
  world.clock.advance(seconds * 1000);
  await world.drain();
}

/** What Admit has refunded of an order, in cents. */
async function returned({ orderId }: Purchase): Promise<number> {
  const sql = `select coalesce(sum(amount_minor), 0)::int as minor from refunds where order_id = $1 and status = 'succeeded'`;
  const [row] = await world.app.db.query<{ minor: number }>(sql, [orderId]);
  return row?.minor ?? 0;
}

const refundHere = (of: Purchase, body: object = {}) =>
  event.organiser.client.post(`/api/orders/${of.orderId}/refunds`, { reason: 'a test', ...body });

describe('a disputed payment, by the test cards of the sandbox', () => {
  test('a lost dispute takes the money and ends the tickets', async () => {
    const of = await paid(cards.lost);
    const before = await books.available(event);
    await pass(5);
    const [open] = await watch.disputesOf(of);
    expect(open).toMatchObject({
      kind: 'chargeback',
      status: 'needs_response',
      money: 'withdrawn',
      amount: { amount: 5000, currency: 'EUR' },
      order: { id: of.orderId },
      event: { id: event.id, title: 'Night Shift' },
    });
    const dueInMs = Date.parse(open.evidenceDueAt) - world.clock.now().getTime();
    expect(Math.ceil(dueInMs / 1000)).toBe(7 * 86_400);
    const shown = await of.order();
    expect(shown).toMatchObject({
      status: 'confirmed',
      disputes: [{ id: open.id, status: 'needs_response' }],
    });
    expect(statusesOf(shown)).toEqual(['valid', 'valid']);
    // Nobody owes anybody anything: the money is set aside and gone.
    expect(await watch.balancesOf(of)).toEqual([]);
    await pass(60);
    const order = await of.order();
    expect(order).toMatchObject({
      status: 'cancelled',
      refunded: { amount: 0 },
      disputes: [{ status: 'lost' }],
    });
    expect(await books.available(event)).toBe(before + 2);
    expect(await watch.balancesOf(of)).toEqual([]);
    const { body } = await world.client().get(`/api/mailbox?to=${of.buyer.userId.toLowerCase()}@example.com`);
    const { text } = (await world.client().get(`/api/mailbox/${body.items[0].id}`)).body;
    expect(text).toContain('Your bank has returned the money');
  });

  test('while the dispute is open nothing is refunded, and tickets can still end', async () => {
    const of = await paid(cards.won);
    await pass(5);
    expect((await of.order()).cancellation).toBeNull();
    const answers = [
      await of.buyer.client.post(`/api/orders/${of.orderId}/cancellation`),
      await of.buyer.client.get(`/api/orders/${of.orderId}/cancellation-quote`),
      await refundHere(of),
      await refundHere(of, { amount: { amount: 100, currency: 'EUR' } }),
    ];
    for (const { status, body } of answers) {
      expect({ status, body }).toMatchObject({
        status: 409,
        body: { code: 'order_disputed', disputed: { amount: 5000, currency: 'EUR' } },
      });
    }
    const [first] = (await of.order()).tickets;
    const ended = await refundHere(of, {
      tickets: [first.id],
      amount: { amount: 0, currency: 'EUR' },
      keepTickets: false,
    });
    expect(ended.status).toBe(201);
    const fee = { debit: 'dispute_fee:sandbox', credit: 'provider:sandbox', minor: 1500, currency: 'EUR' };
    expect(await watch.feesOf(of)).toEqual([{ kind: 'dispute_fee', ...fee }]);
    expect(await watch.disputesOf(of)).toMatchObject([{ fee: { amount: 1500, currency: 'EUR' } }]);
    // The bank decides for us: everything is as it was, and can be refunded again.
    await pass(60);
    expect(await watch.feesOf(of)).toEqual([
      { kind: 'dispute_fee', ...fee },
      { kind: 'dispute_fee_returned', ...fee, debit: fee.credit, credit: fee.debit },
    ]);
    expect(await watch.disputesOf(of)).toMatchObject([{ fee: { amount: 0, currency: 'EUR' } }]);
    expect(await of.order()).toMatchObject({ status: 'confirmed', disputes: [{ status: 'won' }] });
    expect(await watch.balancesOf(of)).toEqual(charged);
    expect((await refundHere(of)).body.refund.amount.amount).toBe(5000);
    await world.drain();
    expect(await watch.balancesOf(of)).toEqual([]);
  });

  test('an event that is cancelled during a dispute refunds the money when the bank has returned it, once', async () => {
    const cancelled = await world.event(pricedEvent);
    const won = await paid(cards.won, cancelled);
    const lost = await paid(cards.lost, cancelled);
    await pass(5);
    const path = `/api/events/${cancelled.id}/cancellation`;
    const body = { reason: 'The hall is closed.', refund: 'full' };
    expect((await cancelled.organiser.client.post(path, body)).status).toBe(202);
    await world.drain();
    for (const each of [won, lost]) {
      expect(statusesOf(await each.order())).toEqual(['cancelled', 'cancelled']);
      expect(await returned(each)).toBe(0);
    }
    await pass(60);
    expect(await returned(won)).toBe(5000);
    expect(await returned(lost)).toBe(0);
    // The same news again changes nothing.
    await reconcileReturns(world.app);
    await world.drain();
    expect(await returned(won)).toBe(5000);
  });

  test('while the bank decides the door asks for a manager, who admits; and a used ticket stays used', async () => {
    const of = await paid(cards.lost);
    await pass(5);
    const [first] = (await of.order()).tickets;
    const { code } = (await of.buyer.client.get(`/api/tickets/${first.id}`)).body;
    const path = `/api/events/${event.id}/check-ins`;
    const scan = { code, nonce: 'of-a-disputed-order' };
    expect((await event.organiser.client.post(path, scan)).body.code).toBe('ticket_disputed');
    const overruled = { ...scan, overrides: ['ticket_disputed'] };
    expect((await event.organiser.client.post(path, overruled)).status).toBe(201);
    await pass(60);
    expect(statusesOf(await of.order()).sort()).toEqual(['cancelled', 'used']);
  });

  test('an inquiry moves no money, and its order can be refunded', async () => {
    const of = await paid(cards.inquiry);
    await pass(5);
    expect(await watch.disputesOf(of)).toMatchObject([
      { kind: 'inquiry', status: 'needs_response', money: 'with_you' },
    ]);
    expect(await watch.balancesOf(of)).toEqual(charged);
    expect((await refundHere(of, { amount: { amount: 1000, currency: 'EUR' } })).status).toBe(201);
    await pass(60);
    expect(await watch.disputesOf(of)).toMatchObject([{ kind: 'inquiry', status: 'closed' }]);
  });

  test('a fraud warning is for the organiser and not for the buyer', async () => {
    const of = await paid(cards.warning);
    await pass(5);
    expect(await watch.disputesOf(of)).toMatchObject([
      {
        kind: 'fraud_warning',
        status: 'needs_response',
        reason: 'made_with_stolen_card',
        amount: { amount: 5000 },
      },
    ]);
    expect((await of.order()).disputes).toEqual([]);
    expect((await refundHere(of)).status).toBe(201);
  });

  test('webhooks that never come cost an hour: the provider is asked', async () => {
    const of = await paid(cards.won);
    await world.app.db.run(
      `delete from graphile_worker._private_jobs where payload::text like '%' || $1 || '%'`,
      [of.orderId],
    );
    world.clock.advance(10_000);
    await reconcileReturns(world.app);
    expect(await watch.disputesOf(of)).toMatchObject([{ status: 'needs_response', money: 'withdrawn' }]);
    // A dispute that was opened long ago is asked about for as long as it is open.
    world.clock.advance(40 * 3_600_000);
    await reconcileReturns(world.app);
    expect(await watch.disputesOf(of)).toMatchObject([{ status: 'won', money: 'reinstated' }]);
    expect(await watch.balancesOf(of)).toEqual(charged);
    expect((await of.order()).status).toBe('confirmed');
  });
});

test('a dispute of a payment that is not ours is for a person', async () => {
  const of = { ...(await paid()), paymentId: world.app.newId('payment') };
  const body = (status: string, moved: number[], type: string) =>
    stripeEvent(
      '2026-10-28.endive',
      type,
      dispute(of, '2026-10-28.endive', { id: 'dp_foreign', status, moved }),
      1_790_000_000,
    );
  await sendWebhook(world, body('needs_response', [], 'charge.dispute.created'));
  await sendWebhook(world, body('needs_response', [-5000], 'charge.dispute.funds_withdrawn'));
  await sendWebhook(world, body('won', [-5000, 5000], 'charge.dispute.funds_reinstated'));
  expect(
    await books.rows(
      `select reason, direction, amount_minor from money_reviews where reference like 'dp_foreign:%' order by reason`,
    ),
  ).toEqual([
    { reason: 'dispute_reinstated', direction: 'in', amount_minor: 5000 },
    { reason: 'disputed', direction: 'out', amount_minor: 5000 },
  ]);
});

test('operators get one mail with the deadline, the metrics count, and the audit log says who', async () => {
  const of = await paid(cards.lost);
  await pass(5);
  const [open] = await watch.disputesOf(of);
  const { body: mailbox } = await world.client().get('/api/mailbox?to=operations@tickets.example');
  const mails = mailbox.items.filter(({ subject }: { subject: string }) => subject.includes(open.reference));
  expect(mails).toHaveLength(1);
  const { text } = (await world.client().get(`/api/mailbox/${mails[0].id}`)).body;
  expect(text).toContain(open.evidenceDueAt);
  const { body: metrics } = await world.client().get('/metrics');
  expect(metrics).toMatch(/admit_disputes_open{kind="chargeback"} [1-9]/);
  expect(metrics).toMatch(/admit_dispute_evidence_due_seconds -?[0-9]/);
  await pass(60);
  const path = `/api/organisations/${event.organiser.organisationId}/audit-log?subject=${of.orderId}`;
  const { items } = (await event.organiser.client.get(path)).body;
  expect(items.map(({ act }: { act: string }) => act).sort()).toEqual(
    expect.arrayContaining(['dispute.changed', 'order.ended_by_dispute']),
  );
  for (const { actor } of items) expect(actor).toMatchObject({ kind: 'provider', id: 'sandbox' });
});

test('the list is paged, filtered, and shows nobody else anything', async () => {
  const all = await watch.list('limit=100');
  expect(all.length).toBeGreaterThan(5);
  const paged = [];
  for (let cursor = ''; ; ) {
    const path = `/api/organisations/${event.organiser.organisationId}/disputes?limit=3${cursor}`;
    const { items, nextCursor } = (await event.organiser.client.get(path)).body;
    paged.push(...items);
    if (!nextCursor || paged.length >= all.length) break;
    cursor = `&cursor=${nextCursor}`;
  }
  expect(paged.slice(0, all.length)).toEqual(all.slice(0, paged.length));
  for (const { status } of await watch.list('state=open'))
    expect(['needs_response', 'under_review']).toContain(status);
  for (const { status } of await watch.list('state=closed'))
    expect(['won', 'lost', 'closed']).toContain(status);
  const other = await world.organiser();
  const path = `/api/organisations/${event.organiser.organisationId}/disputes`;
  expect((await other.client.get(path)).status).toBe(404);
  expect((await other.client.get(`/api/organisations/${other.organisationId}/disputes`)).body.items).toEqual(
    [],
  );
});

test('the books of the sandbox and ours agree, with disputes', async () => {
  const own = await createWorld({ LOG_LEVEL: 'silent' });
  try {
    own.clock.advance(3_600_000);
    const sale = await own.event();
    for (const card of Object.values(cards)) {
      const of = await purchase(own, sale);
      await of.pay(card);
    }
    await own.drain();
    for (const seconds of [6, 61]) {
      own.clock.advance(seconds * 1000);
      await own.drain();
      const now = own.clock.now();
      const from = new Date(now.getTime() - 3_600_000);
      expect(await compareBooks(own.app, from, new Date(now.getTime() + 1000))).toEqual([]);
      expect(await audit(own.app.db, { now })).toEqual([]);
    }
    await own.app.db.run(`update disputes set withdrawn_at = null where status = 'lost'`);
    const now = own.clock.now();
    expect(await compareBooks(own.app, new Date(now.getTime() - 3_600_000), now)).toEqual([
      expect.stringMatching(/^the provider has dispute dp_\w+ of 2500 EUR, we have nothing$/),
    ]);
    expect(await audit(own.app.db, { now })).toEqual([expect.stringContaining('disputes')]);
    await own.app.db.run(
      `update disputes set withdrawn_at = seen_at where withdrawn_at is null and status = 'lost'`,
    );
    await own.app.db.run(`update disputes set fee_minor = 0 where status = 'lost'`);
    expect(await audit(own.app.db, { now })).toEqual([expect.stringContaining('fees 0 of 1500')]);
  } finally {
    await own.close();
  }
});
