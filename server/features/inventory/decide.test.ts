import { describe, expect, test } from 'vitest';
import type { EventId, HoldId, PaymentId, PoolId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import { seatId } from '../../../contract/ids.ts';
import type { EventSale } from '../catalog/event-sale.ts';
import { decide, type LedgerState } from './decide.ts';
import type { Command, HoldRecord, Outcome, Pool, Wants } from './inventory.ts';
import { seatStatus } from './inventory.ts';

/*
 * The rules of the ledger as tables: one action per line with its outcome. Columns:
 *   who     the buyer                    what    place | best | seats | release | order | pay | drop | return
 *   of      how many of what, or a hold  becomes the outcome, and for `place` the hold's name
 * `tick 10 minutes` moves the clock. `left` at the end of a line, where it stands, is what must be free then.
 */
const eventId = 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF' as EventId;
const saleStart = new Date('2027-01-01T10:00:00Z');

const sale: EventSale = {
  eventId,
  organisationId: 'org_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  version: 1,
  status: 'published',
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
  saleStartsAt: saleStart,
  saleEndsAt: new Date('2027-02-28T00:00:00Z'),
  maxPerBuyer: 6,
  holdSeconds: 600,
  currency: 'EUR',
  refundPolicy: { kind: 'none', hoursBefore: 0, feePercent: 0 },
  ticketTypes: [
    type('early', 2000, null, ['floor', 'earlies']),
    type('regular', 3000, null, ['floor']),
    type('free', 0, null, ['floor']),
    type('seat', 5000, 'gold', ['gold']),
  ],
  seats: {
    seatCount: 10,
    zoneOf: Array.from({ length: 10 }, () => 'gold'),
    section: Array.from({ length: 10 }, () => 'Stalls'),
    row: Array.from({ length: 10 }, (_, i) => (i < 4 ? 'A' : 'B')),
    label: Array.from({ length: 10 }, (_, i) => String(i < 4 ? i + 1 : i - 3)),
    rows: [
      { section: 'Stalls', row: 'A', zone: 'gold', first: 0, count: 4, gapsAfter: [], order: 0 },
      { section: 'Stalls', row: 'B', zone: 'gold', first: 4, count: 6, gapsAfter: [2], order: 1 },
    ],
  },
};

function type(name: string, priceMinor: number, zone: string | null, pools: string[]): EventSale['ticketTypes'][number] {
  const id = `tty_${name}` as TicketTypeId;
  return { id, name, priceMinor, zone, poolIds: pools.map((pool) => `pol_${pool}` as PoolId), maxPerOrder: 5, saleStartsAt: null, saleEndsAt: null };
}

function freshState(): LedgerState {
  const pool = (key: string, capacity: number): [PoolId, Pool] => [`pol_${key}` as PoolId, { id: `pol_${key}` as PoolId, key, name: key, capacity, held: 0, sold: 0 }];
  return {
    pools: new Map([pool('floor', 10), pool('earlies', 4), pool('gold', 10)]),
    seats: new Uint8Array(10),
    holds: new Map(),
    byBuyer: new Map(),
  };
}

/** Plays a table against the ledger; throws at the first line that comes out otherwise. */
function play(table: string): { state: LedgerState; now: Date } {
  const state = freshState();
  let now = saleStart;
  for (const line of table.split('\n').map((each) => each.trim()).filter((each) => each && !each.startsWith('#'))) {
    const tick = /^tick (-?\d+) (seconds|minutes|days)$/.exec(line);
    if (tick) {
      const unitMs = { seconds: 1000, minutes: 60_000, days: 86_400_000 }[tick[2] as 'seconds'];
      now = new Date(now.getTime() + Number(tick[1]) * unitMs);
      continue;
    }
    const [action = '', expected = '', left] = line.split('|').map((cell) => cell.trim());
    const { outcomes } = decide(sale, state, [commandOf(action, expected)], now);
    expect(`${line} → ${describeOutcome(outcomes[0] as Outcome)}`).toBe(`${line} → ${expected}`);
    if (left) expect(`${line} → ${freeOf(state)}`).toBe(`${line} → ${left}`);
    checkPools(state);
  }
  return { state, now };
}

function commandOf(action: string, expected: string): Command {
  const [who = '', what = '', ...rest] = action.split(/\s+/);
  const [, name] = expected.split(' ');
  const [of = '', retryKey] = rest.join(' ').split(' key ');
  const buyerId = `usr_${who}` as UserId;
  const holdId = `hld_${of}` as HoldId;
  const retry = retryKey ? { key: retryKey, fingerprint: of } : null;
  const place = (wants: Wants): Command => ({ kind: 'place', holdId: `hld_${name}` as HoldId, buyerId, wants, retry });
  switch (what) {
    case 'place':
      return place({ kind: 'items', items: of.split(' + ').map(item) });
    case 'best':
      return place({ kind: 'best', ...item(of) });
    case 'seats':
      return place({ kind: 'seats', seats: of.split(',').map((index) => ({ seatId: seatId(eventId, Number(index)) })) });
    case 'release':
      return { kind: 'release', holdId, buyerId };
    case 'order':
      return { kind: 'order', holdId, buyerId, order: { buyerName: who, buyerEmail: `${who}@example.com`, attendees: null, returnUrl: null } };
    case 'pay':
      return { kind: 'confirm', holdId, paid: { paymentId: 'pay_1' as PaymentId, intentRef: 'pi_1', amountMinor: 1, currency: 'EUR' } };
    case 'drop':
      return { kind: 'drop', holdId, as: 'failed' };
    case 'return':
      return { kind: 'return', holdId };
    default:
      throw new Error(`no such action: ${action}`);
  }
}

const item = (text: string) => {
  const [quantity, name] = text.split(' ');
  return { ticketTypeId: `tty_${name}` as TicketTypeId, quantity: Number(quantity) };
};

function describeOutcome(outcome: Outcome): string {
  if (outcome.kind === 'refused') return `no ${outcome.code}`;
  const replayed = 'replayed' in outcome && outcome.replayed ? ' again' : '';
  if (outcome.kind !== 'held') return `${outcome.kind}${'late' in outcome && outcome.late ? ' late' : ''}${replayed}`;
  const seats = outcome.hold.lines.flatMap((line) => line.seats ?? []);
  return `held ${outcome.hold.id.slice(4)}${seats.length > 0 ? ` ${seats.join(',')}` : ''}${replayed}`;
}

function freeOf(state: LedgerState): string {
  return [...state.pools.values()].map((pool) => `${pool.key} ${pool.capacity - pool.held - pool.sold}`).join(' ');
}

function checkPools(state: LedgerState): void {
  for (const pool of state.pools.values()) {
    expect(pool.held).toBeGreaterThanOrEqual(0);
    expect(pool.sold).toBeGreaterThanOrEqual(0);
    expect(pool.held + pool.sold).toBeLessThanOrEqual(pool.capacity);
  }
}

describe('general admission', () => {
  test('a hold is all or nothing, and a refusal takes nothing', () => {
    play(`
      ann place 3 regular          | held a          | floor 7 earlies 4 gold 10
      bob place 5 regular          | held b          | floor 2 earlies 4 gold 10
      cat place 3 regular          | no sold_out     | floor 2 earlies 4 gold 10
      cat place 2 regular          | held c          | floor 0 earlies 4 gold 10
      dan place 1 regular          | no sold_out     | floor 0 earlies 4 gold 10
    `);
  });

  test('a type that draws on two pools needs a place in both', () => {
    play(`
      ann place 4 early            | held a          | floor 6 earlies 0 gold 10
      bob place 1 early            | no sold_out     | floor 6 earlies 0 gold 10
      bob place 1 regular          | held b          | floor 5 earlies 0 gold 10
      cat place 5 regular          | held c          | floor 0 earlies 0 gold 10
      ann release a                | released        | floor 4 earlies 4 gold 10
    `);
  });

  test('two types in one hold share what is left', () => {
    play(`
      ann place 3 early + 3 regular | held a          | floor 4 earlies 1 gold 10
      bob place 1 early + 4 regular | no sold_out     | floor 4 earlies 1 gold 10
      bob place 1 early + 3 regular | held b          | floor 0 earlies 0 gold 10
    `);
  });

  test('an expired hold is free for the next comer the moment it is past', () => {
    play(`
      ann place 5 regular          | held a
      bob place 5 regular          | held b          | floor 0 earlies 4 gold 10
      tick 599 seconds
      cat place 1 regular          | no sold_out
      tick 1 seconds
      cat place 5 regular          | held c          | floor 5 earlies 4 gold 10
      ann release a                | released        | floor 5 earlies 4 gold 10
      ann order a                  | no hold_expired
    `);
  });

  test('the limit counts what a buyer holds and has bought, not what they let go', () => {
    play(`
      ann place 5 regular          | held a
      ann place 2 regular          | no limit_reached
      ann place 1 regular          | held b
      ann release a                | released
      ann place 5 regular          | held c
      tick 10 minutes
      ann place 5 regular          | held d
      ann order d                  | ordered
      ann pay d                    | confirmed
      tick 10 minutes
      ann place 2 regular          | no limit_reached
      ann return d                 | returned
      ann place 5 regular          | held e
      ann place 7 regular          | no limit_reached
    `);
  });

  test('a retry with the same key is the same hold, another request with it is refused', () => {
    play(`
      ann place 2 regular key k1   | held a          | floor 8 earlies 4 gold 10
      ann place 2 regular key k1   | held a again    | floor 8 earlies 4 gold 10
      ann place 3 regular key k1   | no idempotency_key_reused
      bob place 2 regular key k1   | held b          | floor 6 earlies 4 gold 10
    `);
  });

  test('the sale opens and closes by the clock', () => {
    play(`
      tick -1 seconds
      ann place 1 regular          | no sale_not_started
      tick 1 seconds
      ann place 1 regular          | held a
      tick 58 days
      bob place 1 regular          | no sale_ended
    `);
  });

  test('what does not exist has a name of its own', () => {
    play(`
      ann place 1 balcony          | no unknown_ticket_type
      ann place 1 seat             | no seat_choice_required
      ann release z                | no not_found
      ann order z                  | no not_found
      ann pay z                    | no not_found
    `);
  });
});

describe('numbered seats', () => {
  test('a seat has one owner, and one taken seat refuses the whole set', () => {
    play(`
      ann seats 0,1                | held a 0,1      | floor 10 earlies 4 gold 8
      bob seats 1,2                | no seats_taken  | floor 10 earlies 4 gold 8
      bob seats 2,3                | held b 2,3      | floor 10 earlies 4 gold 6
      ann release a                | released
      cat seats 1                  | held c 1
      cat seats 10                 | no unknown_seat
      cat seats 5,5                | no invalid_request
    `);
  });

  test('best available: neighbours in the row nearest to the stage, around its middle, no single seat left', () => {
    play(`
      ann best 2 seat              | held a 0,1
      bob best 2 seat              | held b 2,3
      cat best 3 seat              | held c 4,5,6
      dan best 2 seat              | held d 7,8
      eve best 1 seat              | held e 9
      fay best 1 seat              | no sold_out
    `);
  });

  test('an aisle is not crossed, and a group is split only where no row has room', () => {
    play(`
      ann best 4 seat              | held a 0,1,2,3
      bob best 4 seat              | held b 4,5,6,7
      cat best 3 seat              | no sold_out
    `);
  });
});

describe('orders and money', () => {
  test('an order is placed once; money confirms it once', () => {
    play(`
      ann place 2 regular          | held a
      bob order a                  | no not_found
      ann order a                  | ordered
      ann order a                  | ordered again
      ann pay a                    | confirmed       | floor 8 earlies 4 gold 10
      ann pay a                    | confirmed again | floor 8 earlies 4 gold 10
      ann release a                | no hold_ended
      ann drop a                   | no order_not_cancellable
    `);
  });

  test('money before the order is known is no order', () => {
    play(`
      ann place 2 regular          | held a
      ann pay a                    | no not_found
    `);
  });

  test('a free order is confirmed when it is placed', () => {
    const { state } = play(`
      ann place 2 free             | held a
      ann order a                  | ordered         | floor 8 earlies 4 gold 10
    `);
    expect(state.holds.get('hld_a')?.status).toBe('confirmed');
    expect(state.pools.get('pol_floor')?.sold).toBe(2);
  });

  test('late money takes the places again while they are free, and only once', () => {
    play(`
      ann place 4 regular          | held a
      ann order a                  | ordered
      tick 11 minutes
      bob place 5 regular          | held b          | floor 5 earlies 4 gold 10
      ann pay a                    | confirmed late  | floor 1 earlies 4 gold 10
      ann pay a                    | confirmed again | floor 1 earlies 4 gold 10
    `);
  });

  test('late money goes back where the places are gone, and stays gone when they return', () => {
    play(`
      ann place 5 regular          | held a
      ann order a                  | ordered
      tick 11 minutes
      bob place 5 regular          | held b
      cat place 5 regular          | held c          | floor 0 earlies 4 gold 10
      ann pay a                    | refund_due      | floor 0 earlies 4 gold 10
      bob release b                | released
      ann pay a                    | refund_due again | floor 5 earlies 4 gold 10
    `);
  });

  test('late money for seats that went takes others of the zone', () => {
    const { state } = play(`
      ann seats 0,1                | held a 0,1
      ann order a                  | ordered
      tick 11 minutes
      bob seats 0                  | held b 0
      ann pay a                    | confirmed late  | floor 10 earlies 4 gold 7
    `);
    expect(state.holds.get('hld_a')?.lines[0]?.seats).toEqual([1, 2]);
  });

  test('a buyer who let go is not made to keep what late money paid for', () => {
    play(`
      ann place 2 regular          | held a
      ann order a                  | ordered
      ann release a                | released
      ann pay a                    | refund_due      | floor 10 earlies 4 gold 10
    `);
  });

  test('a payment that failed for good frees the places at once', () => {
    play(`
      ann place 2 regular          | held a
      ann order a                  | ordered
      ann drop a                   | dropped         | floor 10 earlies 4 gold 10
      ann drop a                   | dropped again   | floor 10 earlies 4 gold 10
    `);
  });

  test('a cancelled order returns its places once', () => {
    play(`
      ann seats 4,5                | held a 4,5
      ann order a                  | ordered
      ann pay a                    | confirmed       | floor 10 earlies 4 gold 8
      ann return a                 | returned        | floor 10 earlies 4 gold 10
      ann return a                 | returned again  | floor 10 earlies 4 gold 10
      bob seats 4                  | held b 4
    `);
  });
});

test('an unpublished event sells nothing, but what is held can still be bought', () => {
  const state = freshState();
  const place: Command = { kind: 'place', holdId: 'hld_a', buyerId: 'usr_ann', wants: { kind: 'items', items: [{ ticketTypeId: 'tty_regular', quantity: 1 }] }, retry: null };
  decide(sale, state, [place], saleStart);
  const draft = { ...sale, status: 'draft' as const };
  const [refused] = decide(draft, state, [{ ...place, holdId: 'hld_b' }], saleStart).outcomes;
  expect(refused).toMatchObject({ kind: 'refused', code: 'event_not_on_sale' });
  const order: Command = { kind: 'order', holdId: 'hld_a', buyerId: 'usr_ann', order: { buyerName: 'Ann', buyerEmail: 'a@example.com', attendees: null, returnUrl: null } };
  expect(decide(draft, state, [order], saleStart).outcomes[0]).toMatchObject({ kind: 'ordered' });
});

test('a blocked seat is nobody’s to take', () => {
  const state = freshState();
  (state.seats as Uint8Array)[0] = seatStatus.blocked;
  const seats: Command = { kind: 'place', holdId: 'hld_a', buyerId: 'usr_ann', wants: { kind: 'seats', seats: [{ seatId: seatId(eventId, 0) }] }, retry: null };
  expect(decide(sale, state, [seats], saleStart).outcomes[0]).toMatchObject({ code: 'seats_taken' });
});

test('a batch changes each hold once, as an insert or as an update', () => {
  const state = freshState();
  const wants: Wants = { kind: 'items', items: [{ ticketTypeId: 'tty_free', quantity: 1 }] };
  const { changes, facts } = decide(
    sale,
    state,
    [
      { kind: 'place', holdId: 'hld_a', buyerId: 'usr_ann', wants, retry: null },
      { kind: 'order', holdId: 'hld_a', buyerId: 'usr_ann', order: { buyerName: 'Ann', buyerEmail: 'a@example.com', attendees: null, returnUrl: null } },
    ],
    saleStart,
  );
  expect([...changes.placed].map((hold: HoldRecord) => hold.status)).toEqual(['confirmed']);
  expect(changes.changed.size).toBe(0);
  expect(facts.confirmed).toHaveLength(1);
});
