import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  type Channel,
  messageKindNames,
  messageKinds,
  pushedKinds,
  textedKinds,
} from '../../../contract/message-kinds.ts';
import { mailBudgets } from './mail-budgets.ts';

const page = readFileSync(new URL('../../../docs/tickets.md', import.meta.url), 'utf8');

test('docs/tickets.md lists every kind of message and no other, and every kind has its budget', () => {
  const table = /^\| mail \| kind \| when \|\n\|.*\n((?:\|.*\n)+)/m.exec(page)?.[1] ?? '';
  const listed = [...table.matchAll(/^\|[^|]*\| `([\w-]+)` \|/gm)].map(([, kind]) => kind);
  expect(listed.toSorted()).toEqual(Object.keys(messageKinds).toSorted());
  const mailed = messageKindNames.filter((kind) =>
    (messageKinds[kind].channels as readonly Channel[]).includes('email'),
  );
  expect(Object.keys(mailBudgets).toSorted()).toEqual(mailed.toSorted());
});

test('docs/tickets.md says which messages browsers show and which mails can be switched off, as the list does', () => {
  const listedAt = (row: string) => {
    const [, kinds = ''] = new RegExp(`^\\| ${row} \\| (.*) \\|$`, 'm').exec(page) ?? [];
    return [...kinds.matchAll(/`([\w-]+)`/g)].map(([, kind]) => kind).toSorted();
  };
  expect(listedAt('also as notifications in browsers')).toEqual(pushedKinds.toSorted());
  expect(listedAt('also by SMS')).toEqual(textedKinds.toSorted());
  const optional = messageKindNames.filter((kind) => messageKinds[kind].isOptional);
  expect(listedAt('can be switched off')).toEqual(optional.toSorted());
});
