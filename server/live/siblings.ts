import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Server as LiveServer } from 'socket.io';
import type { Sibling } from '../processes.ts';

/**
 * Brings each request of a polling connection to the process that has the connection. Processes that share a port get
 * connections in turn, so no balancer can do this. The id of a connection begins with the id of its process, and each process
 * listens for the others on a socket in their folder.
 */
export function shareConnections(http: Server, io: LiveServer, { id, folder }: Sibling): () => void {
  (io.engine as unknown as { generateId(): string }).generateId = () =>
    `${id}.${randomBytes(15).toString('base64url')}`;
  const pathOf = (sibling: string) => join(folder, `${sibling}.sock`);
  const ownerOf = ({ url = '' }: IncomingMessage) => {
    const [, owner] = /^\/socket\.io\/.*[?&]sid=(\d+)\./.exec(url) ?? [];
    return owner === id ? undefined : owner;
  };
  const side = createServer();
  for (const sign of ['request', 'upgrade'])
    side.on(sign, (...given: unknown[]) => void http.emit(sign, ...given));
  // Alone: another process would get connections in turn here, too.
  side.listen({ path: pathOf(id), exclusive: true });
  side.unref();

  intercept(http, 'request', (request: IncomingMessage, response: ServerResponse) => {
    const owner = ownerOf(request);
    if (owner === undefined) return false;
    forward(request, response, pathOf(owner)).catch(() => {
      // The process is gone. So says Socket.IO of a connection that it does not have, and clients open another.
      if (response.headersSent) response.destroy();
      else response.writeHead(400, { 'content-type': 'application/json' }).end(unknownSid);
    });
    return true;
  });
  intercept(http, 'upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const owner = ownerOf(request);
    if (owner === undefined) return false;
    const other = connect(pathOf(owner));
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    other.write(`${lines.join('\r\n')}\r\n\r\n`);
    other.write(head);
    for (const [from, to] of [
      [socket, other],
      [other, socket],
    ] as const) {
      from.pipe(to);
      from.once('error', () => to.destroy());
      from.once('close', () => to.destroy());
    }
    return true;
  });
  return () => void side.close();
}

const unknownSid = '{"code":1,"message":"Session ID unknown"}';
/** More than Socket.IO takes from a client. */
const mostBytes = 4096;

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  socketPath: string,
): Promise<void> {
  // The whole body first: the other process may answer and close before the last part of a body in parts is written.
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part);
    if (Buffer.concat(parts).length > mostBytes) throw new Error('this is no packet of a client');
  }
  const { method, url: path, headers: given } = request;
  const { 'transfer-encoding': _, connection: __, ...headers } = given;
  const body = Buffer.concat(parts);
  // A connection of its own, because it ends with the client's.
  const asked = ask({
    socketPath,
    agent: false,
    method,
    path,
    headers: { ...headers, 'content-length': String(body.length) },
  });
  // Also after the answer has begun, when nobody waits for it any more.
  asked.on('error', () => {});
  response.once('close', () => asked.destroy());
  asked.end(body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, response);
}

/** Gives an event of the server to its listeners only if `takes` does not take it. */
function intercept<A extends unknown[]>(http: Server, sign: string, takes: (...given: A) => boolean): void {
  const listeners = http.listeners(sign);
  http.removeAllListeners(sign);
  http.on(sign, (...given: unknown[]) => {
    if (takes(...(given as A))) return;
    for (const listen of listeners) listen.call(http, ...given);
  });
}
