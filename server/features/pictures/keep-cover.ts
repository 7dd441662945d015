import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, PictureId } from '../../../contract/ids.ts';
import { pictureFolder } from '../../../contract/picture-address.ts';
import type { Transaction } from '../../data/db.ts';
import { keepPicture } from './store.ts';

/**
 * Keeps the picture that an event of this organisation is about to show. Throws Refused('invalid_request') if the address names none of
 * the organisation's pictures. An address of another kind is none of our files.
 */
export async function keepCover(
  trx: Transaction,
  coverUrl: string | null,
  organisationId: OrganisationId,
): Promise<void> {
  const id = pictureFolder(coverUrl)?.split('/')[2] as PictureId | undefined;
  if (!id || (await keepPicture(trx, id, organisationId))) return;
  const message = 'is no picture of this organisation: upload it first';
  throw new Refused('invalid_request', {
    detail: `body.coverUrl: ${message}`,
    issues: [{ path: 'body.coverUrl', message }],
  });
}
