import { expect, test } from 'vitest';
import { readExploreSearch, type WhenFilter } from './search.ts';
import { daysOf, queryOf } from './search-query.ts';

const span = (when: WhenFilter, now: string) => {
  const { fromDay, toDay } = daysOf({ when }, new Date(now).getTime());
  return [fromDay, toDay];
};

// 2026-11-18 is a Wednesday. Times are the reader's own, whatever zone the test runs in.
test.each([
  ['today', '2026-11-18T15:00', '2026-11-18', '2026-11-18'],
  ['today', '2026-11-18T23:59', '2026-11-18', '2026-11-18'],
  ['tomorrow', '2026-11-30T00:00', '2026-12-01', '2026-12-01'],
  ['weekend', '2026-11-18T15:00', '2026-11-21', '2026-11-22'],
  ['weekend', '2026-11-21T15:00', '2026-11-21', '2026-11-22'],
  ['weekend', '2026-11-22T15:00', '2026-11-22', '2026-11-22'],
  ['week', '2026-11-18T15:00', '2026-11-18', '2026-11-24'],
  ['month', '2026-12-15T15:00', '2026-12-15', '2027-01-14'],
] as const)('%s at %s is from %s to %s', (when, now, from, to) => {
  expect(span(when, now)).toEqual([from, to]);
});

test('picked days replace the others', () => {
  expect(daysOf({ from: '2026-12-01', when: 'today' }, 0)).toEqual({ fromDay: '2026-12-01' });
});

test('an address that was tampered with keeps only what makes sense', () => {
  const given = {
    q: '  ',
    category: 'crime',
    city: 'Berlin',
    near: '52.520008,13.404954',
    km: 50,
    when: 'never',
    from: '1.1.2027',
    to: '2027-01-01',
    min: -1,
    max: 'cheap',
    currency: 'ABC',
    sort: 'price',
    x: 1,
  };
  expect(readExploreSearch(given)).toEqual({ city: 'Berlin', to: '2027-01-01', km: 50, sort: 'price' });
  expect(readExploreSearch({ from: '2027-01-02', to: '2027-01-01' })).toEqual({ from: '2027-01-02' });
});

test('prices are in units of their currency, and free is free in any', () => {
  const ask = (search: Parameters<typeof queryOf>[0]) => {
    const { minPrice, maxPrice, currency } = queryOf(search, 0);
    return [minPrice, maxPrice, currency];
  };
  expect(ask({ max: 0 })).toEqual([undefined, 0, undefined]);
  expect(ask({ min: 10, max: 20, currency: 'EUR' })).toEqual([1000, 2000, 'EUR']);
  expect(ask({ max: 3000, currency: 'JPY' })).toEqual([undefined, 3000, 'JPY']);
  expect(ask({ max: 20 })).toEqual([undefined, undefined, undefined]);
});

test('near somebody, the nearest come first unless told', () => {
  expect(queryOf({ near: '52.5,13.4' }, 0)).toMatchObject({ radiusKm: 50, sort: 'distance' });
  expect(queryOf({ near: '52.5,13.4', sort: 'date' }, 0).sort).toBe('date');
  expect(queryOf({ sort: 'distance' }, 0).sort).toBeUndefined();
});
