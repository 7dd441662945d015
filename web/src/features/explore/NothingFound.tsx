import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { locale } from '../../ui/language.ts';
import { categories } from './categories.ts';
import { EventShelf } from './EventShelf.tsx';
import { trendingQuery } from './queries.ts';
import { type ExploreSearch, radiiKm } from './search.ts';
import { t } from './words.ts';

/** Shows the filters of a search without results, each with a button that removes it, and the trending events. */
export function NothingFound({ search }: { search: ExploreSearch }) {
  const { data: trending = [] } = useQuery(trendingQuery);
  const widest = Math.max(...radiiKm);
  return (
    <>
      <EmptyState
        icon="search"
        title={search.q ? t('noneFor', { words: search.q }) : t('noneTitle')}
        action={
          <>
            {search.near && search.km !== widest && (
              <Link to={paths.explore} search={{ ...search, km: widest }} className={buttonClass()}>
                {t('lookWithin', { km: widest })}
              </Link>
            )}
            <Link to={paths.explore} className={buttonClass('quiet')}>
              {t('clear')}
            </Link>
          </>
        }
      >
        <p>{t('noneText')}</p>
        <ul className="mt-4 flex flex-wrap justify-center gap-2">
          {partsOf(search).map(({ name, without }) => (
            <li key={name}>
              <Link
                to={paths.explore}
                search={without}
                resetScroll={false}
                aria-label={t('dropFilter', { filter: name })}
                className="inline-flex min-h-11 items-center gap-2 rounded-full border border-line px-3.5 text-[0.9375rem] font-medium text-ink hover:border-line-strong"
              >
                <bdi>{name}</bdi>
                <Icon name="cross" size={16} />
              </Link>
            </li>
          ))}
        </ul>
      </EmptyState>
      {trending.length > 0 && (
        <EventShelf title={t('trending')} items={trending.map((event) => ({ event }))} />
      )}
    </>
  );
}

/** Each filter's name, with the search without it. */
function partsOf(search: ExploreSearch): { name: string; without: ExploreSearch }[] {
  const parts: { name: string; without: ExploreSearch }[] = [];
  const { q, category, city, near, km, when, from, to, min, max, currency } = search;
  const rest = (...keys: (keyof ExploreSearch)[]): ExploreSearch =>
    Object.fromEntries(Object.entries(search).filter(([key]) => !keys.includes(key as keyof ExploreSearch)));
  if (q) parts.push({ name: `“${q}”`, without: rest('q') });
  if (category) parts.push({ name: t(categories[category]), without: rest('category') });
  if (city) parts.push({ name: city, without: rest('city') });
  if (near) parts.push({ name: t('nearWithin', { km: km ?? radiiKm[0] }), without: rest('near', 'km') });
  if (when) parts.push({ name: t(when), without: rest('when') });
  if (from || to) {
    const days = [from, to].map((day) => (day ? formatDay(day) : '…')).join(' – ');
    parts.push({ name: days, without: rest('from', 'to') });
  }
  if (max === 0) parts.push({ name: t('free'), without: rest('max', 'min', 'currency') });
  else if (currency && (min !== undefined || max !== undefined)) {
    const name = `${min ?? 0} – ${max ?? '…'} ${currency}`;
    parts.push({ name, without: rest('min', 'max', 'currency') });
  }
  return parts;
}

const formatDay = (day: string): string =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00Z`),
  );
