import type { Server, Socket } from 'socket.io';
import * as z from 'zod/mini';
import { idSchema } from '../../contract/ids.ts';
import { may } from '../../contract/team-roles.ts';
import type { App } from '../app.ts';
import type { Caller } from '../features/accounts/accounts.ts';
import { readLiveCounters } from '../features/dashboard/live-counters.ts';
import { readMembership } from '../features/organisations/team.ts';

const noticeSchema = z.object({ eventId: idSchema('event'), organisationId: idSchema('organisation') });
const askedSchema = idSchema('organisation');

/** Joins a connection to the rooms of the organisation that its handshake names, if the caller may read its figures. */
export async function joinFigures(app: App, socket: Socket, caller: Caller): Promise<void> {
  const asked = askedSchema.safeParse(socket.handshake.query.organisation);
  if (!asked.success) return;
  const member = await readMembership(app, caller, asked.data);
  if (!member || !may(member.role, 'figures.read')) return;
  if (member.events === null) await socket.join(`organisation:${asked.data}`);
  else await socket.join(member.events.map((eventId) => `figures:${eventId}`));
}

/**
 * Tells the teams when the figures of their events have changed. The sink that counts tells every process by a notice of
 * PostgreSQL. The message carries the live counters, so a page moves before it has read all figures again. After a lost
 * connection all readers are told, because notices may be missing.
 */
export const followFigures = (io: Server, app: Pick<App, 'notices' | 'db' | 'counters'>): Promise<void> =>
  app.notices.subscribe({
    channel: 'figures',
    heard(payload) {
      const { success, data } = noticeSchema.safeParse(JSON.parse(payload));
      if (!success) return;
      const { eventId, organisationId } = data;
      const rooms = [`organisation:${organisationId}`, `figures:${eventId}`];
      if (!rooms.some((room) => io.sockets.adapter.rooms.has(room))) return;
      // Without counters a page reads the figures all the same.
      void readLiveCounters(app, eventId)
        .catch(() => null)
        .then((counters) => io.to(rooms).emit('figures', { eventId, counters }));
    },
    async opened() {
      for (const room of io.sockets.adapter.rooms.keys())
        if (room.startsWith('organisation:') || room.startsWith('figures:'))
          io.to(room).emit('figures', { eventId: null, counters: null });
    },
  });
