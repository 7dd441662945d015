import { expect, test } from 'vitest';
import { queryOf } from './order-filters.ts';

test('days become instants, and the last day is included', () => {
  const query = queryOf({ from: '2026-03-01', to: '2026-12-31' });
  expect(query).toEqual({
    from: new Date(2026, 2, 1).toISOString(),
    to: new Date(2027, 0, 1).toISOString(),
  });
});

test('what the server would refuse is left out', () => {
  expect(
    queryOf({
      status: 'lost',
      event: '42',
      from: 'today',
      to: '0001-01-01',
      least: '-1',
      most: 'x',
      code: '',
      first: 'name',
    }),
  ).toEqual({});
  expect(
    queryOf({ status: 'refunded', least: '500', code: 'SPRING', first: 'oldest', checkedIn: 'no' }),
  ).toEqual({
    status: 'refunded',
    minTotal: 500,
    code: 'SPRING',
    sort: 'oldest',
    checkedIn: 'no',
  });
});
