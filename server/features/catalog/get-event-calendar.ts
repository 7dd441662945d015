import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { findEventId } from '../sale/find-event-id.ts';
import { calendarOf, doorsTime } from './calendar.ts';
import { readRemoval } from './removal.ts';

/** Returns an event as a calendar file. No ticket is needed. */
export async function getEventCalendar(
  app: App,
  call: Pick<Call<{ eventId: string }>, 'params'>,
): Promise<Raw> {
  const eventId = await findEventId(app, call.params.eventId);
  const event = eventId && (await readEventSale(app, eventId));
  if (!event || event.status === 'draft') throw new Refused('not_found');
  if (event.status === 'cancelled' && (await readRemoval(app.db, eventId))) throw new Refused('not_found');
  const url = `${app.config.publicUrl}/e/${encodeURIComponent(event.slug)}`;
  const doors = doorsTime(event, 'en');
  const description = doors === null ? url : `Doors open at ${doors}.\n${url}`;
  const entry = {
    id: event.eventId,
    stamp: app.clock.now(),
    description,
    url,
    organizer: app.config.mail.from,
    language: 'en',
  } as const;
  return new Raw(calendarOf(event, entry, app.config.publicUrl), {
    'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
    'content-disposition': contentDisposition('attachment', `${event.title}.ics`),
    'cache-control': 'no-cache',
  });
}
