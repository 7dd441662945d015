import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

/** The path of redis-server or valkey-server: the system's, or Debian's package as unpackProgram() provides it. */
export const fetchRedis = (): string | undefined =>
  findProgram(['redis-server', 'valkey-server']) ?? unpackProgram('redis-server', 'usr/bin/redis-server');

/** The path of pgbouncer: the system's, or Debian's package as unpackProgram() provides it. */
export const fetchPgBouncer = (): string | undefined =>
  findProgram(['pgbouncer'], ['/usr/sbin']) ?? unpackProgram('pgbouncer', 'usr/sbin/pgbouncer');

/** The path of promtool, which checks rules of Prometheus: the system's, or that of Debian's package. */
export const fetchPromtool = (): string | undefined =>
  findProgram(['promtool']) ?? unpackProgram('prometheus', 'usr/bin/promtool');

/**
 * Unpacks a program of a Debian package into a cache, with the libraries that the machine lacks. It does not install the
 * package, because that would start a server on the machine. Returns the path of a script that runs the program.
 */
function unpackProgram(name: string, path: string): string | undefined {
  const folder = join(import.meta.dirname, `../node_modules/.cache/admit-${name}`);
  const script = join(folder, name);
  if (isExecutable(script)) return script;
  if (!existsSync('/usr/bin/apt-get')) return undefined;
  const plan = spawnSync('apt-get', ['install', '--simulate', '--no-install-recommends', name], {
    encoding: 'utf8',
  });
  const packages = [...plan.stdout.matchAll(/^Inst (\S+)/gm)].map(([, each = '']) => each);
  if (packages.length === 0) return undefined;
  mkdirSync(folder, { recursive: true });
  const inFolder = { cwd: folder, stdio: 'ignore' } as const;
  spawnSync('apt-get', ['download', ...packages], inFolder);
  for (const file of readdirSync(folder).filter((each) => each.endsWith('.deb')))
    spawnSync('dpkg', ['-x', file, '.'], inFolder);
  if (!isExecutable(join(folder, path))) return undefined;
  const lib = join(folder, 'usr/lib');
  const libraries = existsSync(lib) ? readdirSync(lib).map((each) => join(lib, each)) : [];
  const lines = [
    '#!/bin/sh',
    `export LD_LIBRARY_PATH='${libraries.join(':')}'`,
    `exec '${join(folder, path)}' "$@"`,
  ];
  writeFileSync(script, `${lines.join('\n')}\n`, { mode: 0o755 });
  return spawnSync(script, ['--version']).status === 0 ? script : undefined;
}

const motoVersion = '5.2.5';
const motoFolder = join(import.meta.dirname, `../node_modules/.cache/admit-moto-${motoVersion}`);

/** The folder of moto, a server that speaks S3's API, as pip fills it once (ADMIT_MOTO names another). Undefined if there is no way to it. */
export function fetchMoto(): string | undefined {
  if (!findProgram(['python3'])) return undefined;
  if (process.env.ADMIT_MOTO) return process.env.ADMIT_MOTO;
  if (existsSync(motoFolder)) return motoFolder;
  const fetched = `${motoFolder}.fetched`;
  // Its server with S3 alone takes pip 10 s of CPU. moto[server] brings what all of Amazon's services need.
  const packages = [`moto[s3]==${motoVersion}`, 'flask', 'flask-cors'];
  const pip = ['-m', 'pip', 'install', '--quiet', '--target', fetched, ...packages];
  // Without a connection pip may wait for a long time.
  const { status } = spawnSync('python3', pip, { stdio: 'ignore', timeout: 4 * 60_000 });
  // A half of the packages must not pass for all of them the next time.
  if (status === 0) renameSync(fetched, motoFolder);
  else rmSync(fetched, { recursive: true, force: true });
  return status === 0 ? motoFolder : undefined;
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
