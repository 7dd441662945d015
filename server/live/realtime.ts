import { randomInt } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Server, type Socket } from 'socket.io';
import { livePath } from '../../contract/addresses.ts';
import type { AvailabilityDelta } from '../../contract/holds.ts';
import { type MessageOf, type MessageType, messageTypes } from '../../contract/messages.ts';
import type { App } from '../app.ts';
import { startWatching } from '../features/waiting-room/note-watching.ts';
import { showQueue } from '../features/waiting-room/waiting-room.ts';
import { admitConnections, type Engine } from './live-admission.ts';
import { createDoorNews, followDoor } from './live-door.ts';
import { dropSlow, endRevoked, joinAccount } from './live-endings.ts';
import { followFigures, joinFigures } from './live-figures.ts';
import { shareConnections } from './siblings.ts';

/** The minimum time between two messages to a room: about ten messages a second. */
const gapMs = 100;
/** Maximum number of events that one connection may watch. */
const maxEvents = 20;

/**
 * The live channel. Clients only listen. The handshake's query names the events to watch, and a signed-in client also
 * gets messages about their own orders. The rooms are `event:{id}`, `user:{id}` and `session:{id}`; the last one
 * exists to close a session's connections. The query may also name an organisation, to hear that its figures have changed
 * (live-figures.ts) and what happens at its doors (live-door.ts). That ends with the role, because every change of a role closes the account's connections
 * (live-endings.ts).
 */
export async function startRealtime(http: FastifyInstance, app: App): Promise<void> {
  const io = new Server(http.server, {
    path: livePath,
    serveClient: false,
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: 1024,
    // For a connection's first packet, and for the change from polling to a WebSocket.
    connectTimeout: 10_000,
    upgradeTimeout: 10_000,
    cors: { origin: app.config.corsOrigins.length > 0 ? app.config.corsOrigins : false },
  });
  const stops = app.config.sibling ? [shareConnections(http.server, io, app.config.sibling)] : [];
  const engine = io.engine as unknown as Engine;
  const admittedBy = admitConnections(engine, app, http.drain);
  stops.push(endRevoked(io, app), dropSlow(engine));
  io.on('connection', (socket) => {
    // A client that sends anything is disconnected.
    socket.onAny(() => socket.disconnect(true));
    for (const eventId of eventsOf(socket)) void socket.join(`event:${eventId}`);
    const caller = admittedBy(socket.request)?.caller;
    if (!caller) return;
    const joined = Promise.all([joinAccount(app, socket, caller), joinFigures(app, socket, caller)]);
    joined.catch((error) => {
      app.log.debug({ err: error }, 'a live connection could not be told whether its session lasts');
      // Clients reconnect by themselves, and the database may answer then.
      socket.disconnect(true);
    });
  });
  const watching = startWatching(app);
  stops.push(
    app.rooms.signs.follow((eventId, userId) => {
      const of = io.sockets.adapter.rooms;
      const pages = of.get(`event:${eventId}`);
      return [...(of.get(`user:${userId}`) ?? [])].some((id) => pages?.has(id));
    }),
    () => void watching.stop(),
    app.rooms.onChange((room) => {
      if (room.mode !== 'off') io.to(`event:${room.event_id}`).emit('queue', showQueue(room));
    }),
  );
  await followFigures(io, app);
  await followDoor(io, app);
  const tellDoor = createDoorNews(io, app);
  const coalesce = createCoalescer((delta) => io.to(`event:${delta.eventId}`).emit('availability', delta));
  // Every process with live connections serves its own. So only processes with the role `realtime` have this sink.
  await app.relay.addSink({
    name: 'live',
    topics: ['ticket_availability', 'order_events', 'event_changes', 'door_events'],
    cursor: 'process',
    deliver(messages) {
      for (const { type, data } of messages) {
        if (type === 'admit.availability.changed.v1') coalesce(toDelta(data));
        else if (topicOf(type) === 'door_events') tellDoor(data.eventId, conflictNews.includes(type));
        else if (type === 'admit.event.cancelled.v1' || type === 'admit.event.moved.v1')
          io.to(`event:${data.eventId}`).emit('event', { type, eventId: data.eventId });
        else if (type === 'admit.waitlist.offered.v1')
          io.to(`user:${data.buyerId}`).emit('offer', { entryId: data.entryId, eventId: data.eventId });
        else if ('buyerId' in data)
          io.to(`user:${data.buyerId}`).emit('order', { type, orderId: data.orderId });
      }
    },
  });
  // Each connection goes at another time, so that the other processes do not get all of them at once.
  http.drain.onBegin((lastsMs) => {
    for (const socket of io.sockets.sockets.values())
      setTimeout(() => socket.disconnect(true), lastsMs * (0.2 + randomInt(700) / 1000)).unref();
  });
  // Not io.close(), which would also close the HTTP server and wait for every connection in the wrong order.
  http.addHook('preClose', async () => {
    for (const stop of stops) stop();
    io.disconnectSockets(true);
    io.engine.close();
  });
}

const topicOf = (type: MessageType) => messageTypes[type].topic;
const conflictNews: readonly MessageType[] = ['admit.ticket.doubled.v1', 'admit.scan.questioned.v1'];

/** What the public gets: not how many places were locked and how many of them sold. */
const toDelta = ({ changes: _, placed: __, ...delta }: MessageOf<'admit.availability.changed.v1'>['data']) =>
  delta;

function eventsOf(socket: Socket): string[] {
  const { event } = socket.handshake.query;
  const ids = Array.isArray(event) ? event : [event ?? ''];
  return ids.filter((id) => /^evt_[0-9A-Z]{26}$/.test(id)).slice(0, maxEvents);
}

/**
 * Sends the first change at once, and merges the changes of the next tenth of a second into one message. So a
 * stampede costs each watcher ten messages a second and not ten thousand.
 */
export function createCoalescer(
  send: (delta: AvailabilityDelta) => void,
): (delta: AvailabilityDelta) => void {
  const waiting = new Map<string, AvailabilityDelta | null>();
  const flush = (eventId: string) => {
    const delta = waiting.get(eventId);
    if (!delta) {
      waiting.delete(eventId);
      return;
    }
    waiting.set(eventId, null);
    send(delta);
    setTimeout(flush, gapMs, eventId).unref();
  };
  return (delta) => {
    const earlier = waiting.get(delta.eventId);
    if (earlier === undefined) {
      waiting.set(delta.eventId, delta);
      flush(delta.eventId);
      return;
    }
    waiting.set(delta.eventId, earlier ? merge(earlier, delta) : delta);
  };
}

/** Merges two changes. The later state of a seat wins. */
export function merge(earlier: AvailabilityDelta, later: AvailabilityDelta): AvailabilityDelta {
  const freed = new Set(earlier.freed);
  const taken = new Set(earlier.taken);
  for (const seat of later.freed) {
    taken.delete(seat);
    freed.add(seat);
  }
  for (const seat of later.taken) {
    freed.delete(seat);
    taken.add(seat);
  }
  return { ...later, from: earlier.from, freed: [...freed], taken: [...taken] };
}
