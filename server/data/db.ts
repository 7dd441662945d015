import { randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { type ConnectionOptions, openClient, openPool } from './connections.ts';
import { isDatabaseUnavailable } from './database-trouble.ts';
import { isPrepared, sendTogether } from './send-together.ts';

/**
 * PostgreSQL through `pg`, with the SQL written out in full. Every statement's text is a constant, so each connection
 * prepares it once under its own name. Values never become part of the text.
 */
export interface Queryable extends Reads {
  /** Returns the number of rows that the statement changed. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
}

/** What a store function that only reads asks for. It works in any transaction, and on a replica. */
export interface Reads {
  /** Returns rows as objects. int8 and numeric become numbers (all of ours fit), timestamptz becomes a Date. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** What a store function that only writes asks for. It works in any transaction. */
export interface Writes {
  /** Sends a statement whose answer nobody needs. If it fails, the transaction fails. */
  write(text: string, values?: readonly unknown[]): void;
}

/** A Queryable inside BEGIN … COMMIT. Pending writes and the COMMIT share one round trip. */
export interface Transaction extends Queryable, Writes {}

export interface Db extends Queryable {
  /**
   * Runs `work` in one READ COMMITTED transaction. If `work` throws, it rolls back and throws the same error.
   * PostgreSQL may end the transaction because of a deadlock or a serialization failure. Then nothing has happened,
   * and it runs `work` again, three times at most. So `work` must change state only through `trx`, or reset its own
   * state at its start.
   */
  transaction<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** Runs a transaction of writes that need no answers, in one round trip, all or nothing. */
  writeAll(work: (writes: Writes) => void): Promise<void>;
  readonly pool: pg.Pool;
  /** Makes a connection outside the pool, for callers that must not queue. It is not connected yet. */
  openClient(name: string): pg.Client;
  /**
   * Makes a connection for LISTEN and for locks of a session, past a connection pooler. Several callers may use it at once.
   * It is not connected yet.
   */
  openListener(name: string): pg.Client;
  close(): Promise<void>;
}

pg.types.setTypeParser(pg.types.builtins.INT8, wholeNumber);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) =>
  text.includes('.') ? Number(text) : wholeNumber(text),
);
// A date has no time zone. As a Date object it could become another day in another zone.
pg.types.setTypeParser(pg.types.builtins.DATE, String);

/** Throws if a number can't hold a sum exactly, instead of rounding it. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is no safe integer`);
  return value;
}

const names = new Map<string, string>();
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `s${names.size}`;
    names.set(text, name);
  }
  return name;
}

/** A statement in the form that makes `pg` prepare it by name. */
const prepared = (text: string, values: readonly unknown[] = []) => ({
  name: nameOf(text),
  text,
  values: values as unknown[],
});

interface DbOptions extends Omit<ConnectionOptions, 'name'> {
  /** Maximum number of connections. */
  poolSize: number;
  /** Leads past a connection pooler. By default `connectionString` does. */
  directConnectionString?: string;
  name?: string;
}

export function createDb(options: DbOptions): Db {
  // Pipelining: several statements share a round trip, because each is sent without waiting for the previous answer.
  const { pool, close } = openPool({ name: 'admit', ...options, max: options.poolSize, pipeline: true });
  return {
    pool,
    query: async (text, values) => (await untied(() => pool.query(prepared(text, values)))).rows,
    run: async (text, values) => (await untied(() => pool.query(prepared(text, values)))).rowCount ?? 0,
    transaction: (work) => untied(() => runTransaction(pool, work)),
    writeAll: (work) => untied(() => runWrites(pool, work)),
    openClient: (name) => openClient({ ...options, name }),
    openListener: (name) =>
      openClient({
        ...options,
        connectionString: options.directConnectionString ?? options.connectionString,
        name,
        pipeline: true,
      }),
    close,
  };
}

/** True if PostgreSQL ended the transaction because of a deadlock or serialization failure. A retry may succeed. */
const isTied = (error: unknown): boolean => /^40(001|P01)$/.test((error as { code?: string }).code ?? '');

const mostTries = 3;
/**
 * Shortest pause before the first retry, half of the longest. The transaction that won needs a moment to wake up. If the
 * loser came back at once, it could lock the row first again, and both would wait another second until PostgreSQL notices.
 */
const pauseMs = 50;

async function untied<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!isTied(error) || tries === mostTries) throw error;
      await setTimeout(randomInt(pauseMs, 2 * pauseMs) * tries);
    }
  }
}

const inFailedTransaction = '25P02';

interface Loan {
  client: pg.PoolClient;
  /** Marks the connection as broken. The pool closes it when it comes back. */
  fail(error: Error): void;
  giveBack(): void;
}

async function borrow(pool: pg.Pool): Promise<Loan> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const fail = (error: Error) => {
    broken = error;
  };
  client.on('error', fail);
  return {
    client,
    fail,
    giveBack() {
      client.off('error', fail);
      client.release(broken);
    },
  };
}

async function runTransaction<T>(pool: pg.Pool, work: (trx: Transaction) => Promise<T>): Promise<T> {
  const { client, fail, giveBack } = await borrow(pool);
  const sent: Promise<unknown>[] = [];
  let firstFailure: unknown;
  const ask = (text: string, values: readonly unknown[] = []) => {
    writeTogether(client.connection.stream);
    return client.query(prepared(text, values));
  };
  const send = (text: string, values?: readonly unknown[]) => {
    writeTogether(client.connection.stream);
    const answer = client.query(values ? prepared(text, values) : text);
    // The answers are awaited below. Until then a failure must not count as an unhandled rejection.
    answer.catch((error) => {
      firstFailure ??= error;
    });
    sent.push(answer);
  };
  try {
    send('begin');
    const result = await work({
      query: async (text, values) => (await ask(text, values)).rows,
      run: async (text, values) => (await ask(text, values)).rowCount ?? 0,
      write: (text, values = []) => send(text, values),
    });
    writeTogether(client.connection.stream);
    const commit = client.query('commit');
    commit.catch(() => {});
    await Promise.all(sent);
    // PostgreSQL answers COMMIT with ROLLBACK if an earlier statement failed.
    if ((await commit).command !== 'COMMIT') throw new Error('the transaction was rolled back');
    return result;
  } catch (error) {
    // If the rollback fails too, the pool discards the connection, and the server rolls back by itself.
    await client.query('rollback').catch(fail);
    // After a failed write, later statements only report that the transaction is over. Throw the first failure
    // instead.
    throw (error as { code?: string }).code === inFailedTransaction ? (firstFailure ?? error) : error;
  } finally {
    giveBack();
  }
}

async function runWrites(pool: pg.Pool, work: (writes: Writes) => void): Promise<void> {
  const statements: ReturnType<typeof prepared>[] = [];
  work({ write: (text, values) => statements.push(prepared(text, values)) });
  const { client, fail, giveBack } = await borrow(pool);
  try {
    if (statements.every(({ name }) => isPrepared(client, name))) await sendTogether(client, statements);
    // First use on this connection: send the statements one by one, which prepares them.
    else await sendEach(client, ['begin', ...statements, 'commit']);
  } catch (error) {
    // PostgreSQL announces its shutdown before the connection ends. Nobody else may get this connection.
    if (isDatabaseUnavailable(error)) fail(error as Error);
    throw error;
  } finally {
    giveBack();
  }
}

async function sendEach(client: pg.PoolClient, statements: (string | pg.QueryConfig)[]): Promise<void> {
  writeTogether(client.connection.stream);
  // The first failure is the cause. Later ones only say that the transaction is over.
  const answers = await Promise.allSettled(statements.map((statement) => client.query(statement)));
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Collects everything written before the event loop turns into one system call, which wakes PostgreSQL once. */
function writeTogether(stream: Duplex): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
