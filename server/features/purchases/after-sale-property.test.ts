import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { webhookSecret } from '../payments/testing/webhook.ts';
import { histories, openStage, playStep, type Stage } from './testing/after-sale.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
});
afterAll(() => world.close());

test('any steps after a sale keep every promise, and the books balance after each step', {
  timeout: 900_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const stage = await openStage(world);
      const ofEvent = { eventIds: [stage.event.id], now: world.clock.now() };
      for (const step of history) {
        await playStep(stage, step);
        const { clock, app } = world;
        expect(await audit(app.db, { ...ofEvent, settled: false, now: clock.now() }), step.do).toEqual([]);
        await expectSums(stage);
      }
      await world.drain();
      expect(await audit(world.app.db, { ...ofEvent, now: world.clock.now() })).toEqual([]);
    }),
    { numRuns: runs(7, 40) },
  );
});

/** What buyer and organiser see of the money of each order adds up. */
async function expectSums({ orders }: Stage): Promise<void> {
  for (const { buyer, orderId } of orders) {
    const [{ body: order }, { body: refunds }] = await Promise.all([
      buyer.client.get(`/api/orders/${orderId}`),
      buyer.client.get(`/api/orders/${orderId}/refunds`),
    ]);
    const sum = (amounts: { amount: number }[]) => amounts.reduce((total, { amount }) => total + amount, 0);
    const ofTickets: { refunded: { amount: number }; price: { amount: number } }[] = order.tickets;
    for (const { refunded, price } of ofTickets) expect(refunded.amount).toBeLessThanOrEqual(price.amount);
    const fee = order.refunded.amount - sum(ofTickets.map(({ refunded }) => refunded));
    expect(fee).toBeGreaterThanOrEqual(0);
    expect(fee).toBeLessThanOrEqual(order.orderFee.amount);
    const bought = refunds.items.filter(
      ({ cause }: { cause: string }) =>
        !['places_gone', 'card_limit', 'paid_twice', 'cancelled_before_payment'].includes(cause),
    );
    expect(sum(bought.map(({ amount }: { amount: { amount: number } }) => amount))).toBe(
      order.refunded.amount,
    );
    expect(order.refunded.amount).toBeLessThanOrEqual(order.total.amount);
  }
}
