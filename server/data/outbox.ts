import type { EventId } from '../../contract/ids.ts';
import {
  type Message,
  type MessageType,
  messageTypes,
  type Told,
  type Topic,
} from '../../contract/messages.ts';
import type { Queryable, Writes } from './db.ts';

/** A message that every sink receives after the transaction that wrote it has committed. */
export type Effect = Told;

const insertEffects = `
  insert into outbox (topic, type, event_id, payload, created_at)
  select topic, type, event_id, payload, $5
  from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) as effect (topic, type, event_id, payload)`;

/** Writes messages in the caller's transaction. They are delivered if it commits, and never if it does not. */
export function enqueueEffects(trx: Writes, effects: Effect[], now: Date): void {
  if (effects.length === 0) return;
  trx.write(insertEffects, [
    effects.map((effect) => messageTypes[effect.type].topic),
    effects.map((effect) => effect.type),
    effects.map((effect) => effect.eventId),
    effects.map((effect) => JSON.stringify(effect.data)),
    now,
  ]);
}

const progressSql = 'select last_id, writers from outbox_progress()';

/** Reads the last visible message and the transactions that were still writing messages after that read. */
export async function readProgress(db: Queryable): Promise<{ lastId: number; writers: string[] }> {
  const [row] = await db.query<{ last_id: number; writers: string[] }>(progressSql);
  return { lastId: row?.last_id ?? 0, writers: row?.writers ?? [] };
}

interface OutboxRow {
  id: number | null;
  type: string;
  event_id: string;
  payload: Record<string, unknown>;
  created_at: Date;
}

// `top` is the last message of any topic, so that the cursor moves past topics that the sink does not want.
const readAfter = `
  select top.id as top, message.*
  from (select max(id) as id from outbox where id > $1 and id <= $2) as top
  left join lateral (
    select id, type, event_id, payload, created_at from outbox
    where id > $1 and id <= $2 and topic = any($3) and ($5::text[] is null or type = any($5))
    order by id
    limit $4
  ) as message on true
  order by message.id`;

/** Reads at most `limit` messages of these topics and types in `(after, upTo]`, and the cursor's position after them. */
export async function readMessages(
  db: Queryable,
  source: string,
  range: {
    topics: readonly Topic[];
    types?: readonly MessageType[] | undefined;
    after: number;
    upTo: number;
    limit: number;
  },
): Promise<{ messages: Message[]; cursor: number }> {
  const { topics, types = null, after, upTo, limit } = range;
  const rows = await db.query<OutboxRow & { top: number | null }>(readAfter, [
    ...[after, upTo, topics, limit, types],
  ]);
  const messages = rows.flatMap((row) => (row.id === null ? [] : toMessage(row, row.id, source)));
  const last = messages.at(-1);
  const cursor = last && messages.length === limit ? positionOf(last) : rows[0]?.top;
  return { messages, cursor: cursor ?? after };
}

/** A message's position in the outbox. */
export const positionOf = ({ id }: Pick<Message, 'id'>): number => Number(id);

/**
 * Makes the CloudEvent of a row. Readers make it and not writers, because writing is on the path of every hold. A
 * type that this process does not know comes from a newer process. Such a message counts as one about the event.
 */
function toMessage(row: OutboxRow, id: number, source: string): Message {
  const subject = row.payload[messageTypes[row.type as MessageType]?.subject];
  return {
    specversion: '1.0',
    id: String(id),
    source,
    type: row.type,
    subject: typeof subject === 'string' ? subject : row.event_id,
    time: row.created_at.toISOString(),
    datacontenttype: 'application/json',
    partitionkey: row.event_id,
    data: { eventId: row.event_id, ...row.payload },
  } as Message;
}

const selectAll = `select id, type, event_id, payload, created_at from outbox order by id`;

/** Lists every message in the outbox, as a sink would receive it. */
export async function listMessages(db: Queryable, source: string): Promise<Message[]> {
  const rows = await db.query<OutboxRow & { id: number }>(selectAll);
  return rows.map((row) => toMessage(row, row.id, source));
}

const createCursor = `insert into outbox_cursors (sink, id) values ($1, 0) on conflict do nothing`;

/** Adds a sink's cursor. A new sink begins with the oldest message in the outbox. */
export const addCursor = (db: Queryable, sink: string) => db.run(createCursor, [sink]);

// Uses the database's clock, because the clocks of two processes may differ.
const leaseSql = `
  update outbox_cursors set leased_by = $2, leased_until = clock_timestamp() + interval '60 seconds'
  where sink = $1 and retry_at <= clock_timestamp()
    and (leased_by is null or leased_by = $2 or leased_until < clock_timestamp())
  returning id, attempts`;

/**
 * Takes the sink's lease for this process and returns the cursor's position. Returns null while another process has
 * the lease, or before the next try is due.
 */
export async function takeLease(
  db: Queryable,
  sink: string,
  holder: string,
): Promise<{ id: number; attempts: number } | null> {
  return (await db.query<{ id: number; attempts: number }>(leaseSql, [sink, holder]))[0] ?? null;
}

const moveSql = `
  update outbox_cursors set id = $3, attempts = 0, retry_at = '-infinity',
    leased_by = case when $4 then null else leased_by end, leased_until = case when $4 then null else leased_until end
  where sink = $1 and leased_by = $2 and id <= $3`;
export const moveCursor = (
  db: Queryable,
  to: { sink: string; holder: string; position: number; release: boolean },
) => db.run(moveSql, [to.sink, to.holder, to.position, to.release]);

const postponeSql = `
  update outbox_cursors set attempts = attempts + $3, retry_at = clock_timestamp() + $4::int * interval '1 millisecond'
  where sink = $1 and leased_by = $2`;
/** Postpones the next try by `waitMs`, for every process. */
export const postpone = (
  db: Queryable,
  { sink, holder, counts, waitMs }: { sink: string; holder: string; counts: boolean; waitMs: number },
) => db.run(postponeSql, [sink, holder, counts ? 1 : 0, waitMs]);

const releaseSql = `update outbox_cursors set leased_by = null, leased_until = null where leased_by = $1`;
/** Releases the leases so that another process can continue at once. */
export const releaseLeases = (db: Queryable, holder: string) => db.run(releaseSql, [holder]);

const parkSql = `
  with moved as (
    update outbox_cursors set id = $3, attempts = 0, retry_at = '-infinity' where sink = $1 and leased_by = $2 and id < $3
    returning sink
  )
  insert into outbox_parked (sink, id, topic, type, event_id, payload, created_at, error, parked_at)
  select moved.sink, outbox.id, topic, type, event_id, payload, created_at, $4, $5 from outbox, moved where outbox.id = $3
  on conflict do nothing`;
/** Parks a message and moves the cursor past it, in one statement. */
export const parkMessage = (
  db: Queryable,
  parked: { sink: string; holder: string; position: number; error: string; now: Date },
) => db.run(parkSql, [parked.sink, parked.holder, parked.position, parked.error, parked.now]);

const selectAgain = `
  select id, type, event_id, payload, created_at from outbox_parked where sink = $1 and again order by id limit 100`;
/** Lists parked messages that a person has marked for another delivery. */
export async function listToDeliverAgain(db: Queryable, source: string, sink: string): Promise<Message[]> {
  const rows = await db.query<OutboxRow & { id: number }>(selectAgain, [sink]);
  return rows.map((row) => toMessage(row, row.id, source));
}

export interface ParkedRow {
  sink: string;
  id: number;
  type: string;
  eventId: EventId;
  error: string;
  isDue: boolean;
  createdAt: Date;
  parkedAt: Date;
}

const parkedColumns = `
  sink, id, type, event_id as "eventId", error, again as "isDue", created_at as "createdAt", parked_at as "parkedAt"`;
const listParkedSql = `
  select ${parkedColumns} from outbox_parked
  where $1::bigint is null or id < $1::bigint or (id = $1::bigint and sink > $2)
  order by id desc, sink limit $3`;
/** Lists parked messages, the latest first, and those of one message by their sinks. `after` is the last one of the page before. */
export const listParked = (
  db: Queryable,
  { after, limit }: { after: { id: string; sink: string } | null; limit: number },
): Promise<ParkedRow[]> => db.query(listParkedSql, [after?.id ?? null, after?.sink ?? null, limit]);

const lockParkedSql = `select ${parkedColumns} from outbox_parked where sink = $1 and id = $2::bigint for update`;
export async function lockParked(trx: Queryable, sink: string, id: string): Promise<ParkedRow | undefined> {
  const [row] = await trx.query<ParkedRow>(lockParkedSql, [sink, id]);
  return row;
}

const markAgainSql = `update outbox_parked set again = true where sink = $1 and id = $2::bigint`;
/** Marks a parked message for one more delivery. */
export const markAgain = (trx: Queryable, sink: string, id: string) => trx.run(markAgainSql, [sink, id]);

const unparkSql = `delete from outbox_parked where sink = $1 and id = $2`;
export const unpark = (db: Queryable, sink: string, position: number) => db.run(unparkSql, [sink, position]);

const stayParkedSql = `update outbox_parked set again = false, error = $3 where sink = $1 and id = $2`;
export const stayParked = (db: Queryable, sink: string, position: number, error: string) =>
  db.run(stayParkedSql, [sink, position, error]);

/** Counts rows only up to this number. A sink with more is far behind in any case. */
const mostCounted = 10_000;

const behind = (after: string) => `
  (select count(*)::int from (select from outbox where outbox.id > ${after} limit ${mostCounted}) as behind) as rows,
  (select created_at from outbox where outbox.id > ${after} order by id limit 1) as since`;
const lagSql = `
  select sink, (select count(*)::int from outbox_parked where outbox_parked.sink = outbox_cursors.sink) as parked,
    ${behind('outbox_cursors.id')}
  from outbox_cursors
  union all
  select sink, 0, ${behind('own.id')} from unnest($1::text[], $2::bigint[]) as own (sink, id)`;

interface SinkState {
  sink: string;
  /** The number of undelivered messages, counted up to `mostCounted`, and since when the first of them waits. */
  rows: number;
  since: Date | null;
  parked: number;
}

/**
 * Measures how far each sink is behind: sinks with a cursor in the database, and this process's own at the given
 * positions.
 */
export const readSinkStates = (db: Queryable, own: { sink: string; position: number }[]) =>
  db.query<SinkState>(lagSql, [own.map(({ sink }) => sink), own.map(({ position }) => position)]);

const oldestWriterSql = `
  select coalesce(writer.pid, 0) as pid, coalesce(application_name, 'a prepared transaction') as application,
    coalesce(usename::text, '') as "user", coalesce(state, '') as state,
    coalesce(extract(epoch from clock_timestamp() - coalesce(xact_start, prepared)), 0)::float8 as seconds
  from pg_locks as writer
  left join pg_stat_activity as activity on activity.pid = writer.pid
  left join pg_prepared_xacts on writer.pid is null and virtualtransaction = '-1/' || transaction::text
  where locktype = 'relation' and relation = 'outbox'::regclass and mode = 'RowExclusiveLock'
    and writer.database = (select oid from pg_database where datname = current_database())
  order by seconds desc
  limit 1`;

export interface Writer {
  pid: number;
  application: string;
  user: string;
  state: string;
  seconds: number;
}

/** Finds the oldest open transaction that has written messages. All sinks wait for it. */
export async function findOldestWriter(db: Queryable): Promise<Writer | null> {
  return (await db.query<Writer>(oldestWriterSql))[0] ?? null;
}
