import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

interface Props<Item> {
  title: string;
  text?: string;
  /** What the list says when nothing waits. */
  none: string;
  of: UseInfiniteQueryResult<{ pages: { items: Item[] }[] }>;
  children: (item: Item) => ReactNode;
}

/** One kind of things that wait, the latest first. */
export function WaitingList<Item>({ title, text, none, of, children }: Props<Item>) {
  const items = of.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{title}</h2>
      {of.error && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(of.error)}
        </Notice>
      )}
      {of.data && <p className="mt-2 text-muted">{items.length === 0 ? none : text}</p>}
      <ul className="mt-3 divide-y divide-line border-line not-empty:border-y">{items.map(children)}</ul>
      <MoreButton of={of}>{t('more')}</MoreButton>
    </section>
  );
}
