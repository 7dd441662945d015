import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
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
