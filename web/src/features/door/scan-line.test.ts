import { expect, test } from 'vitest';
import { createLine } from './scan-line.ts';

test('a scan that is made while another one is decided comes next, and the same ticket twice is one scan', async () => {
  const decided: string[] = [];
  const answers = new Map<string, PromiseWithResolvers<void>>();
  const last = Promise.withResolvers<void>();
  const line = createLine(
    async ({ key: code }: { key: string }) => {
      decided.push(code);
      if (code === 'last') last.resolve();
      const answer = Promise.withResolvers<void>();
      answers.set(code, answer);
      await answer.promise;
    },
    async () => void decided.push('rest'),
  );
  for (const code of ['one', 'one', 'two', 'last', 'two']) line.add({ key: code });
  expect(decided).toEqual(['one']);
  answers.get('one')?.reject(new Error('no network'));
  await expect.poll(() => answers.has('two')).toBe(true);
  answers.get('two')?.resolve();
  await last.promise;
  expect(line.isBusy()).toBe(true);
  answers.get('last')?.resolve();
  await expect.poll(line.isBusy).toBe(false);
  expect(decided).toEqual(['one', 'rest', 'two', 'rest', 'last']);
  // Later it is another scan.
  line.add({ key: 'one' });
  expect(decided.at(-1)).toBe('one');
});
