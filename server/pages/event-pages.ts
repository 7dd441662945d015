import { Refused } from '../../contract/errors.ts';
import type { Event } from '../../contract/events.ts';
import { coverSizes } from '../../web/src/ui/cover-set.ts';
import type { App } from '../app.ts';
import { getEvent } from '../features/catalog/get-event.ts';
import type { Raw } from '../http/bind.ts';
import { coverPreload } from './cover.ts';
import { eventHead } from './event-head.ts';
import { eventScreen } from './event-screen.ts';
import { escapeHtml } from './head.ts';
import type { MakePage, Page } from './shell.ts';
import { eventContent } from './without-program.ts';

/** The page of an event by its slug or id, or of its seats; null if the public knows no such event. */
type EventPage = (slug: string, ofSeats: boolean) => Promise<Page | null>;

/**
 * Pages of events. The catalog answers the same object while nothing changes that a page shows, so each page is made once
 * per version (and when the event sells out or is over, or a sale begins or ends). A request for a page costs what the
 * API's answer does: a look-up that all who ask at once share.
 */
export function createEventPages(app: App, makePage: MakePage): EventPage {
  const made = new WeakMap<Raw, { event?: Page | null; seats?: Page | null; untilMs: number }>();
  return async (slug, ofSeats) => {
    const answer = await findEvent(app, slug);
    if (!answer) return null;
    const now = app.clock.now();
    let pages = made.get(answer);
    const kind = ofSeats ? 'seats' : 'event';
    if (!pages || pages[kind] === undefined || now.getTime() >= pages.untilMs) {
      const event: Event = JSON.parse(String(answer.body));
      if (!pages || now.getTime() >= pages.untilMs) pages = { untilMs: nextSaleChange(event, now) };
      made.set(answer, pages);
      const isThere = event.hasSeatMap || !ofSeats;
      const screen = ofSeats ? '' : eventScreen(event);
      pages[kind] = isThere ? makePage(toHead(event, app.config.publicUrl, ofSeats, now), screen) : null;
    }
    return pages[kind] ?? null;
  };
}

/** When the next sale of the event begins or ends, in milliseconds; Infinity where none does any more. */
function nextSaleChange(event: Event, now: Date): number {
  const instants = [event, ...event.ticketTypes].flatMap((each) => [each.saleStartsAt, each.saleEndsAt]);
  const later = instants.map((instant) => Date.parse(instant ?? '')).filter((ms) => ms > now.getTime());
  return Math.min(...later);
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
function toHead(event: Event, publicUrl: string, ofSeats: boolean, now: Date) {
  const api = `/api/events/${encodeURIComponent(event.slug)}`;
  return {
    ...eventHead(event, publicUrl, now),
    content: ofSeats ? `<h1>${escapeHtml(event.title)}</h1>${eventContent(event)}` : eventContent(event),
    preloads: [
      { href: api, as: 'fetch' as const },
      { href: `/api/events/${event.id}/availability`, as: 'fetch' as const },
      ...(ofSeats ? [{ href: `${api}/seat-map`, as: 'fetch' as const }] : []),
      ...(event.coverUrl && !ofSeats ? [coverPreload(event.coverUrl, coverSizes.page)] : []),
    ],
  };
}
