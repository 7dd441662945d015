import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Order } from '../../../../contract/orders.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Cover } from '../../ui/Cover.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Guarded } from '../../ui/Guarded.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { placesIn } from '../buy/sale.ts';
import { receivedQuery } from '../transfer/queries.ts';
import { Received, shownOf } from '../transfer/Received.tsx';
import { Waiting } from '../waitlist/Waiting.tsx';
import { EventMark } from './EventNews.tsx';
import { KeptNotice } from './KeptNotice.tsx';
import { OrderStatus } from './OrderStatus.tsx';
import { ordersQuery } from './queries.ts';
import { t } from './words.ts';

export function OrdersPage() {
  useTitle(t('title'));
  const found = useSuspenseInfiniteQuery(ordersQuery);
  const { data } = found;
  const { data: me } = useQuery(meQuery);
  const now = useNowMs(60_000);
  const received = useQuery(receivedQuery);
  // Somebody who only has tickets of other people's orders has tickets. While those are asked for, the page claims nothing.
  const hasNone = !received.isLoading && shownOf(received.data).length === 0;
  const orders = data.pages.flatMap((page) => page.items);
  const ahead = (order: Order) =>
    Date.parse(order.event.endsAt) > now && (order.status === 'confirmed' || order.status === 'pending');
  const upcoming = orders
    .filter(ahead)
    .sort((a, b) => Date.parse(a.event.startsAt) - Date.parse(b.event.startsAt));
  const past = orders.filter((order) => !ahead(order));
  return (
    <div className="page max-w-4xl py-8 sm:py-12">
      <h1 tabIndex={-1} className="text-display font-extrabold">
        {t('title')}
      </h1>
      <KeptNotice at={data.pages[0]?.keptAt} />
      {me?.isGuest && orders.length > 0 && (
        <Notice className="mt-6">
          {t('guestNote')}{' '}
          <Link
            to={paths.signUp}
            search={{ next: paths.orders }}
            className="font-semibold text-accent underline underline-offset-2"
          >
            {t('openAccount')}
          </Link>
        </Notice>
      )}
      {orders.length === 0 && hasNone && (
        <EmptyState
          icon="ticket"
          title={t('none')}
          action={
            <Link to={paths.explore} className={buttonClass()}>
              {t('explore')}
            </Link>
          }
        >
          {t('noneText')}
        </EmptyState>
      )}
      <Waiting />
      <Received when="ahead" now={now} />
      <Group title={t('upcoming')} orders={upcoming} />
      <Group title={t('past')} orders={past} />
      <Received when="past" now={now} />
      <MoreButton of={found} className="mt-8">
        {t('showMore')}
      </MoreButton>
    </div>
  );
}

function Group({ title, orders }: { title: string; orders: Order[] }) {
  if (orders.length === 0) return null;
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{title}</h2>
      <ul className="mt-4 grid grid-cols-1 gap-4">
        {orders.map((order) => (
          <li
            key={order.id}
            className="relative flex flex-wrap gap-4 rounded-3xl border border-line bg-raised p-4 transition-shadow hover:shadow-lift sm:gap-6"
          >
            <Guarded fallback={order.number}>
              <Cover
                src={order.event.coverUrl}
                title={order.event.title}
                className="size-[min(5rem,25vw)] shrink-0 rounded-card sm:h-28 sm:w-42"
              />
              <div className="min-w-0 grow basis-36 self-center">
                <p className="text-sm font-semibold text-accent">
                  <When at={order.event.startsAt} timeZone={order.event.timeZone} withZone />
                </p>
                <h3 className="text-lg font-bold leading-snug tracking-tight">
                  <Link
                    to={paths.order}
                    params={{ orderId: order.id }}
                    className="after:absolute after:inset-0 after:rounded-3xl"
                  >
                    <bdi>{order.event.title}</bdi>
                  </Link>
                </h3>
                <p className="text-muted">
                  {placesIn(order.lines) > 0
                    ? t('places', { count: placesIn(order.lines) })
                    : order.lines.map(({ name }) => name).join('; ')}{' '}
                  · <bdi>{order.event.venueName}</bdi>
                </p>
                <p className="mt-2 flex flex-wrap gap-2">
                  <EventMark order={order} />
                  <OrderStatus order={order} />
                </p>
              </div>
            </Guarded>
          </li>
        ))}
      </ul>
    </section>
  );
}
