import { minorDigits } from '../../contract/currencies.ts';
import type { MovedFrom } from '../../contract/event-cancellations.ts';
import type { Event } from '../../contract/events.ts';
import { formatMoney, type Money } from '../../contract/money.ts';
import { placeLine } from '../../contract/place.ts';
import { shownZone } from '../../contract/zones.ts';
import { toPlainText, toRichText } from '../features/catalog/rich-text.ts';
import { previewOf } from './cover.ts';
import type { Head } from './head.ts';

/** The head of an event's page. `publicUrl` is the public address, without a trailing slash. */
export function eventHead(event: Event, publicUrl: string, now: Date): Head {
  const canonical = `${publicUrl}${eventPath(event.slug)}`;
  const imageUrl = previewOf(event.coverUrl, publicUrl);
  return {
    title: event.status === 'cancelled' ? `Cancelled: ${event.title}` : event.title,
    description: describe(event),
    canonical,
    imageUrl,
    imageAlt: event.coverAlt,
    data: eventData(event, canonical, imageUrl, now),
  };
}

export const eventPath = (slug: string): string => `/e/${encodeURIComponent(slug)}`;
/** The dates of a series of an organiser. */
export const seriesPath = (organiser: string, slug: string): string =>
  `/o/${encodeURIComponent(organiser)}/${encodeURIComponent(slug)}`;
/** Where a person without JavaScript chooses tickets of an event (plain/). */
export const buyPath = (slug: string): string => `${eventPath(slug)}/buy`;

/** When, where and the lowest price first, then the summary, because link previews show only the beginning. */
function describe(event: Event): string {
  const { venue, startsAt, timeZone } = event;
  const when = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: shownZone(timeZone),
  });
  return shorten(
    [
      stateOf(event),
      `${placeLine(when.format(new Date(startsAt)), venue.name, venue.city)}.`,
      isOnSale(event) && event.priceFrom && `${priceText(event.priceFrom)}.`,
      event.summary || toPlainText(toRichText(event.description)),
    ]
      .filter(Boolean)
      .join(' '),
    250,
  );
}

/** Why an event sells nothing; null if it may. */
export function stateOf(event: Pick<Event, 'status' | 'soldOut'>): string | null {
  if (event.status === 'cancelled') return 'Cancelled.';
  if (event.status === 'over') return 'Over.';
  return event.soldOut ? 'Sold out.' : null;
}

const isOnSale = (event: Event) => event.status === 'published' && !event.soldOut;
const priceText = (from: Money) => (from.amount === 0 ? 'Free' : `From ${formatMoney(from, 'en-GB')}`);

/** Shortens a text to at most this many characters, at the end of a word. */
function shorten(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  return `${line
    .slice(0, most)
    .replace(/\s\S*$/, '')
    .toWellFormed()} …`;
}

/** https://schema.org/Event, with the members that search engines want. */
function eventData(event: Event, url: string, imageUrl: string | null, now: Date): object {
  const { timeZone } = event;
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.title,
    url,
    description: shorten(event.summary || toPlainText(toRichText(event.description)) || event.title, 500),
    startDate: localTime(event.startsAt, timeZone),
    endDate: localTime(event.endsAt, timeZone),
    ...(event.doorsAt && { doorTime: localTime(event.doorsAt, timeZone) }),
    eventStatus: `https://schema.org/${planOf(event)}`,
    ...(isRescheduled(event) && {
      previousStartDate: localTime(event.movedFrom.startsAt, event.movedFrom.timeZone),
    }),
    eventAttendanceMode: `https://schema.org/${attendanceModes[event.attendance]}EventAttendanceMode`,
    ...(imageUrl && { image: [imageUrl] }),
    location: locationOf(event, url),
    ...(event.tags.length > 0 && { keywords: event.tags.join(', ') }),
    organizer: { '@type': 'Organization', name: event.organisation.name },
    ...(event.series && { superEvent: { '@type': 'EventSeries', name: event.series.name } }),
    ...(event.status === 'published' && { offers: offersOf(event, url, now) }),
  };
}

const attendanceModes = { 'in-person': 'Offline', online: 'Online', mixed: 'Mixed' } as const;

/** The page of an online event stands for its place, because the link is told to holders only. */
function locationOf({ venue, attendance }: Event, url: string): object {
  const { latitude, longitude } = venue;
  const online = { '@type': 'VirtualLocation', url };
  if (attendance === 'online') return online;
  const place = {
    '@type': 'Place',
    name: venue.name,
    address: {
      '@type': 'PostalAddress',
      ...(venue.address && { streetAddress: venue.address }),
      addressLocality: venue.city,
      addressCountry: venue.country,
    },
    ...(latitude !== null &&
      longitude !== null && { geo: { '@type': 'GeoCoordinates', latitude, longitude } }),
  };
  return attendance === 'mixed' ? [place, online] : place;
}

/** https://schema.org/EventStatusType. A new place alone is no new date. */
function planOf(event: Event): 'EventCancelled' | 'EventRescheduled' | 'EventScheduled' {
  if (event.status === 'cancelled') return 'EventCancelled';
  return isRescheduled(event) ? 'EventRescheduled' : 'EventScheduled';
}

const isRescheduled = (event: Event): event is Event & { movedFrom: MovedFrom } =>
  event.movedFrom !== null && event.movedFrom.startsAt !== event.startsAt;

/** An event that is over or cancelled has no offers. */
function offersOf(event: Event, url: string, now: Date): object[] {
  return event.ticketTypes.map((type) => {
    // The sale of a type is open while that of the event is open too.
    const from =
      [type.saleStartsAt, event.saleStartsAt].filter(isSaid).sort(inTime).at(-1) ?? event.publishedAt;
    const until = [type.saleEndsAt, event.saleEndsAt].filter(isSaid).sort(inTime)[0] ?? null;
    return {
      '@type': 'Offer',
      name: type.name,
      url,
      price: (type.price.amount / 10 ** minorDigits(type.price.currency)).toFixed(
        minorDigits(type.price.currency),
      ),
      priceCurrency: type.price.currency,
      availability: `https://schema.org/${availabilityOf(event, from, until, now)}`,
      ...(from && { validFrom: localTime(from, event.timeZone) }),
      ...(until && { validThrough: localTime(until, event.timeZone) }),
    };
  });
}

const isSaid = (instant: string | null): instant is string => instant !== null;
const inTime = (a: string, b: string) => Date.parse(a) - Date.parse(b);

/** https://schema.org/ItemAvailability. A sale that has not begun is not sold out, whatever was given away before. */
function availabilityOf(event: Event, from: string | null, until: string | null, now: Date): string {
  if (from !== null && now < new Date(from)) return 'PreOrder';
  if (event.soldOut) return 'SoldOut';
  return until !== null && now >= new Date(until) ? 'OutOfStock' : 'InStock';
}

/** An instant in the event's local time with its offset: `2027-07-12T20:00:00+02:00`. */
export function localTime(instant: string, timeZone: string): string {
  const { year, month, day, hour, minute, second, timeZoneName } = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone: shownZone(timeZone),
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    })
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  ) as Record<string, string>;
  const offset = timeZoneName === 'GMT' ? '+00:00' : (timeZoneName as string).slice(3);
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
}
