import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClient } from '../../data/connections.ts';
import { createSeal } from '../../seal.ts';
import { type Child, startChild } from '../../testing/child.ts';
import { createClient } from '../../testing/client.ts';
import { freePort } from '../../testing/free-port.ts';
import { sampleOf } from '../../testing/thorough.ts';
import { createWorld, testPassword, type World } from '../../testing/world.ts';

/*
 * A sign-up makes both the account and its mail, or neither, even if the process dies at any of its writes or if any
 * write fails. Otherwise a retry would get `email_taken`, and no mail would ever come.
 */
const childSecret = 'the secret of the process that is killed';

let world: World;
let dataDir: string;
let port: number;

beforeAll(async () => {
  world = await createWorld({ LOG_LEVEL: 'silent' });
  dataDir = await mkdtemp(join(tmpdir(), 'admit-sign-up-'));
  port = await freePort();
});
afterAll(async () => {
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** The tables that a sign-up writes to, in their order. */
const tables = [
  'users',
  'accounts',
  'verifications',
  'graphile_worker._private_jobs',
  'sessions',
  'known_browsers',
];

async function onInsert(table: string, what: string): Promise<() => Promise<unknown>> {
  await world.app.db.query(`
    create or replace function at_insert() returns trigger language plpgsql as $$ begin ${what}; return new; end $$`);
  await world.app.db.query(`create trigger at_insert before insert on ${table} execute function at_insert()`);
  return () => world.app.db.query(`drop trigger at_insert on ${table}`);
}

const signUp = (url: string, email: string) =>
  createClient(url).post('/api/auth/sign-up/email', { name: 'Ada', email, password: testPassword });

const mailsTo = (email: string) =>
  world.app.db.query<{ sealedUrl: string }>(
    `select payload->>'sealedUrl' as "sealedUrl" from graphile_worker._private_jobs where payload->>'to' = $1`,
    [email],
  );

/** Signs up again. Afterwards there is one account with one mail, whose link verifies it. */
async function expectRepaired(url: string, email: string): Promise<void> {
  const again = await signUp(url, email);
  expect([200, 409]).toContain(again.status);
  if (again.status === 409) expect(again.body.code).toBe('email_taken');
  const mails = await mailsTo(email);
  expect(mails).toHaveLength(1);
  const client = createClient(url);
  await client.post('/api/auth/sign-in/email', { email, password: testPassword });
  const sealed = mails[0]?.sealedUrl ?? '';
  // Sealed by the killed process, or by the one that handled the retry.
  const link = createSeal(childSecret).open(sealed) ?? world.app.seal.open(sealed) ?? '';
  const token = new URL(link).searchParams.get('token');
  expect(await client.post('/api/auth/verify-email', { token })).toMatchObject({ status: 200 });
}

describe('a process that is killed', () => {
  test.each(sampleOf(tables, 2))('as it writes to %s', async (table) => {
    const email = `killed-${tables.indexOf(table)}@example.com`;
    let child: Child | undefined = await startChild({
      connectionString: world.connectionString,
      dataDir,
      port,
      env: { ROLES: 'api', SESSION_SECRET: childSecret },
    });
    const lock = openClient({ connectionString: world.connectionString, name: 'test' });
    await lock.connect();
    const heal = await onInsert(table, 'perform pg_advisory_xact_lock_shared(424242)');
    try {
      await lock.query('select pg_advisory_lock(424242)');
      const asked = signUp(child.url, email).catch(() => null);
      const waits = `select from pg_locks where locktype = 'advisory' and objid = 424242 and not granted`;
      await expect.poll(() => world.app.db.query(waits), { timeout: 60_000 }).toHaveLength(1);
      await child.kill();
      child = undefined;
      expect(await asked).toBeNull();
      await lock.query('select pg_advisory_unlock(424242)');
      // The statements that the dead process had sent have finished or rolled back by now.
      const busy = `
        select from pg_stat_activity where datname = current_database() and application_name like 'admit%'
          and wait_event_type = 'Lock'`;
      await expect.poll(() => world.app.db.query(busy), { timeout: 60_000 }).toHaveLength(0);
    } finally {
      await heal();
      await lock.end();
      await child?.kill();
    }
    await expectRepaired(world.url, email);
  });
});

describe('a write that fails', () => {
  // A full disk is the database's failure; a division by zero is ours.
  const codes = { '53100': 503, '22012': 500 };
  const cases = tables
    .slice(0, 5)
    .flatMap((table) => Object.keys(codes).map((code) => [table, code] as const));
  test.each(cases)('to %s with %s', async (table, code) => {
    const email = `failed-${tables.indexOf(table)}-${code}@example.com`;
    const heal = await onInsert(table, `raise exception 'trouble' using errcode = '${code}'`);
    const refused = await signUp(world.url, email);
    await heal();
    expect(refused.status).toBeGreaterThanOrEqual(400);
    if (code === '53100') expect(refused.body.code).toBe('unavailable');
    expect(await mailsTo(email)).toEqual([]);
    expect((await signUp(world.url, email)).status).toBe(200);
    await expectRepaired(world.url, email);
  });
});
