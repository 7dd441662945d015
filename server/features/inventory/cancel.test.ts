import { describe, expect, test } from 'vitest';
import { noRefunds } from '../../../contract/refund-policy.ts';
import { decide } from './decide.ts';
import type { Command, HoldLine } from './inventory.ts';
import { linesAt, placesOf } from './places.ts';
import { play, refundable, sale, ticketId } from './testing/play.ts';

const withFee = (feePercent: number) => ({
  ...sale,
  refundPolicy: { ...noRefunds, steps: [{ hoursBefore: 24, refundPercent: 100 }], feePercent },
});

describe('cancelling by ticket', () => {
  test('gives back exactly the place of each ticket, and its price', () => {
    play(
      `
      ann place 2 early + 2 regular | held a          | floor 6 earlies 2 gold 10
      ann order a                   | ordered
      ann pay a                     | confirmed
      ann cancel a 0                | cancelled 2000  | floor 7 earlies 3 gold 10
      ann cancel a 3                | cancelled 3000  | floor 8 earlies 3 gold 10
      ann cancel a 1,2              | cancelled 5000  | floor 10 earlies 4 gold 10
    `,
      withFee(0),
    );
  });

  test('a seat of a cancelled ticket can be sold again, and cancelling the rest does not free it', () => {
    play(
      `
      ann seats 2,3,4              | held a 2,3,4
      ann order a                  | ordered
      ann pay a                    | confirmed       | floor 10 earlies 4 gold 7
      ann cancel a 1               | cancelled 5000  | floor 10 earlies 4 gold 8
      bob seats 2                  | no seats_taken
      bob seats 3                  | held b 3        | floor 10 earlies 4 gold 7
      ann cancel a                 | cancelled 10000 | floor 10 earlies 4 gold 9
      cat seats 3                  | no seats_taken
      cat seats 2,4                | held c 2,4
    `,
      withFee(0),
    );
  });

  test('with a promo code gives back its reduced price and one use of the code', () => {
    play(
      `
      ann place 3 regular          | held a
      ann redeem a HALF            | redeemed 4500
      ann order a                  | ordered
      ann pay a                    | confirmed       | floor 7 earlies 4 gold 10 code:HALF 2
      ann cancel a 1               | cancelled 1500  | floor 8 earlies 4 gold 10 code:HALF 3
    `,
      withFee(0),
    );
  });

  test('the limits count only tickets that are not cancelled', () => {
    play(
      `
      ann place 4 regular          | held a
      ann order a                  | ordered
      ann pay a by visa            | confirmed
      ann place 3 regular          | no limit_reached
      bob place 3 regular          | held b
      bob order b as ann           | no email_limit_reached
      ann cancel a 0               | cancelled 3000
      bob order b as ann           | ordered
      bob pay b by visa            | confirmed
      ann place 3 regular          | held c
      ann order c as cat           | ordered
      ann pay c by visa            | refund_due
    `,
      refundable,
    );
  });

  test('a ticket that is of another order, used or cancelled is refused, and nothing is cancelled', () => {
    play(
      `
      ann place 3 regular          | held a
      ann order a                  | ordered
      ann cancel a 0               | no ticket_not_of_order
      ann pay a                    | confirmed
      bob place 1 regular          | held b
      bob order b                  | ordered
      bob pay b                    | confirmed       | floor 6 earlies 4 gold 10
      ann cancel a 0,3             | no ticket_not_of_order
      door use a 0
      ann cancel a 0,1             | no ticket_not_cancellable
      ann cancel a                 | no order_not_cancellable
      ann cancel a 1               | cancelled 3000  | floor 7 earlies 4 gold 10
      ann cancel a 1,2             | no ticket_not_cancellable
      ann cancel a 2,2             | cancelled 3000  | floor 8 earlies 4 gold 10
      ann cancel a                 | no order_not_cancellable
      ann cancel z                 | no not_found
    `,
      withFee(0),
    );
  });

  test('says which tickets are in the way', () => {
    const { state, now } = play(
      `
      ann place 3 regular          | held a
      ann order a                  | ordered
      ann pay a                    | confirmed
      door use a 0
      ann cancel a 1               | cancelled 3000
    `,
      refundable,
    );
    const ask = (...positions: number[]): Command => ({
      kind: 'cancel',
      holdId: 'hld_a',
      tickets: positions.map((position) => ticketId('hld_a', position)),
      retry: null,
    });
    const { outcomes } = decide(refundable, state, [ask(0, 1, 2), ask(2, 7)], now);
    expect(outcomes).toMatchObject([
      {
        members: {
          tickets: [
            { id: 'tkt_a0', status: 'used' },
            { id: 'tkt_a1', status: 'cancelled' },
          ],
        },
      },
      { members: { tickets: ['tkt_a7'] } },
    ]);
  });

  test('a retry with the same key has no second effect, and another request with the key is refused', () => {
    play(
      `
      ann place 3 regular          | held a
      ann order a                  | ordered
      ann pay a                    | confirmed
      ann cancel a 0 key k1        | cancelled 3000  | floor 8 earlies 4 gold 10
      ann cancel a 0 key k1        | cancelled again | floor 8 earlies 4 gold 10
      ann cancel a 1 key k1        | no idempotency_key_reused
      ann cancel a key k2          | cancelled 6000  | floor 10 earlies 4 gold 10
      ann cancel a key k2          | cancelled again
      ann cancel a 0 key k1        | cancelled again
      ann cancel a                 | cancelled again | floor 10 earlies 4 gold 10
    `,
      withFee(0),
    );
  });
});

describe('what goes back', () => {
  test('by the policy, in time', () => {
    play(
      `
      ann place 4 regular          | held a
      ann order a                  | ordered
      ann pay a                    | confirmed
      ann cancel a 0               | cancelled 2700
      tick 58 days
      ann cancel a 1               | cancelled 2700
      tick 1 days
      ann cancel a 2               | no refund_not_allowed
      ann cancel a                 | no refund_not_allowed | floor 8 earlies 4 gold 10
    `,
      withFee(10),
    );
  });

  test('is at least what the buyer agreed to, or nothing is cancelled', () => {
    const terms = withFee(10);
    const { state, now } = play(
      `
      ann place 2 regular          | held a
      ann order a                  | ordered
      ann pay a                    | confirmed
    `,
      terms,
    );
    const ask = (leastRefundMinor: number): Command => ({
      ...{ kind: 'cancel', holdId: 'hld_a', tickets: [ticketId('hld_a', 0)], retry: null },
      leastRefundMinor,
    });
    const { outcomes, facts } = decide(terms, state, [ask(2701), ask(2700)], now);
    expect(outcomes).toMatchObject([
      { code: 'refund_lower', members: { refund: { amount: 2700 }, fee: { amount: 300 } } },
      { kind: 'cancelled' },
    ]);
    expect(facts.cancelled).toMatchObject([{ positions: [0], refundMinor: 2700 }]);
  });

  test('is never more than the payment minus earlier refunds', () => {
    const { state, now } = play(
      `
      ann place 2 regular          | held a
      ann order a                  | ordered
      ann pay a                    | confirmed
    `,
      refundable,
    );
    const sold = state.sold.get('hld_a');
    if (!sold) throw new Error('nothing was sold');
    // 50 of the 60 euros were already refunded in another way.
    sold.refundedMinor = 5000;
    for (const ticket of sold.tickets) ticket.refundedMinor = 2500;
    const all = { kind: 'cancel', holdId: 'hld_a', tickets: 'all', retry: null } as const;
    const { facts } = decide(refundable, state, [all], now);
    expect(facts.cancelled).toMatchObject([{ refundMinor: 1000, isLast: true }]);
  });

  test('of free tickets is nothing, and they can be cancelled until the event begins under any policy', () => {
    play(`
      ann place 2 free             | held a
      ann order a                  | ordered
      ann cancel a 0               | cancelled       | floor 9 earlies 4 gold 10
      tick 60 days
      ann cancel a 1               | no refund_not_allowed
    `);
  });
});

describe('in one batch', () => {
  const cancel = (tickets: number[] | 'all', key?: string): Command => ({
    kind: 'cancel',
    holdId: 'hld_a',
    tickets: tickets === 'all' ? 'all' : tickets.map((position) => ticketId('hld_a', position)),
    retry: key === undefined ? null : { key, fingerprint: String(tickets) },
  });
  const bought = `
    ann place 3 regular          | held a
    ann order a                  | ordered
    ann pay a                    | confirmed       | floor 7 earlies 4 gold 10
  `;

  test('two cancellations of the same tickets count once', () => {
    const { state, now } = play(bought, refundable);
    const commands = [cancel([0, 1], 'k'), cancel([0, 1], 'k'), cancel([1]), cancel('all'), cancel('all')];
    const { outcomes, facts } = decide(refundable, state, commands, now);
    expect(
      outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.code : { ...outcome })),
    ).toMatchObject([
      { kind: 'cancelled', replayed: false },
      { kind: 'cancelled', replayed: true },
      'ticket_not_cancellable',
      { kind: 'cancelled', replayed: false },
      { kind: 'cancelled', replayed: true },
    ]);
    expect(facts.cancelled).toMatchObject([
      { positions: [0, 1], refundMinor: 6000, isLast: false },
      { positions: [2], refundMinor: 3000, isLast: true },
    ]);
    expect(state.pools.get('pol_floor')?.sold).toBe(0);
  });

  test('an order that is paid and cancelled at the same instant is cancelled', () => {
    const { state, now } = play(
      `
      ann place 3 regular          | held a
      ann order a                  | ordered
    `,
      refundable,
    );
    const paid = { paymentId: 'pay_1', intentRef: 'pi_1', amountMinor: 9000, currency: 'EUR' } as const;
    const commands: Command[] = [
      { kind: 'confirm', holdId: 'hld_a', paid: { ...paid, card: null } },
      cancel([0]),
      cancel('all'),
      { kind: 'confirm', holdId: 'hld_a', paid: { ...paid, card: null } },
    ];
    const { outcomes, facts } = decide(refundable, state, commands, now);
    // Nobody can know the id of a ticket that this batch issues.
    expect(outcomes).toMatchObject([
      { kind: 'confirmed' },
      { code: 'ticket_not_of_order' },
      { kind: 'cancelled', replayed: false },
      { kind: 'confirmed', replayed: true },
    ]);
    expect(facts.cancelled).toMatchObject([{ positions: [0, 1, 2], refundMinor: 9000, isLast: true }]);
    expect(state.pools.get('pol_floor')).toMatchObject({ held: 0, sold: 0 });
  });
});

test('a pending order is dropped, and one that ran out can’t be cancelled', () => {
  play(`
    ann place 2 regular          | held a
    ann cancel a                 | no not_found
    ann order a                  | ordered
    ann cancel a                 | cancelled       | floor 10 earlies 4 gold 10
    ann cancel a                 | cancelled again
    bob place 2 regular          | held b
    bob order b                  | ordered
    tick 11 minutes
    bob cancel b                 | no order_not_cancellable
  `);
});

test('a position names one place of the lines, with its seat and its price', () => {
  const line = (more: Partial<HoldLine>): HoldLine => ({
    ticketTypeId: 'tty_a',
    name: '',
    quantity: 1,
    unitMinor: 0,
    parts: { netMinor: 0, taxMinor: 0, feeMinor: 0 },
    pools: [],
    ...more,
  });
  const named = (seat: number) => ({ section: 'A', row: '1', seat: String(seat) });
  const lines = [
    line({ quantity: 2, unitMinor: 100 }),
    line({ quantity: 3, unitMinor: 200, seats: [7, 3, 9], seatNames: [7, 3, 9].map(named) }),
  ];
  expect(placesOf(lines).map(({ line: { unitMinor }, seat }) => [unitMinor, seat])).toEqual([
    [100, null],
    [100, null],
    [200, 7],
    [200, 3],
    [200, 9],
  ]);
  expect(linesAt(lines, [4, 0, 2])).toEqual([
    line({ quantity: 2, unitMinor: 200, seats: [9, 7], seatNames: [9, 7].map(named) }),
    line({ quantity: 1, unitMinor: 100 }),
  ]);
  expect(() => linesAt(lines, [5])).toThrow('no place 5 among 5');
});
