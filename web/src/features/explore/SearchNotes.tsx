import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReadAs as Read } from '../../../../contract/read-as.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { ExploreSearch } from './search.ts';
import { t } from './words.ts';

const route = getRouteApi('/');

/** The words that were taken for filters, each a press away from being dropped. */
export function ReadAs({ readAs }: { readAs: Read[] }) {
  const search = route.useSearch();
  if (readAs.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-wrap gap-2">
      {readAs.map(({ words, as }) => (
        <li key={words}>
          <Link
            to={paths.explore}
            search={without(search, words)}
            resetScroll={false}
            aria-label={t('dropFilter', { filter: t(as) })}
            className="inline-flex min-h-11 items-center gap-2 rounded-full border border-line px-3.5 text-[0.9375rem] font-medium text-ink hover:border-line-strong"
          >
            {t(as)}
            <Icon name="cross" size={16} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The search without some of its words. */
function without({ q = '', ...rest }: ExploreSearch, words: string): ExploreSearch {
  const left = ` ${q.split(/\s+/u).join(' ')} `.replace(` ${words} `, ' ').trim();
  return left ? { ...rest, q: left } : rest;
}

/** Prices are compared in one currency: says how many events are not shown because they are sold in another. */
export function OtherCurrencies({ count }: { count: number }) {
  const { min: _n, max: _x, currency, ...rest } = route.useSearch();
  return (
    <Notice className="mt-4">
      <span className="flex flex-wrap items-center gap-3">
        {t('otherCurrencies', { count, currency: currency ?? '' })}
        <Link to={paths.explore} search={rest} resetScroll={false} className={buttonClass('quiet')}>
          {t('showAnyPrice')}
        </Link>
      </span>
    </Notice>
  );
}
