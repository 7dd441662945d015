import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isProblem } from '../../../../client/problem.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { DemoHint } from './DemoHint.tsx';
import { EventGrid } from './EventGrid.tsx';
import { EventShelf } from './EventShelf.tsx';
import { CardSkeletons } from './ExploreSkeleton.tsx';
import { Filters } from './Filters.tsx';
import { firstScreen } from './first-screen.ts';
import { NothingFound } from './NothingFound.tsx';
import {
  eventsQuery,
  filtersQuery,
  isDemo,
  nameOf,
  type RecommendedEvent,
  recommendedQuery,
  trendingQuery,
} from './queries.ts';
import { notePages } from './reopened.ts';
import { SearchBox } from './SearchBox.tsx';
import { OtherCurrencies, ReadAs } from './SearchNotes.tsx';
import { isOpen } from './search.ts';
import { forgetViewed, readViewed } from './viewed.ts';
import { t } from './words.ts';

const route = getRouteApi('/');

export function ExplorePage() {
  useTitle(t('title'));
  const search = route.useSearch();
  const { forYou, trending } = useShelves(isOpen(search));
  return (
    <div className={firstScreen.page}>
      {isDemo() && <DemoHint />}
      <h1 className={firstScreen.title}>{t('title')}</h1>
      <p className={firstScreen.lead}>{t('lead')}</p>
      <SearchBox />
      <Filters />
      {forYou.length > 0 && <ForYou items={forYou} />}
      {trending.length > 0 && (
        <EventShelf
          title={t('trending')}
          items={trending.map((event) => ({ event }))}
          first={forYou.length === 0}
        />
      )}
      <Results first={forYou.length + trending.length === 0} />
      <PopularTags />
    </div>
  );
}

/** The shelves above the unfiltered list, which were loaded before the page showed. */
function useShelves(open: boolean) {
  const { data: forYou = [] } = useQuery({ ...recommendedQuery, enabled: open });
  const { data: hot = [] } = useQuery({ ...trendingQuery, enabled: open });
  // One or two events are not a trend.
  return open ? { forYou, trending: hot.length < 3 ? [] : hot } : { forYou: [], trending: [] };
}

/** Recommendations from the profile, and from the events viewed in this browser. */
function ForYou({ items }: { items: RecommendedEvent[] }) {
  const client = useQueryClient();
  const reasons = { interest: t('becauseInterest'), home_city: t('becauseCity'), viewed: t('becauseViewed') };
  const forget = () => {
    forgetViewed();
    void client.invalidateQueries({ queryKey: recommendedQuery.queryKey });
  };
  return (
    <EventShelf
      title={t('forYou')}
      first
      items={items.map(({ event, because }) => ({ event, note: reasons[because] }))}
      action={
        readViewed().length > 0 && (
          <button
            type="button"
            onClick={forget}
            className="min-h-11 rounded-full px-3 text-sm font-medium text-muted hover:bg-sunken hover:text-ink"
          >
            {t('forgetViewed')}
          </button>
        )
      }
    />
  );
}

function Results({ first }: { first: boolean }) {
  const search = route.useSearch();
  const query = useInfiniteQuery(eventsQuery(search));
  const pages = query.isPlaceholderData ? 0 : (query.data?.pages.length ?? 0);
  const list = nameOf(search);
  useEffect(() => {
    if (pages > 0) notePages(list, pages);
  }, [list, pages]);
  if (query.isError && !query.data)
    return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <CardSkeletons />;
  const events = query.data.pages.flatMap((page) => page.items);
  const count = events.length;
  const exact = events.filter(({ match }) => match !== 'similar');
  const similar = events.slice(exact.length);
  const [{ readAs = [], inOtherCurrencies = 0 } = {}] = query.data.pages;
  const more = query.hasNextPage
    ? { loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }
    : null;
  const none = count === 0 && !query.isPlaceholderData;
  return (
    <>
      <ReadAs readAs={readAs} />
      {inOtherCurrencies > 0 && <OtherCurrencies count={inOtherCurrencies} />}
      <section aria-labelledby="results" aria-busy={query.isPlaceholderData} className="mt-10">
        {/* Where nothing was found, what is said about that is enough to be seen. */}
        <div className={none ? 'sr-only' : 'flex flex-wrap items-baseline gap-x-4'}>
          <h2 id="results" className="text-2xl font-bold tracking-tight">
            {t(isOpen(search) ? 'everything' : 'found')}
          </h2>
          <p role="status" className="text-sm text-muted">
            {query.isPlaceholderData
              ? t('searching')
              : query.hasNextPage
                ? t('resultsMore', { count })
                : t('results', { count })}
          </p>
        </div>
        {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
        {none && <NothingFound search={search} />}
        {(exact.length > 0 || similar.length === 0) && (
          <EventGrid
            events={exact}
            first={first}
            faded={query.isPlaceholderData}
            more={similar.length > 0 ? null : more}
          />
        )}
        {similar.length > 0 && (
          <section aria-labelledby="similar" className="mt-4">
            <h3 id="similar" className="text-xl font-bold tracking-tight">
              {t('similarWords')}
            </h3>
            <EventGrid
              events={similar}
              first={first && exact.length === 0}
              faded={query.isPlaceholderData}
              more={more}
            />
          </section>
        )}
      </section>
    </>
  );
}

/** The tags that most events have. They are below the list, so they move nothing when they come. */
function PopularTags() {
  const { data } = useQuery(filtersQuery);
  const tags = data?.tags ?? [];
  if (tags.length === 0) return null;
  return (
    <nav aria-labelledby="tags" className="mt-12">
      <h2 id="tags" className="text-xl font-bold tracking-tight">
        {t('tags')}
      </h2>
      <ul className="mt-3 flex flex-wrap gap-2">
        {tags.map(({ tag }) => (
          <li key={tag} className="max-w-full">
            <Link
              to={paths.explore}
              search={{ tag }}
              className="inline-flex min-h-11 max-w-full items-center rounded-full border border-line px-3.5 text-[0.9375rem] font-medium hover:border-line-strong"
            >
              <bdi className="truncate">#{tag}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <Notice tone="bad" className="mt-8" live>
      <span className="flex flex-wrap items-center gap-3">
        {isProblem(error) && error.code !== 'unreachable' ? t('searchFailed') : t('searchOffline')}
        <Button look="quiet" onClick={onRetry}>
          {t('retry')}
        </Button>
      </span>
    </Notice>
  );
}
