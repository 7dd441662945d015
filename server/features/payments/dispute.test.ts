import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumOf } from '../sale/split.ts';
import { type DisputeRecord, disputedMoney, lostMinor, mergeDispute } from './dispute.ts';
import type { ProviderDispute } from './provider.ts';

const at = (seconds: number) => new Date(1_790_000_000_000 + seconds * 1000);

const news: fc.Arbitrary<ProviderDispute> = fc.record({
  ref: fc.constant('dp_1'),
  intentRef: fc.constant('pi_1'),
  kind: fc.constantFrom('inquiry', 'chargeback'),
  status: fc.constantFrom('needs_response', 'under_review', 'won', 'lost', 'closed'),
  amountMinor: fc.constantFrom(100, 2500, 5000),
  currency: fc.constant('EUR'),
  reason: fc.constantFrom('fraudulent', 'general'),
  evidenceDueAt: fc.option(fc.constantFrom(at(1000), at(2000))),
  openedAt: fc.constant(at(0)),
  isWithdrawn: fc.boolean(),
  isReinstated: fc.boolean(),
  feeMinor: fc.constantFrom(0, 1500, 3000),
  feeReturnedMinor: fc.constantFrom(0, 1500),
  feeCurrency: fc.constant('USD'),
  // Few instants, so that many news are of the same second.
  seenAt: fc.integer({ min: 0, max: 3 }).map(at),
});

type State = ReturnType<typeof mergeDispute>;
const mergeAll = (all: ProviderDispute[]): State | null =>
  all.reduce<State | null>((state, seen) => mergeDispute(state, seen, at(9)), null);

test('news of a dispute in any order, and repeated, end in the same state', () => {
  fc.assert(
    fc.property(
      fc
        .array(news, { minLength: 1, maxLength: 6 })
        .chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
        ),
      ([all, shuffled]) => {
        expect(mergeAll(shuffled)).toEqual(mergeAll(all));
      },
    ),
    { numRuns: 2000 },
  );
});

test('disputes take what is left of each part and the platform bears the rest; what ends gives all of it back', () => {
  const split = fc.record({
    organiserMinor: fc.nat(5000),
    taxMinor: fc.nat(900),
    feeMinor: fc.nat(300),
    feeTaxMinor: fc.nat(60),
  });
  fc.assert(
    fc.property(
      split,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(news, { maxLength: 4 }),
      (paid, share, all) => {
        const refunded = {
          organiserMinor: Math.floor(paid.organiserMinor * share),
          taxMinor: Math.floor(paid.taxMinor * share),
          feeMinor: Math.floor(paid.feeMinor * share),
          feeTaxMinor: Math.floor(paid.feeTaxMinor * share),
        };
        const disputes = all.map((seen) => mergeDispute(null, seen, at(9)));
        const taken = disputedMoney(disputes, paid, refunded);
        for (const part of ['organiserMinor', 'taxMinor', 'feeMinor', 'feeTaxMinor'] as const) {
          expect(taken.split[part]).toBeGreaterThanOrEqual(0);
          expect(taken.split[part]).toBeLessThanOrEqual(paid[part] - refunded[part]);
        }
        expect(taken.platformMinor).toBeGreaterThanOrEqual(0);
        if (taken.platformMinor > 0) expect(sumOf(taken.split)).toBe(sumOf(paid) - sumOf(refunded));
        // After the end, exactly what the provider has taken is missing.
        if (disputes.every(({ kind, status }) => kind === 'inquiry' || ['won', 'closed'].includes(status))) {
          const missing = disputes.filter(({ withdrawnAt, reinstatedAt }) => withdrawnAt && !reinstatedAt);
          expect(sumOf(taken.split) + taken.platformMinor).toBe(
            missing.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
          );
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test.each<
  [status: DisputeRecord['status'], kind: DisputeRecord['kind'], isReinstated: boolean, lost: number]
>([
  ['needs_response', 'chargeback', false, 0],
  ['lost', 'chargeback', false, 2500],
  ['lost', 'chargeback', true, 0],
  ['won', 'chargeback', false, 0],
  ['closed', 'inquiry', false, 0],
])('%s of a %s (reinstated: %s) has lost %i', (status, kind, isReinstated, lost) => {
  const seen = { status, kind, isReinstated, isWithdrawn: true, amountMinor: 2500 };
  const rest = { ref: 'dp_1', intentRef: null, currency: 'EUR' as const, reason: '', evidenceDueAt: null };
  const fees = { feeMinor: 0, feeReturnedMinor: 0, feeCurrency: null };
  const state = mergeDispute(null, { ...rest, ...seen, ...fees, openedAt: at(0), seenAt: at(0) }, at(1));
  expect(lostMinor(state)).toBe(lost);
});
