import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventId } from '../../../contract/ids.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { webhookSecret } from '../payments/testing/webhook.ts';
import { histories, openStage, playStep } from '../purchases/testing/after-sale.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { type Period, readSettlement } from './read-settlement.ts';
import { type Settlement, totalsOf } from './settlement.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
});
afterAll(() => world.close());

// What each account of the event has, and what never went back of refunds that failed: all counted without the code of settlements.
const booksSql = `
  with side as (
    select debit as account, kind, -amount_minor as minor from transfers where event_id = $1
    union all select credit, kind, amount_minor from transfers where event_id = $1
  )
  select
    coalesce(sum(minor) filter (where account like 'organiser:%' or (account like 'tax:%' and account <> 'tax:platform')), 0)::bigint as net,
    coalesce(sum(minor) filter (where account in ('fee:platform', 'tax:platform')), 0)::bigint as fees,
    coalesce(-sum(minor) filter (where account like 'till:%'), 0)::bigint as till,
    coalesce(sum(minor) filter (where kind = 'charge' and minor > 0), 0)::bigint as sold
  from side`;

async function settle(eventId: EventId, period: Period = {}): Promise<Settlement> {
  const sale = await readEventSale(world.app, eventId);
  if (!sale) throw new Error(`there is no event ${eventId}`);
  return readSettlement(world.app, sale, period);
}

const linesOf = ({ lines }: Settlement, kind: 'sale' | 'refund') =>
  [...lines.values()]
    .filter((line) => line.kind === kind)
    .reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0);

test('after any history a settlement is what the books have, to the cent, and its days add up to it', {
  timeout: 900_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const stage = await openStage(world, { tax: { name: 'VAT', ratePercent: 7, included: true } });
      for (const step of history) await playStep(stage, step);
      await world.drain();
      const { id } = stage.event;
      const whole = await settle(id);
      const totals = totalsOf(whole);
      const [books] = await world.app.db.query<Record<'net' | 'fees' | 'till' | 'sold', number>>(booksSql, [
        id,
      ]);
      expect(totals).toMatchObject({
        netMinor: books?.net,
        feesMinor: books?.fees,
        tillMinor: books?.till,
        soldMinor: books?.sold,
        otherMinor: 0,
        owedMinor: (books?.net ?? 0) - (books?.till ?? 0),
      });
      expect(totals.soldMinor - totals.refundedMinor - totals.disputedMinor - totals.feesMinor).toBe(
        totals.netMinor,
      );
      expect(linesOf(whole, 'sale')).toBe(totals.soldMinor);
      expect(totals.unsentMinor).toBeGreaterThanOrEqual(0);
      const days = await Promise.all([...whole.days.keys()].map((day) => settle(id, { from: day, to: day })));
      for (const name of [
        'soldMinor',
        'refundedMinor',
        'netMinor',
        'feesMinor',
        'owedMinor',
        'unsentMinor',
      ] as const)
        expect(
          days.reduce((sum, day) => sum + totalsOf(day)[name], 0),
          name,
        ).toBe(totals[name]);
      for (const kind of ['sale', 'refund'] as const)
        expect(days.reduce((sum, day) => sum + linesOf(day, kind), 0)).toBe(linesOf(whole, kind));
      for (const day of days) expect(linesOf(day, 'sale')).toBe(totalsOf(day).soldMinor);
    }),
    { numRuns: runs(6, 20) },
  );
});
