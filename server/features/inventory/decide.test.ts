import { describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { decide } from './decide.ts';
import type { Command, HoldRecord } from './inventory.ts';
import { seatStatus } from './inventory.ts';
import { eventId, freshState, play, refundable, sale, saleStart } from './testing/play.ts';
import type { Wants } from './wants.ts';

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

  test('the limit counts places that a buyer holds or has bought, not released ones', () => {
    play(
      `
      ann place 5 regular          | held a
      ann place 2 regular          | no limit_reached
      ann place 1 regular          | held b
      ann release a                | released
      ann place 5 regular          | held c
      tick 20 minutes
      ann place 5 regular          | held d
      ann order d                  | ordered
      ann pay d                    | confirmed
      tick 10 minutes
      ann place 2 regular          | no limit_reached
      ann cancel d                 | cancelled 15000
      ann place 5 regular          | held e
      ann place 7 regular          | no limit_reached
    `,
      refundable,
    );
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

  test('late money is refunded if the places are gone, and stays refunded if they become free', () => {
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

  test('late money for seats that others bought takes other seats of the zone', () => {
    const { state } = play(`
      ann seats 0,1                | held a 0,1
      ann order a                  | ordered
      tick 11 minutes
      bob seats 0                  | held b 0
      ann pay a                    | confirmed late  | floor 10 earlies 4 gold 7
    `);
    expect(state.holds.get('hld_a')?.lines[0]?.seats).toEqual([1, 2]);
  });

  test('late money for a released hold is refunded', () => {
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
    play(
      `
      ann seats 4,5                | held a 4,5
      ann order a                  | ordered
      ann pay a                    | confirmed       | floor 10 earlies 4 gold 8
      ann cancel a                 | cancelled 10000 | floor 10 earlies 4 gold 10
      ann cancel a                 | cancelled again | floor 10 earlies 4 gold 10
      bob seats 4                  | held b 4
    `,
      refundable,
    );
  });
});

test('an unpublished event sells nothing, but what is held can still be bought', () => {
  const state = freshState();
  const place: Command = {
    kind: 'place',
    holdId: 'hld_a',
    buyerId: 'usr_ann',
    wants: { kind: 'items', items: [{ ticketTypeId: 'tty_regular', quantity: 1 }] },
    retry: null,
    network: null,
  };
  decide(sale, state, [place], saleStart);
  const draft = { ...sale, status: 'draft' as const };
  const [refused] = decide(draft, state, [{ ...place, holdId: 'hld_b' }], saleStart).outcomes;
  expect(refused).toMatchObject({ kind: 'refused', code: 'event_not_on_sale' });
  const order: Command = {
    kind: 'order',
    holdId: 'hld_a',
    buyerId: 'usr_ann',
    order: {
      buyerName: 'Ann',
      buyerEmail: 'a@example.com',
      mailbox: 1,
      attendees: null,
      returnUrl: null,
      language: 'en',
    },
  };
  expect(decide(draft, state, [order], saleStart).outcomes[0]).toMatchObject({ kind: 'ordered' });
});

test('a blocked seat is nobody’s to take', () => {
  const state = freshState();
  (state.seats as Uint8Array)[0] = seatStatus.blocked;
  const seats: Command = {
    kind: 'place',
    holdId: 'hld_a',
    buyerId: 'usr_ann',
    wants: { kind: 'seats', seats: [{ seatId: seatId(eventId, 0) }] },
    retry: null,
    network: null,
  };
  expect(decide(sale, state, [seats], saleStart).outcomes[0]).toMatchObject({ code: 'seats_taken' });
});

test('a batch changes each hold once, as an insert or as an update', () => {
  const state = freshState();
  const wants: Wants = { kind: 'items', items: [{ ticketTypeId: 'tty_free', quantity: 1 }] };
  const { changes, facts } = decide(
    sale,
    state,
    [
      { kind: 'place', holdId: 'hld_a', buyerId: 'usr_ann', wants, retry: null, network: null },
      {
        kind: 'order',
        holdId: 'hld_a',
        buyerId: 'usr_ann',
        order: {
          buyerName: 'Ann',
          buyerEmail: 'a@example.com',
          mailbox: 1,
          attendees: null,
          returnUrl: null,
          language: 'en',
        },
      },
    ],
    saleStart,
  );
  expect([...changes.placed].map((hold: HoldRecord) => hold.status)).toEqual(['confirmed']);
  expect(changes.changed.size).toBe(0);
  expect(facts.confirmed).toHaveLength(1);
});

describe('promo codes', () => {
  test('a code makes what costs something cheaper, and its tickets are counted until they are let go', () => {
    play(`
      ann place 2 regular + 1 free | held a
      ann redeem a HALF            | redeemed 3000   | floor 7 earlies 4 gold 10 code:HALF 3
      ann redeem a HALF            | redeemed 3000   | floor 7 earlies 4 gold 10 code:HALF 3
      ann redeem a                 | redeemed 6000   | floor 7 earlies 4 gold 10
      ann redeem a                 | redeemed 6000
      ann redeem a TENNER          | redeemed 4000   | floor 7 earlies 4 gold 10 code:TENNER 3
      ann redeem a HALF            | redeemed 3000   | floor 7 earlies 4 gold 10 code:HALF 3
      ann release a                | released        | floor 10 earlies 4 gold 10
      ann redeem a HALF            | no hold_ended
    `);
  });

  test('it is never used for more tickets than its limit, and a refusal leaves the price unchanged', () => {
    play(`
      ann place 3 regular          | held a
      bob seats 0,1,2              | held b 0,1,2
      ann redeem a HALF            | redeemed 4500   | floor 7 earlies 4 gold 7 code:HALF 2
      bob redeem b TENNER          | redeemed 12000
      bob redeem b HALF            | no promo_code_used_up | floor 7 earlies 4 gold 7 code:HALF 2 code:TENNER 2
      tick 10 minutes
      cat place 1 regular          | held c          | floor 9 earlies 4 gold 10
      cat redeem c HALF            | redeemed 1500   | floor 9 earlies 4 gold 10 code:HALF 4
      ann redeem a HALF            | no hold_expired
      ann redeem c                 | no not_found
      cat redeem c NONE            | no unknown_promo_code
      tick 9 minutes
      cat redeem c TENNER          | redeemed 2000
      tick 1 days
      dan place 1 regular          | held d
      dan redeem d TENNER          | no promo_code_ended
    `);
  });

  test('what is bought with it stays counted, and comes back with the places', () => {
    play(
      `
      ann place 4 regular          | held a
      ann redeem a HALF            | redeemed 6000
      ann order a                  | ordered
      ann redeem a                 | no already_ordered
      ann pay a                    | confirmed       | floor 6 earlies 4 gold 10 code:HALF 1
      ann redeem a HALF            | no hold_ended
      bob place 2 regular          | held b
      bob redeem b HALF            | no promo_code_used_up
      ann cancel a                 | cancelled 6000  | floor 8 earlies 4 gold 10
      bob redeem b HALF            | redeemed 3000
    `,
      refundable,
    );
  });

  test('late money buys at the reduced price if the code has uses left, and is refunded if not', () => {
    play(`
      ann place 3 regular          | held a
      ann redeem a HALF            | redeemed 4500
      ann order a                  | ordered
      bob place 3 regular          | held b
      bob redeem b TENNER          | redeemed 6000
      bob order b                  | ordered
      tick 11 minutes
      cat place 3 regular          | held c
      cat redeem c HALF            | redeemed 4500
      ann pay a                    | refund_due      | floor 7 earlies 4 gold 10 code:HALF 2
      bob pay b                    | confirmed late  | floor 4 earlies 4 gold 10 code:HALF 2 code:TENNER 2
    `);
  });

  test('an order of less than a card can pay costs the least amount, and more tickets share it', () => {
    play(`
      ann place 1 regular          | held a
      ann redeem a ALMOST          | redeemed 50
      ann order a                  | ordered         | floor 9 earlies 4 gold 10 code:ALMOST 4
      bob place 3 regular          | held b
      bob redeem b ALMOST          | redeemed 90
    `);
  });
});
