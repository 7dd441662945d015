import type { Language } from '../../../contract/languages.ts';
import { shownZone } from '../../../contract/zones.ts';
import { memo } from '../../memo.ts';
import type { EventSale } from '../sale/event-sale.ts';

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
export function calendarOf(event: EventSale, entry: CalendarEntry, publicUrl: string): string {
  const { name, email } = organizerOf(entry.organizer);
  const place = [event.venueName, event.address, event.city].filter(Boolean).map(oneLine).join(', ');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Admit//Tickets//${entry.language.toUpperCase()}`,
    `METHOD:${entry.method ?? 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${entry.id}@${new URL(publicUrl).hostname}`,
    `SEQUENCE:${event.version}`,
    `DTSTAMP:${instant(entry.stamp)}`,
    `DTSTART:${instant(event.startsAt)}`,
    `DTEND:${instant(event.endsAt)}`,
    `SUMMARY:${escaped(oneLine(event.title))}`,
    ...(place ? [`LOCATION:${escaped(place)}`] : []),
    `DESCRIPTION:${entry.description.split('\n').map(oneLine).map(escaped).join('\\n')}`,
    `ORGANIZER;CN="${name}":mailto:${email}`,
    `URL;VALUE=URI:${entry.url}`,
    `STATUS:${event.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ];
  return lines.map(folded).join('\r\n');
}

/** A date and time as iCalendar has them: `20310712T180000Z`. */
const instant = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');

const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`);

/** The most octets of a line. The rest follows on lines that begin with a space. */
const lineOctets = 75;

function folded(line: string): string {
  if (Buffer.byteLength(line) <= lineOctets) return line;
  let text = '';
  let octets = 0;
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > lineOctets) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += more;
  }
  return text;
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
