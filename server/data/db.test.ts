import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { isDatabaseUnavailable } from './database-trouble.ts';
import { createDb, type Db } from './db.ts';

let database: TestDatabase;
let db: Db;
let other: Db;

beforeAll(async () => {
  database = await createTestDatabase();
  const options = { connectionString: database.connectionString, poolSize: 1 };
  db = createDb(options);
  other = createDb(options);
  await db.run('create table notes (id int primary key, said text, at timestamptz, tags text[], more jsonb)');
  await db.run('create table replies (note_id int references notes (id) deferrable initially deferred)');
});
afterAll(async () => {
  await db.close();
  await other.close();
  await database.drop();
});
beforeEach(() => db.run('truncate notes, replies'));

const insertNote = 'insert into notes (id, said) values ($1, $2)';
const insertReply = 'insert into replies (note_id) values ($1)';
const ids = async () =>
  (await other.query<{ id: number }>('select id from notes order by id')).map(({ id }) => id);

// A connection prepares a statement on first use. From the second use on, all statements leave with one Sync.
const times = ['the first time', 'from then on'] as const;

test.each(times)('writes are there for everyone when they are answered, %s', async () => {
  await db.writeAll((writes) => {
    writes.write(insertNote, [1, 'one']);
    writes.write(insertNote, [2, 'two']);
  });
  expect(await ids()).toEqual([1, 2]);
});

test.each(times)('where one write fails none has happened, and the connection goes on, %s', async () => {
  await db.writeAll((writes) => writes.write(insertNote, [1, 'one']));
  const twice = db.writeAll((writes) => {
    writes.write(insertNote, [2, 'two']);
    writes.write(insertNote, [1, 'one again']);
    writes.write(insertNote, [3, 'three']);
  });
  await expect(twice).rejects.toMatchObject({ code: '23505' });
  expect(await ids()).toEqual([1]);
  await db.writeAll((writes) => writes.write(insertNote, [4, 'four']));
  expect(await ids()).toEqual([1, 4]);
});

test.each(times)('what fails at the commit is an error, not an answer, %s', async () => {
  const orphan = db.writeAll((writes) => {
    writes.write(insertNote, [1, 'one']);
    writes.write(insertReply, [2]);
  });
  await expect(orphan).rejects.toMatchObject({ code: '23503' });
  expect(await ids()).toEqual([]);
});

test('a later write of a transaction sees the earlier one, and values arrive unchanged', async () => {
  const said = 'a "quote", a \\, {braces}, null';
  const at = new Date('2026-03-29T01:30:00.123Z');
  for (const id of [1, 2]) {
    await db.writeAll((writes) => {
      writes.write(insertNote, [id, null]);
      writes.write('update notes set said = $2, at = $3, tags = $4, more = $5 where id = $1', [
        id,
        said,
        at,
        [said, null, ''],
        JSON.stringify({ said }),
      ]);
    });
  }
  const rows = await other.query('select said, at, tags, more from notes order by id');
  const row = { said, at, tags: [said, null, ''], more: { said } };
  expect(rows).toEqual([row, row]);
});

test('each of many concurrent queries gets its own answer', async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) =>
      db.writeAll((writes) => {
        writes.write(insertNote, [Math.floor(i / 2), 'said']);
        writes.write(insertNote, [1000 + i, 'said']);
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(
    Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 'fulfilled' : 'rejected')),
  );
  expect(await ids()).toHaveLength(40);
});

test('a query on a lost connection fails, and the next query succeeds', async () => {
  const sleep = 'select pg_sleep($1)';
  const write = (id: number, seconds: number) =>
    db.writeAll((writes) => {
      writes.write(insertNote, [id, 'said']);
      writes.write(sleep, [seconds]);
    });
  await write(1, 0);
  const [own] = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
  const lost = write(2, 30).catch((error: unknown) => error);
  const asleep = `select 1 from pg_stat_activity where pid = $1 and wait_event = 'PgSleep'`;
  await expect.poll(() => other.query(asleep, [own?.pid])).toHaveLength(1);
  await other.query('select pg_terminate_backend($1)', [own?.pid]);
  expect(isDatabaseUnavailable(await lost)).toBe(true);
  await write(3, 0);
  expect(await ids()).toEqual([1, 3]);
});

test('a missing socket of the database is its trouble, and a missing file is not', () => {
  const missing = (syscall: string) => Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall });
  expect(isDatabaseUnavailable(missing('connect'))).toBe(true);
  expect(isDatabaseUnavailable(missing('open'))).toBe(false);
});

test('closed several times, at once or one after the other, it ends once', async () => {
  const closed = createDb({ connectionString: database.connectionString, poolSize: 1 });
  await closed.query('select 1 as one');
  await Promise.all([closed.close(), closed.close()]);
  await closed.close();
  await expect(closed.query('select 1 as one')).rejects.toThrow('end on the pool');
});
