import type { Clock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type { Log } from '../../log.ts';
import { createDiskFiles } from './disk.ts';
import type { Files } from './files.ts';

/** Chooses where uploaded files are kept: in a store that speaks S3's API, or in a folder. */
export async function createFiles(parts: { config: Config; clock: Clock; log: Log }): Promise<Files> {
  const { s3, filesDir } = parts.config;
  if (!s3) return createDiskFiles(filesDir);
  const { createS3Files } = await import('./s3.ts');
  return createS3Files(s3, parts);
}
