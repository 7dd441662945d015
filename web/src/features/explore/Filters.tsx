import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Category } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { categories } from './categories.ts';
import { formatKm } from './EventCard.tsx';
import { type FilterProps, filterDetails } from './filter-props.ts';
import { NearMe } from './NearMe.tsx';
import { PriceFilter } from './PriceFilter.tsx';
import { filtersQuery } from './queries.ts';
import { type ExploreSearch, radiiKm, type Sort, type WhenFilter, whens } from './search.ts';
import { t } from './words.ts';

const route = getRouteApi('/');
const chip =
  'inline-flex min-h-11 items-center whitespace-nowrap rounded-full border border-line px-3.5 text-[0.9375rem] font-medium transition-colors hover:border-line-strong aria-[current=page]:border-ink aria-[current=page]:bg-ink aria-[current=page]:text-paper';
const pill = 'min-w-28 flex-1 sm:max-w-44';

/** The filters. Each is part of the address, so it can be linked, shared, and undone with Back. */
export function Filters() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set: FilterProps['set'] = (change) => void navigate({ search: change, resetScroll: false });
  return (
    <div className="mt-6">
      {search.tag && <ChosenTag tag={search.tag} />}
      <nav
        aria-label={t('category')}
        className="scroll-plain page-bleed flex gap-2 overflow-x-auto py-1 sm:mx-0 sm:flex-wrap sm:px-0"
      >
        <CategoryChip label={t('all')} />
        {(Object.keys(categories) as Category[]).map((category) => (
          <CategoryChip key={category} category={category} label={t(categories[category])} />
        ))}
      </nav>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset lays out its children in its own way */}
      <div role="group" aria-label={t('filters')} className="mt-3 flex flex-wrap items-end gap-2">
        <NearMe search={search} set={set} />
        <PlaceFilter search={search} set={set} />
        <WhenFields search={search} set={set} />
        <PriceFilter search={search} set={set} />
        <SortFilter search={search} set={set} />
      </div>
    </div>
  );
}

/** The tag whose events are listed, with a link that lists those without it too. */
function ChosenTag({ tag }: { tag: string }) {
  return (
    <Link
      to={paths.explore}
      search={({ tag: _, ...rest }: ExploreSearch) => rest}
      resetScroll={false}
      aria-label={t('dropFilter', { filter: tag })}
      className={`${chip} mb-2 max-w-full gap-2`}
    >
      <bdi className="truncate">#{tag}</bdi>
      <Icon name="cross" size={16} />
    </Link>
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

/** Filters by city, or by distance from the reader. */
function PlaceFilter({ search, set }: FilterProps) {
  const { data } = useQuery(filtersQuery);
  const known = data?.cities.map(({ city }) => city) ?? [];
  const cities = [...new Set([...(search.city ? [search.city] : []), ...known])].sort((a, b) =>
    a.localeCompare(b),
  );
  if (search.near) {
    return (
      <Select
        label={t('within')}
        hideLabel
        pill
        className={pill}
        value={search.km ?? radiiKm[0]}
        onChange={(event) => set((old) => ({ ...old, km: Number(event.target.value) }))}
      >
        {radiiKm
          .toSorted((a, b) => a - b)
          .map((km) => (
            <option key={km} value={km}>
              {formatKm(km)}
            </option>
          ))}
      </Select>
    );
  }
  return (
    <Select
      label={t('city')}
      hideLabel
      pill
      className={pill}
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
  );
}

function WhenFields({ search, set }: FilterProps) {
  const [picking, setPicking] = useState(Boolean(search.from || search.to));
  const picked = picking || search.from !== undefined || search.to !== undefined;
  const setWhen = (value: string) => {
    setPicking(value === 'pick');
    set(({ when: _w, from: _f, to: _t, ...rest }) =>
      (whens as readonly string[]).includes(value) ? { ...rest, when: value as WhenFilter } : rest,
    );
  };
  return (
    <>
      <Select
        label={t('when')}
        hideLabel
        pill
        className={pill}
        value={search.when ?? (picked ? 'pick' : '')}
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
      {picked && (
        <div className={filterDetails}>
          {(['from', 'to'] as const).map((end) => (
            <Field
              key={end}
              type="date"
              label={t(end)}
              className="min-w-0 flex-1 sm:w-44 sm:flex-none"
              value={search[end] ?? ''}
              min={end === 'to' ? search.from : undefined}
              onChange={(event) =>
                set(({ [end]: _, when: _w, ...rest }) =>
                  event.target.value ? { ...rest, [end]: event.target.value } : rest,
                )
              }
            />
          ))}
        </div>
      )}
    </>
  );
}

function SortFilter({ search, set }: FilterProps) {
  const usual: Sort = search.near ? 'distance' : 'date';
  const names = { date: t('byDate'), price: t('byPrice'), newest: t('byNewest'), distance: t('byDistance') };
  const sorts: Sort[] = search.near ? ['distance', 'date', 'price', 'newest'] : ['date', 'price', 'newest'];
  const chosen = search.sort && sorts.includes(search.sort) ? search.sort : usual;
  return (
    <Select
      label={t('sort')}
      hideLabel
      pill
      className="min-w-24 flex-1 sm:ms-auto sm:max-w-40"
      value={chosen}
      onChange={(event) =>
        set(({ sort: _, ...rest }) => {
          const sort = event.target.value as Sort;
          return sort === usual ? rest : { ...rest, sort };
        })
      }
    >
      {sorts.map((sort) => (
        <option key={sort} value={sort}>
          {names[sort]}
        </option>
      ))}
    </Select>
  );
}
