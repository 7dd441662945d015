import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getSeries } from '../../../../client/endpoints.generated.ts';
import type { EventSummary } from '../../../../contract/events.ts';
import { placeLine } from '../../../../contract/place.ts';
import { shownZone } from '../../../../contract/zones.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { backLink } from '../../ui/back-link.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { locale } from '../../ui/language.ts';
import { Money } from '../../ui/Money.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { t as sayPass } from '../passes/words.ts';
import { t } from './words.ts';

const route = getRouteApi('/o/$organiser/$series');

const seriesQuery = (organisationId: string, series: string) =>
  queryOptions({
    queryKey: ['series', organisationId, series],
    queryFn: ({ signal }) => call(getSeries, { params: { organisationId, series }, signal }),
    staleTime: 30_000,
  });

/** All dates of a series that are not over, by month. */
export function SeriesPage() {
  const { organiser, series: slug } = route.useParams();
  const { data: series } = useSuspenseQuery(seriesQuery(organiser, slug));
  useTitle(series.name);
  const months = Map.groupBy(series.items, monthOf);
  return (
    <div className="page max-w-3xl pb-8 pt-6 sm:pt-10">
      <Link to={paths.organiser} params={{ organiser: series.organisation.slug }} className={backLink}>
        <Icon name="left" size={18} />
        <bdi>{series.organisation.name}</bdi>
      </Link>
      <h1 tabIndex={-1} className="mt-2 text-title font-extrabold">
        <bdi>{series.name}</bdi>
      </h1>
      <p className="mt-2 text-muted">{t('dates', { count: series.items.length })}</p>
      {series.items.length === 0 && <EmptyState icon="calendar" title={t('none')} />}
      {series.passes.length > 0 && (
        <section className="mt-8">
          <h2 className="text-xl font-bold tracking-tight">{sayPass('passes')}</h2>
          <ul className="mt-3 grid gap-3">
            {series.passes.map((pass) => (
              <li key={pass.id}>
                <PassRow pass={pass} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {[...months].map(([month, events]) => (
        <section key={month} className="mt-8">
          <h2 className="text-xl font-bold tracking-tight">{month}</h2>
          <ul className="mt-3 grid gap-3">
            {events.map((event) => (
              <li key={event.id}>
                <DateRow event={event} name={series.name} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function DateRow({ event, name }: { event: EventSummary; name: string }) {
  const state = event.status === 'cancelled' ? t('cancelled') : event.soldOut ? t('soldOut') : null;
  return (
    <Link
      to={paths.event}
      params={{ slug: event.slug }}
      className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 rounded-card border border-line bg-raised p-4 hover:border-line-strong"
    >
      <span className="min-w-0">
        <span className="block font-semibold">
          <When at={event.startsAt} timeZone={event.timeZone} withZone />
        </span>
        <span className="block text-muted">
          {event.title !== name && (
            <>
              <bdi>{event.title}</bdi> ·{' '}
            </>
          )}
          <bdi>{placeLine(event.venue.name, event.venue.city)}</bdi>
        </span>
      </span>
      {state ? (
        <span className="font-semibold text-muted">{state}</span>
      ) : (
        event.priceFrom && <Money value={event.priceFrom} free={t('free')} />
      )}
    </Link>
  );
}

function PassRow({ pass }: { pass: EventSummary }) {
  return (
    <Link
      to={paths.event}
      params={{ slug: pass.slug }}
      className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 rounded-card border border-line bg-raised p-4 hover:border-line-strong"
    >
      <span className="min-w-0 font-semibold wrap-anywhere">
        <bdi>{pass.title}</bdi>
      </span>
      {pass.soldOut ? (
        <span className="font-semibold text-muted">{t('soldOut')}</span>
      ) : (
        pass.priceFrom && <Money value={pass.priceFrom} free={t('free')} />
      )}
    </Link>
  );
}

const monthOf = ({ startsAt, timeZone }: EventSummary): string =>
  new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric', timeZone: shownZone(timeZone) }).format(
    new Date(startsAt),
  );
