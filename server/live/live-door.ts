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

/** Tells the pages of an event's team that a gate without a network decided in another way than the server. */
export async function tellOfConflict(io: Server, app: App, eventId: EventId): Promise<void> {
  try {
    const organisationId = await organisationOf(app, eventId);
    io.to([`organisation:${organisationId}`, `figures:${eventId}`]).emit('door', {
      about: 'conflicts',
      eventIds: [eventId],
    });
  } catch (error) {
    // The pages read again by themselves within half a minute.
    app.log.debug({ err: error, eventId }, 'the team could not be told of a conflict at the door');
  }
}
