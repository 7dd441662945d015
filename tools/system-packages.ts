import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program of one of these names is; the names' order wins over the folders'. */
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
 * Installs a package on Debian and Ubuntu where root or passwordless sudo allows; elsewhere does nothing.
 * The caller looks again for what it needs, and says what to install where it is still missing.
 */
export function installPackage(name: string): void {
  if (!existsSync('/usr/bin/apt-get')) return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return;
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    const [program = '', ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...command];
    console.log(`apt-get ${command.join(' ')}`);
    // A list that can't be refreshed may still do, so only the lack of the program itself is an error.
    spawnSync(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] });
  }
}

/** Makes sure of the programs that the tests read PDF files with. Throws, saying what to install, where it can't. */
export function ensurePoppler(): void {
  const missing = () => ['pdftoppm', 'pdftotext', 'pdffonts'].some((program) => !findProgram([program]));
  if (missing()) installPackage('poppler-utils');
  if (missing()) throw new Error('The tests read PDF files: install your system\'s "poppler-utils" package.');
}

const nginxFolder = join(import.meta.dirname, '../node_modules/.cache/admit-nginx');

/** Where nginx is: the system's, or the one that fetchNginx() has unpacked. */
export const findNginx = (): string | undefined =>
  findProgram(
    ['nginx'],
    ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', join(nginxFolder, 'usr/sbin')],
  );

/**
 * Makes sure of nginx for the test of a proxy in front, where Debian's package can be had. It is unpacked and not
 * installed: an installed one would start a web server on the machine.
 */
export function fetchNginx(): string | undefined {
  const found = findNginx();
  if (found || !existsSync('/usr/bin/apt-get')) return found;
  mkdirSync(nginxFolder, { recursive: true });
  const inFolder = { cwd: nginxFolder, stdio: 'ignore' } as const;
  // Of the two names the binary is in one or the other, by the release.
  spawnSync('apt-get', ['download', 'nginx', 'nginx-light'], inFolder);
  for (const file of readdirSync(nginxFolder).filter((name) => name.endsWith('.deb')))
    spawnSync('dpkg', ['-x', file, '.'], inFolder);
  const nginx = findNginx();
  return nginx && spawnSync(nginx, ['-v']).status === 0 ? nginx : undefined;
}
