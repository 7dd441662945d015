import {
  type IncomingMessage,
  maxHeaderSize,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Socket } from 'node:net';
import { type ErrorCode, errorTable } from '../../contract/errors.ts';
import { largeBodyBytes } from '../../contract/operation.ts';
import type { Metrics } from '../metrics.ts';
import { toProblem } from './send-error.ts';

/** An error of Node's HTTP parser, before there is a request. */
interface ClientError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/**
 * Answers what is no valid HTTP request, or did not arrive in time, as problem+json, and closes the connection: what
 * else is on it can't be told apart from the rest of the refused request.
 */
export function refuseClientError(metrics: Metrics, error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  // The answer has begun already: another one would be read as a part of it.
  const answering = (socket as Socket & { _httpMessage?: ServerResponse | null })._httpMessage;
  if (!socket.writable || answering?.headersSent) {
    socket.destroy(error);
    return;
  }
  const code = codeOf(error);
  const { status } = errorTable[code];
  metrics.refusals.inc({ code });
  const body = JSON.stringify(toProblem(code));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  // Not destroyed at once, which could take the answer from a client that is still sending.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

const lingerMs = 2000;

function codeOf({ code, rawPacket }: ClientError): ErrorCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 'payload_too_large';
  if (code !== 'HPE_HEADER_OVERFLOW') return 'malformed_http';
  // Node counts the address among the headers: the address is too long where the first line fills the space by itself.
  const firstLine = rawPacket?.indexOf('\n') ?? 0;
  return firstLine < 0 || firstLine >= maxHeaderSize ? 'uri_too_long' : 'headers_too_large';
}

/**
 * A client that sends `Expect: 100-continue` waits with its body until it is told to go on. It is told so once the
 * request is known to be allowed (http.ts), not as soon as its headers are there.
 */
export function awaitBodies(server: Server, metrics: Metrics): void {
  server.on('checkContinue', (request, response) => server.emit('request', request, response));
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    metrics.refusals.inc({ code: 'expectation_failed' });
    const body = JSON.stringify(toProblem('expectation_failed'));
    response.writeHead(errorTable.expectation_failed.status, {
      'content-length': Buffer.byteLength(body),
      'content-type': 'application/problem+json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    });
    response.end(body);
  });
}

const mostDiscarded = 16 * 1024 * 1024;
const discardChecks = 20;
const discardCheckMs = 250;

/**
 * Node reads and throws away what is left of a body after its request was refused, so that the client, which may be
 * sending before it listens, gets to read the answer. This bounds it: a client that goes on for longer than 5 s or with
 * more than 16 MiB loses its connection.
 */
export function boundDiscarding(request: IncomingMessage): void {
  const { socket, headers } = request;
  const isShort =
    headers['transfer-encoding'] === undefined && !(Number(headers['content-length']) > largeBodyBytes);
  if (isShort || request.complete) return;
  const from = socket.bytesRead;
  let checks = 0;
  const timer = setInterval(() => {
    const isOver = request.complete || socket.destroyed;
    const isTooMuch = ++checks >= discardChecks || socket.bytesRead - from > mostDiscarded;
    if (isOver || isTooMuch) clearInterval(timer);
    if (!isOver && isTooMuch) socket.destroy();
  }, discardCheckMs);
  timer.unref();
}
