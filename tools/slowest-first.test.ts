import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestSpecification, Vitest } from 'vitest/node';
import { SlowestFirst, slowest } from './slowest-first.ts';

const root = join(import.meta.dirname, '..');

test('a fresh clone, which has no measurements, starts the slowest files first', async () => {
  const project = { name: 'e2e', config: { isolate: false, sequence: { groupOrder: 0 } } };
  const paths = ['web/e2e/start.e2e.ts', 'web/e2e/accounts.e2e.ts', 'web/e2e/layout.e2e.ts'];
  const files = paths.map((path) => ({ moduleId: join(root, path), project }));
  const nothing = { getFileTestResults: () => undefined, getFileStats: () => undefined };
  const sequencer = new SlowestFirst({ config: { root }, cache: nothing } as unknown as Vitest);
  const sorted = await sequencer.sort(files as unknown as TestSpecification[]);
  expect(sorted.map(({ moduleId }) => moduleId)).toEqual(
    [...paths].reverse().map((path) => join(root, path)),
  );
});

test('each file in the list exists', () => {
  expect(slowest.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
