import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const shared = '/dev/shm';
const prefix = 'admit-run-';
const gib = 2 ** 30;

/**
 * Makes a folder in memory for the files of one test run: databases, logs of brokers, profiles of browsers. Copying a
 * database takes 0.1 s there, and up to 1.5 s on a slow disk. Undefined where Linux has too little memory: a run keeps up
 * to 2 GB, and its servers and browsers need some too.
 */
export function newMemoryFolder(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(shared);
    if (bavail * bsize < 4 * gib || freemem() < 8 * gib) return undefined;
    removeLeftovers();
    const folder = mkdtempSync(join(shared, prefix));
    // As root, PostgreSQL runs as another user, who must get in.
    chmodSync(folder, 0o711);
    return folder;
  } catch {
    return undefined;
  }
}

/** A run that was killed leaves its folder. A PostgreSQL that still runs in one ends when its files are gone. */
function removeLeftovers(): void {
  const hoursAgo = Date.now() - 3 * 60 * 60_000;
  for (const name of readdirSync(shared)) {
    const path = join(shared, name);
    if (name.startsWith(prefix) && statSync(path).mtimeMs < hoursAgo)
      rmSync(path, { recursive: true, force: true });
  }
}
