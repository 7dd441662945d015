import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PoolId } from '../../../contract/ids.ts';
import { decide } from './decide.ts';
import type { Pool } from './inventory.ts';
import {
  later,
  place,
  pricesIn,
  run,
  start,
  stepped,
  steps,
  type World,
  wantsOf,
} from './testing/price-steps.ts';

/*
 * Random commands run against a ledger that sells price steps. Each new hold must have the prices that follow from a recount, and
 * after each command the counts of the steps must equal a recount.
 */

type Step =
  | { do: 'hold'; quantity: number }
  | { do: 'release' | 'buy' | 'order' | 'pay' | 'cancel'; nth: number }
  | { do: 'change'; nth: number; quantity: number }
  | { do: 'pass'; minutes: number };

const quantity = fc.integer({ min: 1, max: 5 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('hold' as const), quantity }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'release' as const,
        'buy' as const,
        'order' as const,
        'pay' as const,
        'cancel' as const,
      ),
      nth: fc.nat(12),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), nth: fc.nat(12), quantity }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.nat(15) }) },
);

/** Counts the tickets that are held or sold at each step again, from the holds and the tickets alone. */
function recount({ state, now }: World): Map<PoolId, { held: number; sold: number }> {
  const counts = new Map(steps.map(({ poolId }) => [poolId, { held: 0, sold: 0 }]));
  for (const hold of state.holds.values()) {
    if (hold.status === 'active' && hold.expiresAt <= now) continue;
    if (hold.status !== 'active' && hold.status !== 'confirmed') continue;
    const cancelled = new Set(
      state.sold
        .get(hold.id)
        ?.tickets.flatMap(({ status, position }) => (status === 'cancelled' ? position : [])),
    );
    let position = 0;
    for (const line of hold.lines) {
      for (let n = 0; n < line.quantity; n++, position++) {
        const count = line.step && counts.get(line.step.poolId);
        if (!count || cancelled.has(position)) continue;
        if (hold.status === 'active') count.held++;
        else count.sold++;
      }
    }
  }
  return counts;
}

/** What so many tickets must cost now, from the recount. */
function expectedPrices(world: World, quantity: number): number[] {
  const counts = recount(world);
  const prices: number[] = [];
  for (const { poolId, listMinor, places, until } of steps) {
    if (until !== null && Date.parse(until) <= world.now.getTime()) continue;
    const { held = 0, sold = 0 } = counts.get(poolId) ?? {};
    for (let left = (places ?? 0) - held - sold; left > 0 && prices.length < quantity; left--)
      prices.push(listMinor);
  }
  while (prices.length < quantity) prices.push(3000);
  return prices;
}

let splits = 0;
let returns = 0;

function doStep(world: World, each: Step): void {
  const { state } = world;
  if (each.do === 'pass') {
    later(world, each.minutes);
    return;
  }
  if (each.do === 'hold') {
    const expected = expectedPrices(world, each.quantity);
    const outcome = place(world, `p${world.count}`, wantsOf(each.quantity));
    if (outcome.kind === 'refused') {
      const floor = state.pools.get('pol_floor') as Pool;
      expect(outcome.code).toBe('sold_out');
      expect(floor.held + floor.sold + each.quantity).toBeGreaterThan(floor.capacity);
      return;
    }
    expect(pricesIn(outcome)).toEqual(expected);
    if (new Set(expected).size > 1) splits++;
    if (world.count > 4 && expected[0] === 1000) returns++;
    return;
  }
  const holds = [...state.holds.values()];
  const hold = holds[each.nth % Math.max(1, holds.length)];
  if (!hold) return;
  const { id: holdId, buyerId } = hold;
  const order = () =>
    run(world, {
      kind: 'order',
      holdId,
      buyerId,
      order: {
        buyerName: 'x',
        buyerEmail: `${buyerId}@example.com`,
        mailbox: 2 * Number(holdId.slice(4)),
        attendees: null,
        returnUrl: null,
        language: 'en',
      },
    });
  const pay = () =>
    run(world, {
      kind: 'confirm',
      holdId,
      paid: { paymentId: 'pay_1', intentRef: 'pi_1', amountMinor: 1, currency: 'EUR', card: null },
    });
  if (each.do === 'change')
    run(world, { kind: 'exchange', holdId, buyerId, wants: wantsOf(each.quantity), network: null });
  else if (each.do === 'release') run(world, { kind: 'release', holdId, buyerId });
  else if (each.do === 'order') order();
  else if (each.do === 'pay') pay();
  else if (each.do === 'buy') {
    order();
    pay();
  } else if (
    hold.status === 'confirmed' &&
    state.sold.get(holdId)?.tickets.some(({ status }) => status === 'valid')
  )
    run(world, {
      kind: 'cancel',
      holdId,
      tickets: [
        state.sold.get(holdId)?.tickets.find(({ status }) => status === 'valid')?.id as `tkt_${string}`,
      ],
      retry: null,
    });
}

test('no mix of holds, changes, expiries, purchases and cancellations sells a place too many or too dear', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 5, maxLength: 40 }), (list) => {
      const world = start({ ...stepped, maxPerBuyer: 100, placesPerNetwork: 0 });
      for (const each of list) {
        doStep(world, each);
        decide(world.terms, world.state, [{ kind: 'expire' }], world.now);
        const counts = recount(world);
        for (const { poolId, places } of steps) {
          const pool = world.state.pools.get(poolId) as Pool;
          expect({ held: pool.held, sold: pool.sold }).toEqual(counts.get(poolId));
          expect(pool.held + pool.sold).toBeLessThanOrEqual(places as number);
        }
      }
    }),
    {
      numRuns: 300,
      examples: [
        [
          [
            { do: 'hold', quantity: 3 },
            { do: 'hold', quantity: 2 },
            { do: 'pass', minutes: 11 },
            { do: 'hold', quantity: 5 },
            { do: 'buy', nth: 2 },
            { do: 'cancel', nth: 2 },
            { do: 'hold', quantity: 1 },
          ],
        ],
      ],
    },
  );
  expect(splits).toBeGreaterThan(0);
  expect(returns).toBeGreaterThan(0);
});
