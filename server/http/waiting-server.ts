import { createServer, type RequestListener } from 'node:http';
import { errorTable } from '../../contract/errors.ts';
import type { DatabaseState } from '../data/database-watch.ts';
import { toProblem } from './send-error.ts';

/** Answers for an `api` process whose database is still unavailable: alive, not ready, and why. */
interface WaitingServer {
  /** Sets the state to report. The first call starts to listen. */
  say(database: DatabaseState): Promise<void>;
  /** Frees the port. */
  close(): Promise<void>;
}

export function createWaitingServer(address: {
  host: string;
  port: number;
  warnings: string[];
}): WaitingServer {
  let database: DatabaseState = 'unreachable';
  const answer: RequestListener = (request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/health/live') return send(200, { status: 'ok' });
    if (path === '/health/ready')
      return send(503, { status: 'unavailable', database, warnings: address.warnings });
    return send(errorTable.unavailable.status, toProblem('unavailable'), 'application/problem+json');

    function send(status: number, body: unknown, type = 'application/json'): void {
      response.writeHead(status, {
        'content-type': `${type}; charset=utf-8`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        // A kept-alive connection would outlive this server.
        connection: 'close',
        ...(status === 503 && { 'retry-after': '1' }),
      });
      response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
    }
  };
  const http = createServer({ requestTimeout: 10_000 }, answer);
  return {
    async say(state) {
      database = state;
      if (http.listening) return;
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject).listen(address.port, address.host, resolve);
      });
    },
    async close() {
      if (!http.listening) return;
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    },
  };
}
