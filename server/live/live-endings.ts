import type { Server, Socket } from 'socket.io';
import type { App } from '../app.ts';
import { systemClock } from '../clock.ts';
import type { Caller } from '../features/accounts/accounts.ts';
import { jwtExpiryOf } from '../features/accounts/json-web-tokens.ts';
import type { Engine } from './live-admission.ts';

/** A timer can not wait longer (2^31 ms are 24.8 days); a session lasts 30. */
const longestWaitMs = 24 * 86_400_000;
/** How often what waits to be sent is looked at. */
const lookEveryMs = 5000;
/** Messages that may wait for one connection: 20 seconds of an event in a rush. */
const mostWaiting = 200;

/**
 * Gives a connection what is its account's, and ends it with the session or the account: signed out, revoked,
 * suspended, deleted, run out, or with another role than before. The page connects again by itself, as whoever it
 * is then.
 *
 * The rooms are joined before the database is asked whether the session is still there. What ended it earlier, the
 * database says; what ends it later, this process hears.
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
    // A session in use is prolonged once a day, so it is looked at again when it would end.
    timer = setTimeout(lookAgain, Math.min(leftMs, longestWaitMs)).unref();
  };
  // Where the database can not say, the client comes again.
  const lookAgain = () => look().catch(() => socket.disconnect(true));
  await look();
}

/** Ends what this process hears to be over. Returns how to stop listening. */
export function endRevoked(io: Server, app: App): () => void {
  return app.accounts.onRevocation(({ sessionId, userId, accessVersion }) => {
    if (sessionId !== null) io.local.in(`session:${sessionId}`).disconnectSockets(true);
    if (userId === null) return;
    // A change that the connection was made after is no reason to end it.
    for (const id of io.sockets.adapter.rooms.get(`user:${userId}`) ?? []) {
      const socket = io.sockets.sockets.get(id);
      if (socket && (socket.data.caller as Caller).accessVersion < accessVersion) socket.disconnect(true);
    }
  });
}

/**
 * Drops connections that do not take what is sent to them: it would wait in this process's memory for as long as
 * they answer pings. Returns how to stop.
 */
export function dropSlow(engine: Engine, everyMs = lookEveryMs): () => void {
  const timer = setInterval(() => {
    for (const connection of Object.values(engine.clients)) {
      if (connection.writeBuffer.length <= mostWaiting) continue;
      connection.close(true);
      // It would not read the goodbye either, and a WebSocket waits half a minute for the answer to it.
      connection.transport.socket?.terminate?.();
    }
  }, everyMs).unref();
  return () => clearInterval(timer);
}
