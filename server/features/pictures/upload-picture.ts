import { hash } from 'node:crypto';
import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { Picture } from '../../../contract/pictures.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { writeJobs } from '../../work/jobs.ts';
import { addressOf, fileOf, folderOf } from './pictures.ts';
import { countPictures, insertPicture, type PictureRow, renewUploaded } from './store.ts';

const mostPictures = 2000;
const mostPerDay = 100;

type UploadCall = Pick<
  Call<{ organisationId: OrganisationId }, undefined, undefined, 'team'>,
  'params' | 'rawBody'
>;

/**
 * Keeps a picture that a member uploads. The files come first and the row last: a picture that is known is whole. If the process dies in between,
 * files without a row are left, which `forgetPictures` removes. A retry finds the picture by its hash.
 */
export async function uploadPicture(app: App, { params, rawBody }: UploadCall): Promise<Picture> {
  const { organisationId } = params;
  const sha256 = hash('sha256', rawBody, 'buffer');
  const now = app.clock.now();
  const known = await renewUploaded(app.db, organisationId, sha256, now);
  if (known) return shown(known);
  const { all, today } = await countPictures(app.db, organisationId, new Date(now.getTime() - 86_400_000));
  if (all >= mostPictures || today >= mostPerDay) throw new Refused('pictures_full');
  if (!(await app.files.hasRoom())) throw new Refused('pictures_out_of_room');
  const encoded = await app.encoder.encode(rawBody, organisationId);
  if ('fault' in encoded) throw new Refused('picture_refused', { fault: encoded.fault });
  const { width, height, files } = encoded;
  const picture = { id: app.newId('picture'), width, height };
  try {
    for (const [name, bytes] of Object.entries(files)) await app.files.write(fileOf(picture.id, name), bytes);
    const isFirst = await app.db.transaction(async (trx) => {
      const mine = await insertPicture(trx, { ...picture, organisationId, sha256 }, now);
      if (mine) writeJobs(trx, [{ task: 'make-avif', payload: { pictureId: picture.id } }]);
      return mine;
    });
    if (isFirst) return shown(picture);
  } catch (error) {
    await app.files.removeFolder(folderOf(picture.id));
    throw error;
  }
  // Somebody sent the same file at the same time.
  await app.files.removeFolder(folderOf(picture.id));
  const theirs = await renewUploaded(app.db, organisationId, sha256, now);
  if (!theirs) throw new Error(`${organisationId}: a picture was there and is gone`);
  return shown(theirs);
}

const shown = ({ id, width, height }: PictureRow): Picture => ({ id, url: addressOf(id), width, height });
