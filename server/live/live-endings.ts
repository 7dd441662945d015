import type { Server, Socket } from 'socket.io';
import type { App } from '../app.ts';
import { systemClock } from '../clock.ts';
import type { Caller } from '../features/accounts/accounts.ts';
import { jwtExpiryOf } from '../features/accounts/json-web-tokens.ts';
import type { Engine } from './live-admission.ts';

/** The longest wait of a timer (2^31 ms are 24.8 days). A session lasts 30 days. */
const longestWaitMs = 24 * 86_400_000;
/** How often the send queues are checked. */
const lookEveryMs = 5000;
/** Maximum number of queued messages per connection: 20 seconds of an event in a rush. */
const mostWaiting = 200;

/**
 * Joins a connection to its account's rooms, and closes it when the session or the account ends: signed out, revoked,
 * suspended, deleted, expired, or given another role. The page then reconnects by itself with its present rights.
 *
 * It joins the rooms before it asks the database whether the session still exists. So the database reports an earlier
 * end, and this process hears of a later one.
 */
export async function joinAccount(app: App, socket: Socket, caller: Caller): Promise<void> {
  socket.data.caller = caller;
  await socket.join([`session:${caller.sessionId}`, `user:${caller.userId}`]);
  const tokenEndsMs = jwtExpiryOf(socket.handshake.headers.authorization) ?? Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  socket.once('disconnect', () => clearTimeout(timer));
  const look = async (): Promise<void> => {
    const session = await app.accounts.findSession(caller.sessionId);
    const leftMs = Math.min(session?.expiresAt.getTime() ?? 0, tokenEndsMs) - systemClock.now().getTime();
    const isSame = session?.caller.accessVersion === caller.accessVersion && !session.suspended;
    if (!isSame || leftMs <= 0) return void socket.disconnect(true);
    if (!socket.connected) return;
    // A session in use is prolonged once a day, so it is checked again at its expected end.
    timer = setTimeout(lookAgain, Math.min(leftMs, longestWaitMs)).unref();
  };
  // If the database can't answer, the client must reconnect.
  const lookAgain = () => look().catch(() => socket.disconnect(true));
  await look();
}

/**
 * Closes the connections of sessions and accounts that this process hears have ended. Returns a function that stops
 * it.
 */
export function endRevoked(io: Server, app: App): () => void {
  return app.accounts.onRevocation(({ sessionId, userId, accessVersion }) => {
    if (sessionId !== null) io.local.in(`session:${sessionId}`).disconnectSockets(true);
    if (userId === null) return;
    // A connection that was made after the change already has the new rights.
    for (const id of io.sockets.adapter.rooms.get(`user:${userId}`) ?? []) {
      const socket = io.sockets.sockets.get(id);
      if (socket && (socket.data.caller as Caller).accessVersion < accessVersion) socket.disconnect(true);
    }
  });
}

/**
 * Drops connections that do not read their messages. Otherwise their messages would stay in this process's memory for
 * as long as they answer pings. Returns a function that stops it.
 */
export function dropSlow(engine: Engine, everyMs = lookEveryMs): () => void {
  const timer = setInterval(() => {
    for (const connection of Object.values(engine.clients)) {
      if (connection.writeBuffer.length <= mostWaiting) continue;
      connection.close(true);
      // The client would not read a goodbye either, and a WebSocket waits half a minute for the answer to it.
      connection.transport.socket?.terminate?.();
    }
  }, everyMs).unref();
  return () => clearInterval(timer);
}
