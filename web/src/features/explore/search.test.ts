import { expect, test } from 'vitest';
import { instantsOf, readExploreSearch, type WhenFilter } from './search.ts';

const span = (when: WhenFilter, now: string) => {
  const { from, to } = instantsOf({ when }, new Date(now).getTime());
  const local = (instant = '') =>
    new Date(new Date(instant).getTime() - new Date(instant).getTimezoneOffset() * 60_000)
      .toISOString()
      .slice(0, 16);
  return [local(from), local(to)];
};

// 2026-11-18 is a Wednesday. Times are the reader's own, whatever zone the test runs in.
test.each([
  ['today', '2026-11-18T15:00', '2026-11-18T15:00', '2026-11-19T00:00'],
  ['tomorrow', '2026-11-18T15:00', '2026-11-19T00:00', '2026-11-20T00:00'],
  ['weekend', '2026-11-18T15:00', '2026-11-21T00:00', '2026-11-23T00:00'],
  ['weekend', '2026-11-21T15:00', '2026-11-21T15:00', '2026-11-23T00:00'],
  ['weekend', '2026-11-22T15:00', '2026-11-22T15:00', '2026-11-23T00:00'],
  ['week', '2026-11-18T15:00', '2026-11-18T15:00', '2026-11-25T00:00'],
] as const)('%s at %s is from %s to %s', (when, now, from, to) => {
  expect(span(when, now)).toEqual([from, to]);
});

test('picked days include the last one', () => {
  const { from, to } = instantsOf({ from: '2026-12-01', to: '2026-12-03' }, 0);
  expect(new Date(to ?? '').getTime() - new Date(from ?? '').getTime()).toBe(3 * 86_400_000);
});

test('an address that was tampered with keeps only what makes sense', () => {
  expect(
    readExploreSearch({
      q: '  ',
      category: 'crime',
      city: 'Berlin',
      when: 'never',
      from: '1.1.2027',
      sort: 'price',
      x: 1,
    }),
  ).toEqual({
    city: 'Berlin',
    sort: 'price',
  });
});
