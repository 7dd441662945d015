import { Refused } from '../../contract/errors.ts';
import type { Event } from '../../contract/events.ts';
import type { App } from '../app.ts';
import { getEvent } from '../features/catalog/get-event.ts';
import type { Raw } from '../http/bind.ts';
import { eventHead } from './event-head.ts';
import { eventScreen } from './event-screen.ts';
import type { MakePage, Page } from './shell.ts';

/** The page of an event by its slug or id, or of its seats; null if the public knows no such event. */
export type EventPage = (slug: string, ofSeats: boolean) => Promise<Page | null>;

/**
 * Creates the pages of events. The catalog returns the same object as long as nothing on the page changes. So each
 * page is made once per version (and when the event sells out or is over), and a request costs as much as the API's
 * answer: one look-up that concurrent requests share.
 */
export function createEventPages(app: App, makePage: MakePage): EventPage {
  const made = new WeakMap<Raw, { event?: Page | null; seats?: Page | null }>();
  return async (slug, ofSeats) => {
    const answer = await findEvent(app, slug);
    if (!answer) return null;
    const pages = made.get(answer) ?? {};
    made.set(answer, pages);
    const kind = ofSeats ? 'seats' : 'event';
    if (pages[kind] === undefined) {
      const event: Event = JSON.parse(String(answer.body));
      const isThere = event.hasSeatMap || !ofSeats;
      const screen = ofSeats ? '' : eventScreen(event);
      pages[kind] = isThere ? makePage(toHead(event, app.config.publicUrl, ofSeats), screen) : null;
    }
    return pages[kind];
  };
}

/** Returns what the public may see: nothing of a draft. */
async function findEvent(app: App, slug: string): Promise<Raw | null> {
  try {
    return await getEvent(app, { params: { eventId: slug }, header: () => undefined });
  } catch (error) {
    if (error instanceof Refused && error.code === 'not_found') return null;
    throw error;
  }
}

/** Preloads what the page shows first, so that it arrives together with the program. */
function toHead(event: Event, publicUrl: string, ofSeats: boolean) {
  const api = `/api/events/${encodeURIComponent(event.slug)}`;
  return {
    ...eventHead(event, publicUrl),
    preloads: [
      { href: api, as: 'fetch' as const },
      { href: `/api/events/${event.id}/availability`, as: 'fetch' as const },
      ...(ofSeats ? [{ href: `${api}/seat-map`, as: 'fetch' as const }] : []),
      ...(event.coverUrl && !ofSeats ? [{ href: event.coverUrl, as: 'image' as const }] : []),
    ],
  };
}
