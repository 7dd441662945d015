import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { eventId, freshState, play, sale, saleStart } from './testing/play.ts';

describe('a hold gets other places', () => {
  test('it adds, drops and swaps seats in the same hold, to the same end', () => {
    const { state } = play(`
      ann seats 4,5                | held a 4,5      | floor 10 earlies 4 gold 8
      tick 9 minutes
      ann swap a 4,5,6             | swapped 4,5,6 15000 | floor 10 earlies 4 gold 7
      ann swap a 5,6               | swapped 5,6 10000   | floor 10 earlies 4 gold 8
      bob seats 4                  | held b 4
      ann swap a 8,9               | swapped 8,9 10000   | floor 10 earlies 4 gold 7
      cat seats 5,6                | held c 5,6
      ann swap a 8,9               | swapped 8,9 10000   | floor 10 earlies 4 gold 5
      tick 1 minutes
      dan seats 8                  | held d 8
      ann swap a 9                 | no hold_expired
    `);
    expect(state.holds.get('hld_a')).toMatchObject({ status: 'expired', places: 2 });
  });

  test('it is all or nothing: a refused choice loses nothing', () => {
    const { state } = play(`
      ann seats 0,1                | held a 0,1
      bob seats 2                  | held b 2
      ann swap a 1,2               | no seats_taken   | floor 10 earlies 4 gold 7
      cat seats 0                  | no seats_taken
      ann swap a 1,77              | no unknown_seat
      ann swap a 0,1,3 + 11 regular | no limit_reached
      ann swap a 1 + 5 early       | no sold_out      | floor 10 earlies 4 gold 7
      bob swap a 5                 | no not_found
      ann swap z 5                 | no not_found
    `);
    expect(state.holds.get('hld_a')).toMatchObject({ places: 2, totalMinor: 10000 });
  });

  test('it may have seats and places without numbers, and change one into the other', () => {
    play(`
      ann place 2 regular          | held a
      ann swap a 0 + 1 regular + 1 early | swapped 0 10000 | floor 8 earlies 3 gold 9
      ann swap a 0,1               | swapped 0,1 10000   | floor 10 earlies 4 gold 8
      ann swap a 4 free            | swapped 0           | floor 6 earlies 4 gold 10
      bob seats 0,1                | held b 0,1
      ann order a                  | ordered
      ann swap a 1 free            | no hold_ended
      bob order b                  | ordered
      bob swap b 2                 | no already_ordered
      bob release b                | released
      bob swap b 2                 | no hold_ended
    `);
  });

  test('a full house moves: its own places count as free for it', () => {
    play(`
      ann place 4 early            | held a
      bob place 5 regular          | held b
      cat place 1 regular          | held c          | floor 0 earlies 0 gold 10
      ann swap a 3 early + 1 regular | swapped 9000  | floor 0 earlies 1 gold 10
      ann swap a 3 early + 2 regular | no sold_out
      bob swap b 4 regular         | swapped 12000
      ann swap a 3 early + 2 regular | swapped 12000 | floor 0 earlies 1 gold 10
    `);
  });

  test('it counts against the limits of its buyer and its network', () => {
    play(`
      ann@home seats 0,1           | held a 0,1
      ann@home place 2 regular     | held b
      ann@home swap a 0,1,2,3,4    | no limit_reached
      ann@home swap a 0,1,2,3      | swapped 0,1,2,3 20000
      bob@home place 5 regular     | held c
      cat@home place 1 regular     | held d
      cat@home swap d 2 regular    | no network_limit
      bob@home swap c 4 regular    | swapped 12000
      cat@home swap d 1 regular + 1 free | swapped 3000
      cat@home swap d 3 free       | no network_limit
      ann@home swap a 4,5,6,7      | swapped 4,5,6,7 20000
      ann@home release a           | released
      cat@home swap d 3 free       | swapped 0
    `);
  });
});

describe('the time of a changed hold', () => {
  test('places that it gives back keep their clock, so swapping to and fro gains no time', () => {
    play(`
      ann seats 0                  | held a 0
      tick 540 seconds
      ann swap a 5                 | swapped 5 5000
      ann seats 0                  | held b 0 for 60
      ann release b                | released
      ann release a                | released
      ann seats 5                  | held c 5 for 60
    `);
  });

  test('a new place with an old clock shortens the hold, and is refused when almost no time is left', () => {
    play(`
      ann seats 0                  | held a 0
      tick 400 seconds
      ann release a                | released
      ann seats 5                  | held b 5
      ann swap b 0,5               | swapped 0,5 for 200 10000
      ann swap b 5                 | swapped 5 5000
      tick 180 seconds
      ann swap b 0                 | no hold_again_later 420
      ann swap b 6                 | swapped 6 5000
      tick 20 seconds
      bob seats 5,6                | held c 5,6
    `);
  });

  test('more of the same scarce places have the time that is left', () => {
    play(
      `
      ann place 2 early            | held a
      tick 300 seconds
      ann swap a 1 regular         | swapped 3000
      ann place 1 early            | held b for 300
      ann release b                | released
      ann swap a 1 regular + 1 early | swapped 5000
      tick 300 seconds
      ann place 1 regular          | held c
      `,
    );
  });

  test('retyping a seat gives it to nobody in between', () => {
    const child = { ...sale.ticketTypes[3], id: 'tty_child', listMinor: 2000 } as const;
    const state = freshState();
    const terms = { ...sale, ticketTypes: [...sale.ticketTypes, child] } as typeof sale;
    const seat = `seat_${eventId.slice(4)}_0` as const;
    const seats = (ticketTypeId: string) => [{ seatId: seat, ticketTypeId }] as never;
    const base = { holdId: 'hld_a', buyerId: 'usr_ann', network: null } as const;
    const at = saleStart;
    decide(
      terms,
      state,
      [{ ...base, kind: 'place', wants: { kind: 'seats', seats: seats('tty_seat') }, retry: null }],
      at,
    );
    const { outcomes, changes } = decide(
      terms,
      state,
      [{ ...base, kind: 'exchange', wants: { kind: 'seats', seats: seats('tty_child') } }],
      at,
    );
    expect(outcomes[0]).toMatchObject({ kind: 'exchanged', hold: { totalMinor: 2000, places: 1 } });
    expect(changes.clocks).toEqual([]);
    expect([...changes.seats.values()]).toEqual([{ status: 1, holdId: 'hld_a', before: 1 }]);
  });
});

describe('the price of a changed hold', () => {
  test('a type keeps its price, and its code with it', () => {
    play(`
      ann place 2 regular          | held a
      ann redeem a HALF            | redeemed 3000   | floor 8 earlies 4 gold 10 code:HALF 3
      ann swap a 3 regular         | swapped 4500    | floor 7 earlies 4 gold 10 code:HALF 2
      ann swap a 3 regular + 0,1   | swapped 0,1 9500 | floor 7 earlies 4 gold 8 code:HALF 0
      ann swap a 4 regular + 0,1   | no promo_code_used_up | floor 7 earlies 4 gold 8 code:HALF 0
      ann swap a 1 regular         | swapped 1500    | floor 9 earlies 4 gold 10 code:HALF 4
      ann redeem a                 | redeemed 3000   | floor 9 earlies 4 gold 10
    `);
  });

  test('a code that has ended reduces what is kept, and nothing more', () => {
    play(`
      tick 834 minutes
      ann place 2 regular          | held a
      ann redeem a TENNER          | redeemed 4000
      tick 7 minutes
      ann swap a 3 regular         | no promo_code_ended
      ann swap a 1 regular         | swapped 2000    | floor 9 earlies 4 gold 10 code:TENNER 4
    `);
  });

  test('what is left costs at least what a card can pay', () => {
    play(`
      ann place 3 regular          | held a
      ann redeem a ALMOST          | redeemed 90
      ann swap a 1 regular         | swapped 50
    `);
  });

  test('after a change of the terms, giving back is always possible and taking more is not', () => {
    const dearer = sale.ticketTypes.map((type) => ({ ...type, listMinor: type.listMinor * 2 }));
    const cases = [
      { terms: { ...sale, status: 'draft' as const }, code: 'event_not_on_sale' },
      { terms: { ...sale, saleEndsAt: saleStart }, code: 'sale_ended' },
      { terms: { ...sale, saleStartsAt: new Date(saleStart.getTime() + 1000) }, code: 'sale_not_started' },
      { terms: { ...sale, maxPerBuyer: 1 }, code: 'limit_reached' },
      {
        terms: { ...sale, ticketTypes: sale.ticketTypes.map((type) => ({ ...type, saleEndsAt: saleStart })) },
        code: 'sale_ended',
      },
      {
        terms: { ...sale, ticketTypes: sale.ticketTypes.map((type) => ({ ...type, maxPerOrder: 1 })) },
        code: 'limit_reached',
      },
      { terms: { ...sale, ticketTypes: dearer }, code: null },
    ];
    for (const { terms, code } of cases) {
      const { state, now } = play('ann place 3 regular | held a');
      const swap = (quantity: number) =>
        decide(
          terms,
          state,
          [
            {
              kind: 'exchange',
              holdId: 'hld_a',
              buyerId: 'usr_ann',
              wants: { kind: 'items', items: [{ ticketTypeId: 'tty_regular', quantity }] },
              network: null,
            },
          ],
          now,
        ).outcomes[0];
      if (code) expect(swap(4)).toMatchObject({ kind: 'refused', code });
      else expect(swap(4)).toMatchObject({ kind: 'exchanged', hold: { totalMinor: 12000 } });
      expect(swap(2)).toMatchObject({ kind: 'exchanged', hold: { totalMinor: 6000, places: 2 } });
    }
  });
});
