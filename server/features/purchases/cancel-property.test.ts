import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { cards, type Purchase, purchase } from '../payments/testing/purchase.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

type Act =
  | { do: 'order'; quantity: number; card: 'success' | 'late' | 'twice' | 'declined' }
  | { do: 'cancel'; order: number; tickets: number[] | null; times: number; keyed: boolean }
  | { do: 'scan'; order: number; ticket: number }
  | { do: 'both'; order: number; ticket: number }
  | { do: 'wait' };

const index = fc.nat({ max: 5 });
const acts: fc.Arbitrary<Act>[] = [
  fc.record({
    do: fc.constant('order' as const),
    quantity: fc.integer({ min: 1, max: 4 }),
    card: fc.constantFrom('success', 'success', 'late', 'twice', 'declined'),
  }),
  fc.record({
    do: fc.constant('cancel' as const),
    order: index,
    tickets: fc.option(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }), { nil: null }),
    times: fc.integer({ min: 1, max: 2 }),
    keyed: fc.boolean(),
  }),
  fc.record({ do: fc.constant('scan' as const), order: index, ticket: fc.nat({ max: 3 }) }),
  fc.record({ do: fc.constant('both' as const), order: index, ticket: fc.nat({ max: 3 }) }),
  fc.constant({ do: 'wait' as const }),
];

test('any orders, cancellations, late money and scans keep every promise, and the money adds up', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...acts), { minLength: 6, maxLength: 14 }), async (history) => {
      await play(history);
      await world.drain();
      expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
    }),
    { numRuns: runs(8, 30) },
  );
});

/** Plays a history on its own event, which is so small that places soon run out. */
async function play(history: Act[]): Promise<void> {
  // The first step ends 25 minutes after the history begins, which is up to 84 minutes long.
  const start = world.clock.now().getTime() + hours(3) + minutes(25);
  const event = await world.event({
    capacity: 7,
    priceMinor: 333,
    fields: {
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(start + hours(2)).toISOString(),
      bookingFee: { perTicketMinor: 31, perOrderMinor: 57 },
      refundPolicy: {
        steps: [
          { hoursBefore: 3, refundPercent: 95 },
          { hoursBefore: 1, refundPercent: 40 },
        ],
        ...{ feePercent: 10, feePerTicketMinor: 7, refundsBookingFee: false },
      },
    },
  });
  const { organiser } = event;
  const orders: Purchase[] = [];
  let keys = 0;

  async function ticketsOf(of: Purchase): Promise<{ id: string; code: string | null }[]> {
    const { tickets } = await of.order();
    return Promise.all(
      tickets.map(async ({ id }: { id: string }) => (await of.buyer.client.get(`/api/tickets/${id}`)).body),
    );
  }
  const cancel = (of: Purchase, tickets: string[] | null, key: string | null) =>
    of.buyer.client.post(
      `/api/orders/${of.orderId}/cancellation`,
      tickets ? { tickets } : undefined,
      key ? { 'idempotency-key': key } : {},
    );
  const scan = (code: string | null | undefined) =>
    organiser.client.post(`/api/events/${event.id}/check-ins`, {
      code: code ?? 'ADMIT1.nothing',
      nonce: `scan-${event.id.slice(-6)}-${++keys}`,
    });

  for (const act of history) {
    if (act.do === 'wait') {
      world.clock.advance(minutes(6));
      await world.drain();
      continue;
    }
    if (act.do === 'order') {
      const placed = await purchase(world, event, { quantity: act.quantity }).catch(() => null);
      if (!placed) continue;
      orders.push(placed);
      await placed.pay(cards[act.card]);
      if (act.card !== 'late') await world.drain();
      continue;
    }
    const of = orders[act.order % Math.max(1, orders.length)];
    if (!of) continue;
    const tickets = await ticketsOf(of);
    if (act.do === 'cancel') {
      const named = act.tickets?.flatMap((i) => tickets[i]?.id ?? []) ?? null;
      const key = act.keyed ? `cancel-${++keys}` : null;
      const chosen = named?.length ? named : null;
      const query = chosen ? `?tickets=${chosen.join(',')}` : '';
      const quote = await of.buyer.client.get(`/api/orders/${of.orderId}/cancellation-quote${query}`);
      const before = (await of.order()).refunded.amount;
      const answers = await Promise.all(Array.from({ length: act.times }, () => cancel(of, chosen, key)));
      // The clock stands still, so exactly the quote goes back, and once.
      const back = (await of.order()).refunded.amount - before;
      expect(back).toBe(quote.status === 200 ? quote.body.refund.amount : 0);
      const codes = answers.map(({ status, body }) => `${status} ${body.code ?? ''}`);
      for (const code of codes) expect(code).toMatch(/^(200 |409 (order|ticket)_not_cancellable)$/);
      if (act.keyed) expect(new Set(codes).size).toBe(1);
      continue;
    }
    const ticket = tickets[act.ticket];
    if (!ticket) continue;
    if (act.do === 'scan') {
      expect([201, 409]).toContain((await scan(ticket.code)).status);
      continue;
    }
    const [scanned, cancelled] = await Promise.all([scan(ticket.code), cancel(of, [ticket.id], null)]);
    expect([scanned.status === 201, cancelled.status === 200]).not.toEqual([true, true]);
  }
}
