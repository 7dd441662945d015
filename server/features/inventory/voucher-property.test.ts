import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PoolId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import { runs } from '../../testing/thorough.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { noSplit } from '../sale/split.ts';
import { decide } from './decide.ts';
import { freeIn } from './free-places.ts';
import type { Command, HoldLine, HoldRecord, Outcome } from './inventory.ts';
import { livePlaces } from './limits.ts';
import type { LedgerState } from './state.ts';
import { newTerms, type Step, step } from './testing/code-steps.ts';
import { freshState, refundable, saleStart } from './testing/play.ts';
import { endOf, isFor, type Voucher } from './voucher.ts';

/*
 * What codes promise, in any order of making, holding, expiring, buying, cancelling, revoking and editing: no code has more uses than
 * it was given and takes off no more than its budget, a place that is kept for a code is sold to nobody else, whoever has the
 * code gets it, and every place comes back.
 */

interface Play {
  state: LedgerState;
  terms: EventSale;
  now: Date;
  count: number;
  vouchers: Voucher[];
  /** Those that were given a later end after their end: their places may be gone. */
  late: Set<Voucher>;
  /** What happened, so that the test cannot look at nothing. */
  seen: Map<string, number>;
}

function open(seen: Map<string, number>): Play {
  const state = freshState();
  const annex = {
    id: 'pol_annex' as PoolId,
    key: 'annex',
    name: 'annex',
    capacity: 3,
    held: 0,
    sold: 0,
    kept: 0,
    blocked: 0,
  };
  state.pools.set(annex.id, annex);
  for (const [id, pool] of state.pools) if (id === 'pol_floor') pool.capacity = 6;
  state.vouchers = { byCode: new Map(), byPool: new Map() };
  return {
    state,
    terms: { ...refundable, maxPerBuyer: 50 },
    now: saleStart,
    count: 0,
    vouchers: [],
    late: new Set(),
    seen,
  };
}

const lives = (hold: HoldRecord) =>
  hold.status === 'active' || hold.status === 'confirmed' || hold.status === 'blocked';

function run(play: Play, command: Command): Outcome {
  const { state, terms, now, seen } = play;
  const { outcomes, facts, changes } = decide(terms, state, [command], now);
  for (const hold of changes.placed) state.holds.set(hold.id, hold);
  for (const { hold } of facts.confirmed)
    if (!state.sold.has(hold.id))
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
  const [outcome] = outcomes as [Outcome];
  const what = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  seen.set(what, (seen.get(what) ?? 0) + 1);
  check(play);
  return outcome;
}

/** The lines of a hold without the places that were given back. A test cancels whole orders only. */
const linesLeft = (hold: HoldRecord): HoldLine[] => (hold.returned > 0 ? [] : hold.lines);

function check({ state, vouchers, late, now }: Play): void {
  const live = [...state.holds.values()].filter(lives);
  const placesIn = (id: PoolId, status: HoldRecord['status']) =>
    live
      .filter((hold) => hold.status === status)
      .flatMap(linesLeft)
      .reduce((sum, line) => sum + (line.pools.includes(id) ? line.quantity : 0), 0);
  for (const pool of state.pools.values()) {
    expect({ key: pool.key, held: pool.held, sold: pool.sold, blocked: pool.blocked }).toEqual({
      key: pool.key,
      held: placesIn(pool.id, 'active'),
      sold: placesIn(pool.id, 'confirmed'),
      blocked: placesIn(pool.id, 'blocked'),
    });
    expect(pool.held + pool.sold + pool.blocked, pool.key).toBeLessThanOrEqual(pool.capacity);
  }
  const owners = live.flatMap((hold) => linesLeft(hold).flatMap((line) => line.seats ?? []));
  expect(new Set(owners).size, 'a seat has one owner').toBe(owners.length);
  expect([...(state.seats ?? [])].filter((status) => status !== 0).length).toBe(owners.length);
  for (const voucher of vouchers) {
    const lines = live.flatMap(linesLeft).filter(({ promo }) => promo?.poolId === voucher.pool.id);
    const off = lines.reduce(
      (sum, { promo, unitMinor, quantity }) => sum + ((promo?.fullMinor ?? 0) - unitMinor) * quantity,
      0,
    );
    expect(voucher.offMinor).toBe(off);
    if (voucher.budgetMinor !== null) expect(off).toBeLessThanOrEqual(voucher.budgetMinor);
    const { capacity, held, sold } = voucher.pool;
    const unused = endOf(voucher, now) ? 0 : capacity - held - sold;
    const kept = voucher.hold?.places ?? 0;
    if (late.has(voucher)) expect(kept).toBeLessThanOrEqual(unused);
    else if (voucher.keeps) expect(kept).toBe(unused);
  }
}

function make(play: Play, wanted: Extract<Step, { do: 'make' }>): void {
  const number = ++play.count;
  const id = `${String(number).padStart(22, '0')}0000`;
  const ticketTypeId: TicketTypeId = `tty_${wanted.type}`;
  const uses = wanted.type === 'seat' ? 1 : wanted.uses;
  const pool = {
    id: `pol_${id}` as const,
    key: `voucher:C${number}`,
    name: `C${number}`,
    capacity: uses,
    held: 0,
    sold: 0,
    kept: 0,
    blocked: 0,
  };
  const voucher: Voucher = {
    id: `vch_${id}`,
    code: `C${number}`,
    batchId: 'vbt_1',
    tag: '',
    pool,
    percentOff: wanted.off || null,
    amountOffMinor: null,
    priceMinor: null,
    ticketTypeIds: [ticketTypeId],
    seat: wanted.type === 'seat' ? number % 10 : null,
    budgetMinor: wanted.budget,
    offMinor: 0,
    keeps: null,
    hold: null,
    holdNumber: 0,
    validUntil: wanted.minutes === null ? null : new Date(play.now.getTime() + wanted.minutes * 60_000),
    revokedAt: null,
    madeBy: 'usr_team',
  };
  const outcome = run(play, {
    kind: 'make-vouchers',
    batchId: `vbt_${number}`,
    madeBy: 'usr_team',
    from: 0,
    total: 1,
    vouchers: [voucher],
    keepsPlaces: wanted.keeps,
    actor: { system: 'test' },
    retry: null,
  });
  if (outcome.kind === 'vouchers') play.vouchers.push(voucher);
}

const pick = <T>(list: T[], nth: number): T | undefined => list[nth % Math.max(1, list.length)];

function hold(
  play: Play,
  { who, type: name, quantity, code: nth, others }: Extract<Step, { do: 'hold' }>,
): void {
  // Ends what is due, so that the counts below are of the same instant as the hold.
  run(play, { kind: 'expire' });
  const voucher = nth === null ? undefined : pick(play.vouchers, nth);
  const ticketTypeId: TicketTypeId = voucher?.ticketTypeIds?.[0] ?? `tty_${name}`;
  const ticketType = play.terms.ticketTypes.find(({ id }) => id === ticketTypeId);
  const pools = (ticketType?.poolIds ?? []).map((id) => play.state.pools.get(id));
  const free = Math.min(...pools.map((pool) => (pool ? freeIn(pool) : 0)));
  const left = voucher ? voucher.pool.capacity - voucher.pool.held - voucher.pool.sold : 0;
  const seat = voucher?.seat ?? null;
  const wasKept = voucher?.hold ? voucher.hold.places : 0;
  if (others > 0 && seat === null && ticketType?.zone === null) {
    const other: TicketTypeId = ticketTypeId === 'tty_free' ? 'tty_regular' : 'tty_free';
    const items = [
      { ticketTypeId, quantity },
      { ticketTypeId: other, quantity: others },
    ];
    const mixed = run(play, {
      kind: 'place',
      holdId: `hld_p${++play.count}`,
      buyerId: `usr_${who}` as UserId,
      wants: { kind: 'items', items },
      retry: null,
      network: null,
      ...(voucher && { code: voucher.code }),
    });
    const what = `mixed ${mixed.kind}${wasKept > 0 ? ' with kept places' : ''}`;
    play.seen.set(what, (play.seen.get(what) ?? 0) + 1);
    return;
  }
  const outcome = run(play, {
    kind: 'place',
    holdId: `hld_p${++play.count}`,
    buyerId: `usr_${who}` as UserId,
    wants:
      seat === null
        ? { kind: 'best', ticketTypeId, quantity }
        : { kind: 'seats', seats: [{ seatId: `seat_${play.terms.eventId.slice(4)}_${seat}` }] },
    retry: null,
    network: null,
    ...(voucher && { code: voucher.code }),
  });
  const wanted = seat === null ? quantity : 1;
  if (outcome.kind === 'refused' && outcome.code === 'sold_out') {
    // Nobody is told "sold out" while places are free, and nobody with a code whose places are kept.
    if (ticketType?.zone === null && !voucher?.keeps) expect(wanted).toBeGreaterThan(free);
    expect(wanted).toBeGreaterThan(wasKept);
  }
  if (outcome.kind === 'refused' && outcome.code === 'seats_taken') expect(wasKept).toBe(0);
  if (outcome.kind !== 'held') return;
  if (ticketType?.hidden) expect(voucher && isFor(voucher, { ticketTypeId })).toBe(true);
  if (voucher) expect(wanted).toBeLessThanOrEqual(left);
  else if (ticketType?.zone === null) expect(wanted).toBeLessThanOrEqual(free);
  if (wasKept > 0) play.seen.set('took kept places', (play.seen.get('took kept places') ?? 0) + 1);
}

const order = (play: Play) => ({
  buyerName: '',
  buyerEmail: '',
  mailbox: ++play.count * 2 + 1_000_000,
  attendees: null,
  returnUrl: null,
  language: 'en' as const,
});
const paid = {
  paymentId: 'pay_1' as const,
  intentRef: '',
  amountMinor: 1,
  currency: 'EUR' as const,
  card: null,
};

function edit(play: Play, what: 'pools' | 'hidden' | 'price'): void {
  const change = (each: EventSale['ticketTypes'][number]) => {
    if (what === 'hidden' && each.id === 'tty_free') return { ...each, hidden: !each.hidden };
    if (each.id !== 'tty_regular') return each;
    if (what === 'price') return { ...each, listMinor: each.listMinor === 3000 ? 1999 : 3000 };
    const pool: PoolId = each.poolIds.includes('pol_floor') ? 'pol_annex' : 'pol_floor';
    return { ...each, poolIds: [pool] };
  };
  play.terms = {
    ...play.terms,
    version: play.terms.version + 1,
    ticketTypes: play.terms.ticketTypes.map(change),
  };
}

function act(play: Play, wanted: Step): void {
  const holds = [...play.state.holds.values()].filter(
    ({ status }) => status !== 'blocked' && status !== 'released',
  );
  const active = holds.filter(({ status }) => status === 'active');
  const voucher = 'nth' in wanted ? pick(play.vouchers, wanted.nth) : undefined;
  switch (wanted.do) {
    case 'make':
      make(play, wanted);
      return;
    case 'hold':
      hold(play, wanted);
      return;
    case 'edit':
      edit(play, wanted.what);
      return;
    case 'pass':
      play.now = new Date(play.now.getTime() + wanted.minutes * 60_000);
      run(play, { kind: 'expire' });
      return;
    case 'redeem': {
      const one = pick(active, wanted.nth);
      const next = wanted.code === null ? null : (pick(play.vouchers, wanted.code)?.code ?? null);
      if (one) run(play, { kind: 'redeem', holdId: one.id, buyerId: one.buyerId, code: next });
      return;
    }
    case 'release':
    case 'order': {
      const one = pick(active, wanted.nth);
      if (!one) return;
      const command = { holdId: one.id, buyerId: one.buyerId };
      run(
        play,
        wanted.do === 'release'
          ? { kind: 'release', ...command }
          : { kind: 'order', ...command, order: order(play) },
      );
      return;
    }
    case 'pay': {
      // Late money too.
      const one = pick(
        holds.filter(({ ordered }) => ordered),
        wanted.nth,
      );
      if (!one) return;
      const what = `late money of ${new Set(one.lines.map(({ promo }) => promo?.code)).size} prices`;
      if (one.status === 'expired') play.seen.set(what, (play.seen.get(what) ?? 0) + 1);
      run(play, { kind: 'confirm', holdId: one.id, paid });
      return;
    }
    case 'cancel': {
      const one = pick(
        holds.filter((each) => each.status === 'confirmed' && livePlaces(each) > 0),
        wanted.nth,
      );
      if (one) run(play, { kind: 'cancel', holdId: one.id, tickets: 'all', retry: null });
      return;
    }
    case 'revoke':
    case 'extend':
      if (!voucher) return;
      // Most codes stay good for long enough to be used.
      if (wanted.do === 'revoke' && wanted.nth % 4 > 0) return;
      if (wanted.do === 'extend' && (endOf(voucher, play.now) || 'uses' in newTerms(wanted.nth, play.now)))
        play.late.add(voucher);
      run(play, {
        kind: 'change-vouchers',
        voucherIds: [voucher.id],
        change: wanted.do === 'revoke' ? { revoke: true } : newTerms(wanted.nth, play.now),
        actor: { system: 'test' },
      });
  }
}

/** The hold has a place with the code and one without. Others buy all that is not kept, before its money arrives. */
const lateWithOthers: Step[] = [
  { do: 'make', type: 'regular', uses: 2, keeps: true, off: 25, budget: null, minutes: null },
  { do: 'hold', who: 0, type: 'regular', quantity: 1, code: 0, others: 1 },
  { do: 'order', nth: 0 },
  { do: 'pass', minutes: 15 },
  { do: 'pass', minutes: 15 },
  { do: 'hold', who: 1, type: 'free', quantity: 3, code: null, others: 0 },
  { do: 'hold', who: 2, type: 'free', quantity: 1, code: null, others: 0 },
  { do: 'pay', nth: 0 },
];

test('codes are used within their budgets, kept places go to nobody else, and every place comes back', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const play = open(seen);
      for (const each of steps) act(play, each);
      for (const one of [...play.state.holds.values()]) {
        if (one.status === 'active') run(play, { kind: 'release', holdId: one.id, buyerId: one.buyerId });
        if (one.status === 'confirmed' && livePlaces(one) > 0)
          run(play, { kind: 'cancel', holdId: one.id, tickets: 'all', retry: null });
      }
      const revoke = { revoke: true as const };
      const voucherIds = play.vouchers.map(({ id }) => id);
      run(play, { kind: 'change-vouchers', voucherIds, change: revoke, actor: { system: 'test' } });
      for (const { key, held, sold, blocked } of play.state.pools.values())
        expect({ key, held, sold, blocked }).toEqual({ key, held: 0, sold: 0, blocked: 0 });
      for (const { offMinor } of play.vouchers) expect(offMinor).toBe(0);
    }),
    { numRuns: runs(150, 2000), examples: [[lateWithOthers]] },
  );
  // Otherwise the test would look at nothing.
  for (const what of [
    'held',
    'redeemed',
    'confirmed',
    'cancelled',
    'vouchers',
    'took kept places',
    'promo_code_used_up',
    'access_code_needed',
    'sold_out',
  ])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(15);
  for (const what of [
    'mixed held with kept places',
    'mixed refused with kept places',
    'late money of 2 prices',
  ])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
});
