import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HoldId, PoolId, TicketTypeId, UserId, WaitlistEntryId } from '../../../contract/ids.ts';
import { noSplit } from '../sale/split.ts';
import { decide } from './decide.ts';
import type { Command, Outcome } from './inventory.ts';
import { livePlaces } from './limits.ts';
import { emptyLine, type LineEntry, offerIdOf } from './line.ts';
import type { LedgerState } from './state.ts';
import { freshState, refundable, type sale, saleStart } from './testing/play.ts';

/*
 * Promise 11: a freed place goes to the people who wait for it, in their order, before it goes on sale again. Random
 * commands run against the ledger, and after each one this test counts again from the holds and entries what must be true.
 */

const types = ['regular', 'free', 'seat'] as const;
const poolOf = { regular: 'pol_floor', free: 'pol_floor', seat: 'pol_gold' } as const;
const people = 5;

type Step =
  | { do: 'hold' | 'wait'; who: number; type: (typeof types)[number]; quantity: number }
  | { do: 'release' | 'buy' | 'leave' | 'cancel'; nth: number }
  | { do: 'pass'; minutes: number };

const who = fc.nat(people - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: taking('hold') },
  { weight: 5, arbitrary: taking('wait') },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('release', 'buy', 'leave', 'cancel'), nth: fc.nat(20) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.nat(45) }) },
);

function taking(what: 'hold' | 'wait'): fc.Arbitrary<Step> {
  return fc.record({
    do: fc.constant(what),
    who,
    type: fc.constantFrom(...types),
    quantity: fc.integer({ min: 1, max: 4 }),
  });
}

/** A small house, so that everything is soon sold out: four places on the floor and ten seats. */
function house(partiesUntilHours: number) {
  const state = freshState();
  for (const [id, pool] of state.pools) if (id === 'pol_floor') pool.capacity = 4;
  state.line = emptyLine();
  const soon = new Date(saleStart.getTime() + 5 * 3_600_000);
  const terms = {
    ...refundable,
    startsAt: soon,
    saleEndsAt: null,
    endsAt: new Date(soon.getTime() + 3_600_000),
    waitlist: { ...refundable.waitlist, partiesUntilHours },
  };
  return { state, terms };
}

interface Play {
  state: LedgerState;
  terms: typeof sale;
  now: Date;
  count: number;
  offered: Set<WaitlistEntryId>;
}

function run(play: Play, command: Command): Outcome {
  const { state, terms, now } = play;
  state.placesOfWaiting = new Map(
    [...(state.line?.open.values() ?? [])].map(({ buyerId }) => [buyerId, placesOf(state, buyerId)]),
  );
  const waitingBefore = [...(state.line?.open.values() ?? [])].filter(({ status }) => status === 'waiting');
  const { outcomes, facts } = decide(terms, state, [command], now);
  for (const { hold } of facts.confirmed)
    state.sold.set(hold.id, {
      soldAs: terms,
      refundedMinor: 0,
      refunded: noSplit,
      disputedMinor: 0,
      tickets: Array.from({ length: hold.places }, (_, position) => ({
        id: `tkt_${hold.id.slice(4)}${position}` as const,
        position,
        status: 'valid' as const,
        refundedMinor: 0,
        transferId: null,
        resaleId: null,
      })),
      cancelledBy: new Map(),
    });
  for (const { entry } of facts.offered) play.offered.add(entry.id);
  check(
    play,
    waitingBefore,
    facts.offered.map(({ entry }) => entry),
  );
  return outcomes[0] as Outcome;
}

const placesOf = ({ holds }: LedgerState, buyerId: UserId): number =>
  [...holds.values()].reduce((sum, hold) => sum + (hold.buyerId === buyerId ? livePlaces(hold) : 0), 0);

const poolOfEntry = ({ ticketTypeId }: Pick<LineEntry, 'ticketTypeId'>): PoolId =>
  poolOf[ticketTypeId.slice(4) as keyof typeof poolOf];

/** Entries that could be served if enough places were free. */
const canBeServed = ({ state, terms }: Play, entry: LineEntry): boolean =>
  entry.quantity <= (state.pools.get(poolOfEntry(entry))?.capacity ?? 0) &&
  placesOf(state, entry.buyerId) + entry.quantity <= terms.maxPerBuyer;

function check(play: Play, before: LineEntry[], offered: LineEntry[]): void {
  const { state, terms, now } = play;
  const waiting = [...(state.line?.open.values() ?? [])].filter(({ status }) => status === 'waiting');
  const gathers = now.getTime() < terms.startsAt.getTime() - terms.waitlist.partiesUntilHours * 3_600_000;
  for (const pool of state.pools.values()) {
    expect(pool.held + pool.sold + pool.kept).toBeLessThanOrEqual(pool.capacity);
    const free = pool.capacity - pool.held - pool.sold;
    const line = waiting
      .filter((entry) => poolOfEntry(entry) === pool.id && canBeServed(play, entry))
      .sort((a, b) => a.place - b.place);
    // Nobody waits without need.
    for (const entry of gathers ? line.slice(0, 1) : line) expect(entry.quantity).toBeGreaterThan(free);
    // What the line needs is kept, and nothing else.
    expect(pool.kept).toBe(gathers && line.length > 0 ? free : 0);
    // Nobody is passed over: while places gather, whoever still waits came after everybody who was offered places.
    if (!gathers) continue;
    for (const later of offered)
      for (const earlier of line)
        if (poolOfEntry(later) === pool.id && before.includes(earlier))
          expect(earlier.place).toBeGreaterThan(later.place);
  }
  // An offer is an active hold of its person, with as many places as they asked for.
  for (const entry of state.line?.offered.values() ?? []) {
    const hold = state.holds.get(offerIdOf(entry));
    expect(hold).toMatchObject({ status: 'active', buyerId: entry.buyerId });
    expect(hold?.places).toBe(entry.quantity);
  }
}

function act(play: Play, wanted: Step): void {
  const { state } = play;
  const active = [...state.holds.values()].filter(({ status }) => status === 'active');
  const bought = [...state.holds.values()].filter(
    (hold) => hold.status === 'confirmed' && livePlaces(hold) > 0,
  );
  switch (wanted.do) {
    case 'pass':
      play.now = new Date(play.now.getTime() + wanted.minutes * 60_000);
      run(play, { kind: 'expire' });
      return;
    case 'hold': {
      const buyerId: UserId = `usr_${wanted.who}`;
      const ticketTypeId: TicketTypeId = `tty_${wanted.type}`;
      const pool = state.pools.get(poolOf[wanted.type]);
      // Expires and offers what is due, so that the count below is of the same instant as the hold.
      run(play, { kind: 'expire' });
      const onSale = pool ? pool.capacity - pool.held - pool.sold - pool.kept : 0;
      const outcome = run(play, {
        kind: 'place',
        holdId: `hld_p${++play.count}`,
        buyerId,
        wants: { kind: 'best', ticketTypeId, quantity: wanted.quantity },
        retry: null,
        network: null,
      });
      // No false "sold out", and nobody outside the line gets its places.
      if (outcome.kind === 'held') expect(wanted.quantity).toBeLessThanOrEqual(onSale);
      if (outcome.kind === 'refused' && outcome.code === 'sold_out')
        expect(wanted.quantity).toBeGreaterThan(onSale);
      return;
    }
    case 'wait':
      run(play, {
        kind: 'join',
        entryId: `wle_w${++play.count}`,
        buyerId: `usr_${wanted.who}`,
        ticketTypeId: `tty_${wanted.type}`,
        quantity: wanted.quantity,
        network: null,
        email: null,
        language: 'en',
        retry: null,
      });
      return;
    case 'leave': {
      const open = [...(state.line?.open.values() ?? [])];
      const entry = open[wanted.nth % Math.max(1, open.length)];
      if (entry) run(play, { kind: 'leave', entryId: entry.id, buyerId: entry.buyerId });
      return;
    }
    case 'release':
    case 'buy': {
      const hold = active[wanted.nth % Math.max(1, active.length)];
      if (!hold) return;
      if (wanted.do === 'release') run(play, { kind: 'release', holdId: hold.id, buyerId: hold.buyerId });
      else buy(play, hold.id, hold.buyerId);
      return;
    }
    case 'cancel': {
      const hold = bought[wanted.nth % Math.max(1, bought.length)];
      if (hold) run(play, { kind: 'cancel', holdId: hold.id, tickets: 'all', retry: null });
    }
  }
}

function buy(play: Play, holdId: HoldId, buyerId: UserId): void {
  const order = {
    buyerName: '',
    buyerEmail: '',
    mailbox: play.count++ * 2 + 1_000_000,
    attendees: null,
    returnUrl: null,
    language: 'en' as const,
  };
  run(play, { kind: 'order', holdId, buyerId, order });
  const paid = {
    paymentId: 'pay_1' as const,
    intentRef: '',
    amountMinor: 1,
    currency: 'EUR' as const,
    card: null,
  };
  run(play, { kind: 'confirm', holdId, paid });
}

test('freed places go to the line in its order, nobody is passed over, and nobody starves', () => {
  let offers = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), fc.constantFrom(0, 4), (steps, hours) => {
      const { state, terms } = house(hours);
      const play: Play = { state, terms, now: saleStart, count: 0, offered: new Set() };
      for (const each of steps) act(play, each);
      offers += play.offered.size;
      // From the start on nobody may return a ticket.
      if (play.now >= terms.startsAt) return;
      // Nobody starves: when everything is given back again and again, everybody who waits gets an offer.
      const waiting = [...(state.line?.open.values() ?? [])].filter(({ status }) => status === 'waiting');
      for (let round = 0; round <= waiting.length; round++)
        for (const hold of [...state.holds.values()]) {
          if (hold.status === 'active')
            run(play, { kind: 'release', holdId: hold.id, buyerId: hold.buyerId });
          if (hold.status === 'confirmed' && livePlaces(hold) > 0)
            run(play, { kind: 'cancel', holdId: hold.id, tickets: 'all', retry: null });
        }
      for (const entry of waiting) expect(play.offered).toContain(entry.id);
    }),
    { numRuns: 400 },
  );
  // Otherwise the test would look at nothing.
  expect(offers).toBeGreaterThan(80);
});
