import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from './files.ts';

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
    async listFolders(folder) {
      const path = pathOf(root, folder);
      const entries = await readdir(path, { withFileTypes: true }).catch(nothing([]));
      return Promise.all(
        entries
          .filter((entry) => entry.isDirectory())
          .map(async ({ name }) => ({ name, changedAt: (await stat(join(path, name))).mtime })),
      );
    },
  };
}

const safeName = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/** A key never leaves the folder. */
function pathOf(root: string, key: string): string {
  const names = key.split('/');
  if (!names.every((name) => safeName.test(name))) throw new Error(`not a key of a file: ${key}`);
  return join(root, ...names);
}

const nothing =
  <Missing>(missing: Missing) =>
  (error: NodeJS.ErrnoException): Missing => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return missing;
    throw error;
  };
