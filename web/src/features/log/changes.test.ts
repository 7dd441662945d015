import { expect, test } from 'vitest';
import { changesOf } from './changes.ts';

test('each value that differs has one line, also inside of lists and when one state is missing', () => {
  const before = { title: 'Old', pools: { floor: { capacity: 10 } }, doorsAt: null };
  const after = { title: 'New', pools: { floor: { capacity: 20 }, box: { name: 'Box' } }, doorsAt: '19:00' };
  expect(changesOf(before, after)).toEqual([
    { path: ['title'], before: 'Old', after: 'New' },
    { path: ['pools', { key: 'floor' }, 'capacity'], before: '10', after: '20' },
    { path: ['pools', { key: 'box' }, 'name'], before: null, after: 'Box' },
    { path: ['doorsAt'], before: null, after: '19:00' },
  ]);
  expect(changesOf(null, { role: 'door' })).toEqual([{ path: ['role'], before: null, after: 'door' }]);
  expect(changesOf({ summary: '' }, { summary: 'Short' })).toEqual([
    { path: ['summary'], before: null, after: 'Short' },
  ]);
  expect(changesOf({ role: 'door' }, null)).toEqual([{ path: ['role'], before: 'door', after: null }]);
});

test('a key that somebody chose is no field, even if it has the name of one', () => {
  const pools = { name: { name: 'Floor' } };
  expect(changesOf(null, { pools })).toEqual([
    { path: ['pools', { key: 'name' }, 'name'], before: null, after: 'Floor' },
  ]);
  expect(changesOf(null, { dp_1: { status: 'won' } })).toEqual([
    { path: [{ key: 'dp_1' }, 'status'], before: null, after: 'won' },
  ]);
});

test('an amount of money and a yes or no stay what they are', () => {
  const refunded = (amount: number) => ({ refunded: { amount, currency: 'EUR' } });
  expect(changesOf(refunded(0), refunded(500))).toEqual([
    { path: ['refunded'], before: { amount: 0, currency: 'EUR' }, after: { amount: 500, currency: 'EUR' } },
  ]);
  expect(changesOf({ suspended: false }, { suspended: true })).toEqual([
    { path: ['suspended'], before: false, after: true },
  ]);
});
