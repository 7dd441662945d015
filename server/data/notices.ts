import type pg from 'pg';
import type { Log } from '../log.ts';
import { type ConnectionOptions, openClient } from './connections.ts';

/** Runs a query on the listening connection. */
type Ask = <R extends pg.QueryResultRow>(text: string) => Promise<R[]>;

interface Subscriber {
  channel: string;
  heard(payload: string): void;
  /**
   * Called when the connection starts to listen, at the start and after each reconnect. Notices sent while it was
   * lost are gone: read the state again with `ask`, or drop the caches that depend on the notices.
   */
  opened(ask: Ask): Promise<void>;
}

/**
 * Receives PostgreSQL's notices (LISTEN/NOTIFY) on one connection. A notice only speeds up something that is also
 * stored in a table, because notices sent while the connection is lost never arrive.
 */
export interface Notices {
  subscribe(subscriber: Subscriber): Promise<void>;
  /** False while the connection is lost. Then nobody may trust a cache that depends on notices. */
  isLive(): boolean;
  /** Resolves after all notices of transactions that had committed before the call. */
  catchUp(): Promise<void>;
  /** Runs a statement without returning its answer. */
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

  /**
   * Listens first and reads second. A commit between the two arrives as a notice, and an earlier commit is in the
   * read.
   */
  async function open(client: pg.Client, { channel, opened }: Subscriber): Promise<void> {
    await client.query(`listen ${channel}`);
    await opened(async (text) => (await client.query(text)).rows);
  }

  async function connect(): Promise<void> {
    // The connection is pipelined, because several callers may call catchUp at once.
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

  /** Makes one round trip. PostgreSQL delivers pending notices before it reports that it is ready. */
  async function run(text: string): Promise<void> {
    const client = live;
    if (!client) return;
    await client.query(text).catch((error) => lose(client, error));
  }

  await connect();
  // A machine that dies does not close its connections. Without a heartbeat the loss would go unnoticed for minutes.
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
