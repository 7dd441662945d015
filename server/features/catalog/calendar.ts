import ICAL from 'ical.js';
import type { Language } from '../../../contract/languages.ts';
import { shownZone } from '../../../contract/zones.ts';
import { memo } from '../../memo.ts';
import type { EventSale } from '../sale/event-sale.ts';

// RFC 5545 allows 75 octets in a line. The library does not count the space with which it begins a continued line.
ICAL.foldLength = 74;

type ShownEvent = Pick<
  EventSale,
  'title' | 'venueName' | 'address' | 'city' | 'version' | 'startsAt' | 'endsAt' | 'status'
>;

interface CalendarEntry {
  /** Identifies the entry for ever: opening a newer file changes the entry instead of adding one. */
  id: string;
  stamp: Date;
  description: string;
  language: Language;
  url: string;
  /** The sender of our mails, `Name <address>`: RFC 5546 wants an organizer for a published or cancelled entry. */
  organizer: string;
  /** CANCEL removes the entry from calendars. */
  method?: 'PUBLISH' | 'CANCEL';
}

/**
 * Makes an iCalendar file of an event. Times are in UTC: every calendar shows them in its owner's zone, and the file
 * needs no zone table. The event's version is the entry's sequence, so that a moved event moves in calendars too.
 */
export function calendarOf(event: ShownEvent, entry: CalendarEntry, publicUrl: string): string {
  const calendar = emptyCalendar(entry.language, entry.method);
  addEntry(calendar, event, entry, publicUrl);
  return `${calendar}\r\n`;
}

/** The same for many events, as a calendar that somebody subscribes to. */
export function calendarOfAll(
  name: string,
  events: { event: ShownEvent; entry: Omit<CalendarEntry, 'language' | 'method'> }[],
  publicUrl: string,
): string {
  const calendar = emptyCalendar('en');
  calendar.addPropertyWithValue('name', oneLine(name));
  // Older calendars know only this name.
  calendar.addPropertyWithValue('x-wr-calname', oneLine(name));
  for (const { event, entry } of events) addEntry(calendar, event, entry, publicUrl);
  return `${calendar}\r\n`;
}

function emptyCalendar(language: Language, method: CalendarEntry['method'] = 'PUBLISH'): ICAL.Component {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', `-//Admit//Tickets//${language.toUpperCase()}`);
  calendar.addPropertyWithValue('method', method);
  return calendar;
}

function addEntry(
  calendar: ICAL.Component,
  event: ShownEvent,
  entry: Omit<CalendarEntry, 'language' | 'method'>,
  publicUrl: string,
): void {
  const { name, email } = organizerOf(entry.organizer);
  const place = [event.venueName, event.address, event.city].filter(Boolean).map(oneLine).join(', ');
  const shown = new ICAL.Component('vevent');
  shown.addPropertyWithValue('uid', `${entry.id}@${new URL(publicUrl).hostname}`);
  shown.addPropertyWithValue('sequence', event.version);
  shown.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(entry.stamp, true));
  shown.addPropertyWithValue('dtstart', ICAL.Time.fromJSDate(event.startsAt, true));
  shown.addPropertyWithValue('dtend', ICAL.Time.fromJSDate(event.endsAt, true));
  shown.addPropertyWithValue('summary', oneLine(event.title));
  if (place) shown.addPropertyWithValue('location', place);
  shown.addPropertyWithValue('description', entry.description.split('\n').map(oneLine).join('\n'));
  shown.addPropertyWithValue('organizer', `mailto:${email}`).setParameter('cn', name);
  shown.addPropertyWithValue('url', entry.url);
  shown.addPropertyWithValue('status', event.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED');
  calendar.addSubcomponent(shown);
}

function organizerOf(from: string): { name: string; email: string } {
  const [, name = '', email = from] = /^(.*?)\s*<(.+)>$/.exec(from) ?? [];
  return { name: oneLine(name.replaceAll('"', '')) || email, email };
}

/** When the doors open, by the venue's clock; null if the organiser has set no time. */
export const doorsTime = ({ doorsAt, timeZone }: EventSale, language: Language): string | null =>
  doorsAt && clockTime(doorsAt, timeZone, language === 'en' ? 'en-GB' : `${language}-u-nu-latn`);

/** All zones in all languages would be about 2,500. */
const clocks = memo<Intl.DateTimeFormat>(3000);

/** Making a format takes as long as using it a hundred times. */
const clockTime = (at: Date, timeZone: string, locale: string) =>
  clocks(
    `${locale} ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(locale, {
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone: shownZone(timeZone),
        timeZoneName: 'short',
      }),
  ).format(at);

/** One line without control characters: RFC 5545 allows none but the tab, and calendars refuse a file with one. */
const oneLine = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
