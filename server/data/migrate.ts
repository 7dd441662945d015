import { readdir, readFile } from 'node:fs/promises';
import { runMigrations as migrateWorker } from 'graphile-worker';
import { unhurriedTasks } from '../work/jobs.ts';
import { openClient } from './connections.ts';

const folder = new URL('../migrations/', import.meta.url);

/**
 * Brings a database up to date. It runs every `migrations/NNNN_*.sql` that has not run, in order, each in its own
 * transaction, and then the job queue's own migrations. Several processes may start it at once: the first takes an
 * advisory lock, and the others wait and then find nothing to do.
 */
export async function migrate(connectionString: string): Promise<void> {
  const client = openClient({ connectionString, name: 'admit migrate' });
  await client.connect();
  try {
    // A database behind a pooler has deadlines of its own (docs/operations.md). A migration may take longer.
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0');
    await client.query('select pg_advisory_lock(7036271)');
    await client.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const done = new Set(
      (await client.query<{ name: string }>('select name from migrations')).rows.map((row) => row.name),
    );
    for (const name of await migrationNames()) {
      if (done.has(name)) continue;
      const sql = await readFile(new URL(name, folder), 'utf8');
      try {
        await client.query(`begin; ${sql}; insert into migrations (name) values ('${name}'); commit`);
      } catch (error) {
        await client.query('rollback');
        throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
    }
    await migrateWorker({ connectionString, logger: silent });
    await client.query(
      'insert into graphile_worker._private_tasks (identifier) select unnest($1::text[]) on conflict do nothing',
      [unhurriedTasks],
    );
  } finally {
    await client.end();
  }
}

async function migrationNames(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9-_]+\.sql$/.test(name)).sort();
}

const { Logger } = await import('graphile-worker');
const silent = new Logger(() => () => {});
