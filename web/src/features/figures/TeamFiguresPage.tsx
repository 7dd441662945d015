import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganisationDashboard } from '../../../../contract/dashboard.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { When } from '../../ui/When.tsx';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { Bar } from './Breakdown.tsx';
import { LiveMark } from './LiveMark.tsx';
import { teamFiguresQuery } from './queries.ts';
import { SalesChart } from './SalesChart.tsx';
import { formatCount, Places, Revenue } from './Tiles.tsx';
import { useFiguresNews } from './use-figures-news.ts';
import { t } from './words.ts';

/** The figures of all events of an organisation. */
export function TeamFiguresPage() {
  return (
    <OrganisationPage title={t('title')}>{({ id }) => <Figures organisationId={id} />}</OrganisationPage>
  );
}

function Figures({ organisationId }: { organisationId: OrganisationId }) {
  const isLive = useFiguresNews(organisationId);
  const { data, error } = useQuery(teamFiguresQuery(organisationId, isLive));
  if (error)
    return (
      <Notice tone="bad" live className="mt-4">
        {sayProblem(error)}
      </Notice>
    );
  if (!data) return <Skeleton className="mt-6 h-96" />;
  if (data.events.length === 0)
    return (
      <EmptyState icon="calendar" title={t('noEvents')}>
        {t('noEventsText')}
      </EmptyState>
    );
  return (
    <>
      <LiveMark isLive={isLive} counting={data.unsettled.counting} />
      <Places counts={data.counts} />
      <Events events={data.events} />
      {data.sales.map(({ currency, ...sales }) => (
        <section key={currency} className="mt-10">
          <h2 className="text-xl font-bold tracking-tight">{t('salesOf', { currency })}</h2>
          <SalesChart sales={{ ...sales, onSaleAt: null }} comparison={null} timeZone="UTC" />
        </section>
      ))}
      {data.revenue.map((revenue) => (
        <section key={revenue.gross.currency} className="mt-10">
          <h2 className="text-xl font-bold tracking-tight">
            {t('revenueOf', { currency: revenue.gross.currency })}
          </h2>
          <Revenue revenue={revenue} />
        </section>
      ))}
    </>
  );
}

function Events({ events }: Pick<OrganisationDashboard, 'events'>) {
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('events')}</h2>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {events.map((event) => (
          <li key={event.eventId} className="relative py-3">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <Link
                to={paths.eventFigures}
                params={{ eventId: event.eventId }}
                className="min-w-0 font-semibold wrap-anywhere after:absolute after:inset-0"
              >
                <bdi>{event.title}</bdi>
              </Link>
              <bdi className="font-semibold numeric wrap-anywhere">{formatMoney(event.revenue.gross)}</bdi>
            </div>
            <p className="flex flex-wrap justify-between gap-x-4 text-sm text-muted numeric">
              <When at={event.startsAt} timeZone={event.timeZone} />
              <span>
                {t('soldOf', { sold: formatCount(event.sold), capacity: formatCount(event.capacity) })}
              </span>
            </p>
            <Bar share={event.capacity === 0 ? 0 : event.sold / event.capacity} />
          </li>
        ))}
      </ul>
    </section>
  );
}
