import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** How a server leaves a load balancer without a failed request (docs/operations.md, "A rolling restart"). */
export interface Drain {
  /** True from the beginning of the stop: not ready for traffic, and the last answer on each connection. */
  begun: boolean;
  /** Calls the listener when it begins, with how long connections have until they should be gone. */
  onBegin(listener: (lastsMs: number) => void): void;
  /**
   * Answers everything for so long. In the first half the server still listens, until balancers that ask for its readiness
   * have heard. In the second half new connections are refused, which balancers send elsewhere, and a balancer closes the
   * idle ones. The server closes none itself: a request could be on its way.
   */
  run(lastsMs: number): Promise<void>;
}

export function createDrain(server: Server): Drain {
  const listeners: ((lastsMs: number) => void)[] = [];
  const drain: Drain = {
    begun: false,
    onBegin: (listener) => void listeners.push(listener),
    async run(lastsMs) {
      if (lastsMs === 0) return;
      drain.begun = true;
      for (const listener of listeners) listener(lastsMs);
      await wait(lastsMs / 2);
      // After the poll for events, so that every connection that waits has been accepted. http.Server's own close() would
      // also close idle connections.
      await new Promise((resolve) => setImmediate(resolve));
      const gone = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
      const patience = new AbortController();
      await Promise.race([gone, wait(lastsMs / 2, undefined, { signal: patience.signal }).catch(() => {})]);
      patience.abort();
    },
  };
  return drain;
}
