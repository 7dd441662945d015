/**
 * `npm run reset`: deletes the embedded database and the secrets that Admit made for it. The next start begins with an
 * empty database. It never touches a database that DATABASE_URL names.
 */
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AlreadyRunning, removeEmbeddedPostgres } from '../server/adapters/postgres/embedded.ts';

// It deletes only Admit's own files, because DATA_DIR may contain others.
const OURS = ['secrets.json', 'postgres-password', 'admit.pid'];

if (existsSync('.env')) process.loadEnvFile('.env');

try {
  await reset(resolve(process.env.DATA_DIR || '.data'));
} catch (error) {
  console.error((error as Error).message);
  if (error instanceof AlreadyRunning) console.error('Stop it first. Nothing was removed.');
  process.exitCode = 1;
}

async function reset(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) {
    console.log(`Nothing to reset: ${dataDir} does not exist.`);
    return;
  }
  const removed = await removeEmbeddedPostgres(dataDir);
  console.log(removed ? `Removed the database in ${removed}.` : `There was no database in ${dataDir}.`);

  if (process.env.DATABASE_URL) {
    // These secrets signed the tickets that were sold from that database.
    console.log('Left as they are: the database that DATABASE_URL names, and the secrets that go with it.');
    return;
  }
  for (const name of OURS) rmSync(join(dataDir, name), { force: true });
  const others = readdirSync(dataDir);
  if (others.length === 0) rmdirSync(dataDir);
  else console.log(`Left as it is, for it is not Admit's: ${others.join(', ')} in ${dataDir}.`);
}
