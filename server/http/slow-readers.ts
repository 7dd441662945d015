import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Closes the connection of a client that takes longer than `seconds` to read one answer, even if it reads a little all the
 * time: the rest of the answer stays in our memory until then. The deadline begins when the answer does, so a command may
 * take as long as it needs. A timer looks at all connections, so a request costs nothing.
 */
export function endSlowReaders(server: Server, seconds: number, onEnded: () => void): void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // Looks are counted and not milliseconds: a process that was stopped itself must not blame its clients.
  const looks = new WeakMap<ServerResponse, number>();
  const timer = setInterval(
    () => {
      for (const socket of sockets) {
        const answer = answerOn(socket);
        if (!answer) continue;
        const seen = (looks.get(answer) ?? 0) + 1;
        looks.set(answer, seen);
        if (seen <= looksPerDeadline) continue;
        onEnded();
        socket.destroy();
      }
    },
    (seconds * 1000) / looksPerDeadline,
  ).unref();
  server.once('close', () => clearInterval(timer));
}

/** A connection is closed between one deadline and a tenth more after its answer began. */
const looksPerDeadline = 10;

/** The answer of which the socket still has bytes to send. */
function answerOn(socket: Socket): ServerResponse | null {
  const answer = (socket as Socket & { _httpMessage?: ServerResponse | null })._httpMessage;
  return answer?.headersSent && socket.writableLength > 0 ? answer : null;
}
