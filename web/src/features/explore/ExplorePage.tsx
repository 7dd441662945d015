import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useTitle } from '../../ui/title.ts';
import { EventCard } from './EventCard.tsx';
import { Filters } from './Filters.tsx';
import { eventsQuery, isDemo } from './queries.ts';
import { SearchBox } from './SearchBox.tsx';
import { t } from './words.ts';

const route = getRouteApi('/');

export function ExplorePage() {
  useTitle(t('title'));
  const search = route.useSearch();
  return (
    <div className="page pb-8 pt-6 sm:pt-10">
      <DemoHint />
      <h1 className="text-display font-extrabold">{t('title')}</h1>
      <p className="mt-3 max-w-xl text-lg text-muted">{t('lead')}</p>
      <SearchBox />
      <Filters />
      <Results key={JSON.stringify(search)} />
    </div>
  );
}

function Results() {
  const search = route.useSearch();
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(
    eventsQuery(search),
  );
  const events = data.pages.flatMap((page) => page.items);
  const end = useNearEnd(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  });
  const count = events.length;
  return (
    <section aria-label={t('title')}>
      <p role="status" className="mt-8 text-sm text-muted">
        {hasNextPage ? t('resultsMore', { count }) : t('results', { count })}
      </p>
      {count === 0 && <Nothing />}
      <ul className="mt-4 grid gap-x-6 gap-y-12 sm:grid-cols-2 lg:grid-cols-3">
        {events.map((event, index) => (
          <li key={event.id}>
            <EventCard event={event} eager={index < 3} />
          </li>
        ))}
      </ul>
      <div ref={end} className="mt-12 flex min-h-14 justify-center">
        {hasNextPage && (
          <Button look="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t(isFetchingNextPage ? 'loadingMore' : 'more')}
          </Button>
        )}
      </div>
    </section>
  );
}

function Nothing() {
  return (
    <EmptyState
      icon="search"
      title={t('noneTitle')}
      action={
        <Link to={paths.explore} className={buttonClass('quiet')}>
          {t('clear')}
        </Link>
      }
    >
      {t('noneText')}
    </EmptyState>
  );
}

/** Calls when the end of the list comes within a screen's height of being seen. */
function useNearEnd(onNear: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  const call = useRef(onNear);
  call.current = onNear;
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) call.current();
      },
      { rootMargin: '600px' },
    );
    if (ref.current) observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return ref;
}

function DemoHint() {
  if (!isDemo()) return null;
  return (
    <p className="mb-8 flex gap-3 rounded-field bg-accent-soft px-4 py-3 text-[0.9375rem]">
      <Icon name="bolt" className="mt-0.5 text-accent" />
      <span>
        <strong>{t('hint')}</strong> {t('hintBuy')}{' '}
        <Link to={paths.mailbox} className="font-semibold text-accent underline underline-offset-2">
          {t('hintMail')}
        </Link>{' '}
        {t('hintThen')}{' '}
        <Link to={paths.door} className="font-semibold text-accent underline underline-offset-2">
          {t('hintDoor')}
        </Link>
        .
      </span>
    </p>
  );
}
