import { describe, expect, test } from 'vitest';
import { createMarks, mailboxOf } from './marks.ts';
import { play, refundable } from './testing/play.ts';

describe('what one network may hold at once', () => {
  test('guests of one network have twelve places between them, and others are not their concern', () => {
    play(`
      ann@home place 5 regular     | held a
      bob@home place 5 free        | held b          | floor 0 earlies 4 gold 10
      cat@home seats 0,1,2         | no network_limit
      cat@home seats 0,1           | held c 0,1
      dan@home seats 2             | no network_limit
      eve@office seats 2           | held e 2
      fay seats 3                  | held f 3
    `);
  });

  test('bought, released and expired holds make room again', () => {
    play(`
      ann@home place 5 regular     | held a
      bob@home place 5 regular     | held b
      cat@home seats 0,1           | held c 0,1
      dan@home seats 2             | no network_limit
      cat@home order c             | ordered
      dan@home seats 2             | no network_limit
      cat@home pay c               | confirmed
      dan@home seats 2             | held d 2
      eve@home seats 3             | held e 3
      fay@home seats 4             | no network_limit
      bob@home release b           | released
      fay@home seats 4,5,6,7       | held f 4,5,6,7
      tick 10 minutes
      gus@home place 5 free        | held g
      hal@home place 5 free        | held h
    `);
  });

  test('accounts with a confirmed address have ten times as much, beside what guests hold', () => {
    play(`
      ann@home place 5 regular     | held a
      bob@home place 5 regular     | held b
      cat@home seats 0,1           | held c 0,1
      dan@home seats 2             | no network_limit
      eve@home! seats 2,3,4,5      | held e 2,3,4,5
      fay@home! seats 6,7,8,9      | held f 6,7,8,9
    `);
  });

  test('what is not there is sold out, whoever asks', () => {
    play(`
      ann@home place 5 regular     | held a
      bob place 5 regular          | held b
      cat@home place 5 early       | no sold_out
    `);
  });
});

describe('the clock of places', () => {
  test('a buyer who holds the same seats again gets the time that was left', () => {
    play(`
      ann seats 0,1                | held a 0,1
      tick 4 minutes
      ann release a                | released
      ann seats 0,1                | held b 0,1 for 360
      tick 3 minutes
      ann release b                | released
      ann seats 1,2                | held c 1,2 for 180
      ann release c                | released
      ann seats 5                  | held d 5
      tick 160 seconds
      ann seats 0                  | no hold_again_later 440
      ann seats 2                  | no hold_again_later 440
      ann seats 3                  | held e 3
      tick 439 seconds
      ann seats 1                  | no hold_again_later 1
      tick 1 seconds
      ann seats 1                  | held f 1
    `);
  });

  test('while few are left, more or fewer of a ticket type, and another hold beside it, change nothing', () => {
    play(`
      zed place 4 regular          | held z
      zed order z                  | ordered
      zed pay z                    | confirmed
      ann place 2 regular          | held a
      tick 5 minutes
      ann place 1 regular          | held b for 300
      ann release a                | released
      ann place 3 regular          | held c for 300
      ann place 1 early            | held d
      tick 5 minutes
      ann place 1 regular          | no hold_again_later 600
      bob place 1 regular          | held e
      tick 10 minutes
      ann place 4 regular          | held f
    `);
  });

  test('while many of a ticket type are left, a buyer whose time ran out holds again at once', () => {
    play(`
      ann place 2 regular          | held a
      tick 10 minutes
      ann place 2 regular          | held b
      tick 9 minutes
      ann release b                | released
      ann place 4 regular          | held c
      ann release c                | released
      zed place 3 regular          | held z
      ann place 1 regular          | held d
      ann release d                | released
      bob place 1 regular          | held e
      ann place 1 regular          | held f for 60
    `);
  });

  test('and by the end of that hold the places are for others, if few are left by then', () => {
    play(`
      ann place 5 regular          | held a
      tick 10 minutes
      ann place 4 regular          | held b
      bob place 3 regular          | held c
      tick 10 minutes
      bob place 1 regular          | held d
      cat place 4 regular          | held e
      ann place 1 regular          | no hold_again_later 600
    `);
  });

  test('the extra minute for a payment is added only once', () => {
    play(`
      zed place 4 regular          | held z
      zed order z                  | ordered
      zed pay z                    | confirmed
      ann place 1 regular          | held a
      ann order a                  | ordered
      ann drop a                   | dropped
      tick 5 minutes
      ann place 1 regular          | held b for 300
      ann order b                  | ordered
      ann drop b                   | dropped
      tick 4 minutes
      ann place 1 regular          | held c for 60
    `);
  });

  test('a purchase leaves no clock', () => {
    play(`
      ann place 1 regular          | held a
      ann order a                  | ordered
      ann pay a                    | confirmed
      tick 9 minutes
      ann place 1 regular          | held b
    `);
  });

  test('another guest of the same network goes on with it for the same seats; others do not', () => {
    play(`
      ann@home seats 0,1           | held a 0,1
      tick 6 minutes
      ann@home release a           | released
      bob@home seats 1,2           | held b 1,2 for 240
      cat@home! seats 0            | held c 0
      cat@home! release c          | released
      dan@office seats 0           | held d 0
      bob@home release b           | released
      eve@home seats 2             | held e 2 for 240
    `);
  });

  test('places of a ticket type are alike, so guests of one network do not share their clock', () => {
    play(`
      ann@home place 2 regular     | held a
      tick 9 minutes
      ann@home release a           | released
      bob@home place 2 regular     | held b
    `);
  });

  test('the best available are others, as long as there are any', () => {
    play(`
      ann best 2 seat              | held a 0,1
      tick 10 minutes
      ann best 2 seat              | held b 2,3
      bob best 2 seat              | held c 0,1
      bob release c                | released
      ann best 6 seat              | no limit_reached
      cat seats 4,5,6,7,8          | held d 4,5,6,7,8
      ann best 2 seat              | no hold_again_later 600
    `);
  });
});

describe('limits by mailbox and by card', () => {
  test('orders to one mailbox have no more places than one buyer may', () => {
    play(
      `
      ann place 4 regular          | held a
      bob place 3 regular          | held b
      cat seats 0,1                | held c 0,1
      ann order a as family        | ordered
      bob order b as family        | no email_limit_reached
      cat order c as family        | ordered
      bob order b as bob           | ordered
      ann pay a                    | confirmed
      ann cancel a                 | cancelled 12000
      dan seats 2,3,4,5            | held d 2,3,4,5
      dan order d as family        | ordered
    `,
      refundable,
    );
  });

  test('an order that ended unpaid no longer counts', () => {
    play(`
      ann place 4 regular          | held a
      ann order a as family        | ordered
      ann drop a                   | dropped
      bob place 4 regular          | held b
      bob order b as family        | ordered
    `);
  });

  test('money of a card that has bought as many as one buyer may goes back, and the places are free', () => {
    play(
      `
      ann place 4 regular          | held a
      ann order a                  | ordered
      ann pay a by visa            | confirmed       | floor 6 earlies 4 gold 10
      bob place 3 regular          | held b
      bob order b                  | ordered
      bob pay b by visa            | refund_due      | floor 6 earlies 4 gold 10
      bob pay b by visa            | refund_due again
      cat place 2 regular          | held c
      cat order c                  | ordered
      cat pay c by visa            | confirmed       | floor 4 earlies 4 gold 10
      ann cancel a                 | cancelled 12000
      dan place 4 regular          | held d
      dan order d                  | ordered
      tick 12 minutes
      dan pay d by visa            | confirmed late  | floor 4 earlies 4 gold 10
    `,
      refundable,
    );
  });
});

describe('marks', () => {
  test('one mailbox has one spelling', () => {
    const same = (...spellings: string[]) => new Set(spellings.map(mailboxOf)).size;
    expect(same('Ada@Example.com', ' ada@example.COM ', 'ada+2@example.com', 'ada+x+y@example.com.')).toBe(1);
    expect(same('ada.osei@gmail.com', 'adaosei@googlemail.com', 'a.d.a.osei+t@Gmail.com')).toBe(1);
    expect(same('zo\u00eb@example.com', 'zoe\u0308@example.com')).toBe(1);
    expect(same('ada.osei@example.com', 'adaosei@example.com')).toBe(2);
    expect(same('ada@example.com', 'ada@example.org', 'bob@example.com', '+ada@example.com')).toBe(4);
  });

  test('a network has two marks, one for its guests; another secret makes others', () => {
    const marks = createMarks('one');
    const guests = marks.ofNetwork('2001:db8:1:2:3::4', false);
    expect(marks.ofNetwork('2001:db8:1:2::9', false)).toBe(guests);
    expect(marks.ofNetwork('2001:db8:1:3::9', false)).not.toBe(guests);
    expect(marks.ofNetwork('2001:db8:1:2::9', true)).toBe(guests - 1);
    expect(marks.ofNetwork('::ffff:192.0.2.1', false)).toBe(marks.ofNetwork('192.0.2.1', false));
    expect(createMarks('two').ofNetwork('2001:db8:1:2::9', false)).not.toBe(guests);
    expect(guests % 2).toBe(1);
    expect(Number.isSafeInteger(guests)).toBe(true);
  });
});
