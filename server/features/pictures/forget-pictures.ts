import type { PictureId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { folderOf, picturesFolder } from './pictures.ts';
import { deleteUnused, pictureExists } from './store.ts';

/** Long enough for a draft that is prepared over days, and for an upload that is under way. */
const unusedDays = 7;

/** Deletes pictures that no event shows, and files that a crash left without a row. Returns how many. */
export async function forgetPictures(app: Pick<App, 'db' | 'files'>, now: Date): Promise<number> {
  const before = new Date(now.getTime() - unusedDays * 86_400_000);
  let count = 0;
  for (;;) {
    const ids = await app.db.transaction((trx) => deleteUnused(trx, before));
    for (const id of ids) await app.files.removeFolder(folderOf(id));
    count += ids.length;
    if (ids.length === 0) break;
  }
  for await (const name of app.files.listFolders(picturesFolder)) {
    const id = name as PictureId;
    if (await pictureExists(app.db, id)) continue;
    const changedAt = await app.files.changedAt(folderOf(id));
    if (!changedAt || changedAt > before) continue;
    await app.files.removeFolder(folderOf(id));
    count++;
  }
  return count;
}
