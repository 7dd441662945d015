import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';

/**
 * Checks that each look-up of one row uses the key that it names, on a fresh database.
 *
 * A first on-sale fills empty tables within seconds, before ANALYZE has run, and PostgreSQL keeps the plans that it
 * makes then. Without statistics an index that begins with the event looks as good as the primary key. With that
 * index, one seat's hold would read all holds of the event. Queries for a whole event have partial indexes, which a
 * look-up by id can't use.
 */
let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

/** The indexes that the statement's generic plan reads. */
async function waysOf(statement: string): Promise<string[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (generic_plan, format json) ${statement}`,
  );
  const scans = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(scans)];
  return scans(rows[0]!['QUERY PLAN'][0].Plan).flatMap((plan) => {
    if (plan['Node Type'] === 'Seq Scan') return `${plan['Relation Name']} as a whole`;
    return plan['Index Name'] ?? [];
  });
}

test('each check of a foreign key goes through the key that it names', async () => {
  const { rows: keys } = await client.query<{
    name: string;
    referenced: string;
    index: string;
    columns: string[];
  }>(`
    select conname as name, confrelid::regclass::text as referenced, conindid::regclass::text as index,
      array(select attname::text from unnest(confkey) with ordinality as key (number, n)
        join pg_attribute on attrelid = confrelid and attnum = number order by n) as columns
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
  expect(keys.length).toBeGreaterThan(15);
  for (const { name, referenced, index, columns } of keys) {
    const where = columns.map((column, i) => `x.${column} = $${i + 1}`).join(' and ');
    // The same statement that PostgreSQL itself runs for a foreign key.
    const ways = await waysOf(`select 1 from only ${referenced} x where ${where} for key share of x`);
    expect.soft({ name, ways }).toEqual({ name, ways: [index] });
  }
});

test('an admission changes no index of the tickets', async () => {
  const { rows } = await client.query(`
    select pg_get_indexdef(indexrelid) as index from pg_index
    where indrelid = 'tickets'::regclass and pg_get_indexdef(indexrelid) ~ 'status|used_at'`);
  expect(rows).toEqual([]);
});

describe('a look-up of one row goes through its key', () => {
  const byId = ['holds', 'orders', 'tickets', 'payments', 'refunds', 'transfers', 'check_ins'];
  const byIdAndEvent = byId.map((table): [string, string] => [
    `select * from ${table} where id = $1 and event_id = $2`,
    `${table}_pkey`,
  ]);
  const statements: [string, string][] = [
    ...byId.map((table): [string, string] => [`select * from ${table} where id = $1`, `${table}_pkey`]),
    ...byIdAndEvent,
    ['select * from seats where event_id = $1 and index = $2', 'seats_pkey'],
    ['select * from ticket_types where event_id = $1 and id = $2', 'ticket_types_pkey'],
    ['select * from events where id = $1', 'events_pkey'],
    ['select * from ticket_wallets where event_id = $1', 'ticket_wallets_by_event'],
    ['select * from ledgers where event_id = $1', 'ledgers_pkey'],
    ['select * from check_ins where event_id = $1 and nonce = $2', 'check_ins_by_nonce'],
    ['select * from check_ins where event_id = $1 and ticket_id = $2', 'check_ins_once'],
    ['select * from holds where event_id = $1 and buyer_id = $2', 'holds_of_buyer'],
    ['select * from tickets where order_id = $1', 'tickets_of_order'],
    [
      'select * from orders where event_id = $1 and id > $2 and total_minor >= 0 order by id',
      'orders_of_event',
    ],
  ];
  test.each(statements)('%s', async (statement, index) => {
    expect(await waysOf(statement)).toEqual([index]);
  });
});
