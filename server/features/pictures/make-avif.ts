import type { PictureId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { fileOf, folderOf } from './pictures.ts';
import { pictureExists } from './store.ts';

/** The job: makes the AVIF files of a picture. Until then browsers get WebP. */
export async function makeAvif(app: App, { pictureId }: { pictureId: PictureId }): Promise<void> {
  const largest = await app.files.read(fileOf(pictureId, '1600.webp'));
  // Deleted meanwhile.
  if (!largest) return;
  const encoded = await app.encoder.encodeAvif(largest);
  // WebP stays, which every browser takes. Another attempt would end like this one.
  if ('fault' in encoded) return app.log.warn({ pictureId }, 'no AVIF could be made of a picture');
  for (const [name, bytes] of Object.entries(encoded.files))
    await app.files.write(fileOf(pictureId, name), bytes);
  // Deleted while the files were made.
  if (!(await pictureExists(app.db, pictureId))) await app.files.removeFolder(folderOf(pictureId));
}
