import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createDb, type Db } from './db.ts';
import {
  addCursor,
  enqueueEffects,
  listToDeliverAgain,
  moveCursor,
  parkMessage,
  positionOf,
  postpone,
  readMessages,
  readProgress,
  releaseLeases,
  stayParked,
  takeLease,
  unpark,
} from './outbox.ts';
import { deleteOldMessages } from './outbox-retention.ts';

let database: TestDatabase;
let db: Db;
const clients: pg.Client[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb({ connectionString: database.connectionString, poolSize: 3 });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
  await db.run('delete from outbox');
  await db.run('delete from outbox_cursors');
  await db.run('delete from outbox_parked');
  await db.run('delete from outbox_kept');
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const source = 'https://admit.example';
const [old, cutoff, young] = ['2026-01-01', '2026-02-01', '2026-03-01'].map((day) => new Date(day)) as [
  Date,
  Date,
  Date,
];
const insertSql = `
  insert into outbox (topic, type, event_id, payload, created_at)
  values ($1, 'admit.ticket.admitted.v1', 'evt_x', jsonb_build_object('gate', $2::text), $3) returning id`;

/** Writes a message and returns its id. */
async function tell(gate: string, at = old, topic = 'door_events'): Promise<number> {
  const [row] = await db.query<{ id: number }>(insertSql, [topic, gate, at]);
  return row?.id ?? 0;
}

async function open(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  clients.push(client);
  await client.query('begin');
  return client;
}

const kept = async () =>
  (await db.query<{ id: number }>('select id from outbox order by id')).map(({ id }) => id);
const cursorOf = async (sink: string) =>
  (
    await db.query<{ id: number; attempts: number }>(
      'select id, attempts from outbox_cursors where sink = $1',
      [sink],
    )
  )[0];
const expire = (sink: string) =>
  db.run(`update outbox_cursors set leased_until = clock_timestamp() - interval '1 second' where sink = $1`, [
    sink,
  ]);

describe('progress', () => {
  test('is the last message that has committed, and names each transaction that is writing one', async () => {
    expect(await readProgress(db)).toEqual({ lastId: 0, writers: [] });
    const slow = await open();
    const early = Number((await slow.query(insertSql, ['door_events', 'early', old])).rows[0].id);
    const late = await tell('late');
    expect(late).toBeGreaterThan(early);
    const during = await readProgress(db);
    expect([during.lastId, during.writers.length]).toEqual([late, 1]);
    await slow.query('commit');
    expect(await readProgress(db)).toEqual({ lastId: late, writers: [] });
  });

  test('a transaction that only reads messages, or writes elsewhere, is no writer', async () => {
    const reader = await open();
    await reader.query('select from outbox');
    const elsewhere = await open();
    await elsewhere.query(`insert into outbox_cursors (sink, id) values ('elsewhere', 0)`);
    expect((await readProgress(db)).writers).toEqual([]);
  });

  test('a writer that rolls back tells nothing and is no longer waited for', async () => {
    const slow = await open();
    await slow.query(insertSql, ['door_events', 'never', old]);
    await slow.query('rollback');
    expect(await readProgress(db)).toEqual({ lastId: 0, writers: [] });
    const work = db.transaction(async (trx) => {
      enqueueEffects(
        trx,
        [{ type: 'admit.order.confirmed.v1', eventId: 'evt_x' as EventId, data: {} } as never],
        old,
      );
      throw new Error('the sale failed');
    });
    await expect(work).rejects.toThrow('the sale failed');
    expect(await kept()).toEqual([]);
  });
});

describe('reading', () => {
  test('moves past messages of other topics, stops at the limit, and goes no further than it was told', async () => {
    const [a, b, c, d] = [
      await tell('a'),
      await tell('b', old, 'order_events'),
      await tell('c'),
      await tell('d'),
    ];
    const read = (after: number, upTo: number, limit: number) =>
      readMessages(db, source, { topics: ['door_events'], after, upTo, limit });
    const first = await read(0, c, 1);
    expect([first.messages.map(positionOf), first.cursor]).toEqual([[a], a]);
    const rest = await read(a, c, 10);
    expect([rest.messages.map(positionOf), rest.cursor]).toEqual([[c], c]);
    // Nothing of interest: the cursor moves all the same.
    expect(await read(a, b, 10)).toEqual({ messages: [], cursor: b });
    expect(await read(d, d + 100, 10)).toEqual({ messages: [], cursor: d });
  });
});

describe('leases', () => {
  test('one process has a sink until it lets go, or until its lease has run out', async () => {
    await addCursor(db, 'mail');
    expect(await takeLease(db, 'mail', 'one')).toEqual({ id: 0, attempts: 0 });
    expect(await takeLease(db, 'mail', 'two')).toBeNull();
    expect(await takeLease(db, 'mail', 'one')).toEqual({ id: 0, attempts: 0 });
    await expire('mail');
    expect(await takeLease(db, 'mail', 'two')).toEqual({ id: 0, attempts: 0 });
    expect(await takeLease(db, 'mail', 'one')).toBeNull();
    await releaseLeases(db, 'two');
    expect(await takeLease(db, 'mail', 'one')).not.toBeNull();
  });

  test('of ten that ask at once, one gets it', async () => {
    await addCursor(db, 'mail');
    const holders = Array.from({ length: 10 }, (_, i) => `process ${i}`);
    const leases = await Promise.all(holders.map((holder) => takeLease(db, 'mail', holder)));
    expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
  });

  test('adding a sink again leaves its cursor where it stands', async () => {
    await addCursor(db, 'mail');
    await takeLease(db, 'mail', 'one');
    await moveCursor(db, { sink: 'mail', holder: 'one', position: 7, release: false });
    await addCursor(db, 'mail');
    expect(await cursorOf('mail')).toEqual({ id: 7, attempts: 0 });
  });

  test('only the holder moves the cursor, and never back', async () => {
    await addCursor(db, 'mail');
    await takeLease(db, 'mail', 'one');
    const move = (holder: string, position: number, release = false) =>
      moveCursor(db, { sink: 'mail', holder, position, release });
    await move('two', 9);
    expect(await cursorOf('mail')).toEqual({ id: 0, attempts: 0 });
    await move('one', 9);
    await move('one', 5);
    expect(await cursorOf('mail')).toEqual({ id: 9, attempts: 0 });
    await move('one', 10, true);
    expect(await takeLease(db, 'mail', 'two')).toEqual({ id: 10, attempts: 0 });
  });

  test('a try that was put off is counted if it counts, and nobody may try before its time', async () => {
    await addCursor(db, 'mail');
    await takeLease(db, 'mail', 'one');
    const wait = (counts: boolean, waitMs: number) =>
      postpone(db, { sink: 'mail', holder: 'one', counts, waitMs });
    await wait(true, 0);
    await wait(false, 0);
    expect(await takeLease(db, 'mail', 'one')).toEqual({ id: 0, attempts: 1 });
    await wait(true, 3_600_000);
    expect(await takeLease(db, 'mail', 'one')).toBeNull();
    await expire('mail');
    expect(await takeLease(db, 'mail', 'two')).toBeNull();
    // What gets through clears the count.
    await moveCursor(db, { sink: 'mail', holder: 'one', position: 1, release: true });
    expect(await takeLease(db, 'mail', 'two')).toEqual({ id: 1, attempts: 0 });
  });
});

describe('parking', () => {
  const park = (holder: string, position: number) =>
    parkMessage(db, { sink: 'mail', holder, position, error: 'no such thing', now: young });
  const parked = () => db.query('select id, payload, error, again from outbox_parked order by id');

  test('puts the message aside and moves past it; whoever has lost the lease parks nothing', async () => {
    const id = await tell('poison');
    await addCursor(db, 'mail');
    await takeLease(db, 'mail', 'one');
    await park('two', id);
    expect([await parked(), await cursorOf('mail')]).toEqual([[], { id: 0, attempts: 0 }]);
    await park('one', id);
    await park('one', id);
    expect(await parked()).toEqual([
      { id, payload: { gate: 'poison' }, error: 'no such thing', again: false },
    ]);
    expect(await cursorOf('mail')).toEqual({ id, attempts: 0 });
  });

  test('outlives the message in the outbox, and is delivered again only when a person says so', async () => {
    const id = await tell('poison');
    await addCursor(db, 'mail');
    await takeLease(db, 'mail', 'one');
    await park('one', id);
    await deleteOldMessages(db, cutoff);
    expect(await kept()).toEqual([]);
    expect(await listToDeliverAgain(db, source, 'mail')).toEqual([]);
    await db.run('update outbox_parked set again = true');
    expect((await listToDeliverAgain(db, source, 'other')).length).toBe(0);
    expect((await listToDeliverAgain(db, source, 'mail')).map(positionOf)).toEqual([id]);
    await stayParked(db, 'mail', id, 'still broken');
    expect(await listToDeliverAgain(db, source, 'mail')).toEqual([]);
    expect(await parked()).toMatchObject([{ error: 'still broken', again: false }]);
    await unpark(db, 'mail', id);
    expect(await parked()).toEqual([]);
  });
});

describe('retention', () => {
  const addSink = (sink: string, id: number) =>
    db.run('insert into outbox_cursors (sink, id) values ($1, $2)', [sink, id]);

  test('deletes what is old and every sink has had; without a sink, nothing', async () => {
    const [a, b, c, d] = [await tell('a'), await tell('b'), await tell('c', young), await tell('d')];
    expect(await deleteOldMessages(db, cutoff)).toBe(0);
    await addSink('fast', d);
    await addSink('slow', a);
    expect(await deleteOldMessages(db, cutoff)).toBe(1);
    expect(await kept()).toEqual([b, c, d]);
    await db.run('update outbox_cursors set id = $1', [d]);
    expect(await deleteOldMessages(db, cutoff)).toBe(2);
    expect(await kept()).toEqual([c]);
    expect(await db.query('select since from outbox_kept')).toEqual([{ since: cutoff }]);
  });

  test('leaves a message that a writer has not committed, and those that come meanwhile', async () => {
    const gone = await tell('gone');
    const writer = await open();
    const open1 = Number((await writer.query(insertSql, ['door_events', 'open', old])).rows[0].id);
    // The relay has not moved past `open1`: the row is not final yet.
    await addSink('mail', gone);
    const writers = Array.from({ length: 20 }, (_, i) => tell(`meanwhile ${i}`));
    const [deleted, ...written] = await Promise.all([deleteOldMessages(db, cutoff), ...writers]);
    await writer.query('commit');
    expect(deleted).toBe(1);
    expect(await kept()).toEqual([open1, ...written].sort((x, y) => x - y));
  });

  test('two deletions at once delete everything once and wait for nobody who has locked a message', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 30; i++) ids.push(await tell(`${i}`));
    await addSink('mail', ids.at(-1) ?? 0);
    const reader = await open();
    await reader.query('select from outbox where id = $1 for update', [ids[10]]);
    const impatient = () =>
      db.transaction(async (trx) => {
        await trx.query(`set local lock_timeout = '2s'`);
        return deleteOldMessages(trx, cutoff);
      });
    const deleted = await Promise.all([impatient(), impatient()]);
    expect(deleted.reduce((sum, each) => sum + each, 0)).toBe(29);
    expect(await kept()).toEqual([ids[10]]);
    await reader.query('commit');
    expect(await deleteOldMessages(db, cutoff)).toBe(1);
  });
});
