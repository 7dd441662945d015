import { describe, expect, test } from 'vitest';
import { play, refundable } from './testing/play.ts';

/** All ten places of the floor are held. */
const soldOut = `
      xan place 5 regular          | held x
      yun place 5 regular          | held y          | floor 0 earlies 4 gold 10
`;

describe('the line of a sold-out ticket type', () => {
  test('a released place goes to the first in line, and then to the next', () => {
    play(`
      ${soldOut}
      ann wait 1 regular           | waits a 1
      bob wait 1 regular           | waits b 2
      xan order x                  | ordered
      xan pay x                    | confirmed
      yun release y                | released        | floor 3 earlies 4 gold 10
      cat place 4 regular          | no sold_out
      cat place 3 regular          | held c          | floor 0 earlies 4 gold 10
      ann order a                  | ordered
      ann pay a                    | confirmed
    `);
  });

  test("an expired hold is the line's before a newcomer gets it", () => {
    play(`
      ${soldOut}
      ann wait 3 regular           | waits a 1
      bob wait 2 regular           | waits b 2
      tick 10 minutes
      cat place 6 regular          | no limit_reached
      cat place 5 regular          | held c          | floor 0 earlies 4 gold 10
      dan place 1 regular          | no sold_out
      ann release a                | released        | floor 3 earlies 4 gold 10
    `);
  });

  test('an offer that expires, is declined or left goes to the next in line at once', () => {
    play(`
      xan place 5 regular          | held x
      xan order x                  | ordered
      xan pay x                    | confirmed
      yun place 5 regular          | held y          | floor 0 earlies 4 gold 10
      ann wait 5 regular           | waits a 1
      bob wait 5 regular           | waits b 2
      cat wait 5 regular           | waits c 3
      yun release y                | released        | floor 0 earlies 4 gold 10
      dan place 1 regular          | no sold_out
      tick 31 minutes
      dan place 1 regular          | no sold_out
      ann order a                  | no hold_expired
      bob leave b                  | left
      cat order c                  | ordered
      cat pay c                    | confirmed       | floor 0 earlies 4 gold 10
      bob leave b                  | left
    `);
  });

  test('places gather for a party at the head of the line; nobody behind it or outside gets them', () => {
    play(`
      xan place 3 regular          | held x
      yun place 2 regular          | held y
      zoe place 5 regular          | held z
      zoe order z                  | ordered
      zoe pay z                    | confirmed       | floor 0 earlies 4 gold 10
      ann wait 4 regular           | waits a 1
      bob wait 2 regular           | waits b 2
      yun release y                | released        | floor 0 (2 kept) earlies 4 gold 10
      cat place 1 regular          | no sold_out
      xan release x                | released        | floor 0 (1 kept) earlies 4 gold 10
      ann order a                  | ordered
      bob leave b                  | left            | floor 1 earlies 4 gold 10
    `);
  });

  test('shortly before the start the first entry that fits gets the places', () => {
    const table = `
      xan place 2 regular          | held x
      xan order x                  | ordered
      xan pay x                    | confirmed
      yun place 5 regular          | held y
      yun order y                  | ordered
      yun pay y                    | confirmed
      zoe place 3 regular          | held z
      zoe order z                  | ordered
      zoe pay z                    | confirmed       | floor 0 earlies 4 gold 10
      ann wait 4 regular           | waits a 1
      bob wait 2 regular           | waits b 2
      xan cancel x                 | cancelled 6000
    `;
    play(
      `${table}
      bob order b                  | no not_found    | floor 0 (2 kept) earlies 4 gold 10`,
      refundable,
    );
    const soon = { ...refundable, startsAt: new Date('2027-01-01T22:00:00Z') };
    play(
      `${table}
      bob order b                  | ordered         | floor 0 earlies 4 gold 10`,
      soon,
    );
  });

  test('a party that can never fit, or a person with enough places, blocks nobody', () => {
    play(`
      ann place 5 regular          | held p
      yun place 5 regular          | held y          | floor 0 earlies 4 gold 10
      ann wait 1 regular           | waits a 1
      ann wait 1 regular           | no already_waiting
      ann wait 2 free              | no limit_reached
      bob wait 1 regular           | waits b 2
      gus place 1 seat             | no seat_choice_required
      yun release y                | released        | floor 3 earlies 4 gold 10
    `);
  });

  test('who may join', () => {
    play(`
      ann wait 1 regular           | no places_available
      ${soldOut}
      ann wait 6 regular           | no limit_reached
      ann wait 1 balcony           | no unknown_ticket_type
      ann wait 5 early             | no party_too_large
      ann@home wait 5 regular      | waits a 1
      bob@home wait 5 regular      | waits b 2
      cat@home wait 3 regular      | no waitlist_network_limit
      cat@home! wait 3 regular     | waits c 3
      ann wait 2 regular key k1    | no already_waiting
      dan wait 2 regular key k1    | waits d 4
      dan wait 2 regular key k1    | waits d 4 again
      dan wait 3 regular key k1    | no idempotency_key_reused
      tick 58 days
      eve wait 1 regular           | no sale_ended
    `);
    play(`${soldOut} ann wait 1 regular | no waitlist_off`, {
      ...refundable,
      waitlist: { ...refundable.waitlist, enabled: false },
    });
  });

  test('the waiting are served by number across ticket types that share a pool', () => {
    play(`
      xan place 5 regular          | held x
      yun place 5 regular          | held y          | floor 0 earlies 4 gold 10
      ann wait 2 free              | waits a 1
      bob wait 2 regular           | waits b 1
      cat wait 2 early             | waits c 1
      dan wait 4 regular           | waits d 2
      yun release y                | released        | floor 0 (1 kept) earlies 2 (2 kept) gold 10
      xan release x                | released        | floor 0 earlies 2 gold 10
    `);
  });

  test('seats: an offer is the best free seats of the zone', () => {
    play(`
      ann seats 0,1,2,3            | held a 0,1,2,3
      ben seats 4,5,6,7,8          | held b 4,5,6,7,8
      cay seats 9                  | held c 9        | floor 10 earlies 4 gold 0
      dan wait 2 seat              | waits d 1
      ann release a                | released        | floor 10 earlies 4 gold 2
      eve seats 0                  | no seats_taken
      eve seats 2,3                | held e 2,3      | floor 10 earlies 4 gold 0
    `);
  });
});

test('the numbers of the line are never given twice', () => {
  const { state } = play(`
      ${soldOut}
      ann wait 1 regular           | waits a 1
      ann leave a                  | left
      ann wait 1 regular           | waits b 1
  `);
  expect(state.line?.lastPlace).toBe(2);
  expect(state.line?.open.size).toBe(1);
});
