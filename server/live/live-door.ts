import type { Server } from 'socket.io';
import * as z from 'zod/mini';
import { type EventId, idSchema } from '../../contract/ids.ts';
import type { App } from '../app.ts';
import { organisationOf } from '../features/sale/organisation-of.ts';

const noticeSchema = z.object({
  about: z.string(),
  organisationId: idSchema('organisation'),
  eventIds: z.array(idSchema('event')),
});

/**
 * Tells the pages of the teams that something at the door has changed: `devices`, or what other triggers name. The pages
 * are in the rooms of their figures (live-figures.ts), and read again what is on them, so the message carries nothing that a
 * role may not see. After a lost connection all pages are told, because notices may be missing.
 */
export const followDoor = (io: Server, { notices }: Pick<App, 'notices'>): Promise<void> =>
  notices.subscribe({
    channel: 'door',
    heard(payload) {
      const { success, data } = noticeSchema.safeParse(JSON.parse(payload));
      if (!success) return;
      const { about, organisationId, eventIds } = data;
      io.to([`organisation:${organisationId}`, ...eventIds.map((id) => `figures:${id}`)]).emit('door', {
        about,
        eventIds,
      });
    },
    async opened() {
      for (const room of io.sockets.adapter.rooms.keys())
        if (room.startsWith('organisation:') || room.startsWith('figures:'))
          io.to(room).emit('door', { about: null, eventIds: [] });
    },
  });

/** The shortest time between two messages about the door of one event. */
const gapMs = 500;

/**
 * Tells the team's pages that something was scanned at the door of an event, or that gates disagree, at once and then twice a second
 * at most. The message has no figures: a page that shows some reads them again.
 */
export function createDoorNews(io: Server, app: App): (eventId: EventId, hasConflict: boolean) => void {
  /** What is waiting to be told, by event. */
  const waiting = new Map<EventId, { has: boolean; hasConflict: boolean }>();
  const send = async (eventId: EventId, hasConflict: boolean) => {
    const rooms = [`organisation:${await organisationOf(app, eventId)}`, `figures:${eventId}`];
    if (rooms.some((room) => io.sockets.adapter.rooms.has(room)))
      io.to(rooms).emit('door', { about: hasConflict ? 'conflicts' : 'scans', eventIds: [eventId] });
  };
  const flush = (eventId: EventId) => {
    const next = waiting.get(eventId);
    if (!next?.has) {
      waiting.delete(eventId);
      return;
    }
    waiting.set(eventId, { has: false, hasConflict: false });
    setTimeout(flush, gapMs, eventId).unref();
    send(eventId, next.hasConflict).catch((error) =>
      app.log.debug({ err: error, eventId }, 'the pages of a team were not told of their door'),
    );
  };
  return (eventId, hasConflict) => {
    const next = waiting.get(eventId);
    waiting.set(eventId, { has: true, hasConflict: hasConflict || (next?.hasConflict ?? false) });
    if (!next) flush(eventId);
  };
}
