import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { EventSale } from './event-sale.ts';

export interface CalendarEntry {
  /** Names the entry for ever: opening a newer file of the same changes the entry and adds none. */
  id: string;
  stamp: Date;
  /** What stands below the opening of the doors. */
  note: string;
  url: string;
}

/**
 * An event as an iCalendar file. Times are in UTC: every calendar shows them in its owner's zone, and no zone
 * table has to travel along. The event's version is the entry's sequence, so that a moved event moves there too.
 */
export function calendarOf(event: EventSale, entry: CalendarEntry, publicUrl: string): string {
  const calendar = ical({
    prodId: { company: 'Admit', product: 'Tickets', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  });
  const doors = event.doorsAt ? `Doors open at ${clockTime(event.doorsAt, event.timeZone)}.\n` : '';
  calendar.createEvent({
    id: `${entry.id}@${new URL(publicUrl).hostname}`,
    sequence: event.version,
    stamp: entry.stamp,
    start: event.startsAt,
    end: event.endsAt,
    summary: oneLine(event.title),
    location: [event.venueName, event.address, event.city].filter(Boolean).map(oneLine).join(', '),
    description: `${doors}${entry.note}`,
    url: entry.url,
    status: event.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}

const clockTime = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(at);

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
