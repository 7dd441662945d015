import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Category } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { categories } from './categories.ts';
import { citiesQuery } from './queries.ts';
import { type ExploreSearch, type WhenFilter, whens } from './search.ts';
import { t } from './words.ts';

const route = getRouteApi('/');
const chip =
  'inline-flex min-h-11 items-center whitespace-nowrap rounded-full border border-line px-3.5 text-[0.9375rem] font-medium transition-colors hover:border-line-strong aria-[current=page]:border-ink aria-[current=page]:bg-ink aria-[current=page]:text-paper';

/** Every filter is an address: it can be linked to, shared, and undone with the back button. */
export function Filters() {
  const search = route.useSearch();
  return (
    <div className="mt-6">
      <nav
        aria-label={t('category')}
        className="scroll-plain -mx-4 flex gap-2 overflow-x-auto px-4 py-1 sm:mx-0 sm:flex-wrap sm:px-0"
      >
        <CategoryChip label={t('all')} />
        {(Object.keys(categories) as Category[]).map((category) => (
          <CategoryChip key={category} category={category} label={t(categories[category])} />
        ))}
      </nav>
      <Selects search={search} />
    </div>
  );
}

function CategoryChip({ category, label }: { category?: Category; label: string }) {
  return (
    <Link
      to={paths.explore}
      search={({ category: _, ...rest }: ExploreSearch) => (category ? { ...rest, category } : rest)}
      resetScroll={false}
      activeOptions={{ exact: true }}
      className={chip}
    >
      {label}
    </Link>
  );
}

function Selects({ search }: { search: ExploreSearch }) {
  const navigate = route.useNavigate();
  const { data: known = [] } = useQuery(citiesQuery);
  const [picking, setPicking] = useState(Boolean(search.from || search.to));
  const cities = search.city && !known.includes(search.city) ? [search.city, ...known] : known;
  const set = (change: (old: ExploreSearch) => ExploreSearch) =>
    void navigate({ search: change, resetScroll: false });

  const setWhen = (value: string) => {
    setPicking(value === 'pick');
    set(({ when: _w, from: _f, to: _t, ...rest }) =>
      (whens as readonly string[]).includes(value) ? { ...rest, when: value as WhenFilter } : rest,
    );
  };
  return (
    <div className="mt-3 flex flex-wrap items-end gap-2">
      <Select
        label={t('city')}
        hideLabel
        pill
        className="min-w-28 flex-1 sm:max-w-44"
        value={search.city ?? ''}
        onChange={(event) =>
          set(({ city: _, ...rest }) => (event.target.value ? { ...rest, city: event.target.value } : rest))
        }
      >
        <option value="">{t('anyCity')}</option>
        {cities.map((city) => (
          <option key={city}>{city}</option>
        ))}
      </Select>
      <Select
        label={t('when')}
        hideLabel
        pill
        className="min-w-28 flex-1 sm:max-w-44"
        value={search.when ?? (picking ? 'pick' : '')}
        onChange={(event) => setWhen(event.target.value)}
      >
        <option value="">{t('anyDay')}</option>
        {whens.map((when) => (
          <option key={when} value={when}>
            {t(when)}
          </option>
        ))}
        <option value="pick">{t('pick')}</option>
      </Select>
      {picking &&
        (['from', 'to'] as const).map((end) => (
          <Field
            key={end}
            type="date"
            label={t(end)}
            className="min-w-36 flex-1 sm:max-w-44"
            value={search[end] ?? ''}
            min={end === 'to' ? search.from : undefined}
            onChange={(event) =>
              set(({ [end]: _, when: _w, ...rest }) =>
                event.target.value ? { ...rest, [end]: event.target.value } : rest,
              )
            }
          />
        ))}
      <Select
        label={t('sort')}
        hideLabel
        pill
        className="min-w-24 flex-1 sm:ms-auto sm:max-w-40"
        value={search.sort ?? ''}
        onChange={(event) =>
          set(({ sort: _, ...rest }) =>
            event.target.value ? { ...rest, sort: event.target.value as 'price' | 'newest' } : rest,
          )
        }
      >
        <option value="">{t('byDate')}</option>
        <option value="price">{t('byPrice')}</option>
        <option value="newest">{t('byNewest')}</option>
      </Select>
    </div>
  );
}
