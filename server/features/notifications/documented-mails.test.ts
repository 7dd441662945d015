import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messageKinds } from '../../../contract/message-kinds.ts';
import { mailBudgets } from './mail-budgets.ts';

test('docs/tickets.md lists every kind of message and no other, and every kind has its budget', () => {
  const page = readFileSync(new URL('../../../docs/tickets.md', import.meta.url), 'utf8');
  const table = /^\| mail \| kind \| when \|\n\|.*\n((?:\|.*\n)+)/m.exec(page)?.[1] ?? '';
  const listed = [...table.matchAll(/^\|[^|]*\| `([\w-]+)` \|/gm)].map(([, kind]) => kind);
  expect(listed.toSorted()).toEqual(Object.keys(messageKinds).toSorted());
  expect(Object.keys(mailBudgets).toSorted()).toEqual(Object.keys(messageKinds).toSorted());
});
