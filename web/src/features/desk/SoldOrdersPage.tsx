import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { Order } from '../../../../contract/orders.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Field } from '../../ui/Field.tsx';
import { Money } from '../../ui/Money.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { chosenOrganisation } from '../organise/chosen.ts';
import { useSettled } from '../organise/use-settled.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { OrderStatus } from '../wallet/OrderStatus.tsx';
import { OrderFilters } from './OrderFilters.tsx';
import { type ChosenFilters, filtersIn, type SearchOfOrders } from './order-filters.ts';
import { soldOrdersQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/orders');

/** Finds an order of an organisation by its number, the buyer's address or a name. */
export function SoldOrdersPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const search = route.useSearch();
  const { org, q = '' } = search;
  const filters = useMemo(() => filtersIn(search), [search]);
  const organisation = chosenOrganisation(me, org);
  useTitle(t('title'));
  if (!organisation) return <SignInFirst next={paths.organise} />;
  return (
    <Subpage
      back={{ to: paths.organise, search: { org: organisation.id } }}
      backText={t('back')}
      title={t('title')}
    >
      <Search organisationId={organisation.id} asked={q} filters={filters} key={organisation.id} />
    </Subpage>
  );
}

function Search({
  organisationId,
  asked,
  filters,
}: {
  organisationId: OrganisationId;
  asked: string;
  filters: ChosenFilters;
}) {
  const router = useRouter();
  const [typed, setTyped] = useState(asked);
  const q = useSettled(typed.trim(), 250);
  // The address keeps the search, so that "back" from an order comes back to it. Somebody who has followed a link before the
  // search settled must not be taken back.
  useEffect(() => {
    if (router.latestLocation.pathname !== paths.soldOrders) return;
    void router.navigate({
      to: paths.soldOrders,
      search: { ...filters, org: organisationId, ...(q && { q }) },
      replace: true,
      resetScroll: false,
    });
  }, [router, organisationId, q, filters]);
  const setFilters = (change: ChosenFilters) =>
    void router.navigate({
      to: paths.soldOrders,
      search: { ...filtersIn({ ...filters, ...change }), org: organisationId, ...(q && { q }) },
      replace: true,
      resetScroll: false,
    });
  const found = useInfiniteQuery(soldOrdersQuery(organisationId, q, filters));
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
      <OrderFilters organisationId={organisationId} chosen={filters} set={setFilters} />
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
        <ul className="mt-6 divide-y divide-line border-y border-line" aria-busy={found.isPlaceholderData}>
          {orders.map((order) => (
            // "Back" leads to what was typed, also if the search for it has not begun.
            <Found
              key={order.id}
              order={order}
              search={{ ...filters, org: organisationId, ...(typed.trim() && { q: typed.trim() }) }}
            />
          ))}
        </ul>
      )}
      <MoreButton of={found}>{t('more')}</MoreButton>
    </>
  );
}

/** `search` leads back here. */
function Found({ order, search }: { order: Order; search: SearchOfOrders }) {
  const { id, number, buyer, event, total, createdAt } = order;
  return (
    <li className="relative flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-4 hover:bg-sunken">
      <div className="min-w-0">
        <h2 className="font-semibold wrap-anywhere">
          <Link
            to={paths.soldOrder}
            params={{ orderId: id }}
            search={search}
            className="after:absolute after:inset-0"
          >
            <bdi>{number}</bdi>
            {buyer.name && (
              <>
                {' · '}
                <bdi>{buyer.name}</bdi>
              </>
            )}
          </Link>
        </h2>
        <p className="text-sm text-muted wrap-anywhere">
          <bdi>{buyer.email}</bdi>
          <br />
          <bdi>{event.title}</bdi> · <When at={createdAt} timeZone={ownTimeZone()} />
        </p>
      </div>
      <p className="flex flex-wrap items-center gap-3">
        <OrderStatus order={order} />
        <strong>
          <Money value={total} free={t('free')} />
        </strong>
      </p>
    </li>
  );
}
