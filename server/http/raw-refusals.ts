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
 * Answers bytes that are no valid HTTP request, or that did not arrive in time, with problem+json, and closes the
 * connection. The rest of the connection can't be used, because nobody knows where the refused request ends.
 */
export function refuseClientError(metrics: Metrics, error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  // If an answer has begun, a second one would be read as a part of it.
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
  // Ends the socket instead of destroying it. Destroying could lose the answer while the client is still sending.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

const lingerMs = 2000;

function codeOf({ code, rawPacket }: ClientError): ErrorCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 'payload_too_large';
  if (code !== 'HPE_HEADER_OVERFLOW') return 'malformed_http';
  // Node counts the URL as part of the headers. The URL is too long if the first line alone fills the space.
  const firstLine = rawPacket?.indexOf('\n') ?? 0;
  return firstLine < 0 || firstLine >= maxHeaderSize ? 'uri_too_long' : 'headers_too_large';
}

/**
 * Answers `Expect: 100-continue` only when the request is known to be allowed (bind.ts), not as soon as its headers
 * arrive. The client waits with its body until then.
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
 * Limits how much of a refused request's body Node reads and throws away. Node reads on so that a client that sends
 * before it listens still gets the answer. A client that continues for more than 5 s or 16 MiB loses its connection.
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
