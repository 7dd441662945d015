import { expect } from 'vitest';
import { defaultWaitlist } from '../../../../contract/event-fields.ts';
import {
  type EventId,
  type HoldId,
  type PaymentId,
  type PoolId,
  seatId,
  type TicketId,
  type TicketTypeId,
  type UserId,
} from '../../../../contract/ids.ts';
import { noRefunds } from '../../../../contract/refund-policy.ts';
import type { EventSale, SalePromoCode } from '../../sale/event-sale.ts';
import { isPromoPool, promoPoolKey } from '../../sale/pools.ts';
import { noSplit } from '../../sale/split.ts';
import { decide } from '../decide.ts';
import type { Command, HoldRecord, Outcome, Pool } from '../inventory.ts';
import { livePlaces } from '../limits.ts';
import { emptyLine } from '../line.ts';
import type { Mark } from '../marks.ts';
import type { Facts, LedgerState } from '../state.ts';
import type { Wants } from '../wants.ts';

/*
 * The rules of the ledger as tables: one action per line with its outcome. Columns:
 *   who     the buyer                    what    place | best | seats | swap | redeem | release | order | pay | drop | cancel | use
 *   of      how many of what, or a hold  becomes the outcome, and for `place` the hold's name
 * `ann@home` is a guest in the network `home`, `ann@home!` an account with a confirmed address there. `order a as box`
 * names the mailbox, `pay a by visa` the card. A hold that goes on with an old clock says for how many seconds.
 * `cancel a` cancels a whole order, `cancel a 0,2` two of its tickets, and `key k1` may follow; what goes back is said
 * where it is not nothing. `use a 1` is a ticket that the door has admitted.
 * `swap a 0,1 + 2 regular` gives the hold `a` these places instead of its own, and says its seats and its new total.
 * `wait 2 regular` joins the waitlist, `leave a` leaves it; the offer of the entry `a` is the hold `a`.
 * `redeem a HALF` redeems a code, `redeem a` takes it away, and both say the new total. `tick 10 minutes` moves the
 * clock. `left` at the end of a line, where it stands, is what must be free then, and of each code that is in use how
 * many of its five tickets.
 */
export const eventId = 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF' as EventId;
export const saleStart = new Date('2027-01-01T10:00:00Z');

export const sale: EventSale = {
  eventId,
  organisationId: 'org_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  version: 1,
  status: 'published',
  cancellation: null,
  refundOffers: [],
  title: 'A night',
  slug: 'a-night',
  coverUrl: null,
  startsAt: new Date('2027-03-01T19:00:00Z'),
  endsAt: new Date('2027-03-01T23:00:00Z'),
  doorsAt: null,
  timeZone: 'Europe/Berlin',
  venueName: 'Hall',
  address: '',
  city: 'Berlin',
  orderReview: null,
  ticketCodes: 'fixed',
  resale: { allowed: true, until: null, feePercent: 0, feePerTicketMinor: 0 },
  saleStartsAt: saleStart,
  saleEndsAt: new Date('2027-02-28T00:00:00Z'),
  maxPerBuyer: 6,
  placesPerNetwork: 12,
  holdSeconds: 600,
  asksAttendeeNames: false,
  form: null,
  transfers: { allowed: true, until: null },
  renames: { allowed: true, until: null },
  waitlist: defaultWaitlist,
  reminderHours: [24],
  exchanges: { allowed: false, until: null },
  run: null,
  isPass: false,
  currency: 'EUR',
  refundPolicy: noRefunds,
  ticketTypes: [
    type('early', 2000, null, ['floor', 'earlies']),
    type('regular', 3000, null, ['floor']),
    type('free', 0, null, ['floor']),
    type('seat', 5000, 'gold', ['gold']),
  ],
  bookingFee: null,
  promoCodes: [
    promo('HALF', { percentOff: 50 }),
    promo('TENNER', { amountOffMinor: 1000, validUntil: new Date('2027-01-02T00:00:00Z') }),
    promo('ALMOST', { percentOff: 99 }),
  ],
  online: null,
  seats: {
    mapId: 'map_1',
    seatCount: 10,
    indexCount: 10,
    zoneOf: Array.from({ length: 10 }, () => 'gold'),
    section: Array.from({ length: 10 }, () => 'Stalls'),
    row: Array.from({ length: 10 }, (_, i) => (i < 4 ? 'A' : 'B')),
    label: Array.from({ length: 10 }, (_, i) => String(i < 4 ? i + 1 : i - 3)),
    rows: [
      { section: 'Stalls', row: 'A', zone: 'gold', seats: [0, 1, 2, 3], gapsAfter: [], order: 0 },
      { section: 'Stalls', row: 'B', zone: 'gold', seats: [4, 5, 6, 7, 8, 9], gapsAfter: [2], order: 1 },
    ],
  },
};

/** Everything goes back until the event begins. */
export const refundable: EventSale = {
  ...sale,
  refundPolicy: { ...noRefunds, steps: [{ hoursBefore: 0, refundPercent: 100 }] },
};

function promo(code: string, off: Partial<SalePromoCode>): SalePromoCode {
  const none = { percentOff: null, amountOffMinor: null, validUntil: null };
  return { code, ...none, ...off, poolId: `pol_${code.toLowerCase()}` };
}

function type(
  name: string,
  priceMinor: number,
  zone: string | null,
  pools: string[],
): EventSale['ticketTypes'][number] {
  const id = `tty_${name}` as TicketTypeId;
  return {
    id,
    name,
    listMinor: priceMinor,
    tax: null,
    zone,
    poolIds: pools.map((pool) => `pol_${pool}` as PoolId),
    maxPerOrder: 5,
    saleStartsAt: null,
    saleEndsAt: null,
    hidden: false,
    product: null,
  };
}

export function freshState(): LedgerState {
  const uses = (code: string): [PoolId, Pool] => {
    const id: PoolId = `pol_${code.toLowerCase()}`;
    return [
      id,
      { id, key: promoPoolKey(code), name: code, capacity: 5, held: 0, sold: 0, kept: 0, blocked: 0 },
    ];
  };
  const pool = (key: string, capacity: number): [PoolId, Pool] => [
    `pol_${key}` as PoolId,
    { id: `pol_${key}` as PoolId, key, name: key, capacity, held: 0, sold: 0, kept: 0, blocked: 0 },
  ];
  return {
    pools: new Map([
      pool('floor', 10),
      pool('earlies', 4),
      pool('gold', 10),
      ...sale.promoCodes.map(({ code }) => uses(code)),
    ]),
    seats: new Uint8Array(10),
    holds: new Map(),
    byBuyer: new Map(),
    marked: new Map(),
    clocks: new Map(),
    sold: new Map(),
    line: null,
  };
}

/** The mark of a name in a table. It is even, so that no mailbox and no card counts as a network of guests. */
const markOf = (name: string): Mark =>
  2 * [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);

/** Plays a table against the ledger. Throws at the first line with another outcome. */
export function play(table: string, terms: EventSale = sale): { state: LedgerState; now: Date } {
  const state = freshState();
  let now = saleStart;
  for (const line of table
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each && !each.startsWith('#'))) {
    const tick = /^tick (-?\d+) (seconds|minutes|days)$/.exec(line);
    if (tick) {
      const unitMs = { seconds: 1000, minutes: 60_000, days: 86_400_000 }[tick[2] as 'seconds'];
      now = new Date(now.getTime() + Number(tick[1]) * unitMs);
      continue;
    }
    const [action = '', expected = '', left] = line.split('|').map((cell) => cell.trim());
    const use = /^door use (\w+) (\d+)$/.exec(action);
    if (use) {
      const ticket = state.sold.get(`hld_${use[1]}`)?.tickets[Number(use[2])];
      if (ticket) ticket.status = 'used';
      continue;
    }
    const command = commandOf(action, expected);
    state.placesOfWaiting = placesOfWaiting(state);
    if (command.kind === 'join') state.line ??= emptyLine();
    const { outcomes, changes, facts } = decide(terms, state, [command], now);
    issue(state, facts, terms);
    const refunded = facts.cancelled.reduce((sum, { refundMinor }) => sum + refundMinor, 0);
    const marked = new Map(state.marked);
    for (const [mark, more] of changes.marked) marked.set(mark, (marked.get(mark) ?? 0) + more);
    state.marked = marked;
    const outcome = `${describeOutcome(outcomes[0] as Outcome, now)}${refunded > 0 ? ` ${refunded}` : ''}`;
    expect(`${line} → ${outcome}`).toBe(`${line} → ${expected}`);
    if (left) expect(`${line} → ${freeOf(state)}`).toBe(`${line} → ${left}`);
    checkPools(state);
  }
  return { state, now };
}

/** What the store reads of the people who wait. */
function placesOfWaiting({ line, holds }: LedgerState): Map<UserId, number> {
  const places = new Map<UserId, number>();
  for (const { buyerId } of line?.open.values() ?? []) places.set(buyerId, 0);
  for (const hold of holds.values())
    if (places.has(hold.buyerId))
      places.set(hold.buyerId, (places.get(hold.buyerId) ?? 0) + livePlaces(hold));
  return places;
}

/** Issues the tickets of a batch: `tkt_a0` is the first of the hold `a`. */
function issue(state: LedgerState, { confirmed }: Facts, terms: EventSale): void {
  for (const { hold } of confirmed) {
    if (state.sold.has(hold.id)) continue;
    const tickets = Array.from({ length: hold.places }, (_, position) => ({
      id: ticketId(hold.id, position),
      position,
      status: 'valid' as const,
      refundedMinor: 0,
      transferId: null,
      resaleId: null,
    }));
    state.sold.set(hold.id, {
      soldAs: terms,
      refundedMinor: 0,
      refunded: noSplit,
      disputedMinor: 0,
      tickets,
      cancelledBy: new Map(),
    });
  }
}

export const ticketId = (holdId: HoldId, position: number): TicketId => `tkt_${holdId.slice(4)}${position}`;

function commandOf(action: string, expected: string): Command {
  const [whoAndWhere = '', what = '', ...rest] = action.split(/\s+/);
  const [who = '', where] = whoAndWhere.split('@');
  const [, name] = expected.split(' ');
  const [of = '', retryKey] = rest.join(' ').split(/ key | as | by /);
  const network = where === undefined ? null : markOf(where.replace('!', '')) + (where.endsWith('!') ? 0 : 1);
  const buyerId = `usr_${who}` as UserId;
  const holdId = `hld_${of}` as HoldId;
  const retry = action.includes(' key ') && retryKey ? { key: retryKey, fingerprint: of } : null;
  const place = (wants: Wants): Command => ({
    kind: 'place',
    holdId: `hld_${name}` as HoldId,
    buyerId,
    wants,
    retry,
    network,
  });
  switch (what) {
    case 'place':
      return place({ kind: 'items', items: of.split(' + ').map(item) });
    case 'best':
      return place({ kind: 'best', ...item(of) });
    case 'seats':
      return place(namedIn(of));
    case 'swap': {
      const [hold = '', ...more] = of.split(' ');
      return { kind: 'exchange', holdId: `hld_${hold}`, buyerId, wants: namedIn(more.join(' ')), network };
    }
    case 'redeem': {
      const [hold = '', code = null] = of.split(' ');
      return { kind: 'redeem', holdId: `hld_${hold}`, buyerId, code };
    }
    case 'wait':
      return {
        kind: 'join',
        entryId: `wle_${name}`,
        buyerId,
        ...item(of),
        network,
        email: null,
        language: 'en',
        retry,
      };
    case 'leave':
      return { kind: 'leave', entryId: `wle_${of}`, buyerId };
    case 'release':
      return { kind: 'release', holdId, buyerId };
    case 'order':
      return {
        kind: 'order',
        holdId,
        buyerId,
        order: {
          buyerName: who,
          buyerEmail: `${who}@example.com`,
          mailbox: markOf(`mailbox ${retryKey ?? who}`),
          attendees: null,
          returnUrl: null,
          language: 'en',
        },
      };
    case 'pay':
      return {
        kind: 'confirm',
        holdId,
        paid: {
          paymentId: 'pay_1' as PaymentId,
          intentRef: 'pi_1',
          amountMinor: 1,
          currency: 'EUR',
          card: retryKey ? markOf(`card ${retryKey}`) : null,
        },
      };
    case 'drop':
      return { kind: 'drop', holdId };
    case 'cancel': {
      const [hold = '', ...more] = of.split(' ');
      const named = more.find((word) => /^\d/.test(word))?.split(',');
      return {
        kind: 'cancel',
        holdId: `hld_${hold}`,
        tickets: named ? named.map((position) => ticketId(`hld_${hold}`, Number(position))) : 'all',
        retry,
      };
    }
    default:
      throw new Error(`no such action: ${action}`);
  }
}

/** `0,1` are seats, `2 regular` are places without numbers. */
function namedIn(text: string): Exclude<Wants, { kind: 'best' }> {
  const [numbered = [], plain = []] = [true, false].map((areSeats) =>
    text.split(' + ').filter((part) => !part.includes(' ') === areSeats),
  );
  const items = plain.map(item);
  if (numbered.length === 0) return { kind: 'items', items };
  const seats = numbered
    .join()
    .split(',')
    .map((index) => ({ seatId: seatId(eventId, Number(index)) }));
  return { kind: 'seats', seats, ...(items.length > 0 && { items }) };
}

const item = (text: string) => {
  const [quantity, name] = text.split(' ');
  return { ticketTypeId: `tty_${name}` as TicketTypeId, quantity: Number(quantity) };
};

function describeOutcome(outcome: Outcome, now: Date): string {
  if (outcome.kind === 'refused') {
    const { retryAfterSeconds } = (outcome.members ?? {}) as { retryAfterSeconds?: number };
    return `no ${outcome.code}${retryAfterSeconds === undefined ? '' : ` ${retryAfterSeconds}`}`;
  }
  if (outcome.kind === 'joined')
    return `waits ${outcome.entry.id.slice(4)} ${outcome.position ?? outcome.entry.status}${outcome.replayed ? ' again' : ''}`;
  const replayed = 'replayed' in outcome && outcome.replayed ? ' again' : '';
  if (outcome.kind === 'redeemed') return `redeemed ${outcome.hold.totalMinor}`;
  if (outcome.kind === 'exchanged') return `swapped${placesAndTime(outcome, now)} ${outcome.hold.totalMinor}`;
  if (outcome.kind !== 'held')
    return `${outcome.kind}${'late' in outcome && outcome.late ? ' late' : ''}${replayed}`;
  return `held ${outcome.hold.id.slice(4)}${placesAndTime(outcome, now)}${replayed}`;
}

function placesAndTime({ hold, resumed }: { hold: HoldRecord; resumed: boolean }, now: Date): string {
  const seats = hold.lines.flatMap((line) => line.seats ?? []);
  const left = resumed ? ` for ${(hold.expiresAt.getTime() - now.getTime()) / 1000}` : '';
  return `${seats.length > 0 ? ` ${seats.join(',')}` : ''}${left}`;
}

function freeOf(state: LedgerState): string {
  return [...state.pools.values()]
    .filter((pool) => !isPromoPool(pool.key) || pool.held + pool.sold > 0)
    .map((pool) => {
      const kept = pool.kept > 0 ? ` (${pool.kept} kept)` : '';
      return `${pool.key} ${pool.capacity - pool.held - pool.sold - pool.kept}${kept}`;
    })
    .join(' ');
}

function checkPools(state: LedgerState): void {
  for (const pool of state.pools.values()) {
    expect(pool.held).toBeGreaterThanOrEqual(0);
    expect(pool.sold).toBeGreaterThanOrEqual(0);
    expect(pool.held + pool.sold + pool.kept).toBeLessThanOrEqual(pool.capacity);
  }
}
