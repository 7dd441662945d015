import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { audit } from '../../server/audit/audit.ts';
import { createDb, type Db } from '../../server/data/db.ts';
import { sameRows, say as sayRows } from './rows.ts';

type Say = (line: string) => void;

/** The paths of `pg_dump` and `pg_restore`: in the directory PG_BIN if it is set, otherwise in the PATH. */
const program = (name: string) => (process.env.PG_BIN ? `${process.env.PG_BIN}/${name}` : name);

/** Dumps `from` into the empty database `to` and checks the copy. Sell nothing meanwhile, or the row counts differ. */
export async function drillDump(from: string, to: string, say: Say): Promise<void> {
  await withDb(to, async (db) => {
    const [{ tables } = { tables: 0 }] = await db.query<{ tables: number }>(
      `select count(*)::int as tables from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    if (tables > 0)
      throw new Error(`The database to restore into has ${tables} tables already. Name an empty one.`);
  });
  const startedMs = performance.now();
  await copy(from, to);
  say(`dumped and restored in ${Math.round((performance.now() - startedMs) / 100) / 10} s`);
  await withDb(from, (source) => withDb(to, (copied) => sameRows(source, copied, say)));
  await judge(to, { isDump: true, say });
}

/** Pipes pg_dump into pg_restore. --no-owner: the copy may belong to another role. */
async function copy(from: string, to: string): Promise<void> {
  const dump = spawn(program('pg_dump'), ['--format=custom', '--dbname', from], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const restore = spawn(program('pg_restore'), ['--no-owner', '--exit-on-error', '--dbname', to], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  dump.stdout.pipe(restore.stdin);
  // If the restore has ended, the pipe breaks; its own message says why.
  restore.stdin.on('error', () => {});
  const said: string[] = [];
  for (const { stderr } of [dump, restore]) stderr.on('data', (chunk) => said.push(String(chunk)));
  const codes = await Promise.all(
    [dump, restore].map(async (child) => {
      const [code] = await Promise.race([
        once(child, 'close'),
        once(child, 'error').then(([error]) => [error]),
      ]);
      return code;
    }),
  );
  const missing = codes.find((code) => code instanceof Error) as Error | undefined;
  if (missing)
    throw new Error(
      `${missing.message}. Install the client tools of your PostgreSQL, or set PG_BIN to their directory.`,
    );
  if (codes.some((code) => code !== 0))
    throw new Error(`The dump could not be restored:\n${said.join('').trim()}`);
}

/**
 * Runs the audit. A dump gives every row a new transaction number, so the promise that compares those is left out.
 * Unfinished work is no error: `settled` is false.
 */
export async function judge(url: string, { isDump, say }: { isDump: boolean; say: Say }): Promise<void> {
  await withDb(url, async (db) => {
    await sayRows(db, say);
    const skip = isDump ? ['whoever changed a hold last has told of it'] : [];
    const broken = await audit(db, { settled: false, skip });
    if (broken.length > 0) throw new Error(`The audit found what is broken:\n${broken.join('\n')}`);
    say('the audit found nothing broken');
  });
}

export async function withDb<T>(connectionString: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = createDb({ connectionString, poolSize: 2 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
