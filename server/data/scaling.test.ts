import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buy } from '../features/tickets/testing/buy.ts';
import { createWorld, type World } from '../testing/world.ts';

/*
 * Checks what docs/scaling.md promises, so that the tables of a sale can be spread over servers by their event: their keys have the
 * event's id, and no statement of the hot path joins rows of events without it.
 */
const page = readFileSync(new URL('../../docs/scaling.md', import.meta.url), 'utf8');

/** The tables that a section of the page names in the first column of its table. */
function tablesUnder(heading: string): string[] {
  const section = page.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const cells = section.split('\n').flatMap((line) => /^\| (`.*?) \|/.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name as string));
}
const hot = tablesUnder('Tables of the hot path');

type Parse = (this: pg.Connection, query: { text: string }) => void;
const connections = pg.Connection.prototype as unknown as { parse: Parse };
const { parse } = connections;

let world: World;
let client: pg.Client;
/** The tables with rows of an event. */
let ofEvents: string[];
/** The text of every statement that connections of this process have prepared. */
const statements = new Set<string>();

beforeAll(async () => {
  connections.parse = function (query) {
    statements.add(query.text);
    parse.call(this, query);
  };
  world = await createWorld();
  client = new pg.Client({ connectionString: world.connectionString });
  await client.connect();
  const { rows } = await client.query(`
    select relname::text as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
      and exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'event_id')`);
  ofEvents = rows.map(({ name }) => name);
});
afterAll(async () => {
  connections.parse = parse;
  await client?.end();
  await world?.close();
});

test('the page names tables that exist, and the keys without the event are those that it names', async () => {
  const changed = tablesUnder('Keys without the event');
  for (const name of [...hot, ...tablesUnder('Looked up by their id'), ...changed])
    expect(ofEvents).toContain(name);
  const { rows } = await client.query(
    `select distinct indrelid::regclass::text as name from pg_index
    where indrelid::regclass::text = any($1) and indisunique and not exists (
      select from pg_attribute where attrelid = indrelid and attnum = any(indkey) and attname = 'event_id')`,
    [[...hot, ...changed]],
  );
  expect(rows.map(({ name }) => name).toSorted()).toEqual(changed.toSorted());
});

test('references between tables of the hot path name the event', async () => {
  const { rows } = await client.query(
    `select conname::text as name from pg_constraint
    where contype = 'f' and conrelid::regclass::text = any($1) and confrelid::regclass::text = any($1)
      and not exists (
        select from pg_attribute where attrelid = conrelid and attnum = any(conkey) and attname = 'event_id')`,
    [hot],
  );
  expect(rows).toEqual([]);
});

test('no statement of the hot path joins rows of an event without its id', async () => {
  const open = await world.event({ capacity: 50 });
  const seated = await world.event({ seats: [{ zone: 'a', rows: 2, perRow: 10 }] });
  statements.clear();
  for (const event of [open, seated]) {
    for (const person of [await world.user(), await world.guest()]) {
      expect((await world.client().get(`/api/events/${event.id}/availability`)).status).toBe(200);
      const { tickets } = await buy(world, person, event);
      const [ticket] = tickets;
      const scan = { code: ticket?.code, nonce: `nonce-${ticket?.id}`, gate: 'North' };
      const path = `/api/events/${event.id}/check-ins`;
      expect((await event.organiser.client.post(path, scan)).status).toBe(201);
    }
  }
  await world.drain();
  const planned = [...statements].filter((text) => /^\s*(select|with|insert|update|delete)/i.test(text));
  // At least those that change places, orders, tickets, payments and admissions.
  expect(planned.length).toBeGreaterThan(40);
  for (const table of ['pools', 'seats', 'holds', 'orders', 'payments', 'tickets', 'check_ins', 'transfers'])
    expect(planned.some((text) => new RegExp(`(insert into|update) ${table}\\b`).test(text))).toBe(true);
  const lookedUp = new Set<string>();
  for (const text of planned) {
    // Each server has its own outbox and jobs, and the sandbox stands for a provider elsewhere.
    if (/\b(outbox\w*|sandbox\.\w+|graphile_worker)\b/.test(text)) continue;
    const { joins, byId } = await looseOf(text);
    expect.soft(joins, text).toEqual([]);
    for (const table of byId) lookedUp.add(table);
  }
  const named = tablesUnder('Looked up by their id');
  expect([...lookedUp].filter((table) => !named.includes(table))).toEqual([]);
});

test('the check finds joins without the event', async () => {
  const bad = [
    'select 1 from orders join tickets on tickets.order_id = orders.id where orders.event_id = $1',
    'select 1 from orders join tickets on tickets.order_id = orders.id where orders.id = $1',
    `with few as materialized (select id from orders where event_id = $1)
      select 1 from few join payments on payments.order_id = few.id`,
    'select 1 from pools where event_id = $1 and exists (select from holds where holds.buyer_id = pools.id)',
  ];
  for (const text of bad) expect((await looseOf(text)).joins, text).not.toEqual([]);
  const good = [
    `select 1 from orders join tickets on tickets.order_id = orders.id and tickets.event_id = orders.event_id
      where orders.id = $1`,
    'select 1 from orders join tickets using (event_id) where orders.event_id = $1',
    'select 1 from unnest($1::text[]) as asked (id) join orders on orders.id = asked.id',
  ];
  for (const text of good) expect((await looseOf(text)).joins, text).toEqual([]);
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Schema?: string;
  Alias?: string;
  'CTE Name'?: string;
  'Subplan Name'?: string;
  Plans?: Plan[];
  [detail: string]: unknown;
}

/**
 * The conditions of a statement that join rows of an event by something else than the event, and the tables that it reads by
 * other keys alone.
 */
async function looseOf(text: string): Promise<{ joins: string[]; byId: string[] }> {
  const { rows } = await client.query(`explain (generic_plan, verbose, costs off, format json) ${text}`);
  const all = nodesOf(rows[0]['QUERY PLAN'][0].Plan);
  const conditions = all.flatMap((node) =>
    Object.entries(node).flatMap(([name, value]) => (/Cond|Filter/.test(name) ? String(value) : [])),
  );
  const ofEvent = (node: Plan) =>
    node['Node Type'].endsWith('Scan') &&
    node.Schema === 'public' &&
    ofEvents.includes(node['Relation Name'] ?? '');
  const isBound = ({ Alias }: Plan) =>
    conditions.some((each) =>
      new RegExp(`\\b${Alias}\\.event_id = |= \\(?${Alias}\\.event_id\\b`).test(each),
    );
  const free = all.filter((node) => ofEvent(node) && !isBound(node));
  // A part of the statement that reads rows of an event hands them on under a name of its own.
  const carriers = all.filter((node) => {
    const parts = node['CTE Name']
      ? all.filter((part) => part['Subplan Name'] === `CTE ${node['CTE Name']}`)
      : [node];
    return parts.flatMap(nodesOf).some(ofEvent);
  });
  const aliases = new Set(carriers.flatMap(({ Alias }) => Alias ?? []));
  const joins = free.flatMap(({ Alias = '' }) =>
    conditions
      .flatMap((each) => each.split(/ AND | OR /))
      .filter((each) => {
        const named = [...each.matchAll(/\b(\w+)\.\w+/g)].map(([, alias]) => alias as string);
        return named.includes(Alias) && named.some((other) => other !== Alias && aliases.has(other));
      })
      // The same row again, by its address.
      .filter((each) => !/^\(*\w+\.ctid = \w+\.ctid\)*$/.test(each)),
  );
  // A row's address comes from a look-up by its key.
  const byId = free.filter((node) => node['Node Type'] !== 'Tid Scan');
  const tables = new Set(byId.map((node) => node['Relation Name'] as string));
  // If both tables have the same value, PostgreSQL compares each with it, and the plan has no condition of both.
  if (tables.size > 1) joins.push(`${[...tables].join(' and ')} by other keys`);
  return { joins, byId: [...tables] };
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
