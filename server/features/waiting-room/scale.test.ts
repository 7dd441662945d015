import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { someoneIsBlocked } from '../../testing/blocked.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, testPassword, type World } from '../../testing/world.ts';
import { endPlaces } from './end-places.ts';
import { keepRooms, startKeeping } from './keep-rooms.ts';
import { closeList } from './keeper-store.ts';
import { endedAdmissionsSql } from './store.ts';
import { join, keep, leave, mine, queueOf, steer, withOpening, withQueue } from './testing/queue.ts';

/* Queues of many people, and many queues: nobody waits for the work of a keeper, and a queue without people costs nothing. */

let world: World;
let other: pg.Client;
beforeAll(async () => {
  world = await createWorld();
  other = new pg.Client({ connectionString: world.connectionString });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await world.close();
});

const healthy = async () =>
  expect(await audit(world.app.db, { settled: false, now: world.clock.now() })).toEqual([]);

async function joined(event: TestEvent, count: number): Promise<Person[]> {
  const people = await Promise.all(Array.from({ length: count }, () => world.guest()));
  for (const person of people) await join(person, event);
  return people;
}

/** A list that is closed and not drawn. */
async function closedList(event: TestEvent): Promise<void> {
  await world.app.db.transaction((trx) => closeList(trx, event.id));
  await world.app.notices.catchUp();
}

test('while a portion of a draw is written, a guest of the list signs in and others join', async () => {
  const event = await withOpening(world);
  const [guest] = await joined(event, 6);
  const account = await world.user();
  await closedList(event);
  // As the draw does with a portion, and its commit takes long.
  await other.query('begin');
  await other.query(
    `insert into queue_draws (event_id, entry_id, position)
     select event_id, id, row_number() over (order by id) from queue_entries where event_id = $1`,
    [event.id],
  );
  try {
    const credentials = { email: account.email, password: testPassword };
    expect((await guest!.client.post('/api/auth/sign-in/email', credentials)).status).toBe(200);
    expect((await join(await world.guest(), event)).position).toBe(7);
    expect(await mine(guest!, event)).toMatchObject({ status: 'before_draw', position: null });
  } finally {
    await other.query('rollback');
  }
  await keep(world, 1000);
  const place = await mine(guest!, event);
  expect(place.position).toBeGreaterThan(0);
  expect(place.position).toBeLessThan(7);
  await healthy();
});

test('a draw and a sign-in of a guest who is drawn end in no deadlock', async () => {
  const event = await withOpening(world);
  const people = await joined(event, 12);
  const accounts = await Promise.all(people.map(() => world.user()));
  await closedList(event);
  const before = await deadlocks();
  await Promise.all([
    keepRooms(world.app),
    ...people.map(async ({ client }, i) => {
      const credentials = { email: accounts[i]!.email, password: testPassword };
      expect((await client.post('/api/auth/sign-in/email', credentials)).status).toBe(200);
    }),
  ]);
  expect(await deadlocks()).toBe(before);
  await world.app.notices.catchUp();
  const places = await Promise.all(people.map((person) => mine(person, event)));
  expect(places.map(({ position }) => position ?? 0).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 12 }, (_, i) => i + 1),
  );
});

async function deadlocks(): Promise<number> {
  await world.app.db.query('select pg_stat_force_next_flush()');
  const [row] = await world.app.db.query<{ deadlocks: number }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return row?.deadlocks ?? -1;
}

test('a draw that takes long does not hold up the queues of other events', async () => {
  const [slow, quick] = [await withOpening(world), await withQueue(world)];
  await joined(slow, 3);
  const [person] = await joined(quick, 1);
  await steer(quick, { peoplePerMinute: 600 });
  await closedList(slow);
  await other.query('begin; lock table queue_draws in exclusive mode');
  const keeping = startKeeping(world.app, 20);
  try {
    await someoneIsBlocked(world.app.db);
    await vi.waitFor(async () => {
      world.clock.advance(1000);
      expect((await mine(person!, quick)).status).toBe('active');
    }, 8000);
    expect((await queueOf(world, slow)).state).toBe('drawing');
    await other.query('commit');
    await vi.waitFor(async () => expect((await queueOf(world, slow)).state).toBe('open'), 8000);
  } finally {
    await other.query('rollback');
    await keeping.stop();
  }
});

test('a queue ends for everybody at once, and its places in portions, also if a process dies between them', async () => {
  const event = await withQueue(world);
  await steer(event, { peoplePerMinute: 60 });
  const people = await joined(event, 12);
  await keep(world, 0);
  await keep(world, 2000);
  const now = world.clock.now();
  const closeSql = 'update waiting_rooms set closes_at = $2, version = version + 1 where event_id = $1';
  await world.app.db.query(closeSql, [event.id, now]);
  await world.app.notices.catchUp();
  const { db } = world.app;
  let transactions = 0;
  const dying: typeof db = {
    ...db,
    // The end of the queue is the first, and the portions follow.
    transaction: (work) => (++transactions > 1 ? Promise.reject(new Error('killed')) : db.transaction(work)),
  };
  await expect(
    keepRooms({ ...world.app, db: dying, rooms: { ...world.app.rooms, inUse: () => [event.id] } }),
  ).rejects.toThrow('killed');
  await world.app.notices.catchUp();
  expect((await queueOf(world, event)).state).toBe('ended');
  const waiting = () =>
    db.query('select waiting, is_ending from waiting_rooms where event_id = $1', [event.id]);
  const [before] = await waiting();
  expect(before).toMatchObject({ is_ending: true });
  transactions = -1;
  await expect(endPlaces({ ...world.app, db: dying }, event.id, { portion: 5 })).rejects.toThrow('killed');
  const [between] = await waiting();
  expect(between).toMatchObject({ is_ending: true });
  const over = await db.query(
    "select id from queue_entries where event_id = $1 and end_reason = 'queue_over'",
    [event.id],
  );
  expect(over).toHaveLength(10);
  await healthy();
  // A process that starts now goes on.
  const next = await world.another();
  await keepRooms(next.app);
  expect(await waiting()).toEqual([{ waiting: 0, is_ending: false }]);
  await world.app.notices.catchUp();
  for (const person of people)
    expect(await mine(person, event)).toMatchObject({ status: 'ended', endReason: 'queue_over' });
  expect(world.app.rooms.inUse()).not.toContain(event.id);
  await healthy();
});

test('a cancelled event ends its queue and all its places', async () => {
  const event = await withQueue(world);
  const [person] = await joined(event, 1);
  await world.app.db.query("update events set status = 'cancelled' where id = $1", [event.id]);
  await world.app.notices.catchUp();
  await keep(world);
  expect(await mine(person!, event)).toMatchObject({ status: 'ended', endReason: 'queue_over' });
});

test('three hundred queues without people cost one statement a step, and a person among them is kept', async () => {
  // The queues of the tests before.
  await world.app.db.query("update waiting_rooms set mode = 'off', version = version + 1");
  const event = await withQueue(world);
  const [columns] = await world.app.db.query<{ names: string }>(
    `select string_agg(column_name, ', ') as names from information_schema.columns
    where table_schema = 'public' and table_name = 'events' and is_generated = 'NEVER'`,
  );
  await world.app.db.query(
    `insert into events (${columns?.names}) select ${columns?.names} from (
      select (jsonb_populate_record(events, jsonb_build_object(
        'id', 'evt_' || lpad(n::text, 26, '0'), 'slug', 'empty-' || n))).*
      from events, generate_series(1, 300) as n where id = $1) as empty`,
    [event.id],
  );
  await world.app.notices.catchUp();
  expect(world.app.rooms.inUse().length).toBeGreaterThan(300);
  await keep(world);
  expect(await step()).toEqual({ statements: 1, transactions: 0 });
  const [person] = await joined(event, 1);
  expect(await step()).toEqual({ statements: 1, transactions: 1 });
  expect((await mine(person!, event)).status).toBe('active');
  await leave(person!, event);
  // Whoever was let in less than two minutes ago counts for the speed that everybody sees.
  world.clock.advance(minutes(2));
  await keep(world);
  expect(await step()).toEqual({ statements: 1, transactions: 0 });
  // Places are sold without the queue too, so an empty one is looked at once a minute.
  world.clock.advance(minutes(1));
  expect((await step()).transactions).toBeGreaterThan(300);
});

async function step(): Promise<{ statements: number; transactions: number }> {
  world.clock.advance(1000);
  const { db } = world.app;
  const counted = { statements: 0, transactions: 0 };
  const counting: typeof db = {
    ...db,
    query(text, values) {
      counted.statements++;
      return db.query(text, values);
    },
    transaction(work) {
      counted.transactions++;
      return db.transaction(work);
    },
  };
  await keepRooms({ ...world.app, db: counting });
  await world.app.notices.catchUp();
  return counted;
}

test('a process that starts reads few admissions, however many places there ever were', async () => {
  const event = await withQueue(world);
  await world.app.db.query(
    `insert into queue_entries (event_id, id, salt, in_draw, position, status, joined_at, admitted_at, active_until, ended_at, end_reason)
    select $1, 'que_' || lpad(n::text, 26, '0'), '', false, n, 'ended', at, at, at, at, case when n % 2 = 0 then 'bought' else 'window_over' end
    from generate_series(1, 20000) as n, (select now() - interval '2 days' as at) as past`,
    [event.id],
  );
  await world.app.db.query('analyze queue_entries');
  const rows = await world.app.db.query<{ 'QUERY PLAN': string }>(`explain ${endedAdmissionsSql}`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/Scan using queue_ended_early/);
  expect(plan).not.toMatch(/Seq Scan/);
});
