import { expect, test } from 'vitest';
import { defaultAccountsPerNetwork } from '../../../contract/event-fields.ts';
import { patternOf, type Seen, scoreOrder } from './score-order.ts';

const ordinary: Seen = {
  accountsOfPattern: 1,
  accountsOfCard: 1,
  accountsOfBrowser: 1,
  accountsOfNetwork: 1,
  secondsToOrder: 40,
};
const score = (seen: Partial<Seen>, accountsPerNetwork = defaultAccountsPerNetwork) =>
  scoreOrder({ ...ordinary, ...seen }, accountsPerNetwork);

test('an ordinary order has no points, and neither has a family or an office', () => {
  expect(score({})).toEqual({ score: 0, reasons: [] });
  expect(score({ accountsOfCard: 2, accountsOfPattern: 3, accountsOfBrowser: 3 }).score).toBe(0);
  expect(score({ accountsOfNetwork: 20 }).score).toBe(0);
});

test('each signal has its points and the number that explains it', () => {
  expect(score({ accountsOfCard: 3 }).reasons).toEqual([{ signal: 'shared_card', points: 40, count: 3 }]);
  expect(score({ accountsOfPattern: 4 }).reasons).toEqual([
    { signal: 'address_pattern', points: 30, count: 4 },
  ]);
  expect(score({ accountsOfBrowser: 4 }).reasons).toEqual([
    { signal: 'shared_browser', points: 15, count: 4 },
  ]);
  expect(score({ accountsOfNetwork: 21 }).reasons).toEqual([
    { signal: 'shared_network', points: 20, count: 21 },
  ]);
  expect(score({ accountsOfNetwork: 6 }, 5).score).toBe(20);
  expect(score({ secondsToOrder: 2.9 }).reasons).toEqual([{ signal: 'fast_order', points: 25, count: 2 }]);
  expect(score({ secondsToOrder: 3 }).score).toBe(0);
});

test('no signal alone reaches 50, and all together are 100 at most', () => {
  const all: Seen = {
    accountsOfPattern: 500,
    accountsOfCard: 500,
    accountsOfBrowser: 500,
    accountsOfNetwork: 500,
    secondsToOrder: 0,
  };
  const { score: sum, reasons } = score(all);
  expect(sum).toBe(100);
  expect(reasons).toHaveLength(5);
  for (const { points } of reasons) expect(points).toBeLessThan(50);
});

test('the pattern of an address is its mailbox without its numbers', () => {
  expect(patternOf('Ann.B12@Example.com')).toBe('ann.b#@example.com');
  expect(patternOf('ann.b7@example.com')).toBe('ann.b#@example.com');
  expect(patternOf('a1n2n+7@example.com')).toBe('a#n#n@example.com');
  expect(patternOf('an.n.1@gmail.com')).toBe(patternOf('ann2@googlemail.com'));
  expect(patternOf('ann@host1.example')).toBeNull();
  expect(patternOf('')).toBeNull();
});
