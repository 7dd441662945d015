import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../../../tools/chromium.ts';

/** A browser with a profile on the disk, like a phone's. `kill` ends it as a dead battery does. */
export async function startKillable(profile: string, baseURL: string) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    baseURL,
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run'],
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const kill = async () => {
    const ended = new Promise((done) => context.once('close', done));
    // The profile's folder is this browser's alone, so its name finds the browser and nothing else.
    const pids = execFileSync('pgrep', ['-f', profile]).toString().trim().split('\n').map(Number);
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended with the one before it.
      }
    }
    await ended;
  };
  return { context, page, kill };
}
