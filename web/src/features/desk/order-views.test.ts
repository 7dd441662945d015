import { expect, test } from 'vitest';
import type { OrderView } from '../../../../contract/order-views.ts';
import { addressOf, isChanged, savedSearch, shownIn, standardColumns } from './order-views.ts';

const view: OrderView = {
  id: 'viw_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  name: 'Refunds',
  isShared: true,
  search: {
    refunded: 'whole',
    minTotal: 500,
    from: '2026-03-01',
    sort: 'oldest',
    columns: ['total', 'tags'],
  },
};
const filters = { refunded: 'whole', least: '500', from: '2026-03-01', first: 'oldest' };

test('a link with the saved list alone shows it as it is now', () => {
  expect(shownIn({ view: view.id }, view)).toEqual({ filters, columns: ['tags', 'total'] });
});

test('the address says everything once something was changed', () => {
  const shown = shownIn({ view: view.id }, view);
  const address = addressOf({ ...shown, filters: { tag: 'press' } }, view.id);
  expect(address).toEqual({ tag: 'press', view: view.id, cols: 'tags.total' });
  expect(shownIn(address, view)).toEqual({ filters: { tag: 'press' }, columns: ['tags', 'total'] });
  expect(addressOf({ filters: {}, columns: [] }, view.id)).toEqual({ view: view.id, cols: 'none' });
  expect(shownIn({ cols: 'none' }, undefined).columns).toEqual([]);
});

test('the list of all orders has a short address, and any address can be read', () => {
  expect(addressOf({ filters: {}, columns: standardColumns }, undefined)).toEqual({});
  expect(addressOf({ filters: {}, columns: ['event'] }, undefined)).toEqual({ cols: 'event' });
  expect(shownIn({}, undefined)).toEqual({ filters: {}, columns: standardColumns });
  expect(shownIn({ cols: 'total.nothing.event' }, undefined).columns).toEqual(['event', 'total']);
});

test('what is saved is what was shown, without what the server would refuse', () => {
  const shown = shownIn({ view: view.id }, view);
  expect(savedSearch(shown)).toEqual({ ...view.search, columns: ['tags', 'total'] });
  expect(savedSearch({ filters: { from: '2026-02-31', to: 'today', status: 'lost' }, columns: [] })).toEqual({
    columns: [],
  });
});

test('a list is changed if it shows other orders, other columns or another order', () => {
  const shown = shownIn({ view: view.id }, view);
  expect(isChanged(shown, view)).toBe(false);
  expect(isChanged({ ...shown, filters: Object.fromEntries(Object.entries(filters).reverse()) }, view)).toBe(
    false,
  );
  expect(isChanged({ ...shown, columns: ['total'] }, view)).toBe(true);
  expect(isChanged({ ...shown, filters: { ...filters, first: '' } }, view)).toBe(true);
  expect(isChanged({ ...shown, filters: { ...filters, to: '2026-04-01' } }, view)).toBe(true);
});
