import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { paths } from '../../paths.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { ExploreSearch } from './search.ts';
import { t } from './words.ts';

const route = getRouteApi('/');

/**
 * Searches while the person types: the address changes after a short pause, without new history entries. Enter
 * searches at once, the down arrow moves to the results, Escape clears.
 */
export function SearchBox() {
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const { history } = useRouter();
  const [text, setText] = useState(q);
  const asked = useRef(q);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // The address changed in another way: Back, or all filters were cleared.
    if (q !== asked.current) {
      asked.current = q;
      setText(q);
    }
  }, [q]);

  const ask = useCallback(
    (wanted: string) => {
      // A reader who has followed a link meanwhile must stay on that page.
      if (wanted === asked.current || history.location.pathname !== paths.explore) return;
      asked.current = wanted;
      void navigate({
        search: ({ q: _, ...rest }: ExploreSearch) => (wanted ? { ...rest, q: wanted } : rest),
        replace: true,
        resetScroll: false,
      });
    },
    [navigate, history],
  );

  useEffect(() => {
    const timer = setTimeout(() => ask(text.trim()), 250);
    return () => clearTimeout(timer);
  }, [text, ask]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      ask(text.trim());
      // A phone's keyboard would cover the results.
      if (matchMedia('(pointer: coarse)').matches) event.currentTarget.blur();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('section[aria-labelledby="results"] a')?.focus();
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      setText('');
    }
  };

  return (
    <search className="relative mt-6 block max-w-2xl">
      <Icon
        name="search"
        size={22}
        className="pointer-events-none absolute start-5 top-1/2 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        aria-label={t('search')}
        placeholder={t('search')}
        autoComplete="off"
        enterKeyHint="search"
        className="min-h-14 w-full rounded-full border border-line-strong/60 bg-raised ps-13 pe-14 text-lg placeholder:text-muted hover:border-line-strong [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={t('clearSearch')}
          onClick={() => {
            setText('');
            input.current?.focus();
          }}
          className="absolute end-1.5 top-1/2 grid size-11 -translate-y-1/2 place-items-center rounded-full text-muted hover:bg-sunken"
        >
          <Icon name="cross" />
        </button>
      )}
    </search>
  );
}
