import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const isLong = Symbol('an answer that may take long');

/**
 * Lets a client read an answer for longer than the deadline: the deadline begins again with each 256 KiB that the client
 * has taken. For answers that are made while the client reads, so that little of them is in our memory.
 */
export const allowLongAnswer = (answer: ServerResponse): void =>
  void Object.assign(answer, { [isLong]: true });

/** In the default deadline, this is 17 kbit/s. */
const bytesPerDeadline = 256 * 1024;

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
  /** How much the connection had sent when the deadline of a long answer began. */
  const begun = new WeakMap<ServerResponse, number>();
  const timer = setInterval(
    () => {
      for (const socket of sockets) {
        const answer = answerOn(socket);
        if (!answer) continue;
        const goesOn = isLong in answer && socket.bytesWritten - (begun.get(answer) ?? 0) > bytesPerDeadline;
        if (goesOn) begun.set(answer, socket.bytesWritten);
        const seen = goesOn ? 1 : (looks.get(answer) ?? 0) + 1;
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
