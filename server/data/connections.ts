import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * The one place that opens connections to PostgreSQL. Each connection has an error listener for its whole life,
 * because an 'error' event without a listener ends the process.
 */
export interface ConnectionOptions {
  connectionString: string;
  /** The connection's name in pg_stat_activity, metrics and logs. */
  name: string;
  /** Without deadlines a statement may run for ever. Only tools and tests omit them. */
  deadlines?: Deadlines | undefined;
  /** Called for each connection that is lost or that we give up. */
  onLost?: (error: Error) => void;
}

/** How long the database may take. docs/operations.md says what follows when it takes longer. */
export interface Deadlines {
  /** For getting a connection, whether a free one from the pool or a new one. */
  connectMs: number;
  /** For one statement. PostgreSQL cancels the statement then. */
  statementMs: number;
  /** For one transaction, including its waits for locks. */
  transactionMs: number;
}

interface Pool {
  pool: pg.Pool;
  /**
   * Ends the pool's connections. If the database does not answer, it closes the sockets without a goodbye. Every caller
   * waits for the same end, so a pool that was closed early can be closed again together with its App.
   */
  close(): Promise<void>;
}

/** The database did not answer in time, and we closed the connection. PostgreSQL may still finish the statement. */
export class DeadlinePassed extends Error {
  /** connection_failure in PostgreSQL's list of error codes. */
  readonly code = '08006';
}

/**
 * PostgreSQL cancels a slow statement itself. If it has not done so this long after the deadline, it does not answer
 * at all.
 */
const graceMs = 2000;
/** How long the connections of a pool may take to end. */
const goodbyeMs = 5000;

export function openPool(options: ConnectionOptions & { max: number; pipeline?: boolean }): Pool {
  const { deadlines, name } = options;
  const clients = new Set<pg.Client>();
  // While we close the pool, lost connections are expected and nobody needs to hear of them.
  let closing: Promise<void> | undefined;
  const onLost = (error: Error) => {
    if (!closing) options.onLost?.(error);
  };
  const pool = new pg.Pool({
    ...settingsOf(options),
    Client: Connection,
    max: options.max,
    pipeline: options.pipeline ?? false,
    connectionTimeoutMillis: deadlines?.connectMs ?? 10_000,
  });
  // The server dropped an idle connection. The pool opens another one when it needs it.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    clients.add(client);
    client.once('error', onLost);
  });
  pool.on('remove', (client) => clients.delete(client));
  const stopWatching = deadlines ? watch(clients, deadlines, name) : () => {};
  async function end(): Promise<void> {
    const impatience = setTimeout(() => {
      for (const client of clients) giveUp(client, `the connection of ${name} takes too long to end`);
    }, goodbyeMs);
    try {
      await pool.end();
    } finally {
      clearTimeout(impatience);
      stopWatching();
    }
  }
  return {
    pool,
    close() {
      closing ??= end();
      return closing;
    },
  };
}

/**
 * A connection outside the pool, for callers that listen or that must not queue for the pool. It is not connected
 * yet.
 */
export function openClient(
  options: ConnectionOptions & { pipeline?: boolean; queryTimeoutMs?: number },
): pg.Client {
  const { deadlines, name, queryTimeoutMs } = options;
  const client = new Connection({
    ...settingsOf(options),
    pipeline: options.pipeline ?? false,
    ...(queryTimeoutMs && { query_timeout: queryTimeoutMs }),
    connectionTimeoutMillis: deadlines?.connectMs ?? 10_000,
  });
  if (options.onLost) client.once('error', options.onLost);
  if (deadlines) client.once('end', watch([client], deadlines, name));
  return client;
}

const settingsOf = ({ connectionString, name, deadlines }: ConnectionOptions) => ({
  connectionString,
  application_name: name,
  // TCP keepalive detects a peer that died without closing the connection.
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  ...(deadlines && {
    statement_timeout: deadlines.statementMs,
    // A process that is suspended in the middle of a transaction must not keep its locks.
    idle_in_transaction_session_timeout: deadlines.transactionMs,
  }),
});

/** Errors of attempts to connect that failed. */
const ofConnecting = new WeakSet<Error>();
export const isOfConnecting = (error: Error): boolean => ofConnecting.has(error);

class Connection extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => {});
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
    const note = (error: Error | null) => {
      if (error) ofConnecting.add(error);
      return error as Error;
    };
    if (!callback) return super.connect().catch((error) => Promise.reject(note(error)));
    super.connect((error: Error | null) => callback(note(error)));
    return undefined;
  }
}

/** Fields of a `pg` connection that its types do not declare. */
interface Inside {
  /** False while PostgreSQL has not answered yet. */
  readyForQuery: boolean;
  /** How often the pool has handed out this connection. */
  _poolUseCount?: number;
}

const tickMs = 500;

/** A connection's state at the last check, and the number of checks in a row that found it unchanged. */
interface Seen {
  bytes: number;
  silent: number;
  uses: number;
  open: number;
}

/**
 * Closes connections that do not answer and connections whose transaction never ends. It checks all connections every
 * half second instead of setting a timer for each statement. It counts checks and not milliseconds: a process that
 * was itself suspended first reads the answers that arrived meanwhile.
 */
function watch(clients: Iterable<pg.Client>, deadlines: Deadlines, name: string): () => void {
  const seen = new WeakMap<pg.Client, Seen>();
  const silentMost = Math.ceil((deadlines.statementMs + graceMs) / tickMs);
  const openMost = Math.ceil(deadlines.transactionMs / tickMs);
  const timer = setInterval(() => {
    for (const client of clients) {
      const now = look(client, seen.get(client));
      seen.set(client, now);
      if (now.silent > silentMost) giveUp(client, `PostgreSQL did not answer ${name} in time`);
      else if (now.open > openMost) giveUp(client, `a transaction of ${name} took too long`);
    }
  }, tickMs).unref();
  return () => clearInterval(timer);
}

function look(client: pg.Client, before: Seen | undefined): Seen {
  const { readyForQuery, _poolUseCount: uses = 0 } = client as unknown as Inside;
  const { bytesRead: bytes } = socketOf(client);
  const owesAnswer = readyForQuery === false;
  const status = client.getTransactionStatus();
  const inTransaction = status === 'T' || status === 'E';
  return {
    bytes,
    uses,
    silent: owesAnswer && before?.bytes === bytes ? before.silent + 1 : 0,
    open: inTransaction && before?.uses === uses ? before.open + 1 : 0,
  };
}

const socketOf = (client: pg.Client) =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;

/** Closes a connection without a goodbye. Callers that wait for its answer get the reason as their error. */
export const giveUp = (client: pg.Client, why: string): void =>
  void socketOf(client).destroy(new DeadlinePassed(why));
