import type pg from 'pg';
import type { Log } from '../log.ts';
import { type ConnectionOptions, openClient } from './connections.ts';

/** Runs a statement on the connection that listens. */
export type Ask = <R extends pg.QueryResultRow>(text: string) => Promise<R[]>;

export interface Subscriber {
  channel: string;
  heard(payload: string): void;
  /**
   * The connection listens from now on, at the start and each time after it was lost. What was said meanwhile is lost:
   * read it with `ask`, or forget what depends on it.
   */
  opened(ask: Ask): Promise<void>;
}

/**
 * What PostgreSQL tells this process (LISTEN), on one connection of its own. Notices are for what must be known at once
 * and is written down elsewhere, because those that are said while the connection is lost are lost too.
 */
export interface Notices {
  subscribe(subscriber: Subscriber): Promise<void>;
  /** False while the connection is lost: nothing that depends on hearing may be believed then. */
  isLive(): boolean;
  /** Resolves when everything that had committed when it was called has been heard. */
  catchUp(): Promise<void>;
  /** Runs a statement whose answer nobody needs. */
  run(text: string): Promise<void>;
  close(): Promise<void>;
}

const heartbeatMs = 5000;
const answerWithinMs = 5000;
const retryAfterMs = 1000;

export async function openNotices({
  connection,
  log,
}: {
  connection: ConnectionOptions;
  log: Log;
}): Promise<Notices> {
  const subscribers: Subscriber[] = [];
  let live: pg.Client | null = null;
  let closed = false;
  let reconnecting: NodeJS.Timeout | undefined;

  /** First listens, then reads: what commits between the two is told, and what committed before is read. */
  async function open(client: pg.Client, { channel, opened }: Subscriber): Promise<void> {
    await client.query(`listen ${channel}`);
    await opened(async (text) => (await client.query(text)).rows);
  }

  async function connect(): Promise<void> {
    // Several callers may ask at once whether it has caught up.
    const client = openClient({ ...connection, pipeline: true, queryTimeoutMs: answerWithinMs });
    client.on('error', (error) => lose(client, error));
    client.on('end', () => lose(client, new Error('the connection ended')));
    client.on('notification', ({ channel, payload }) => {
      for (const each of subscribers) if (each.channel === channel) each.heard(payload ?? '{}');
    });
    try {
      await client.connect();
      for (const each of subscribers) await open(client, each);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    if (closed) return void client.end().catch(() => {});
    live = client;
  }

  function lose(client: pg.Client, error: unknown): void {
    if (live !== client) return;
    live = null;
    void client.end().catch(() => {});
    if (closed) return;
    log.warn(
      { err: error },
      'PostgreSQL cannot tell of changes for now: callers are looked up in the database',
    );
    retry();
  }

  function retry(): void {
    reconnecting = setTimeout(() => connect().catch(() => closed || retry()), retryAfterMs);
    reconnecting.unref();
  }

  /** A round trip: PostgreSQL hands out what it has to tell before it says that it is ready again. */
  async function run(text: string): Promise<void> {
    const client = live;
    if (!client) return;
    await client.query(text).catch((error) => lose(client, error));
  }

  await connect();
  // A machine that dies says no goodbye: without a heartbeat the loss would go unnoticed for minutes.
  const heartbeat = setInterval(() => run('select 1'), heartbeatMs).unref();

  return {
    async subscribe(subscriber) {
      subscribers.push(subscriber);
      if (live) await open(live, subscriber);
    },
    isLive: () => live !== null,
    catchUp: () => run('select 1'),
    run,
    async close() {
      closed = true;
      clearInterval(heartbeat);
      clearTimeout(reconnecting);
      const client = live;
      live = null;
      await client?.end();
    },
  };
}
