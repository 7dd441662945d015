import { findProgram, installPackage, isExecutable } from './system-packages.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FOLDERS = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/Applications/Chromium.app/Contents/MacOS',
  '/Applications/Google Chrome.app/Contents/MacOS',
];

/** The path of the system's Chromium or Chrome. If there is none, it throws and says what to install. */
export function chromiumPath(): string {
  const found = findChromium();
  if (found) return found;
  throw new Error(
    'The end-to-end tests need Chromium: install your system\'s "chromium" package, or name a Chromium or Chrome in ADMIT_CHROMIUM.',
  );
}

/** Like chromiumPath, but installs Chromium first on Debian and Ubuntu if root or passwordless sudo allows. */
export function ensureChromium(): string {
  if (!findChromium()) installPackage('chromium');
  return chromiumPath();
}

function findChromium(): string | undefined {
  for (const variable of ['ADMIT_CHROMIUM', 'CHROME_PATH']) {
    const given = process.env[variable];
    if (!given) continue;
    if (!isExecutable(given)) throw new Error(`${variable} names ${given}, which is no program`);
    return given;
  }
  return findProgram([...NAMES, 'Chromium', 'Google Chrome'], FOLDERS);
}
