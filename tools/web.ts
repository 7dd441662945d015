import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Whether `web/dist` is a complete build and newer than all of its sources. */
export function isWebBuilt(): boolean {
  const built = statSync(join(root, 'web/dist/.complete'), { throwIfNoEntry: false });
  if (!built) return false;
  const sources = [
    'web/src',
    'web/public',
    'web/index.html',
    'web/vite.config.ts',
    'web/compile-words.ts',
    'web/first-files.ts',
    'web/offline.ts',
    'contract',
    'seat-map',
    'package-lock.json',
  ];
  return sources.every((path) => newestMs(join(root, path)) <= built.mtimeMs);
}

/** Builds the web app in a separate process, because the builder takes 200 MB and would keep them. */
export async function buildWeb(): Promise<void> {
  const vite = startVite(['build', 'web', '--logLevel', 'warn']);
  const [code] = await once(vite, 'exit');
  if (code !== 0) throw new Error('The web app could not be built.');
}

/** Serves the web app from its sources while this process runs, with the API of `apiUrl`. */
export function serveWeb(apiUrl: string, port: number): void {
  startVite(['web', '--port', String(port), '--strictPort', '--logLevel', 'warn'], { API_URL: apiUrl });
}

function startVite(parameters: string[], env: Record<string, string> = {}): ChildProcess {
  const program = join(root, 'node_modules/vite/bin/vite.js');
  const vite = spawn(process.execPath, [program, ...parameters], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  process.once('exit', () => vite.kill());
  return vite;
}

function newestMs(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  // The time of a directory shows that files were removed.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}
