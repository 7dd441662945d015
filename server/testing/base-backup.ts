import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeData, serverUser } from '../adapters/postgres/server-user.ts';
import { openClient } from '../data/connections.ts';

/**
 * Copies the data directory of a running PostgreSQL, as pg_basebackup does, without it:
 * https://www.postgresql.org/docs/current/continuous-archiving.html
 */
export async function copyWhileRunning(
  connectionString: string,
  { from, to }: { from: string; to: string },
  meanwhile: () => Promise<void> = async () => {},
): Promise<void> {
  // The start and the end of a backup must use the same connection.
  const client = openClient({ connectionString, name: 'admit backup' });
  await client.connect();
  try {
    await client.query(`select pg_backup_start('copy', true)`);
    const going = meanwhile();
    run('cp', ['-a', realpathSync(join(from, 'postgres')), to]);
    await going;
    const { rows } = await client.query('select labelfile from pg_backup_stop(true)');
    for (const name of ['postmaster.pid', 'postmaster.opts', 'pg_wal'])
      rmSync(join(to, name), { recursive: true, force: true });
    const user = serverUser(from);
    write(join(to, 'backup_label'), rows[0].labelfile, user);
    mkdirSync(join(to, 'pg_wal'), { mode: 0o700 });
    own(join(to, 'pg_wal'), user);
  } finally {
    await client.end();
  }
}

/** Makes a copy the data of a server that does not run yet. The signal says what the server does with it. */
export function placeCopy(copy: string, dataDir: string, signal: 'recovery.signal' | 'standby.signal'): void {
  const user = serverUser(dataDir);
  const data = placeData(dataDir, user);
  rmSync(data, { recursive: true, force: true });
  run('mv', [copy, data]);
  write(join(data, signal), '', user);
}

function write(path: string, text: string, user: ReturnType<typeof serverUser>): void {
  writeFileSync(path, text, { mode: 0o600 });
  own(path, user);
}

function own(path: string, { uid, gid }: ReturnType<typeof serverUser>): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function run(command: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  // A file that disappears during the copy is restored from the log.
  if (error || (status !== 0 && !/No such file|vanished/.test(stderr)))
    throw new Error(`${command}: ${error?.message ?? stderr}`);
}
