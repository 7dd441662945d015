import fc from 'fast-check';
import type { ChangeVouchersCommand } from '../voucher.ts';

/** What happens to the codes of an event, one step at a time. */
const types = ['regular', 'free', 'seat'] as const;
type Named = (typeof types)[number];

export type Step =
  | {
      do: 'make';
      type: Named;
      uses: number;
      keeps: boolean;
      off: number;
      budget: number | null;
      minutes: number | null;
    }
  | {
      do: 'hold';
      who: number;
      type: Named;
      quantity: number;
      code: number | null;
      /** Places of another type of the same pool, in the same hold. */
      others: number;
    }
  | { do: 'redeem'; nth: number; code: number | null }
  | { do: 'release' | 'order' | 'pay' | 'cancel' | 'revoke' | 'extend'; nth: number }
  | { do: 'edit'; what: 'pools' | 'hidden' | 'price' }
  | { do: 'pass'; minutes: number };

const type = fc.constantFrom(...types);
const code = fc.option(fc.nat(5), { freq: 4 });
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('make' as const),
      type,
      uses: fc.integer({ min: 1, max: 3 }),
      keeps: fc.boolean(),
      off: fc.constantFrom(0, 25, 100),
      budget: fc.option(fc.integer({ min: 1, max: 4000 })),
      minutes: fc.option(fc.integer({ min: 1, max: 40 })),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      who: fc.nat(5),
      type,
      quantity: fc.integer({ min: 1, max: 3 }),
      code,
      others: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(4) }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('redeem' as const), nth: fc.nat(20), code }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom('release', 'order', 'pay', 'cancel', 'revoke', 'extend'),
      nth: fc.nat(20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      what: fc.constantFrom('pools', 'hidden', 'price'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 15 }) }),
  },
);

/** Another end, other uses or another budget of a code: which of them, depends on the number of the step. */
export function newTerms(nth: number, now: Date): Exclude<ChangeVouchersCommand['change'], { revoke: true }> {
  if (nth % 3 === 0) return { validUntil: new Date(now.getTime() + 20 * 60_000) };
  return nth % 3 === 1 ? { uses: 1 + (nth % 4) } : { budgetMinor: nth % 2 ? null : 1000 };
}
