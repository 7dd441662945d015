import { Refused } from '../../contract/errors.ts';
import type { EventSummary } from '../../contract/events.ts';
import type { Series } from '../../contract/series.ts';
import type { App } from '../app.ts';
import { getSeries } from '../features/catalog/get-series.ts';
import { previewOf } from './cover.ts';
import { eventPath, localTime, seriesPath } from './event-head.ts';
import type { Head } from './head.ts';
import { organiserPath } from './organiser-pages.ts';
import type { MakePage, Page } from './shell.ts';
import { listContent } from './without-program.ts';

const keptMs = 10_000;

/** Creates the page of a series; null if the public knows none. It is cached as an organiser's page is, and beside it. */
export function createSeriesPages(
  app: App,
  makePage: MakePage,
): (organiser: string, series: string) => Promise<Page | null> {
  const kept = app.caches.organiserPages;
  return (organiser, series) => {
    const key = `${organiser}/${series}`;
    const nowMs = app.clock.now().getTime();
    const known = kept.get(key);
    if (known && known.untilMs > nowMs) return known.page;
    const page = readHead(app, organiser, series).then((head) => head && makePage(head));
    const forget = () => kept.get(key)?.page === page && kept.forget(key);
    page.then((found) => found ?? forget(), forget);
    kept.put(key, { untilMs: nowMs + keptMs, page });
    return page;
  };
}

async function readHead(app: App, organisationId: string, slug: string): Promise<Head | null> {
  try {
    const series = await getSeries(app, { params: { organisationId, series: slug } });
    const api = `/api/organisers/${encodeURIComponent(organisationId)}/series/${encodeURIComponent(slug)}`;
    return {
      ...seriesHead(series, app.config.publicUrl),
      content: listContent(series.name, series.items),
      preloads: [{ href: api, as: 'fetch' }],
    };
  } catch (error) {
    if (error instanceof Refused && error.code === 'not_found') return null;
    throw error;
  }
}

function seriesHead({ name, slug, organisation, items }: Series, publicUrl: string): Head {
  const canonical = `${publicUrl}${seriesPath(organisation.slug, slug)}`;
  const [cover = null] = items.flatMap(({ coverUrl }) => coverUrl ?? []);
  const [first] = items;
  const last = items.at(-1);
  const cities = [...new Set(items.flatMap(({ venue }) => venue.city || []))].slice(0, 5).join(', ');
  return {
    title: `${name} · ${organisation.name}`,
    description: [`${name}: ${items.length === 1 ? 'one date' : `${items.length} dates`}`, cities]
      .filter(Boolean)
      .join(', '),
    canonical,
    imageUrl: previewOf(cover, publicUrl),
    data: {
      '@context': 'https://schema.org',
      '@type': 'EventSeries',
      name,
      url: canonical,
      ...(first && { startDate: localTime(first.startsAt, first.timeZone) }),
      ...(last && { endDate: localTime(last.endsAt, last.timeZone) }),
      organizer: {
        '@type': 'Organization',
        name: organisation.name,
        url: `${publicUrl}${organiserPath(organisation.slug)}`,
      },
      ...(items.length > 0 && { subEvent: items.map((event) => subEvent(event, publicUrl)) }),
    },
  };
}

const subEvent = (
  { title, slug, status, startsAt, endsAt, timeZone, venue }: EventSummary,
  publicUrl: string,
) => ({
  '@type': 'Event',
  name: title,
  url: `${publicUrl}${eventPath(slug)}`,
  startDate: localTime(startsAt, timeZone),
  endDate: localTime(endsAt, timeZone),
  eventStatus: `https://schema.org/${status === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
  location: venue.name
    ? {
        '@type': 'Place',
        name: venue.name,
        address: {
          '@type': 'PostalAddress',
          addressLocality: venue.city,
          addressCountry: venue.country,
        },
      }
    : { '@type': 'VirtualLocation', url: `${publicUrl}${eventPath(slug)}` },
});
