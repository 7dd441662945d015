import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mailBudgets } from './mail-budgets.ts';

test('docs/tickets.md lists every kind of mail and no other', () => {
  const page = readFileSync(new URL('../../../docs/tickets.md', import.meta.url), 'utf8');
  const table = /^\| mail \| kind \| when \|\n\|.*\n((?:\|.*\n)+)/m.exec(page)?.[1] ?? '';
  const listed = [...table.matchAll(/^\|[^|]*\| `([\w-]+)` \|/gm)].map(([, kind]) => kind);
  expect(listed.toSorted()).toEqual(Object.keys(mailBudgets).toSorted());
});
