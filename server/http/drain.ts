import type { IncomingMessage } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { Refused } from '../../contract/errors.ts';
import type { Clock } from '../clock.ts';
import { toProblem } from './send-error.ts';

/** Leaves its port, or leaves the port to siblings, which get all new connections from then on. */
export type Leaving = 'port' | 'siblings';

/** How a server leaves a load balancer without a failed request (docs/operations.md, "A rolling restart"). */
export interface Drain {
  /** True from the beginning of the stop: not ready for traffic, and the last answer on each connection. */
  begun: boolean;
  /** Whether answers are different now: the stop has begun, or the server is closing. */
  isLeaving(): boolean;
  /** Calls the listener when it begins, with how long connections have until they should be gone. */
  onBegin(listener: (lastsMs: number) => void): void;
  /**
   * Whether to refuse this request with 503 because its proxy asks the next process instead, and leaves this one alone for a
   * while. The proxy says in a header that it does this, and does it only for a GET without a body.
   */
  sendsElsewhere(request: IncomingMessage): boolean;
  /** Leaves. It still listens until the proxies know and nothing came for a second, or for so long. */
  run(lastsMs: number, leaves?: Leaving): Promise<void>;
}

/** A proxy that sends it asks the next process after a 503: nginx with `proxy_next_upstream http_503`. */
const retriesHeader = 'admit-retries-503';
/** After so long without a request the proxies have left. nginx leaves a process alone for `fail_timeout`, which is longer. */
const quietMs = 1000;
const lookEveryMs = 50;
/** A longer time between two looks means that this process got no processor, so it did not see what came. */
const blindMs = 400;

export function addDrain(http: FastifyInstance, clock: Clock): Drain {
  const listeners: ((lastsMs: number) => void)[] = [];
  let isTold = false;
  let closing = false;
  let came = 0;
  let leaving: Leaving = 'port';
  const drain: Drain = {
    begun: false,
    isLeaving: () => drain.begun || closing,
    onBegin: (listener) => void listeners.push(listener),
    sendsElsewhere({ method, headers }) {
      // A proxy that was told would leave the siblings alone, too.
      if (!drain.begun || leaving === 'siblings' || headers[retriesHeader] === undefined) return false;
      const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
      if ((method !== 'GET' && method !== 'HEAD') || hasBody) return false;
      isTold = true;
      return true;
    },
    async run(lastsMs, leaves = 'port') {
      if (lastsMs === 0) return;
      leaving = leaves;
      for (const sign of ['connection', 'request', 'upgrade'])
        http.server.prependListener(sign, () => came++);
      drain.begun = true;
      for (const listener of listeners) listener(lastsMs);
      const endsAtMs = clock.monotonicMs() + lastsMs;
      // The process that hands connections over gives those that this one does not take to a sibling.
      if (leaves === 'port') await untilLeft(endsAtMs);
      // http.Server's own close() would also close idle connections.
      const gone = new Promise((resolve) => NetServer.prototype.close.call(http.server, resolve));
      const patience = new AbortController();
      const restMs = Math.max(quietMs, endsAtMs - clock.monotonicMs());
      await Promise.race([gone, wait(restMs, undefined, { signal: patience.signal }).catch(() => {})]);
      patience.abort();
    },
  };
  /** Closing the port resets connections that wait to be accepted, and nginx answers 502 for a POST on one of these. */
  async function untilLeft(endsAtMs: number): Promise<void> {
    let last = came;
    let lookedAtMs = clock.monotonicMs();
    let quietSinceMs = lookedAtMs;
    for (;;) {
      await wait(lookEveryMs);
      await acceptAll();
      const nowMs = clock.monotonicMs();
      if (came !== last || nowMs - lookedAtMs > blindMs) quietSinceMs = nowMs;
      if ((isTold && nowMs - quietSinceMs >= quietMs) || nowMs >= endsAtMs) return;
      last = came;
      lookedAtMs = nowMs;
    }
  }
  /** Node accepts one connection a turn. */
  async function acceptAll(): Promise<void> {
    for (let turns = 0, seen = -1; seen !== came && turns < 1000; turns++) {
      seen = came;
      await nextTurn();
    }
  }
  // Closes idle connections during the shutdown, until none is left. Requests that arrive meanwhile must go elsewhere.
  http.addHook('onRequest', (request, reply, done) => {
    if (!drain.isLeaving()) return done();
    reply.header('connection', 'close');
    if (closing) return done(new Refused('unavailable'));
    // Monitoring asks this process and no other.
    if (/^\/(health|metrics)/.test(request.url) || !drain.sendsElsewhere(request.raw)) return done();
    reply
      .code(503)
      .header('retry-after', '1')
      .type('application/problem+json')
      .send(toProblem('unavailable'));
  });
  http.addHook('preClose', async () => {
    closing = true;
    const timer = setInterval(() => http.server.closeIdleConnections(), 50);
    http.server.once('close', () => clearInterval(timer));
  });
  return drain;
}
