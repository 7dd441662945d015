import { Refused } from '../../contract/errors.ts';
import { listEventsQuery } from '../../contract/event-search.ts';
import type { EventSummary } from '../../contract/events.ts';
import type { App } from '../app.ts';
import { getOrganiser } from '../features/catalog/get-organiser.ts';
import { listEvents } from '../features/catalog/list-events.ts';
import { previewOf } from './cover.ts';
import { eventPath } from './event-head.ts';
import type { Head } from './head.ts';
import type { MakePage, Page } from './shell.ts';
import { listContent } from './without-program.ts';

const keptMs = 10_000;
/** As many as the page requests first (web/src/features/explore/queries.ts). */
const listedFirst = 24;

export const organiserPath = (slug: string): string => `/o/${encodeURIComponent(slug)}`;

/**
 * Creates the page of an organiser by slug or id; null if the public knows no such organiser. It caches a page for
 * ten seconds and makes it once for all concurrent requests. It does not cache unknown organisers, so that invented
 * names can't fill the memory.
 */
export function createOrganiserPages(app: App, makePage: MakePage): (ref: string) => Promise<Page | null> {
  const kept = app.caches.organiserPages;
  return (ref) => {
    const nowMs = app.clock.now().getTime();
    const known = kept.get(ref);
    if (known && known.untilMs > nowMs) return known.page;
    const page = readHead(app, ref).then((head) => head && makePage(head));
    const forget = () => kept.get(ref)?.page === page && kept.forget(ref);
    page.then((found) => found ?? forget(), forget);
    kept.put(ref, { untilMs: nowMs + keptMs, page });
    return page;
  };
}

async function readHead(app: App, ref: string): Promise<Head | null> {
  try {
    const organiser = await getOrganiser(app, { params: { organisationId: ref } });
    const query = listEventsQuery.parse({ organisation: organiser.id, limit: listedFirst });
    const { items } = await listEvents(app, { query });
    return {
      ...organiserHead(organiser, items, app.config.publicUrl),
      content: listContent(organiser.name, items),
      preloads: [
        { href: `/api/organisers/${encodeURIComponent(ref)}`, as: 'fetch' },
        { href: `/api/events?organisation=${organiser.id}&limit=${listedFirst}`, as: 'fetch' },
      ],
    };
  } catch (error) {
    if (error instanceof Refused && error.code === 'not_found') return null;
    throw error;
  }
}

/** The head of an organiser's page, with the upcoming events, soonest first. */
function organiserHead(
  { name, slug }: { name: string; slug: string },
  events: EventSummary[],
  publicUrl: string,
): Head {
  const canonical = `${publicUrl}${organiserPath(slug)}`;
  const feeds = `${publicUrl}/api/organisations/${encodeURIComponent(slug)}`;
  const [cover = null] = events.flatMap(({ coverUrl }) => coverUrl ?? []);
  const imageUrl = previewOf(cover, publicUrl);
  return {
    title: name,
    description: describe(name, events),
    canonical,
    imageUrl,
    alternates: [
      { type: 'text/calendar', href: `${feeds}/calendar.ics` },
      { type: 'application/feed+json', href: `${feeds}/feed.json` },
    ],
    data: {
      '@context': 'https://schema.org',
      '@type': 'Organization',
      name,
      url: canonical,
      ...(events.length > 0 && {
        event: events.map(({ title, slug: of, startsAt }) => ({
          '@type': 'Event',
          name: title,
          startDate: startsAt,
          url: `${publicUrl}${eventPath(of)}`,
        })),
      }),
    },
  };
}

/** The next events by name, because link previews show only the beginning. */
function describe(name: string, events: EventSummary[]): string {
  if (events.length === 0) return `${name} has no events coming up.`;
  const next = events
    .slice(0, 3)
    .map(({ title, venue }) => (venue.city ? `${title} (${venue.city})` : title));
  return `Coming up: ${next.join(', ')}${events.length > next.length ? ' and more' : ''}. Tickets from ${name}.`;
}
