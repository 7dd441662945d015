import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import { type ErrorCode, errorTable, Refused } from '../../contract/errors.ts';
import type { App } from '../app.ts';
import { isDatabaseUnavailable } from '../data/database-trouble.ts';
import type { Caller } from '../features/accounts/accounts.ts';
import { clientAddressOf } from '../http/client-address.ts';
import type { Drain } from '../http/drain.ts';
import { networkOf } from '../http/networks.ts';
import { pageOriginOf } from '../http/origins.ts';
import { refuseOver } from '../http/rate-limits.ts';

/**
 * Limits of open connections per network and per account in this process. A whole venue may be behind one address,
 * and a person has several tabs and devices. A refused page polls instead, so a full budget costs its readers some
 * seconds and nothing else.
 */
const liveLimits = { ofNetwork: 1000, ofAccount: 20, handshakesPerMinute: 1200 } as const;
/** How long a refused page should wait. */
const retryAfterSeconds = 30;

/** The owner of a connection, as known when it was admitted. */
interface Admitted {
  network: string;
  caller: Caller | null;
}

/** The parts of Engine.IO's server that admission needs. Its own types declare them as `any`. */
export interface Engine {
  use(middleware: (request: IncomingMessage, response: ServerResponse, next: () => void) => void): void;
  on(event: 'connection', listener: (connection: EngineConnection) => void): void;
  clients: Record<string, EngineConnection>;
}
interface EngineConnection {
  request: IncomingMessage;
  writeBuffer: unknown[];
  /** The WebSocket, if the connection uses one. */
  transport: { socket?: { terminate?(): void } };
  close(discard?: boolean): void;
  once(event: 'close', listener: () => void): void;
}

/**
 * Decides which live connections are allowed: from our own pages and from programs, within the budgets. It checks
 * every request of the channel, including upgrades and polls. It returns what it learned about a handshake.
 */
export function admitConnections(
  engine: Engine,
  app: App,
  drain: Drain,
): (request: IncomingMessage) => Admitted | undefined {
  const factor = app.config.rateLimitFactor;
  const scaled = (limit: number) => Math.max(1, Math.round(limit * factor));
  const networks = createBudget(scaled(liveLimits.ofNetwork));
  const accounts = createBudget(scaled(liveLimits.ofAccount));
  const handshakes = app.rateLimits.open('handshakes', { max: liveLimits.handshakesPerMinute, seconds: 60 });
  const admitted = new WeakMap<IncomingMessage, Admitted>();

  async function admit(request: IncomingMessage): Promise<Admitted> {
    const network = networkOf(clientAddressOf(request, app.config.trustedProxies));
    await refuseOver(handshakes(network));
    if (networks.isFull(network)) throw new Refused('rate_limited', { retryAfterSeconds });
    const caller = await callerOf(app, request);
    if (caller && accounts.isFull(caller.userId)) throw new Refused('rate_limited', { retryAfterSeconds });
    return { network, caller };
  }

  engine.use((request, response, next) => {
    const refuse = (error: unknown) => answer(app, request, response, error);
    // Browsers need no permission to open a WebSocket to another site, so the server must check the Origin.
    if (isForeign(app, request)) return refuse(new Refused('origin_not_allowed'));
    // An open connection was admitted before. Its `sid` is a secret.
    if (new URL(request.url ?? '', 'http://localhost').searchParams.has('sid')) return next();
    if (drain.sendsElsewhere(request)) return refuse(new Refused('unavailable'));
    // Without this listener, a socket that breaks while it waits for its upgrade would end the process.
    const ignore = () => {};
    request.socket.on('error', ignore);
    admit(request)
      .then((found) => {
        admitted.set(request, found);
        if (!request.socket.destroyed) next();
      }, refuse)
      .finally(() => request.socket.off('error', ignore));
  });
  engine.on('connection', (connection) => {
    const found = admitted.get(connection.request);
    // Concurrent handshakes all passed the first check. Counting again here enforces the limits.
    if (!found || !networks.take(found.network)) return connection.close(true);
    connection.once('close', () => networks.giveBack(found.network));
    const account = found.caller?.userId;
    if (account === undefined) return;
    if (!accounts.take(account)) return connection.close(true);
    connection.once('close', () => accounts.giveBack(account));
  });
  return (request) => admitted.get(request);
}

/** Pages of CORS_ORIGINS may connect like programs: without a cookie. */
function isForeign(app: App, { headers }: IncomingMessage): boolean {
  const from = pageOriginOf(app, headers);
  const site = headers['sec-fetch-site'];
  return from === 'foreign' || (from !== 'listed' && (site === 'cross-site' || site === 'same-site'));
}

/**
 * Finds who opens the connection; null for strangers and suspended accounts. A cookie counts only if the browser says
 * that it sends it for one of our pages.
 */
async function callerOf(app: App, { headers }: IncomingMessage): Promise<Caller | null> {
  const from = pageOriginOf(app, headers);
  const isOurs = from === 'own' || (from === 'none' && headers['sec-fetch-site'] === 'same-origin');
  const cookie = isOurs ? headers.cookie : undefined;
  try {
    return (await app.accounts.identify({ cookie, authorization: headers.authorization }))?.caller ?? null;
  } catch (error) {
    if (error instanceof Refused && error.code === 'suspended') return null;
    throw error;
  }
}

function createBudget(most: number) {
  const counts = new Map<string, number>();
  const isFull = (key: string) => (counts.get(key) ?? 0) >= most;
  return {
    isFull,
    take(key: string): boolean {
      if (isFull(key)) return false;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return true;
    },
    giveBack(key: string): void {
      const left = (counts.get(key) ?? 0) - 1;
      if (left > 0) counts.set(key, left);
      else counts.delete(key);
    },
  };
}

/**
 * Sends a refusal in the usual form. Node can't write an upgrade's response, so this writes it as text to the socket.
 */
function answer(app: App, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const refused = error instanceof Refused ? error : new Refused(codeOf(error));
  const { status, title, retryable } = errorTable[refused.code];
  if (refused.code === 'internal') app.log.error({ err: error }, 'a live connection could not be opened');
  app.metrics.refusals.inc({ code: refused.code });
  const { code } = refused;
  const body = JSON.stringify({
    type: `urn:admit:problem:${code}`,
    title,
    status,
    code,
    retryable,
    ...refused.members,
  });
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  if (retryable) headers['retry-after'] = String(refused.members.retryAfterSeconds ?? retryAfterSeconds);
  if (request.headers.upgrade === undefined) {
    response.writeHead(status, headers).end(body);
    return;
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  request.socket.on('error', () => {});
  request.socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

const codeOf = (error: unknown): ErrorCode =>
  isDatabaseUnavailable(error as Error) ? 'unavailable' : 'internal';
