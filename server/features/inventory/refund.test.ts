import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepMinor } from '../../../contract/currencies.ts';
import type { TicketId } from '../../../contract/ids.ts';
import { partsOf, priceOf } from '../../../contract/price.ts';
import { noRefunds, type RefundPolicy, refundPolicySchema } from '../../../contract/refund-policy.ts';
import { noSplit, plus, splitOfOrder, sumOf, totalOf } from '../sale/split.ts';
import { cancellationOf } from './cancellation.ts';
import { decide } from './decide.ts';
import type { Command, HoldLine, HoldRecord } from './inventory.ts';
import { type Priced, type RefundCase, refundFor } from './refund.ts';
import { freshState, sale, ticketId } from './testing/play.ts';

const second = 1000;
const hour = 3600 * second;
const { startsAt } = sale;
const ahead = (ms: number, start = startsAt) => new Date(start.getTime() - ms);

const steps: RefundPolicy = {
  ...noRefunds,
  steps: [
    { hoursBefore: 720, refundPercent: 100 },
    { hoursBefore: 168, refundPercent: 50 },
    { hoursBefore: 0, refundPercent: 10 },
  ],
};
const ticket = (minor: number, leftMinor = minor): Priced => ({
  parts: { netMinor: minor, taxMinor: 0, feeMinor: 0 },
  leftMinor,
});
const some = (...tickets: Priced[]): RefundCase => ({ tickets, orderFee: null, step: 1 });
const one = (minor: number): RefundCase => some(ticket(minor));
const give = (policy: RefundPolicy, of: RefundCase, now: Date, start = startsAt) =>
  refundFor({ soldAs: { version: 1, startsAt, refundPolicy: policy }, startsAt: start, offers: [] }, of, now);

describe('a policy with steps', () => {
  test('gives back the percentage of the first step that has not ended, to the second', () => {
    const at = (ms: number) => {
      const refund = give(steps, one(1000), ahead(ms));
      return refund && [refund.refundMinor, refund.keptMinor, refund.until.getTime()];
    };
    const [first, middle, last] = [720, 168, 0].map((hours) => startsAt.getTime() - hours * hour);
    expect(at(2000 * hour)).toEqual([1000, 0, first]);
    expect(at(720 * hour + second)).toEqual([1000, 0, first]);
    expect(at(720 * hour)).toEqual([1000, 0, first]);
    expect(at(720 * hour - second)).toEqual([500, 500, middle]);
    expect(at(168 * hour)).toEqual([500, 500, middle]);
    expect(at(168 * hour - second)).toEqual([100, 900, last]);
    expect(at(0)).toEqual([100, 900, last]);
    expect(at(-second)).toBeNull();
    expect(give(noRefunds, one(1000), ahead(2000 * hour))).toBeNull();
  });

  test('counts from the later of two starts, and nobody cancels after the present start', () => {
    const policy = { ...steps, steps: [{ hoursBefore: 24, refundPercent: 90 }] };
    const at = (start: Date, now: Date) => give(policy, one(1000), now, start);
    const later = new Date(startsAt.getTime() + 48 * hour);
    expect(at(later, ahead(24 * hour, later))).toMatchObject({
      refundMinor: 900,
      until: ahead(24 * hour, later),
    });
    expect(at(later, ahead(24 * hour - second, later))).toBeNull();
    const earlier = ahead(20 * hour);
    expect(at(earlier, ahead(24 * hour))).toMatchObject({ refundMinor: 900, until: ahead(24 * hour) });
    const muchEarlier = ahead(48 * hour);
    expect(at(muchEarlier, muchEarlier)).toMatchObject({ refundMinor: 900, until: muchEarlier });
    expect(at(muchEarlier, new Date(muchEarlier.getTime() + second))).toBeNull();
  });

  test('keeps a percentage and an amount of each ticket, but never more than the price', () => {
    const policy = { ...steps, feePercent: 10, feePerTicketMinor: 150 };
    const tickets = some(ticket(1001), ticket(1001), ticket(100), ticket(0));
    // 10% of 10.01 is 1.001, rounded down in the buyer's favour. The ticket for 1.00 gives back nothing.
    expect(give(policy, tickets, ahead(999 * hour))).toMatchObject({
      ofTickets: [751, 751, 0, 0],
      keptMinor: 2 * 250 + 100,
    });
  });

  test('gives back no more of a ticket than earlier refunds have left of it', () => {
    const tickets = some(ticket(1000, 300), ticket(1000, 1000), ticket(1000, 0));
    expect(give(steps, tickets, ahead(500 * hour))).toMatchObject({
      refundMinor: 800,
      ofTickets: [300, 500, 0],
    });
  });

  test.each([
    [
      'hours that do not fall',
      [
        [24, 100],
        [24, 50],
      ],
      ['steps', 1, 'hoursBefore'],
    ],
    [
      'percentages that do not fall',
      [
        [48, 50],
        [24, 60],
      ],
      ['steps', 1, 'refundPercent'],
    ],
    ['a step that gives nothing', [[48, 0]], ['steps', 0, 'refundPercent']],
    ['a step more than a year before', [[8761, 100]], ['steps', 0, 'hoursBefore']],
  ])('is refused with %s', (_, list, path) => {
    const policy = { steps: list.map(([hoursBefore, refundPercent]) => ({ hoursBefore, refundPercent })) };
    expect(refundPolicySchema.safeParse(policy).error?.issues).toMatchObject([{ path }]);
  });
});

const currency = fc.constantFrom('JPY' as const, 'EUR' as const, 'KWD' as const);
const anyPolicy = fc.record({
  steps: fc
    .tuple(
      fc.integer({ min: 3, max: 100 }),
      fc.integer({ min: 2, max: 100 }),
      fc.integer({ min: 1, max: 100 }),
    )
    .map((percents) =>
      percents.toSorted((a, b) => b - a).map((refundPercent, i) => ({ hoursBefore: 500 - i, refundPercent })),
    ),
  feePercent: fc.constantFrom(0, 1, 15, 33, 100),
  feePerTicketMinor: fc.constantFrom(0, 10, 990, 50_000),
  refundsBookingFee: fc.boolean(),
});
const terms = fc.record({
  tax: fc.option(
    fc.record({ name: fc.constant('T'), ratePercent: fc.constantFrom(7, 8.875, 19), included: fc.boolean() }),
  ),
  fee: fc.option(
    fc.record({
      perTicketMinor: fc.constantFrom(0, 90, 2500),
      perTicketPercent: fc.constantFrom(0, 2.5),
      perOrderMinor: fc.constantFrom(0, 100),
      paidBy: fc.constantFrom('buyer' as const, 'absorbed' as const),
      tax: fc.option(fc.record({ name: fc.constant('T'), ratePercent: fc.constantFrom(19) })),
    }),
  ),
});
const prices = fc.array(
  fc.nat(1000).map((n) => n * 10),
  { minLength: 1, maxLength: 5 },
);

const anyOrder = fc.record({ currency, policy: anyPolicy, terms, prices }).map((of) => ({
  ...of,
  lines: of.prices.map((listMinor): HoldLine => {
    const parts = partsOf(listMinor, { ...of.terms, step: stepMinor(of.currency) });
    const pricing = { listMinor, ...of.terms };
    return {
      ticketTypeId: 'tty_a',
      name: '',
      quantity: 1,
      unitMinor: priceOf(parts),
      parts,
      pricing,
      pools: [],
    };
  }),
}));

/** Cancels groups of tickets of one bought order, each at its time. */
function cancelAll(
  of: typeof anyOrder extends fc.Arbitrary<infer Of> ? Of : never,
  groups: number[][],
  times: Date[],
) {
  const { lines, policy } = of;
  const totalMinor = totalOf(lines);
  const hold = {
    ...{ id: 'hld_a', eventId: sale.eventId, buyerId: 'usr_a', status: 'confirmed', ordered: true },
    ...{ expiresAt: startsAt, places: lines.length, returned: 0, lines, totalMinor, currency: of.currency },
    ...{ idempotencyKey: null, fingerprint: null, network: null, mailbox: null, card: null },
  } as HoldRecord;
  const sold = {
    soldAs: { version: 1, startsAt, refundPolicy: policy },
    ...{ refundedMinor: 0, disputedMinor: 0, refunded: noSplit, cancelledBy: new Map<string, string>() },
    tickets: lines.map((_, position) => ({
      id: ticketId('hld_a', position),
      position,
      status: 'valid' as const,
      refundedMinor: 0,
      transferId: null,
      resaleId: null,
    })),
  };
  const state = { ...freshState(), holds: new Map([[hold.id, hold]]), sold: new Map([[hold.id, sold]]) };
  return groups.map((positions, i) => {
    const tickets: TicketId[] = positions.map((position) => ticketId('hld_a', position));
    const now = times[i] ?? startsAt;
    const quote = cancellationOf(
      { ...sold, ...hold },
      { tickets },
      { eventId: sale.eventId, status: 'published', startsAt, refundOffers: [] },
      now,
    );
    const command: Command = { kind: 'cancel', holdId: hold.id, tickets, retry: null };
    const [fact] = decide(sale, state, [command], now).facts.cancelled;
    if (!fact || 'code' in quote) throw new Error('not cancelled');
    expect(fact.refundMinor).toBe(quote.refundMinor);
    return { ...fact, keptMinor: quote.keptMinor };
  });
}

const groupsOf = (order: number[], sizes: number[]): number[][] => {
  const left = [...order];
  return [...sizes.map((size) => left.splice(0, size)), left].filter((group) => group.length > 0);
};
const shuffled = (count: number) =>
  fc.tuple(
    fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }),
    fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
  );

test('the refunds of tickets in any order and any groups add up to the refund of the whole, in every part', () => {
  const cut = anyOrder.chain((of) => fc.tuple(fc.constant(of), shuffled(of.lines.length)));
  fc.assert(
    fc.property(cut, fc.constantFrom(500, 499, 498), ([of, [order, sizes]], hours) => {
      const now = [ahead(hours * hour)];
      const groups = groupsOf(order, sizes);
      const [whole] = cancelAll(of, [order], now);
      const each = cancelAll(
        of,
        groups,
        groups.map(() => now[0] as Date),
      );
      expect(each.reduce((sum, { refundMinor }) => sum + refundMinor, 0)).toBe(whole?.refundMinor);
      expect(each.reduce((sum, { keptMinor }) => sum + keptMinor, 0)).toBe(whole?.keptMinor);
      expect((whole?.refundMinor ?? 0) + (whole?.keptMinor ?? 0)).toBe(totalOf(of.lines));
    }),
    { numRuns: 300 },
  );
});

test('whenever tickets are cancelled, the refunds are whole steps, never below nothing or above the payment, and their parts add up', () => {
  const cut = anyOrder.chain((of) => fc.tuple(fc.constant(of), shuffled(of.lines.length)));
  const times = fc.array(fc.integer({ min: 498, max: 600 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(cut, times, ([of, [order, sizes]], hours) => {
      const at = hours.toSorted((a, b) => b - a).map((each) => ahead(each * hour));
      const paid = splitOfOrder(of.lines);
      let given = noSplit;
      for (const { refundMinor, keptMinor, refundSplit } of cancelAll(of, groupsOf(order, sizes), at)) {
        expect(refundMinor % stepMinor(of.currency)).toBe(0);
        expect(Math.min(refundMinor, keptMinor)).toBeGreaterThanOrEqual(0);
        expect(sumOf(refundSplit)).toBe(refundMinor);
        given = plus(given, refundSplit);
      }
      for (const part of Object.keys(paid) as (keyof typeof paid)[]) {
        expect(given[part]).toBeGreaterThanOrEqual(0);
        expect(given[part]).toBeLessThanOrEqual(paid[part]);
      }
      if (of.policy.refundsBookingFee || of.terms.fee?.paidBy !== 'buyer') return;
      expect([given.feeMinor, given.feeTaxMinor]).toEqual([0, 0]);
    }),
    { numRuns: 300 },
  );
});
