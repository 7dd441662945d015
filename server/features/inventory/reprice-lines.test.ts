import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencies } from '../../../contract/currencies.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { reducedMinor } from './reprice-lines.ts';

const percent = (percentOff: number) => ({ percentOff, amountOffMinor: null });
const amount = (amountOffMinor: number) => ({ percentOff: null, amountOffMinor });

/** What one place costs, and the whole. */
function priced(lines: [quantity: number, unitMinor: number][], code: Code, leastMinor = 50) {
  const full = lines.map(([quantity, unitMinor]) => ({ quantity, unitMinor }));
  const units = reducedMinor(full, code, leastMinor);
  return { units, total: full.reduce((sum, { quantity }, i) => sum + quantity * (units[i] as number), 0) };
}
type Code = Parameters<typeof reducedMinor>[1];

describe('the prices of a hold with a code', () => {
  test('the least charge is a matter of the whole order', () => {
    expect(priced([[10, 60]], percent(25))).toEqual({ units: [45], total: 450 });
    expect(priced([[1, 60]], percent(25))).toEqual({ units: [50], total: 50 });
    expect(priced([[2, 60]], percent(25))).toEqual({ units: [45], total: 90 });
    expect(priced([[10, 60]], percent(99))).toEqual({ units: [5], total: 50 });
    expect(priced([[1, 1020]], amount(1000))).toEqual({ units: [50], total: 50 });
  });

  test('of two prices the cheaper one rises first', () => {
    const lines: [number, number][] = [
      [1, 1040],
      [1, 1004],
    ];
    expect(priced(lines, amount(1000))).toEqual({ units: [40, 10], total: 50 });
  });

  test('what the code gives whole is free, alone and beside what is not', () => {
    expect(priced([[3, 800]], amount(1000)).total).toBe(0);
    expect(priced([[3, 800]], percent(100)).total).toBe(0);
    const lines: [number, number][] = [
      [2, 800],
      [1, 1010],
    ];
    expect(priced(lines, amount(1000))).toEqual({ units: [0, 50], total: 50 });
  });

  test('in every currency, and with units of a thousandth, the order is free, or a card can pay it', () => {
    const least = fc.constantFrom(...currencies.map((currency) => leastChargeMinor[currency]), 150);
    const code = fc.oneof(
      fc.integer({ min: 1, max: 100 }).map(percent),
      fc.integer({ min: 1, max: 5000 }).map(amount),
    );
    const above = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(4000)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(least, above, code, (leastMinor, lines, promo) => {
        const full = lines.map(([quantity, more]) => [quantity, leastMinor + more] as [number, number]);
        const { units, total } = priced(full, promo, leastMinor);
        const exact = full.map(([, unit]) =>
          promo.percentOff === null
            ? Math.max(0, unit - promo.amountOffMinor)
            : (unit * (100 - promo.percentOff)) / 100,
        );
        for (const [i, unit] of units.entries()) {
          expect(Number.isInteger(unit) && unit >= 0 && unit <= (full[i]?.[1] ?? 0)).toBe(true);
          // Free is only what the code gives whole, and whatever it takes off is taken off.
          expect(unit === 0).toBe(exact[i] === 0);
          expect(unit).toBeGreaterThan((exact[i] as number) - 1);
        }
        expect(total === 0 || total >= leastMinor).toBe(true);
        const raised = full.filter((_, i) => (units[i] as number) > Math.max(1, exact[i] as number));
        // Where anything costs more than the code says, one minor unit less for each place would be too little.
        if (raised.length > 0)
          expect(total - raised.reduce((sum, [quantity]) => sum + quantity, 0)).toBeLessThan(leastMinor);
      }),
      { numRuns: 2000 },
    );
  });
});
