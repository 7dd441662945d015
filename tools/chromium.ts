import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const MAC_PATHS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The system's Chromium or Chrome. Throws, saying what to install, where there is none. */
export function chromiumPath(): string {
  const found = findChromium();
  if (found) return found;
  throw new Error(
    'The end-to-end test needs Chromium: install your system\'s "chromium" package, or name a Chromium or Chrome in ADMIT_CHROMIUM.',
  );
}

/** As chromiumPath, but on Debian and Ubuntu installs it first where root or passwordless sudo allows. */
export function ensureChromium(): string {
  if (!findChromium()) installChromium();
  return chromiumPath();
}

function findChromium(): string | undefined {
  for (const variable of ['ADMIT_CHROMIUM', 'CHROME_PATH']) {
    const given = process.env[variable];
    if (!given) continue;
    if (!isExecutable(given)) throw new Error(`${variable} names ${given}, which is no program`);
    return given;
  }
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...candidates, ...MAC_PATHS].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installChromium(): void {
  if (!existsSync('/usr/bin/apt-get')) return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return;
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [program = '', ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...command];
    console.log(`apt-get ${command.join(' ')}`);
    // A list that can't be refreshed may still do, so only the lack of the program itself is an error.
    spawnSync(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] });
  }
}
