import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FiguresRow } from '../../../contract/dashboard.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { webhookSecret } from '../payments/testing/webhook.ts';
import { histories, openStage, playStep, type Stage } from '../purchases/testing/after-sale.ts';
import { handOverAll } from '../purchases/testing/issued-steps.ts';
import { recountEvent } from './count-orders.ts';
import { countFromTables, earnedInBooks } from './testing/from-tables.ts';
import { hands, otherTypes, playHand } from './testing/hands.ts';

let world: World;
let exchanges = 0;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
});
afterAll(() => world.close());

const openedDispute: Parameters<typeof playStep>[1][] = [
  { do: 'buy', with: { quantity: 1, promo: false, card: 'success' } },
  {
    do: 'hearOfDispute',
    with: { order: 0, ref: 'a', verdict: 'opened', share: 1, times: 1, secondsAgo: 0 },
  },
];

const bought: Parameters<typeof playStep>[1] = {
  do: 'buy',
  with: { quantity: 3, promo: false, card: 'success' },
};

const exchangedByTeam: Parameters<typeof playHand>[2] = {
  do: 'exchange',
  order: 0,
  ticket: 0,
  type: 1,
  byTeam: true,
  pays: true,
};

test('after any history the figures equal a recount from the tables and the books', {
  timeout: 900_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (history, at) => {
      const stage = await openStage(world);
      const middle = at % history.length;
      for (const [i, step] of history.entries()) {
        await playStep(stage, step);
        // The counters may begin in the middle of a history.
        if (i === middle) await recountEvent(world.app, stage.event.id);
        else if (i % 3 === 0) {
          await world.app.relay.drain();
          await expectEqual(stage, false);
        }
      }
      await handOverAll(stage);
      await world.drain();
      await expectEqual(stage, true);
      const before = await read(stage);
      await recountEvent(world.app, stage.event.id);
      const { countedAt: _, ...after } = await read(stage);
      expect(after).toEqual({ ...before, countedAt: undefined });
    }),
    {
      numRuns: runs(4, 20),
      // A dispute that moves no money yet, and nothing else of its order afterwards.
      examples: [[openedDispute, 0]],
    },
  );
});

test('after exchanges and transfers among these steps too', { timeout: 900_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(hands, histories), { minLength: 4, maxLength: 8 }), async (parts) => {
      const stage = await openStage(world, {
        fields: {
          pools: [{ key: 'floor', name: 'Floor', capacity: 7 }],
          ticketTypes: otherTypes,
          exchanges: { allowed: true },
        },
      });
      const exchanged: NonNullable<Awaited<ReturnType<typeof playHand>>>[] = [];
      await playStep(stage, bought);
      for (const [hand, [step]] of parts) {
        const held = await playHand(stage, exchanged, hand);
        if (held) exchanged.push(held);
        if (step) await playStep(stage, step);
        await world.app.relay.drain();
        await expectEqual(stage, false);
      }
      await handOverAll(stage);
      await world.drain();
      await expectEqual(stage, true);
      exchanges += exchanged.length;
    }),
    { numRuns: runs(5, 20), examples: [[[[exchangedByTeam, []]]]] },
  );
  expect(exchanges).toBeGreaterThan(0);
});

async function read({ event }: Stage) {
  const answer = await event.organiser.client.get(`/api/events/${event.id}/dashboard`);
  expect(answer.status).toBe(200);
  return answer.body;
}

async function expectEqual(stage: Stage, settled: boolean): Promise<void> {
  const { counts, revenue, funnel, unsettled, ...lists } = await read(stage);
  const tables = await countFromTables(world.app.db, stage.event.id);
  const { refunds: refunded, pending, gross, tickets, ...others } = tables;
  const shown = {
    orders: funnel.orders,
    holds: funnel.holds,
    paid: funnel.paid,
    gross: revenue.gross.amount,
    disputed: revenue.disputed.amount,
    admitted: counts.admitted,
    sold: counts.sold,
    blocked: counts.blocked,
    given: sumOf<FiguresRow>(lists.byOrigin, (row) => row.tickets),
    tickets: sumOf<FiguresRow>(lists.byTicketType, (row) => row.tickets),
  };
  expect(shown).toMatchObject({
    orders: others.orders,
    holds: others.holds,
    paid: others.paid,
    gross,
    admitted: others.admitted,
    sold: others.sold,
    blocked: others.blocked,
    given: others.given,
    tickets,
  });
  for (const name of ['byPromoCode', 'byLink', 'byCountry', 'byDevice'])
    expect(
      sumOf<FiguresRow>(lists[name], (row) => row.gross.amount),
      name,
    ).toBe(gross);
  expect(sumOf<Pick<FiguresRow, 'gross'>>(lists.sales.points, (point) => point.gross.amount)).toBe(gross);
  if (!settled) return;
  // A refund of money alone is told when the money has left, so only now every refund has been told.
  expect([shown.disputed, revenue.refunds.amount, unsettled.refunds.amount]).toEqual([
    tables.disputed,
    refunded,
    pending,
  ]);
  const failed = await world.app.db.query(`select from refunds where event_id = $1 and status = 'failed'`, [
    stage.event.id,
  ]);
  // The books owe the buyer money that could not be sent.
  if (failed.length === 0) expect(revenue.net.amount).toBe(await earnedInBooks(world.app.db, stage.event.id));
}

const sumOf = <Row>(rows: Row[], of: (row: Row) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);
