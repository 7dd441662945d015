import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stepMinor } from '../../../contract/currencies.ts';
import { maxAmountMinor, maxPriceMinor } from '../../../contract/money.ts';
import { audit } from '../../audit/audit.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { cards } from '../payments/testing/purchase.ts';

/** Tries any price, quantity, promo code, payment and refund, inside the range of money and outside of it. */
let world: World;
let organiser: Organiser;
beforeAll(async () => {
  world = await createWorld();
  organiser = await world.organiser();
});
afterAll(() => world.close());

const price = fc.oneof(
  fc.constantFrom(
    0,
    1,
    49,
    50,
    99,
    100,
    2500,
    maxPriceMinor - 1,
    maxPriceMinor,
    maxPriceMinor + 1,
    -1,
    0.5,
    2 ** 31,
  ),
  fc.integer({ min: 1, max: maxPriceMinor }),
);
const promo = fc.oneof(
  fc.constant(null),
  fc.record({ percentOff: fc.integer({ min: 0, max: 101 }) }),
  fc.record({
    amountOffMinor: fc.oneof(
      fc.constantFrom(1, maxPriceMinor, maxPriceMinor + 1),
      fc.integer({ min: 1, max: maxPriceMinor }),
    ),
  }),
);
interface Sale {
  currency: string;
  priceMinor: number;
  quantity: number;
  promo: { percentOff: number } | { amountOffMinor: number } | null;
  feePercent: number;
  cancelled: boolean;
}
const sale: fc.Arbitrary<Sale> = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'USD'),
  priceMinor: price,
  quantity: fc.constantFrom(1, 2, 3, 7, 10, 11, 99, 100),
  promo,
  feePercent: fc.constantFrom(0, 1, 33, 50, 99, 100),
  cancelled: fc.boolean(),
});

/** Random sales may all be refused, so these are tried as well: in each currency one that is kept and one that is cancelled. */
const sellable = ['EUR', 'JPY', 'USD'].flatMap((currency): [Sale][] => [
  [{ currency, priceMinor: 2500, quantity: 3, promo: { percentOff: 33 }, feePercent: 33, cancelled: true }],
  [{ currency, priceMinor: 999, quantity: 2, promo: null, feePercent: 0, cancelled: false }],
]);

test('no amount breaks anything: sums are exact, and what is too much is refused by name', async () => {
  let sold = 0;
  await fc.assert(
    fc.asyncProperty(sale, async ({ currency, priceMinor, quantity, promo, feePercent, cancelled }) => {
      const created = await organiser.client.post('/api/events', {
        organisationId: organiser.organisationId,
        title: 'Any price',
        category: 'music',
        startsAt: new Date(world.clock.now().getTime() + 30 * 86_400_000).toISOString(),
        endsAt: new Date(world.clock.now().getTime() + 31 * 86_400_000).toISOString(),
        timeZone: 'Europe/Berlin',
        venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
        currency,
        maxPerBuyer: 100,
        placesPerNetwork: 0,
        refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }], feePercent },
        pools: [{ key: 'floor', name: 'Floor', capacity: 200 }],
        ticketTypes: [{ name: 'Regular', priceMinor, pools: ['floor'], maxPerOrder: 100 }],
        ...(promo && { promoCodes: [{ code: 'CODE-1', ...promo }] }),
      });
      expect(created.status, JSON.stringify(created.body)).toBeLessThan(500);
      const isPrice = Number.isInteger(priceMinor) && priceMinor >= 0 && priceMinor <= maxPriceMinor;
      if (!isPrice) expect(created.status).toBe(400);
      if (created.status !== 201) return;
      const { id, version, ticketTypes } = created.body;
      const published = await organiser.client.post(`/api/events/${id}/publication`, undefined, {
        'if-match': `"${version}"`,
      });
      expect(published.status).toBeLessThan(500);
      if (published.status !== 200) return;

      const { client, userId } = await world.guest();
      const held = await client.post(`/api/events/${id}/holds`, {
        items: [{ ticketTypeId: ticketTypes[0].id, quantity }],
      });
      if (priceMinor * quantity > maxAmountMinor) {
        expect([held.status, held.body.code]).toEqual([422, 'amount_too_large']);
        return;
      }
      expect(held.status, JSON.stringify(held.body)).toBe(201);
      expect(held.body.total).toEqual({ amount: priceMinor * quantity, currency });
      if (promo) {
        const redeemed = await client.put(`/api/holds/${held.body.id}/promo-code`, { code: 'CODE-1' });
        expect(redeemed.status, JSON.stringify(redeemed.body)).toBeLessThan(500);
      }
      const { lines, total } = (await client.get(`/api/holds/${held.body.id}`)).body;
      const sum = lines.reduce(
        (minor: number, line: { unitPrice: { amount: number }; quantity: number }) =>
          minor + line.unitPrice.amount * line.quantity,
        0,
      );
      expect(sum).toBe(total.amount);
      expect(total.amount).toBeLessThanOrEqual(priceMinor * quantity);

      const placed = await client.post('/api/orders', {
        holdId: held.body.id,
        buyer: { name: 'Ada Osei', email: `${userId.toLowerCase()}@example.com` },
      });
      expect(placed.status, JSON.stringify(placed.body)).toBe(201);
      const { order, payment } = placed.body;
      expect(payment === null).toBe(total.amount === 0);
      if (payment)
        await client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
          clientSecret: payment.clientSecret,
          card: { number: cards.success },
        });
      await world.drain();
      const shown = (await client.get(`/api/orders/${order.id}`)).body;
      expect(shown).toMatchObject({ status: 'confirmed', total });
      sold++;
      const parts = await world.app.db.query<{ minor: number }>(
        'select sum(net_minor::bigint + tax_minor + fee_minor)::float8 as minor from tickets where order_id = $1',
        [order.id],
      );
      expect(parts).toEqual([{ minor: total.amount }]);
      if (!cancelled) return;
      const answer = await client.post(`/api/orders/${order.id}/cancellation`);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      await world.drain();
      const { refunded } = (await client.get(`/api/orders/${order.id}`)).body;
      expect(refunded).toEqual(shown.cancellation.refund);
      // The fee is a share of the price of each ticket, rounded down to what the currency can charge.
      const tooLittle = (total.amount * feePercent) / 100 - (total.amount - refunded.amount);
      expect(tooLittle).toBeGreaterThanOrEqual(-1e-6);
      expect(tooLittle).toBeLessThan(quantity * stepMinor(currency));
      const [row] = await world.app.db.query<{ minor: number }>(
        `select coalesce(sum(case kind when 'charge' then amount_minor when 'refund' then -amount_minor else 0 end), 0)::float8
           as minor
         from transfers where order_id = $1`,
        [order.id],
      );
      expect(row?.minor).toBe(total.amount - refunded.amount);
    }),
    { numRuns: sellable.length + runs(18, 54), examples: sellable },
  );
  // The property would prove nothing if nothing could be sold.
  expect(sold).toBeGreaterThanOrEqual(sellable.length);
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
});
