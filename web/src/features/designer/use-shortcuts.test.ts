import { expect, test } from 'vitest';
import { meansPlan } from './use-shortcuts.ts';

const single = ['Delete', 'Backspace', 'ArrowDown', 'm', '[', ']', 'n', '?', 'Escape', 'v'];
const clipboard = ['c', 'x', 'v', 'a', 'd'];

test('on the drawing every key means the plan', () => {
  for (const key of single) expect(meansPlan('drawing', key, false), key).toBe(true);
  for (const key of clipboard) expect(meansPlan('drawing', key, true), key).toBe(true);
});

test('on a button or a link no single key and no key of the clipboard means the plan, but undo and save do', () => {
  for (const key of single) expect(meansPlan('page', key, false), key).toBe(false);
  for (const key of clipboard) expect(meansPlan('page', key, true), key).toBe(false);
  for (const key of ['z', 'y', 's']) {
    expect(meansPlan('page', key, true), key).toBe(true);
    expect(meansPlan('page', key, false), key).toBe(false);
  }
});

test('a field keeps all its keys', () => {
  for (const key of ['z', ...clipboard]) expect(meansPlan('field', key, true), key).toBe(false);
  for (const key of single) expect(meansPlan('field', key, false), key).toBe(false);
});
