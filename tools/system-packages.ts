import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the first program of these names that exists. The order of names counts more than the order of folders. */
export function findProgram(names: string[], moreFolders: string[] = []): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...moreFolders];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs a package on Debian and Ubuntu if root or passwordless sudo allows; elsewhere it does nothing. The caller
 * checks again for its program, and says what to install if the program is still missing.
 */
export function installPackage(name: string): void {
  if (!existsSync('/usr/bin/apt-get')) return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return;
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    const [program = '', ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...command];
    console.log(`apt-get ${command.join(' ')}`);
    // An old package list may be good enough, so only a missing program is an error.
    spawnSync(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] });
  }
}

/** Installs the programs with which the tests read PDF files. If it can't, it throws and says what to install. */
export function ensurePoppler(): void {
  const missing = () => ['pdftoppm', 'pdftotext', 'pdffonts'].some((program) => !findProgram([program]));
  if (missing()) installPackage('poppler-utils');
  if (missing()) throw new Error('The tests read PDF files: install your system\'s "poppler-utils" package.');
}

const nginxFolder = join(import.meta.dirname, '../node_modules/.cache/admit-nginx');

/** The path of nginx: the system's, or the one that fetchNginx() has unpacked. */
const findNginx = (): string | undefined =>
  findProgram(
    ['nginx'],
    ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', join(nginxFolder, 'usr/sbin')],
  );

/**
 * Provides nginx for the test of a reverse proxy, from Debian's package if it is available. It unpacks the package and does
 * not install it, because an installed nginx would start a web server on the machine.
 */
export function fetchNginx(): string | undefined {
  const found = findNginx();
  if (found || !existsSync('/usr/bin/apt-get')) return found;
  mkdirSync(nginxFolder, { recursive: true });
  const inFolder = { cwd: nginxFolder, stdio: 'ignore' } as const;
  // The binary is in one of these two packages, depending on the release.
  spawnSync('apt-get', ['download', 'nginx', 'nginx-light'], inFolder);
  for (const file of readdirSync(nginxFolder).filter((name) => name.endsWith('.deb')))
    spawnSync('dpkg', ['-x', file, '.'], inFolder);
  const nginx = findNginx();
  return nginx && spawnSync(nginx, ['-v']).status === 0 ? nginx : undefined;
}

const stripeMockFolder = join(import.meta.dirname, '../node_modules/.cache/admit-stripe-mock');

/**
 * Provides stripe-mock, Stripe's own fake of its API: the system's, or one that Go installs into a cache. The first
 * installation takes about 90 seconds of CPU.
 */
export function fetchStripeMock(): string | undefined {
  const find = () => findProgram(['stripe-mock'], [stripeMockFolder]);
  const go = findProgram(['go'], ['/usr/local/go/bin']);
  if (find() || !go) return find();
  mkdirSync(stripeMockFolder, { recursive: true });
  spawnSync(go, ['install', 'github.com/stripe/stripe-mock@v0.203.0'], {
    env: { ...process.env, GOBIN: stripeMockFolder },
    stdio: 'ignore',
    // Without a connection Go may wait for a long time. Then the tests of stripe-mock are left out.
    timeout: 4 * 60_000,
  });
  return find();
}
