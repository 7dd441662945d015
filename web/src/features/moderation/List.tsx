import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { paths } from '../../paths.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useSettled } from '../organise/use-settled.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

const route = getRouteApi('/admin/$section');

/** The state in the address, if it is one of these. */
export function useStateOf<State extends string>(states: readonly [State, ...State[]]): State {
  const { state } = route.useSearch();
  return states.find((each) => each === state) ?? states[0];
}

/** What is searched for. The address keeps it, and it follows what is typed after a moment. */
export const useSearched = (): string => route.useSearch().q ?? '';

/** A search field and a choice of states above a list. */
export function Filters<State extends string>({
  hint,
  states,
}: {
  /** What can be typed; without it there is nothing to type. */
  hint?: string;
  states?: { [S in State]: string };
}) {
  const { section } = route.useParams();
  const { q = '', state } = route.useSearch();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  const settled = useSettled(typed.trim(), 250);
  useEffect(() => {
    if (settled === q) return;
    void navigate({
      to: paths.platformDesk,
      params: { section },
      search: { ...(settled && { q: settled }), ...(state && { state }) },
      replace: true,
      resetScroll: false,
    });
  }, [navigate, section, settled, q, state]);
  return (
    <div className="mt-6 grid gap-4 sm:grid-cols-[1fr_auto]">
      {hint && (
        <Field
          label={t('find')}
          hint={hint}
          type="search"
          value={typed}
          maxLength={200}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
      {states && (
        <Select
          label={t('state')}
          value={state ?? Object.keys(states)[0]}
          onChange={({ target }) =>
            void navigate({
              to: paths.platformDesk,
              params: { section },
              search: { ...(settled && { q: settled }), state: target.value },
              replace: true,
              resetScroll: false,
            })
          }
        >
          {Object.entries<string>(states).map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}

/** The rows of a search in pages. */
export function Rows<Item>({
  of,
  children,
}: {
  of: UseInfiniteQueryResult<{ pages: { items: Item[] }[] }>;
  children: (item: Item) => ReactNode;
}) {
  const items = of.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {of.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(of.error)}
        </Notice>
      )}
      {of.isPending && <Skeleton className="mt-4 h-40" />}
      {of.data && items.length === 0 && <p className="mt-6 text-muted">{t('none')}</p>}
      <ul className="mt-4 divide-y divide-line border-line not-empty:border-y">{items.map(children)}</ul>
      <MoreButton of={of}>{t('more')}</MoreButton>
    </>
  );
}

/** A short mark, such as "Suspended". */
export const Mark = ({ children }: { children: ReactNode }) => (
  <span className="rounded-full bg-warn-soft px-2.5 py-0.5 text-sm font-medium text-warn">{children}</span>
);
