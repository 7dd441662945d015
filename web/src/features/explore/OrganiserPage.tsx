import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { addressOf } from '../../../../client/endpoint.ts';
import { getOrganisationCalendar, getOrganisationFeed } from '../../../../client/endpoints.generated.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useTitle } from '../../ui/title.ts';
import { brandStyle } from './brand-style.ts';
import { EventGrid } from './EventGrid.tsx';
import { organiserEventsQuery, organiserQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/o/$organiser');

/** A logo is shown small, so the smallest file of the picture is enough. */
const smallest = (url: string): string => url.replace(/\/1600\b.*/, '/480');

/** All upcoming events of one organiser. */
export function OrganiserPage() {
  const { organiser: ref } = route.useParams();
  const { data: organiser } = useSuspenseQuery(organiserQuery(ref));
  const query = useSuspenseInfiniteQuery(organiserEventsQuery(organiser.id));
  useTitle(organiser.name);
  const params = { organisationId: organiser.slug };
  const events = query.data.pages.flatMap((page) => page.items);
  return (
    <div className="page pb-8 pt-6 sm:pt-10" style={brandStyle(organiser.colors)}>
      {organiser.logoUrl && (
        <img
          src={smallest(organiser.logoUrl)}
          alt=""
          className="mb-4 h-20 w-auto max-w-full object-contain object-left rtl:object-right"
        />
      )}
      <h1 tabIndex={-1} className="text-display font-extrabold">
        <bdi>{organiser.name}</bdi>
      </h1>
      {organiser.about && (
        <p dir="auto" className="mt-4 max-w-2xl whitespace-pre-line wrap-anywhere">
          {organiser.about}
        </p>
      )}
      {organiser.links.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-x-6">
          {organiser.links.map(({ label, url }) => (
            <li key={url} className="wrap-anywhere">
              <a
                href={url}
                rel="noopener"
                className="inline-flex min-h-11 items-center font-semibold text-accent underline"
              >
                <bdi>{label}</bdi>
              </a>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-2 flex flex-wrap gap-x-6 text-sm text-muted">
        <a
          href={addressOf(getOrganisationCalendar, { params })}
          className="inline-flex min-h-11 items-center underline"
        >
          {t('calendarFeed')}
        </a>
        <a
          href={addressOf(getOrganisationFeed, { params })}
          className="inline-flex min-h-11 items-center underline"
        >
          {t('jsonFeed')}
        </a>
      </p>
      {events.length === 0 ? (
        <EmptyState
          icon="calendar"
          title={t('organiserNone')}
          action={
            <Link to={paths.explore} className={buttonClass('quiet')}>
              {t('seeAll')}
            </Link>
          }
        >
          {t('organiserNoneText')}
        </EmptyState>
      ) : (
        <section aria-labelledby="events" className="mt-6">
          <h2 id="events" className="sr-only">
            {t('eventsOf', { name: organiser.name })}
          </h2>
          <p className="text-sm text-muted">
            {query.hasNextPage
              ? t('resultsMore', { count: events.length })
              : t('results', { count: events.length })}
          </p>
          <EventGrid
            events={events}
            more={
              query.hasNextPage
                ? { loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }
                : null
            }
          />
        </section>
      )}
    </div>
  );
}
