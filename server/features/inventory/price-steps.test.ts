import { expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import type { Outcome } from './inventory.ts';
import { eventId, play, refundable, saleStart } from './testing/play.ts';
import {
  changed,
  idOf,
  later,
  place,
  pricesIn,
  run,
  start,
  stepped,
  steps,
  wantsOf,
} from './testing/price-steps.ts';
import { type Voucher, vouchersOf } from './voucher.ts';

/*
 * Price steps, group prices, prices that buyers name and the smallest order, decided by the ledger. Floor: ten places. Gold: ten
 * seats.
 */

/** The voucher CREW: half the price of five tickets of a type. */
const voucherFor = (type: string): Voucher => ({
  id: 'vch_1',
  code: 'CREW',
  batchId: 'vbt_1',
  tag: '',
  pool: {
    id: 'pol_crew',
    key: 'voucher:CREW',
    name: 'CREW',
    capacity: 5,
    held: 0,
    sold: 0,
    kept: 0,
    blocked: 0,
  },
  percentOff: 50,
  amountOffMinor: null,
  priceMinor: null,
  ticketTypeIds: [idOf(type)],
  seat: null,
  budgetMinor: null,
  offMinor: 0,
  keeps: null,
  hold: null,
  holdNumber: 0,
  validUntil: null,
  revokedAt: null,
  madeBy: 'usr_team',
});

test('a hold takes what a step has left, and the rest at the next price', () => {
  const world = start(stepped);
  expect(pricesIn(place(world, 'ann', wantsOf(2)))).toEqual([1000, 1000]);
  expect(pricesIn(place(world, 'bob', wantsOf(4)))).toEqual([1000, 2000, 2000, 3000]);
  expect(pricesIn(place(world, 'cid', wantsOf(1)))).toEqual([3000]);
});

test('an expired hold gives its early places back, and a step that is over by time is over', () => {
  const world = start(stepped);
  place(world, 'ann', wantsOf(3));
  expect(pricesIn(place(world, 'bob', wantsOf(1)))).toEqual([2000]);
  later(world, 11);
  expect(pricesIn(place(world, 'cid', wantsOf(2)))).toEqual([1000, 1000]);
  later(world, 34);
  // The first step has no end in time, and the hold of cid has expired.
  expect(pricesIn(place(world, 'dee', wantsOf(4)))).toEqual([1000, 1000, 1000, 3000]);
});

test('nobody keeps the last early places by letting go and holding them again', () => {
  const world = start({ ...stepped, maxPerBuyer: 3 });
  const hold = (quantity: number) => place(world, 'ann', wantsOf(quantity));
  const letGo = (held: Outcome) => {
    if (held.kind !== 'held') throw new Error('nothing was held');
    run(world, { kind: 'release', holdId: held.hold.id, buyerId: held.hold.buyerId });
  };
  const first = hold(3);
  later(world, 4);
  letGo(first);
  // Seven places of the floor are left, but none at this price.
  const again = hold(3);
  expect(again).toMatchObject({ kind: 'held', resumed: true });
  expect(pricesIn(again)).toEqual([1000, 1000, 1000]);
  later(world, 5.8);
  letGo(again);
  expect(pricesIn(hold(3))).toBe('hold_again_later');
  expect(pricesIn(place(world, 'bob', wantsOf(3)))).toEqual([1000, 1000, 1000]);
  // The last price is for everybody, so there her clock does not count.
  world.terms = { ...changed('regular', {}), maxPerBuyer: 3 };
  expect(hold(3)).toMatchObject({ kind: 'held', resumed: false });
});

test('the best available seats, chosen seats and changed seats have the prices of their steps', () => {
  const world = start(changed('seat', { steps }));
  const best = place(world, 'ann', { kind: 'best', ticketTypeId: idOf('seat'), quantity: 4 });
  expect(pricesIn(best)).toEqual([1000, 1000, 1000, 2000]);
  if (best.kind !== 'held') throw new Error('the seats were not held');
  expect(best.hold.lines.map(({ seats }) => seats?.length)).toEqual([3, 1]);
  const chosen = best.hold.lines.flatMap(({ seats }) => seats ?? []);
  const seatsOf = (indexes: number[]) => indexes.map((index) => ({ seatId: seatId(eventId, index) }));
  const free = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((index) => !chosen.includes(index));
  const [, second, ...kept] = chosen;
  const swapped = run(world, {
    kind: 'exchange',
    holdId: best.hold.id,
    buyerId: best.hold.buyerId,
    wants: {
      kind: 'seats',
      seats: seatsOf([...kept, second as number, free[0] as number, free[1] as number]),
    },
    network: null,
  });
  // Three seats stay, one is given back for another, and a fifth one has the price of the second step.
  expect(pricesIn(swapped)).toEqual([1000, 1000, 1000, 2000, 2000]);
  if (swapped.kind !== 'exchanged') throw new Error('the seats were not exchanged');
  const seats = swapped.hold.lines.flatMap((line) => line.seats ?? []);
  expect(new Set(seats)).toEqual(new Set([...kept, second, free[0], free[1]]));
  expect(world.state.pools.get('pol_first')?.held).toBe(3);
  expect(world.state.pools.get('pol_second')?.held).toBe(2);
});

test('a hold keeps its prices when its places change, whatever the steps are then', () => {
  const world = start(stepped);
  const held = place(world, 'ann', wantsOf(4));
  if (held.kind !== 'held') throw new Error('nothing was held');
  const change = (quantity: number) =>
    pricesIn(
      run(world, {
        kind: 'exchange',
        holdId: held.hold.id,
        buyerId: held.hold.buyerId,
        wants: wantsOf(quantity),
        network: null,
      }),
    );
  expect(change(5)).toEqual([1000, 1000, 1000, 2000, 2000]);
  expect(change(2)).toEqual([1000, 1000]);
  world.terms = changed('regular', { listMinor: 9000, steps: [] });
  delete world.terms.ticketTypes.find(({ name }) => name === 'regular')?.steps;
  expect(change(1)).toEqual([1000]);
});

test('a code reduces each step of a hold', () => {
  const world = start(stepped);
  const held = place(world, 'ann', wantsOf(4));
  if (held.kind !== 'held') throw new Error('nothing was held');
  const redeemed = run(world, {
    kind: 'redeem',
    holdId: held.hold.id,
    buyerId: held.hold.buyerId,
    code: 'HALF',
  });
  expect(pricesIn(redeemed)).toEqual([500, 500, 500, 1000]);
  const without = run(world, {
    kind: 'redeem',
    holdId: held.hold.id,
    buyerId: held.hold.buyerId,
    code: null,
  });
  expect(pricesIn(without)).toEqual([1000, 1000, 1000, 2000]);
});

test('from the size of a group on, each ticket costs less, and a smaller hold costs more again', () => {
  const world = start(
    changed('regular', {
      groups: [
        { from: 3, listMinor: 2500 },
        { from: 5, listMinor: 2000 },
      ],
    }),
  );
  expect(pricesIn(place(world, 'ann', wantsOf(2)))).toEqual([3000, 3000]);
  const held = place(world, 'bob', wantsOf(5));
  expect(pricesIn(held)).toEqual([2000, 2000, 2000, 2000, 2000]);
  if (held.kind !== 'held') throw new Error('nothing was held');
  const { id: holdId, buyerId } = held.hold;
  run(world, { kind: 'redeem', holdId, buyerId, code: 'HALF' });
  const smaller = run(world, { kind: 'exchange', holdId, buyerId, wants: wantsOf(2), network: null });
  // The code goes on, and halves the price of two tickets.
  expect(pricesIn(smaller)).toEqual([1500, 1500]);
});

test('places can be given back after the code of a group has ended, or is no more', () => {
  const groups = [{ from: 3, listMinor: 2500 }];
  const grouped = changed('regular', { groups });
  const small = wantsOf(2);
  const mixed = { kind: 'items' as const, items: [...wantsOf(4).items, ...wantsOf(2, 'early').items] };
  const ended = grouped.promoCodes.map((each) => ({ ...each, validUntil: saleStart }));
  for (const [code, promoCodes, prices] of [
    ['HALF', ended, [1500, 1500]],
    // It took 1250 off each place.
    ['HALF', [], [1750, 1750]],
    ['TENNER', ended, [2000, 2000]],
    ['TENNER', [], [2000, 2000]],
  ] as const) {
    const world = start(grouped);
    const held = place(world, 'ann', wantsOf(4));
    if (held.kind !== 'held') throw new Error('nothing was held');
    const { id: holdId, buyerId } = held.hold;
    const change = (wants: typeof mixed | typeof small) =>
      pricesIn(run(world, { kind: 'exchange', holdId, buyerId, wants, network: null }));
    run(world, { kind: 'redeem', holdId, buyerId, code });
    world.terms = { ...grouped, promoCodes: [...promoCodes] };
    expect([code, promoCodes.length, change(small)]).toEqual([code, promoCodes.length, prices]);
    expect(world.state.pools.get(`pol_${code.toLowerCase()}`)?.held).toBe(2);
    // More places need a code that is open.
    expect(change(wantsOf(3))).toBe(promoCodes.length > 0 ? 'promo_code_ended' : 'unknown_promo_code');
  }
  // A group that the code does not reduce keeps no place of the others.
  const world = start({ ...grouped, promoCodes: [] });
  world.state.vouchers = vouchersOf([
    {
      ...voucherFor('early'),
      validUntil: new Date(saleStart.getTime() + 60_000),
    },
  ]);
  for (const { pool } of world.state.vouchers.byCode.values()) world.state.pools.set(pool.id, pool);
  const held = run(world, {
    kind: 'place',
    holdId: 'hld_mixed',
    buyerId: 'usr_bob',
    wants: mixed,
    retry: null,
    network: null,
    code: 'CREW',
  });
  expect(pricesIn(held)).toEqual([2500, 2500, 2500, 2500, 1000, 1000]);
  later(world, 2);
  const wants = { kind: 'items' as const, items: [...wantsOf(4).items, ...wantsOf(1, 'early').items] };
  const less = run(world, {
    kind: 'exchange',
    holdId: 'hld_mixed',
    buyerId: 'usr_bob',
    wants,
    network: null,
  });
  expect(pricesIn(less)).toEqual([2500, 2500, 2500, 2500, 1000]);
});

test('a buyer names a price within the bounds, and a code does not reduce it', () => {
  const world = start(changed('regular', { leastMinor: 500 }));
  expect(pricesIn(place(world, 'ann', wantsOf(1, 'regular', 499)))).toBe('price_too_low');
  expect(pricesIn(place(world, 'ann', wantsOf(1, 'free', 700)))).toBe('invalid_request');
  expect(pricesIn(place(world, 'ann', wantsOf(2)))).toEqual([3000, 3000]);
  const held = place(world, 'bob', wantsOf(2, 'regular', 700));
  expect(pricesIn(held)).toEqual([700, 700]);
  if (held.kind !== 'held') throw new Error('nothing was held');
  const { id: holdId, buyerId } = held.hold;
  expect(pricesIn(run(world, { kind: 'redeem', holdId, buyerId, code: 'HALF' }))).toBe(
    'promo_code_not_for_these',
  );
  const change = (wants: ReturnType<typeof wantsOf>) =>
    pricesIn(run(world, { kind: 'exchange', holdId, buyerId, wants, network: null }));
  expect(change(wantsOf(3))).toEqual([700, 700, 700]);
  expect(change(wantsOf(3, 'regular', 900))).toEqual([900, 900, 900]);
  expect(change(wantsOf(3, 'regular', 100))).toBe('price_too_low');
  expect(held.hold.totalMinor).toBe(2700);
});

test('beside a price that the buyer names, a code reduces the other tickets only', () => {
  const world = start(changed('free', { leastMinor: 0, listMinor: 1000 }));
  const { items } = wantsOf(2, 'regular');
  const held = place(world, 'ann', { kind: 'items', items: [...items, ...wantsOf(1, 'free', 800).items] });
  if (held.kind !== 'held') throw new Error('nothing was held');
  const { id: holdId, buyerId } = held.hold;
  expect(pricesIn(run(world, { kind: 'redeem', holdId, buyerId, code: 'HALF' }))).toEqual([1500, 1500, 800]);
});

test('fewer tickets than the smallest order are refused, but not a place less of another type', () => {
  play(
    `ann place 1 regular                    | no too_few_tickets
     ann place 2 regular                    | held a
     ann swap a 1 regular                   | no too_few_tickets
     ann swap a 2 regular + 1 free          | swapped 6000
     ann swap a 3 regular                   | swapped 9000
     bob best 1 regular                     | no too_few_tickets
     ann order a                            | ordered
     ann pay a                              | confirmed
     ann cancel a 0,1                       | cancelled 6000`,
    changed('regular', { minPerOrder: 2 }),
  );
});

test('what a smaller order was before the organiser set the number may stay as it is', () => {
  const world = start(refundable);
  const held = place(world, 'ann', wantsOf(1));
  if (held.kind !== 'held') throw new Error('nothing was held');
  world.terms = changed('regular', { minPerOrder: 3 });
  const { items } = wantsOf(1);
  const wants = { kind: 'items' as const, items: [...items, ...wantsOf(1, 'free').items] };
  const { id: holdId, buyerId } = held.hold;
  expect(pricesIn(run(world, { kind: 'exchange', holdId, buyerId, wants, network: null }))).toEqual([
    3000, 0,
  ]);
});
