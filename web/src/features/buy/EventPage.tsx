import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { placeLine } from '../../../../contract/place.ts';
import { rememberLink } from '../../api/source.ts';
import { paths } from '../../paths.ts';
import { Cover } from '../../ui/Cover.tsx';
import { coverSizes } from '../../ui/cover-set.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { formatWhen, When } from '../../ui/When.tsx';
import { firstScreen } from './first-screen.ts';
import { reportVisit } from './held.ts';
import { AddToCalendar, ShareButton } from './Keep.tsx';
import { Policy } from './Policy.tsx';
import { eventQuery } from './queries.ts';
import { RichTextView } from './RichTextView.tsx';
import { TicketPanel } from './TicketPanel.tsx';
import { useSeen } from './use-seen.ts';
import { t } from './words.ts';

const route = getRouteApi('/e/$slug');
const SimilarEvents = lazy(() => import('./SimilarEvents.tsx'));
const lookMs = 3000;

export function EventPage() {
  const { slug } = route.useParams();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  useTitle(event.title);
  useLook(event.id);
  return (
    <EventArticle event={event} panel={<TicketPanel event={event} />} after={<Similar event={event} />}>
      <div className="-ms-3 mt-4 flex flex-wrap gap-x-2">
        <AddToCalendar event={event} />
        <ShareButton title={event.title} />
      </div>
    </EventArticle>
  );
}

interface ArticleProps {
  event: Event;
  /** Where tickets are chosen. */
  panel: ReactNode;
  children?: ReactNode;
  after?: ReactNode;
}

/** What an event's page says. A preview shows it too (features/editor). */
export function EventArticle({ event, panel, children, after }: ArticleProps) {
  return (
    <article className={firstScreen.page}>
      <div className={firstScreen.frame}>
        <Cover
          src={event.coverUrl}
          sizes={coverSizes.page}
          alt={event.coverAlt}
          title={event.title}
          eager
          className={firstScreen.cover}
        />
      </div>
      {/* On a phone the tickets come before the long text; on a desktop they stand beside all of it. */}
      <div className={firstScreen.columns}>
        <header>
          <h1 tabIndex={-1} className={firstScreen.title}>
            <bdi>{event.title}</bdi>
          </h1>
          {event.summary && (
            <p className={firstScreen.summary}>
              <bdi>{event.summary}</bdi>
            </p>
          )}
          <Facts event={event} />
          {children}
        </header>
        <aside aria-label={t('tickets')} className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <div className="lg:sticky lg:top-24">{panel}</div>
        </aside>
        <About event={event} />
      </div>
      {after}
    </article>
  );
}

function Facts({ event }: { event: Event }) {
  const { venue } = event;
  const query = encodeURIComponent(placeLine(venue.name, venue.address, venue.city));
  return (
    <dl className="mt-8 grid gap-5">
      <Fact icon="calendar" term={t('whenAndWhere')}>
        <p className="font-semibold">
          <When at={event.startsAt} timeZone={event.timeZone} format="long" withZone />
        </p>
        <p className="text-muted">{hoursOf(event)}</p>
        <Before event={event} />
        <OwnTime event={event} />
      </Fact>
      <Fact icon="pin" term={t('map')}>
        <p className="font-semibold">
          <bdi>{venue.name}</bdi>
        </p>
        <p className="text-muted">
          <bdi>{placeLine(venue.address, venue.city)}</bdi>
        </p>
        {event.attendance !== 'in-person' && <p className="font-semibold">{t(event.attendance)}</p>}
        {query && (
          <a
            href={`https://www.openstreetmap.org/search?query=${query}`}
            target="_blank"
            rel="noreferrer"
            className="inline-block py-1 font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('map')}
          </a>
        )}
      </Fact>
    </dl>
  );
}

/** When the doors open and when it ends. The end has a date if it is not on the same evening. */
function hoursOf({ doorsAt, startsAt, endsAt, timeZone }: Event): string {
  const sameEvening = Date.parse(endsAt) - Date.parse(startsAt) < 18 * 3_600_000;
  const end = t('until', { time: formatWhen(endsAt, timeZone, sameEvening ? 'time' : 'short', startsAt) });
  return doorsAt ? `${t('doors', { time: formatWhen(doorsAt, timeZone, 'time') })} · ${end}` : end;
}

/** Where and when a moved event would have been. */
function Before({ event: { movedFrom } }: { event: Event }) {
  if (!movedFrom) return null;
  const { startsAt, timeZone, venueName, city } = movedFrom;
  const place = placeLine(venueName, city) || t('online');
  return (
    <p className="text-warn">{t('movedBefore', { when: formatWhen(startsAt, timeZone, 'long'), place })}</p>
  );
}

/** The start in the reader's own zone, if it differs. */
function OwnTime({ event: { startsAt, timeZone } }: { event: Event }) {
  const own = formatWhen(startsAt, ownTimeZone());
  if (own === formatWhen(startsAt, timeZone)) return null;
  return <p className="text-muted">{t('yourTime', { when: own })}</p>;
}

function Fact({ icon, term, children }: { icon: IconName; term: string; children: ReactNode }) {
  return (
    <div className="flex gap-4">
      <dt className="grid size-12 shrink-0 place-items-center rounded-field bg-sunken text-accent">
        <Icon name={icon} size={22} />
        <span className="sr-only">{term}</span>
      </dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function About({ event }: { event: Event }) {
  return (
    <div className="max-w-2xl">
      {event.about.length > 0 && (
        <section>
          <h2 className="text-2xl font-bold tracking-tight">{t('about')}</h2>
          <RichTextView text={event.about} />
        </section>
      )}
      <section className="mt-10 border-t border-line pt-8">
        <h2 className="font-bold">{t('policy')}</h2>
        <Policy event={event} />
        <h2 className="mt-6 font-bold">{t('organiser')}</h2>
        <Link
          to={paths.organiser}
          params={{ organiser: event.organisation.slug }}
          className="mt-1 inline-block py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          <bdi>{t('seeOrganiser', { name: event.organisation.name })}</bdi>
        </Link>
      </section>
    </div>
  );
}

/** Loaded with its code when the reader scrolls near it. */
function Similar({ event }: { event: Event }) {
  const { ref, seen } = useSeen('600px');
  return (
    <div ref={ref} className="page min-h-px">
      {seen && (
        <Suspense>
          <SimilarEvents event={event} />
        </Suspense>
      )}
    </div>
  );
}

/** Counts a view after some seconds on the page. */
function useLook(eventId: Event['id']): void {
  useEffect(() => {
    rememberLink(eventId);
    const timer = setTimeout(() => {
      void reportVisit(eventId, 'view');
    }, lookMs);
    return () => clearTimeout(timer);
  }, [eventId]);
}
