import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { loadSecrets } from './secrets.ts';

test('first starts at the same instant end with the same secrets, which only their owner can read', async () => {
  for (let round = 0; round < 20; round++) {
    const dataDir = await mkdtemp(join(tmpdir(), 'admit-secrets-'));
    try {
      const config = readConfig({ DATA_DIR: dataDir });
      const all = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(config)));
      for (const secrets of all) expect(secrets).toEqual(all[0]);
      expect(await readdir(dataDir)).toEqual(['secrets.json']);
      expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
      expect(await loadSecrets(config)).toEqual(all[0]);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }
});
