import { describe, expect, test } from 'vitest';
import type { HoldId, TicketId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import { noRefunds } from '../../../contract/refund-policy.ts';
import { sumOf } from '../sale/split.ts';
import { decide } from './decide.ts';
import type { Command, Outcome, RefundCommand, SoldOrder } from './inventory.ts';
import type { Facts, LedgerState } from './state.ts';
import { play, sale, ticketId } from './testing/play.ts';

const all: Omit<RefundCommand, 'cancellationId'> = {
  kind: 'refund',
  holdId: 'hld_a',
  tickets: 'all',
  amountMinor: null,
  keepTickets: null,
  cause: 'refunded_by_organiser',
  reason: 'The band is ill',
  by: { system: 'test' },
  retry: null,
};
const tickets = (...positions: number[]): TicketId[] => positions.map((each) => ticketId('hld_a', each));

/** Two tickets of 20.00 and two of 30.00, which are bought. */
function bought(terms = sale) {
  const { state, now } = play(
    `
    ann place 2 early + 2 regular | held a
    ann order a                   | ordered
    ann pay a                     | confirmed
  `,
    terms,
  );
  return { state, now, sold: state.sold.get('hld_a' as HoldId) as SoldOrder };
}

function refund(
  { state, now }: { state: LedgerState; now: Date },
  command: Partial<RefundCommand>,
  more: Command[] = [],
): { outcome: Outcome; facts: Facts } {
  const first: Command = { ...all, cancellationId: 'cnl_1', ...command };
  const { outcomes, facts } = decide(sale, state, [first, ...more], now);
  return { outcome: outcomes[0] as Outcome, facts };
}

const free = ({ state }: { state: LedgerState }) =>
  ['floor', 'earlies'].map((key) => {
    const pool = state.pools.get(`pol_${key}`);
    return (pool?.capacity ?? 0) - (pool?.sold ?? 0);
  });
const given = ({ facts }: { facts: Facts }) =>
  facts.cancelled.map(({ positions, shares, refundMinor, isLast }) => ({
    positions,
    shares: shares.map(({ position, minor }) => [position, minor]),
    refundMinor,
    isLast,
  }));

describe('without an amount', () => {
  test('all that is left goes back, every ticket ends and every place is free', () => {
    const of = bought();
    expect(free(of)).toEqual([6, 2]);
    expect(given(refund(of, {}))).toEqual([
      {
        positions: [0, 1, 2, 3],
        shares: [
          [0, 2000],
          [1, 2000],
          [2, 3000],
          [3, 3000],
        ],
        refundMinor: 10_000,
        isLast: true,
      },
    ]);
    expect(free(of)).toEqual([10, 4]);
  });

  test('only the named tickets end, and what was left of their prices goes back', () => {
    const of = bought();
    refund(of, { tickets: tickets(0), amountMinor: 500, keepTickets: true });
    expect(given(refund(of, { tickets: tickets(0, 3) }))).toEqual([
      {
        positions: [0, 3],
        shares: [
          [0, 1500],
          [3, 3000],
        ],
        refundMinor: 4500,
        isLast: false,
      },
    ]);
    expect(free(of)).toEqual([8, 3]);
  });

  test('used tickets are refunded and stay used; tickets that the buyer cancelled give back what was kept', () => {
    const of = bought({
      ...sale,
      refundPolicy: { ...noRefunds, steps: [{ hoursBefore: 0, refundPercent: 100 }], feePercent: 100 },
    });
    const [, second] = of.sold.tickets;
    if (second) second.status = 'used';
    const cancel: Command = { kind: 'cancel', holdId: 'hld_a', tickets: tickets(0), retry: null };
    expect(decide(sale, of.state, [cancel], of.now).outcomes).toEqual([
      { kind: 'cancelled', replayed: false },
    ]);
    expect(given(refund(of, {}))).toMatchObject([{ positions: [2, 3], refundMinor: 10_000, isLast: false }]);
    expect(of.sold.tickets.map(({ status }) => status)).toEqual([
      'cancelled',
      'used',
      'cancelled',
      'cancelled',
    ]);
    expect(free(of)).toEqual([9, 3]);
  });

  test('with keepTickets only the money goes back', () => {
    const of = bought();
    expect(given(refund(of, { keepTickets: true }))).toMatchObject([{ positions: [], refundMinor: 10_000 }]);
    expect(free(of)).toEqual([6, 2]);
    expect(of.sold.tickets.every(({ status }) => status === 'valid')).toBe(true);
  });
});

describe('with an amount', () => {
  test('a part of the payment is split over the tickets by what is left of them, and they stay valid', () => {
    const of = bought();
    expect(given(refund(of, { amountMinor: 1001 }))).toEqual([
      {
        positions: [],
        shares: [
          [0, 200],
          [1, 200],
          [2, 301],
          [3, 300],
        ],
        refundMinor: 1001,
        isLast: false,
      },
    ]);
    expect(free(of)).toEqual([6, 2]);
  });

  test('the whole payment ends all tickets, unless they are to be kept', () => {
    expect(given(refund(bought(), { amountMinor: 10_000 }))).toMatchObject([{ isLast: true }]);
    expect(given(refund(bought(), { amountMinor: 10_000, keepTickets: true }))).toMatchObject([
      { positions: [] },
    ]);
  });

  test('for named tickets ends these, also if nothing goes back', () => {
    expect(given(refund(bought(), { tickets: tickets(1), amountMinor: 500 }))).toMatchObject([
      { positions: [1], shares: [[1, 500]] },
    ]);
    expect(given(refund(bought(), { tickets: tickets(1), amountMinor: 0 }))).toMatchObject([
      { positions: [1], shares: [], refundMinor: 0 },
    ]);
  });
});

describe('refusals', () => {
  const left = (amount: number) => ({ left: { amount, currency: 'EUR' as Currency } });

  test('more than what is left, of the order or of the named tickets, and nothing has changed', () => {
    const of = bought();
    refund(of, { amountMinor: 4000 });
    expect(refund(of, { amountMinor: 6001 }).outcome).toMatchObject({
      code: 'refund_exceeds_paid',
      members: left(6000),
    });
    const more = refund(of, { tickets: tickets(0), amountMinor: 1201 });
    expect(more.outcome).toMatchObject({ code: 'refund_exceeds_paid', members: left(1200) });
    expect(more.facts.cancelled).toEqual([]);
    expect(free(of)).toEqual([6, 2]);
  });

  test('a second refund of the whole order, and of the same tickets', () => {
    const of = bought();
    refund(of, { tickets: tickets(2) });
    expect(refund(of, { tickets: tickets(2) }).outcome).toMatchObject({
      code: 'refund_exceeds_paid',
      members: left(0),
    });
    refund(of, {});
    expect(refund(of, {}).outcome).toMatchObject({ code: 'refund_exceeds_paid', members: left(0) });
  });

  test('a ticket of another order, an order that is not paid, an unknown order', () => {
    const of = bought();
    expect(refund(of, { tickets: ['tkt_other', ...tickets(0)] }).outcome).toMatchObject({
      code: 'ticket_not_of_order',
      members: { tickets: ['tkt_other'] },
    });
    const unpaid = play(`
      ann place 1 regular | held a
      ann order a         | ordered
    `);
    expect(refund(unpaid, {}).outcome).toMatchObject({ code: 'order_not_refundable' });
    expect(refund(of, { holdId: 'hld_z' }).outcome).toMatchObject({ code: 'not_found' });
  });

  test('the second of two refunds in one batch sees the first', () => {
    const of = bought();
    const second: Command = { ...all, cancellationId: 'cnl_2', amountMinor: 6000 };
    const { outcomes, facts } = decide(
      sale,
      of.state,
      [{ ...all, cancellationId: 'cnl_1', amountMinor: 6000 }, second],
      of.now,
    );
    expect(outcomes).toMatchObject([
      { kind: 'refunded' },
      { code: 'refund_exceeds_paid', members: left(4000) },
    ]);
    expect(facts.cancelled).toHaveLength(1);
  });
});

test('a key is used once, by cancellations and refunds together', () => {
  const of = bought();
  const retry = { key: 'k', fingerprint: 'f' };
  expect(refund(of, { amountMinor: 1000, retry }).outcome).toEqual({ kind: 'refunded', replayed: false });
  expect(refund(of, { amountMinor: 1000, retry }).outcome).toEqual({ kind: 'refunded', replayed: true });
  expect(refund(of, { amountMinor: 1000, retry: { key: 'k', fingerprint: 'g' } }).outcome).toMatchObject({
    code: 'idempotency_key_reused',
  });
  expect(of.sold.refundedMinor).toBe(1000);
});

test('the fee of the order goes back with the last tickets of which anything is left', () => {
  const fee = {
    perTicketMinor: 0,
    perTicketPercent: 0,
    perOrderMinor: 150,
    paidBy: 'buyer' as const,
    tax: null,
  };
  // A ticket type belongs to one version of its sale, and its lines are known by it.
  const terms = { ...sale, bookingFee: fee, ticketTypes: structuredClone(sale.ticketTypes) };
  const of = bought(terms);
  const back = (...positions: number[]) =>
    given(refund(of, { tickets: tickets(...positions) }))[0]?.refundMinor;
  expect([back(0), back(1, 2), back(3)]).toEqual([2000, 5000, 3150]);
  const kept = bought(terms);
  refund(kept, { tickets: tickets(0, 1, 2), keepTickets: true });
  expect(given(refund(kept, { tickets: tickets(3) }))[0]?.refundMinor).toBe(3150);
});

test('free tickets can be ended, once', () => {
  const of = play(`
    ann place 2 free | held a
    ann order a      | ordered
  `);
  expect(given(refund(of, {}))).toMatchObject([{ positions: [0, 1], refundMinor: 0, isLast: true }]);
  expect(refund(of, {}).outcome).toMatchObject({ code: 'order_not_refundable' });
});

describe('what a buyer gets by the policy afterwards', () => {
  const policy = {
    ...sale,
    refundPolicy: { ...noRefunds, steps: [{ hoursBefore: 24, refundPercent: 100 }], feePercent: 10 },
  };
  const cancelled = (of: ReturnType<typeof bought>, ids: TicketId[]) =>
    decide(policy, of.state, [{ kind: 'cancel', holdId: 'hld_a', tickets: ids, retry: null }], of.now).facts
      .cancelled[0];

  test('is never more than what is left of the ticket', () => {
    const of = bought(policy);
    refund(of, { tickets: tickets(2), amountMinor: 1000, keepTickets: true });
    expect(cancelled(of, tickets(2))?.refundMinor).toBe(2000);
    expect(cancelled(of, tickets(3))?.refundMinor).toBe(2700);
  });
});

test.each([
  ['JPY', 5000, 1],
  ['EUR', 2662, 1],
  ['KWD', 12_650, 10],
] as const)(
  'in %s every order of refunds ends at exactly the price of each part',
  (currency, listMinor, step) => {
    const terms = {
      ...sale,
      currency,
      bookingFee: {
        perTicketMinor: 100,
        perTicketPercent: 3,
        perOrderMinor: 200,
        paidBy: 'buyer' as const,
        tax: { name: 'VAT', ratePercent: 19 },
      },
      ticketTypes: sale.ticketTypes.map((type) => ({
        ...type,
        listMinor: type.name === 'free' ? 0 : listMinor,
        tax: { name: 'VAT', ratePercent: 7, included: true },
      })),
    };
    const of = bought(terms as typeof sale);
    const hold = of.state.holds.get('hld_a' as HoldId);
    const total = hold?.totalMinor ?? 0;
    let back = 0;
    for (const command of [
      { amountMinor: 10 * step },
      { tickets: tickets(1), amountMinor: step, keepTickets: true },
      { tickets: tickets(0) },
      { tickets: tickets(1, 2) },
      {},
    ]) {
      const { facts, outcome } = refund(of, command);
      expect(outcome).toMatchObject({ kind: 'refunded' });
      const [made] = facts.cancelled;
      expect(sumOf(made?.refundSplit ?? of.sold.refunded)).toBe(made?.refundMinor);
      expect((made?.refundMinor ?? 1) % step).toBe(0);
      back += made?.refundMinor ?? 0;
    }
    expect(back).toBe(total);
    expect(of.sold.tickets.every(({ refundedMinor }) => refundedMinor === hold?.lines[0]?.unitMinor)).toBe(
      true,
    );
  },
);
