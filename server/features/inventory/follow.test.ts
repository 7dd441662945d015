import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';

/* In a rush a batch is decided and sent behind one that has not been answered: here that one is held up on purpose. */
let world: World;
let people: Person[];
let rival: pg.Client;
beforeAll(async () => {
  world = await createWorld();
  people = await Promise.all(Array.from({ length: 41 }, () => world.guest()));
  rival = new pg.Client({ connectionString: world.connectionString });
  await rival.connect();
});
afterAll(async () => {
  await rival.end();
  await world.close();
});

const hold = ({ client }: Person, event: TestEvent) =>
  client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });

/** An event that is remembered, with its ledger locked by another process. */
async function locked(capacity: number): Promise<TestEvent> {
  const event = await world.event({ capacity });
  await hold(await world.guest(), event);
  await hold(await world.guest(), event);
  await rival.query('begin');
  await rival.query('select from ledgers where event_id = $1 for update', [event.id]);
  return event;
}

const waitsSql = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

/** One person's hold waits for the lock; then the others come. Resolves when a second batch has been sent behind it. */
async function rush(event: TestEvent, others: Person[]) {
  const [first] = people as [Person];
  const ahead = hold(first, event);
  await expect.poll(() => rival.query(waitsSql)).toMatchObject({ rowCount: 1 });
  const batches = await countBatches();
  const behind = others.map((person) => hold(person, event));
  await expect.poll(countBatches).toBe(batches + 1);
  return { answers: Promise.all([ahead, ...behind]) };
}

async function countBatches(): Promise<number> {
  const { values } = await world.app.metrics.ledgerBatchSize.get();
  return values.find(({ metricName }) => metricName?.endsWith('_count'))?.value ?? 0;
}

const placesSql = `
  select pools.held, (select count(*)::int from holds where holds.event_id = pools.event_id) as holds
  from pools where event_id = $1`;
const places = async (event: TestEvent) =>
  (await rival.query<{ held: number; holds: number }>(placesSql, [event.id])).rows[0];

const statusesOf = (answers: { status: number }[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

test('a batch is sent behind one that waits, and counts what that one takes', async () => {
  const event = await locked(30);
  const { answers } = await rush(event, people.slice(1));
  await rival.query('commit');
  expect(statusesOf(await answers)).toEqual({ 201: 28, 409: 13 });
  expect(await places(event)).toEqual({ held: 30, holds: 30 });
});

test('where another process was first, what was sent behind fails too, and all of it is decided again', async () => {
  const event = await locked(30);
  const { answers } = await rush(event, people.slice(1));
  // Another process sells twenty places and makes the very version that the second batch expects of the first.
  await rival.query(`update ledgers set version = version + 1, batch = 'bat_rival' where event_id = $1`, [
    event.id,
  ]);
  await rival.query(`update pools set held = held + 20 where event_id = $1`, [event.id]);
  await rival.query('commit');
  expect(statusesOf(await answers)).toEqual({ 201: 8, 409: 33 });
  expect(await places(event)).toEqual({ held: 30, holds: 10 });
});
