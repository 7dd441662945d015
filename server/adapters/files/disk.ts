import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from './files.ts';
import { pathOfKey } from './keys.ts';

/** The embedded database may be on the same disk, and a full one stops every sale. */
const leastFreeBytes = 2 * 2 ** 30;
const leastFreeShare = 0.1;

/**
 * Keeps files in a folder of this machine. A file is written beside its place and then renamed, so nobody ever reads half of one.
 * Several machines need a folder that they share.
 */
export function createDiskFiles(root: string): Files {
  return {
    async write(key, bytes) {
      const path = pathOf(root, key);
      await mkdir(dirname(path), { recursive: true });
      const draft = `${path}.${randomUUID()}`;
      try {
        await writeFile(draft, bytes, { flush: true });
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    async hasRoom() {
      await mkdir(root, { recursive: true });
      const { bavail, bsize, blocks } = await statfs(root);
      return bavail * bsize > Math.min(leastFreeBytes, blocks * bsize * leastFreeShare);
    },
    read: (key) => readFile(pathOf(root, key)).catch(nothing(null)),
    removeFolder: (folder) => rm(pathOf(root, folder), { recursive: true, force: true }),
    async *listFolders(folder) {
      const entries = await readdir(pathOf(root, folder), { withFileTypes: true }).catch(nothing([]));
      for (const entry of entries) if (entry.isDirectory()) yield entry.name;
    },
    changedAt: (folder) => stat(pathOf(root, folder)).then(({ mtime }) => mtime, nothing(null)),
  };
}

const pathOf = (root: string, key: string): string => join(root, ...pathOfKey(key).split('/'));

const nothing =
  <Missing>(missing: Missing) =>
  (error: NodeJS.ErrnoException): Missing => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return missing;
    throw error;
  };
