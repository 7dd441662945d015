import type { Duplex } from 'node:stream';
import pg from 'pg';
import { type ConnectionOptions, openClient, openPool } from './connections.ts';
import { isDatabaseUnavailable } from './database-trouble.ts';
import { isPrepared, sendTogether } from './send-together.ts';

/**
 * PostgreSQL through `pg` with the SQL written out in full. Every statement's text is a constant, so each is
 * prepared once per connection under a name of its own; values never become part of the text.
 */
export interface Queryable {
  /** Rows as objects. int8 and numeric come as numbers (all of ours fit), timestamptz as Date. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** How many rows the statement changed. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
}

/** What a store function that only writes asks for: it may be part of whatever transaction there is. */
export interface Writes {
  /** A statement whose answer nobody needs; one that fails fails the transaction. */
  write(text: string, values?: readonly unknown[]): void;
}

/** A Queryable inside BEGIN … COMMIT. What is written and the COMMIT travel together, in one round trip. */
export interface Transaction extends Queryable, Writes {}

export interface Db extends Queryable {
  /**
   * Runs `work` in one transaction, READ COMMITTED; rolls back and throws when it throws. PostgreSQL may end a transaction
   * to untie it from others (deadlock, serialization): then nothing has happened, and `work` is run again, three times at
   * most. So `work` changes nothing but through `trx`, or takes it back at its start.
   */
  transaction<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** One transaction of writes that need no answers: all of it in one round trip, all or nothing. */
  writeAll(work: (writes: Writes) => void): Promise<void>;
  readonly pool: pg.Pool;
  /** A connection beside the pool, for whoever listens or must not wait for others. It is not connected yet. */
  openClient(name: string): pg.Client;
  close(): Promise<void>;
}

pg.types.setTypeParser(pg.types.builtins.INT8, wholeNumber);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) =>
  text.includes('.') ? Number(text) : wholeNumber(text),
);
// A day is no instant: as a Date it would be another day in another zone.
pg.types.setTypeParser(pg.types.builtins.DATE, String);

/** A sum that a number can't hold exactly is an error and not a rounded sum. */
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

/** A statement in the form `pg` prepares by name. */
export const prepared = (text: string, values: readonly unknown[] = []) => ({
  name: nameOf(text),
  text,
  values: values as unknown[],
});

export interface DbOptions extends Omit<ConnectionOptions, 'name'> {
  /** Connections at most. */
  poolSize: number;
  name?: string;
}

export function createDb(options: DbOptions): Db {
  // Statements sent without waiting for the one before share a round trip.
  const { pool, close } = openPool({ name: 'admit', ...options, max: options.poolSize, pipeline: true });
  return {
    pool,
    query: async (text, values) => (await untied(() => pool.query(prepared(text, values)))).rows,
    run: async (text, values) => (await untied(() => pool.query(prepared(text, values)))).rowCount ?? 0,
    transaction: (work) => untied(() => runTransaction(pool, work)),
    writeAll: (work) => untied(() => runWrites(pool, work)),
    openClient: (name) => openClient({ ...options, name }),
    close,
  };
}

/** PostgreSQL ended a transaction for the sake of others that it was tied up with; run again, it may succeed. */
const isTied = (error: unknown): boolean => /^40(001|P01)$/.test((error as { code?: string }).code ?? '');

const mostTries = 3;

async function untied<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!isTied(error) || tries === mostTries) throw error;
    }
  }
}

const inFailedTransaction = '25P02';

interface Loan {
  client: pg.PoolClient;
  /** Says that the connection is of no use any more: given back, it is closed. */
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
    // Failures are read below; until then they must not count as unhandled.
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
    // PostgreSQL answers COMMIT with ROLLBACK where an earlier statement had failed.
    if ((await commit).command !== 'COMMIT') throw new Error('the transaction was rolled back');
    return result;
  } catch (error) {
    // Where even the rollback fails the connection is thrown away, and the server rolls back by itself.
    await client.query('rollback').catch(fail);
    // What is asked after a write that failed only hears that the transaction is over.
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
    // The first time on this connection: they are prepared on the way.
    else await sendEach(client, ['begin', ...statements, 'commit']);
  } catch (error) {
    // PostgreSQL may say goodbye before the connection ends: nobody else should be given it.
    if (isDatabaseUnavailable(error)) fail(error as Error);
    throw error;
  } finally {
    giveBack();
  }
}

async function sendEach(client: pg.PoolClient, statements: (string | pg.QueryConfig)[]): Promise<void> {
  writeTogether(client.connection.stream);
  // The first to fail says why; those after it only that the transaction is over.
  const answers = await Promise.allSettled(statements.map((statement) => client.query(statement)));
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) throw failed.reason;
}

/** What is sent before the event loop turns leaves in one system call, and wakes PostgreSQL once. */
function writeTogether(stream: Duplex): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
