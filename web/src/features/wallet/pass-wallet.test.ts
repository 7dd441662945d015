import { expect, test } from 'vitest';
import { walletOf } from './pass-wallet.ts';
import { takesPlace } from './say-order.ts';

const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0';
test.each([
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${safari} Mobile/15E148 Safari/604.1`, 'apple'],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${safari} CriOS/130.0 Mobile Safari/604.1`,
    'apple',
  ],
  // An iPad says that it is a Mac.
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${safari} Safari/605.1.15`, 'apple'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36', 'google'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36', 'google'],
  ['Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36', 'google'],
])('%s has the wallet of %s', (userAgent, wallet) => {
  expect(walletOf({ userAgent })).toBe(wallet);
});

test('a wallet gets no pass after the end of the event, and none for a cancelled one', () => {
  const endsAt = '2031-07-01T22:00:00.000Z';
  const [before, after] = [Date.parse(endsAt) - 1, Date.parse(endsAt)];
  const cancellation = { reason: 'Storm', refund: 'none' as const, cancelledAt: '2031-06-30T12:00:00.000Z' };
  expect(takesPlace({ endsAt, cancellation: null }, before)).toBe(true);
  expect(takesPlace({ endsAt }, before)).toBe(true);
  expect(takesPlace({ endsAt }, after)).toBe(false);
  expect(takesPlace({ endsAt, cancellation }, before)).toBe(false);
});
