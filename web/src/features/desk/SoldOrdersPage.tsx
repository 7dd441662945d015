import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Field } from '../../ui/Field.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { chosenOrganisation } from '../organise/chosen.ts';
import { useSettled } from '../organise/use-settled.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { ColumnChoice } from './ColumnChoice.tsx';
import { OrderFilters } from './OrderFilters.tsx';
import { OrdersTable } from './OrdersTable.tsx';
import { filtersIn, type SearchOfOrders } from './order-filters.ts';
import { addressOf, type Shown, shownIn } from './order-views.ts';
import { soldOrdersQuery, viewsQuery } from './queries.ts';
import { SavedLists } from './SavedLists.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/orders');

/** Finds an order of an organisation by its number, the buyer's address or a name. */
export function SoldOrdersPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const search = route.useSearch();
  const organisation = chosenOrganisation(me, search.org);
  useTitle(t('title'));
  if (!organisation) return <SignInFirst next={paths.organise} />;
  return (
    <Subpage
      back={{ to: paths.organise, search: { org: organisation.id } }}
      backText={t('back')}
      title={t('title')}
      isWide
    >
      <Search organisationId={organisation.id} search={search} key={organisation.id} />
    </Subpage>
  );
}

function Search({ organisationId, search }: { organisationId: OrganisationId; search: SearchOfOrders }) {
  const router = useRouter();
  const [typed, setTyped] = useState(search.q ?? '');
  const q = useSettled(typed.trim(), 250);
  const views = useQuery(viewsQuery(organisationId));
  const view = views.data?.find(({ id }) => id === search.view);
  const shown = useMemo(() => shownIn(search, view), [search, view]);
  const { filters, columns } = shown;
  const { q: _q, org: _org, ...asked } = search;
  const go = (next: Omit<SearchOfOrders, 'org' | 'q'>, text: string) =>
    void router.navigate({
      to: paths.soldOrders,
      search: { ...next, org: organisationId, ...(text && { q: text }) },
      replace: true,
      resetScroll: false,
    });
  // The address keeps the search, so that "back" from an order comes back to it. Somebody who has followed a link before the
  // search settled must not be taken back.
  useEffect(() => {
    if (router.latestLocation.pathname !== paths.soldOrders) return;
    const { q: _, ...rest } = router.latestLocation.search as SearchOfOrders;
    void router.navigate({
      to: paths.soldOrders,
      search: { ...rest, org: organisationId, ...(q && { q }) },
      replace: true,
      resetScroll: false,
    });
  }, [router, organisationId, q]);
  const show = (change: Partial<Shown>) => go(addressOf({ ...shown, ...change }, view?.id), q);
  // Without the saved list nobody knows what to ask for.
  const isKnown = !search.view || search.cols !== undefined || !views.isPending;
  const found = useInfiniteQuery({ ...soldOrdersQuery(organisationId, q, filters), enabled: isKnown });
  const orders = found.data?.pages.flatMap(({ items }) => items) ?? [];
  // An answer looks at some thousand orders. If none of them fits, the search goes on.
  const { hasNextPage, isFetching, isError, fetchNextPage } = found;
  const goesOn = orders.length === 0 && hasNextPage;
  useEffect(() => {
    if (goesOn && !isFetching && !isError) void fetchNextPage();
  }, [goesOn, isFetching, isError, fetchNextPage]);
  const isNarrowed = q !== '' || Object.keys(filters).length > 0;
  return (
    <>
      <SavedLists
        organisationId={organisationId}
        views={views.data ?? []}
        view={view}
        shown={shown}
        open={(id) => go(id ? { view: id } : {}, q)}
      />
      {search.view && views.data && !view && (
        <Notice tone="info" live className="mt-4">
          {t('noSuchList')}
        </Notice>
      )}
      <Field
        className="mt-6"
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        maxLength={200}
        label={t('find')}
        value={typed}
        onChange={({ target: { value } }) => setTyped(value)}
      />
      <OrderFilters
        organisationId={organisationId}
        chosen={filters}
        set={(change) => show({ filters: filtersIn({ ...filters, ...change }) })}
      />
      <ColumnChoice chosen={columns} set={(chosen) => show({ columns: chosen })} />
      {found.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(found.error)}
        </Notice>
      )}
      {(found.isPending || (goesOn && !isError)) && <Skeleton className="mt-6 h-64" />}
      <div aria-live="polite">
        {found.data && orders.length === 0 && !goesOn && (
          <p className="mt-8 text-muted">{t(isNarrowed ? 'notFound' : 'empty')}</p>
        )}
      </div>
      {orders.length > 0 && (
        // "Back" leads to what was typed, also if the search for it has not begun.
        <OrdersTable
          orders={orders}
          columns={columns}
          search={{ ...asked, org: organisationId, ...(typed.trim() && { q: typed.trim() }) }}
          isBusy={found.isPlaceholderData}
        />
      )}
      <MoreButton of={found}>{t('more')}</MoreButton>
    </>
  );
}
