import { expect, test } from 'vitest';
import { changesOf } from './changes.ts';

test('each value that differs has one line, also inside of lists and when one state is missing', () => {
  const before = { title: 'Old', pools: { floor: { capacity: 10 } }, doorsAt: null };
  const after = { title: 'New', pools: { floor: { capacity: 20 }, box: { name: 'Box' } }, doorsAt: '19:00' };
  expect(changesOf(before, after)).toEqual([
    { field: 'title', before: 'Old', after: 'New' },
    { field: 'pools.floor.capacity', before: '10', after: '20' },
    { field: 'pools.box.name', before: null, after: 'Box' },
    { field: 'doorsAt', before: null, after: '19:00' },
  ]);
  expect(changesOf(null, { role: 'door' })).toEqual([{ field: 'role', before: null, after: 'door' }]);
  expect(changesOf({ summary: '' }, { summary: 'Short' })).toEqual([
    { field: 'summary', before: null, after: 'Short' },
  ]);
  expect(changesOf({ role: 'door' }, null)).toEqual([{ field: 'role', before: 'door', after: null }]);
});
