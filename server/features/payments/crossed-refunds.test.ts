import { expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createWorld } from '../../testing/world.ts';
import { permutations } from './testing/permutations.ts';
import { cards, purchase } from './testing/purchase.ts';
import { apiVersions, refund, stripeEvent } from './testing/stripe-events.ts';
import { sendWebhook, webhookSecret } from './testing/webhook.ts';

/* Somebody refunds at the provider while Admit refunds the same order. */

test('a part that somebody sent while all was refunded here is for a person, and the audit finds both in the books', async () => {
  const own = await createWorld({ LOG_LEVEL: 'silent' });
  try {
    own.clock.advance(3_600_000);
    const sale = await own.event();
    const of = await purchase(own, sale);
    await of.pay(cards.success);
    await own.drain();
    // Sent at the provider, whose webhook is late.
    const by = { clientSecret: of.clientSecret, amount: 1250 };
    const sent = await own.client().post(`/api/sandbox/payments/${of.paymentId}/refunds`, by);
    expect(sent.status).toBe(201);
    const jobs = `update graphile_worker._private_jobs set run_at = $1 where task_id =
      (select id from graphile_worker._private_tasks where identifier = 'deliver-sandbox-refunds')`;
    await own.app.db.run(jobs, ['infinity']);
    const here = await sale.organiser.client.post(`/api/orders/${of.orderId}/refunds`, { reason: 'a test' });
    expect(here.status).toBe(201);
    await own.drain();
    await own.app.db.run(jobs, [new Date()]);
    await own.drain();
    const refunds = 'select reason, status, amount_minor::int as minor from refunds';
    expect(await own.app.db.query(refunds)).toEqual([
      { reason: 'refunded_by_organiser', status: 'failed', minor: 2500 },
    ]);
    const reviews = `select reason, direction, amount_minor::int as minor from money_reviews where direction = 'out'`;
    expect(await own.app.db.query(reviews)).toEqual([
      { reason: 'refund_by_hand', direction: 'out', minor: 1250 },
    ]);
    const admin = await own.admin();
    const { items } = (await admin.client.get('/api/admin/money-reviews')).body;
    expect(items.map(({ reason, advice }: Record<string, string>) => [reason, advice]).sort()).toEqual([
      [
        'refund_by_hand',
        expect.stringMatching(/^Somebody refunded €12\.50 .*refund of €25\.00 .*waits for €12\.50/),
      ],
      [
        'refund_failed',
        expect.stringMatching(
          /^The provider refused a refund of €25\.00, .*refunded €12\.50 .*waits for €12\.50/,
        ),
      ],
    ]);
    const now = own.clock.now();
    expect(await audit(own.app.db, { now })).toEqual([]);
    await own.app.db.run('update sandbox.payments set refunded_minor = 1300');
    expect(await audit(own.app.db, { now })).toEqual([expect.stringContaining('gave back 1300')]);
  } finally {
    await own.close();
  }
});

test('one that fails after all: the end is the same in whatever order its news comes', async () => {
  const own = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
  try {
    const sale = await own.event({ capacity: 10, priceMinor: 2500 });
    const ends: unknown[] = [];
    for (const statuses of permutations(['pending', 'succeeded', 'failed'] as const)) {
      const of = await purchase(own, sale);
      await of.pay(cards.success);
      await own.drain();
      // The provider's own news is lost. Admit hears what this test tells, after its own refund was sent.
      const deliveries = `delete from graphile_worker._private_jobs where task_id =
        (select id from graphile_worker._private_tasks where identifier = 'deliver-sandbox-refunds')`;
      const by = { clientSecret: of.clientSecret, outcome: 'failed' };
      const { reference: id } = (await own.client().post(`/api/sandbox/payments/${of.paymentId}/refunds`, by))
        .body;
      await own.app.db.run(deliveries);
      const here = await sale.organiser.client.post(`/api/orders/${of.orderId}/refunds`, {
        reason: 'a test',
      });
      expect(here.status).toBe(201);
      await own.drain();
      for (const status of statuses) {
        const told = refund(of, apiVersions[1], { id, status, amount: of.totalMinor });
        const body = stripeEvent(
          apiVersions[1],
          'refund.updated',
          told,
          Math.floor(own.clock.now().getTime() / 1000),
        );
        expect((await sendWebhook(own, body)).status).toBe(200);
      }
      const reviews = 'select reason, direction from money_reviews where order_id = $1 order by reason';
      ends.push(await own.app.db.query(reviews, [of.orderId]));
      expect(await audit(own.app.db, { now: own.clock.now() }), statuses.join()).toEqual([]);
    }
    for (const end of ends)
      expect(end).toEqual([
        { reason: 'refund_by_hand', direction: 'out' },
        { reason: 'refund_failed', direction: 'in' },
      ]);
  } finally {
    await own.close();
  }
});
