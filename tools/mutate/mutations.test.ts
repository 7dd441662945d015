import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locate } from './locate.ts';
import { mutations } from './mutations.ts';

const server = join(import.meta.dirname, '../../server');

// `npm test` does not run the mutations. This test fails if an edit removes the code that a mutation changes.
test.each(mutations)('$name: still finds the text that it changes, once', (mutation) => {
  const found = locate(server, mutation);
  expect(found).not.toBeNull();
  expect(found?.text.replace(mutation.find, mutation.put)).not.toBe(found?.text);
});
