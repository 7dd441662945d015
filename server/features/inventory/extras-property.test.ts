import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HoldId, PoolId, ProductId, TicketId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import type { SaleTicketType } from '../sale/event-sale.ts';
import { noSplit } from '../sale/split.ts';
import { decide } from './decide.ts';
import { isExtra, placesIn } from './extras.ts';
import type { Command, HoldLine, Outcome } from './inventory.ts';
import { placesOf } from './places.ts';
import type { LedgerState } from './state.ts';
import { freshState, refundable, saleStart } from './testing/play.ts';

/*
 * The stock of a variant is never oversold, a hold of tickets and extras is all or nothing, and extras count as no places: random
 * commands run against the ledger, and after each one this test counts again from the holds.
 */

const stock = { m: 3, l: 2, poster: 4 } as const;
type Variant = keyof typeof stock;

const product = (name: string, more: Partial<NonNullable<SaleTicketType['product']>> = {}) => ({
  id: `prd_${name}` as ProductId,
  maxPerOrder: 3,
  maxPerTicket: null,
  needsTicket: true,
  collect: 'door' as const,
  ...more,
});
const shirt = product('shirt', { maxPerTicket: 2 });
const variant = (name: Variant, of: SaleTicketType['product']): SaleTicketType => ({
  id: `tty_${name}` as TicketTypeId,
  name,
  listMinor: 1500,
  tax: null,
  zone: null,
  poolIds: [`pol_${name}` as PoolId],
  maxPerOrder: 3,
  saleStartsAt: null,
  saleEndsAt: null,
  hidden: false,
  product: of,
});
const terms = {
  ...refundable,
  placesPerNetwork: 0,
  ticketTypes: [
    ...refundable.ticketTypes,
    variant('m', shirt),
    variant('l', shirt),
    variant('poster', product('poster', { needsTicket: false })),
  ],
};

type Step =
  | { do: 'hold'; who: number; items: { of: 'regular' | Variant; quantity: number }[] }
  | { do: 'change'; nth: number; items: { of: 'regular' | Variant; quantity: number }[] }
  | { do: 'release' | 'order' | 'buy'; nth: number }
  | { do: 'cancel'; nth: number; tickets: number[] }
  | { do: 'pass'; minutes: number };

const items = fc.uniqueArray(
  fc.record({
    of: fc.constantFrom('regular' as const, 'm' as const, 'l' as const, 'poster' as const),
    quantity: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 4, selector: ({ of }) => of },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('hold' as const), who: fc.nat(3), items }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), nth: fc.nat(9), items }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('release', 'order', 'buy'),
      nth: fc.nat(9),
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      nth: fc.nat(9),
      tickets: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.nat(12) }) },
);

test('no variant is oversold, nothing is held in part, and extras take no places', () => {
  const seen = { held: 0, soldOut: 0, needed: 0, limited: 0, cancelled: 0, changed: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const { state } = house();
      let now = saleStart;
      for (const [n, each] of steps.entries()) {
        if (each.do === 'pass') {
          now = new Date(now.getTime() + each.minutes * 60_000);
          continue;
        }
        const command = commandOf(each, state, n);
        if (!command) continue;
        // What is due expires first, whatever becomes of the command.
        decide(terms, state, [{ kind: 'expire' }], now);
        const before = snapshot(state);
        const { outcomes, facts } = decide(terms, state, [command], now);
        const outcome = outcomes[0] as Outcome;
        for (const { hold } of facts.confirmed) issue(state, hold.id, hold.lines);
        if (outcome.kind === 'refused') expect(snapshot(state)).toEqual(before);
        count(seen, outcome, command);
        recount(state);
      }
    }),
    { numRuns: 300 },
  );
  // Vacuous unless all of it has happened.
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
});

function house(): { state: LedgerState } {
  const state = freshState();
  for (const [key, capacity] of Object.entries(stock)) {
    const id = `pol_${key}` as PoolId;
    state.pools.set(id, {
      id,
      key: `extra:tty_${key}`,
      name: key,
      capacity,
      held: 0,
      sold: 0,
      kept: 0,
      blocked: 0,
    });
  }
  return { state };
}

function commandOf(step: Exclude<Step, { do: 'pass' }>, state: LedgerState, n: number): Command | null {
  const wanted = (list: { of: string; quantity: number }[]) => ({
    kind: 'items' as const,
    items: list.map(({ of, quantity }) => ({ ticketTypeId: `tty_${of}` as TicketTypeId, quantity })),
  });
  if (step.do === 'hold')
    return {
      kind: 'place',
      holdId: `hld_${n}` as HoldId,
      buyerId: `usr_${step.who}` as UserId,
      wants: wanted(step.items),
      retry: null,
      network: null,
    };
  const holds = [...state.holds.values()];
  const hold = holds[step.nth % Math.max(1, holds.length)];
  if (!hold) return null;
  const { id: holdId, buyerId } = hold;
  if (step.do === 'change')
    return { kind: 'exchange', holdId, buyerId, wants: wanted(step.items), network: null };
  if (step.do === 'release') return { kind: 'release', holdId, buyerId };
  if (step.do === 'order')
    return {
      kind: 'order',
      holdId,
      buyerId,
      hasExtras: hold.lines.some(isExtra),
      order: {
        buyerName: 'Ada',
        buyerEmail: 'ada@example.com',
        mailbox: 2,
        attendees: null,
        returnUrl: null,
        language: 'en',
      },
    };
  if (step.do === 'buy')
    return {
      kind: 'confirm',
      holdId,
      paid: { paymentId: 'pay_1', intentRef: 'pi_1', amountMinor: 1, currency: 'EUR', card: null },
    };
  const sold = state.sold.get(holdId);
  if (!sold || step.do !== 'cancel') return null;
  const tickets = step.tickets.map((position) => ticketId(holdId, position % sold.tickets.length));
  return { kind: 'cancel', holdId, tickets: [...new Set(tickets)], retry: null };
}

const ticketId = (holdId: HoldId, position: number) => `tkt_${holdId.slice(4)}_${position}` as TicketId;

function issue(state: LedgerState, holdId: HoldId, lines: HoldLine[]): void {
  const tickets = placesOf(lines).map((_, position) => ({
    id: ticketId(holdId, position),
    position,
    status: 'valid' as const,
    refundedMinor: 0,
    transferId: null,
    resaleId: null,
  }));
  state.sold.set(holdId, {
    soldAs: terms,
    refundedMinor: 0,
    refunded: noSplit,
    disputedMinor: 0,
    tickets,
    cancelledBy: new Map(),
  });
}

const snapshot = ({ pools, holds }: LedgerState) =>
  JSON.stringify([
    [...pools.values()].map(({ id, held, sold }) => [id, held, sold]),
    [...holds.values()].map(({ id, status, lines, places }) => [id, status, lines, places]),
  ]);

function count(seen: Record<string, number>, outcome: Outcome, { kind }: Command): void {
  const add = (what: string, is: boolean) => (seen[what] = (seen[what] ?? 0) + Number(is));
  const code = outcome.kind === 'refused' ? outcome.code : null;
  add('held', outcome.kind === 'held' && outcome.hold.lines.some(isExtra) && outcome.hold.places > 0);
  add('soldOut', code === 'sold_out');
  add('needed', code === 'ticket_needed');
  add('limited', code === 'extra_limit_reached');
  add('cancelled', outcome.kind === 'cancelled');
  add('changed', kind === 'exchange' && outcome.kind === 'exchanged');
}

/** Counts from the holds what the pools must say, and the places of each hold from its lines. */
function recount(state: LedgerState): void {
  const held = new Map<string, number>();
  const sold = new Map<string, number>();
  for (const hold of state.holds.values()) {
    expect(hold.places).toBe(placesIn(hold.lines));
    // Its places come first, so the position of a ticket says whether it admits somebody.
    const firstExtra = hold.lines.findIndex(isExtra);
    if (firstExtra >= 0) expect(hold.lines.slice(firstExtra).every(isExtra)).toBe(true);
    const dead = (state.sold.get(hold.id)?.tickets ?? []).filter(({ status }) => status === 'cancelled');
    expect(hold.returned).toBe(dead.filter(({ position }) => position < hold.places).length);
    const gone = new Set(dead.map(({ position }) => position));
    const into = hold.status === 'active' ? held : hold.status === 'confirmed' ? sold : null;
    for (const [position, { line }] of placesOf(hold.lines).entries())
      for (const id of line.pools) if (into && !gone.has(position)) into.set(id, (into.get(id) ?? 0) + 1);
  }
  for (const pool of state.pools.values()) {
    expect([pool.id, pool.held, pool.sold]).toEqual([
      pool.id,
      held.get(pool.id) ?? 0,
      sold.get(pool.id) ?? 0,
    ]);
    expect(pool.held + pool.sold).toBeLessThanOrEqual(pool.capacity);
  }
}
