import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, PictureId } from '../../../contract/ids.ts';
import { pictureFolder } from '../../../contract/picture-address.ts';
import type { Transaction } from '../../data/db.ts';
import { keepPicture } from './store.ts';

/**
 * Keeps the picture that an event of this organisation is about to show. Throws Refused('invalid_request') if the address names none of
 * the organisation's pictures. An address of another kind is none of our files.
 */
export const keepCover = (
  trx: Transaction,
  coverUrl: string | null,
  organisationId: OrganisationId,
): Promise<void> => keep(trx, coverUrl, organisationId, 'body.coverUrl');

/** The same for the logo of an organisation. */
export const keepLogo = (
  trx: Transaction,
  logoUrl: string | null,
  organisationId: OrganisationId,
): Promise<void> => keep(trx, logoUrl, organisationId, 'body.logoUrl');

/** The same for the pictures of an event's extras. */
export async function keepProductPictures(
  trx: Transaction,
  products: { pictureUrl: string | null }[],
  organisationId: OrganisationId,
): Promise<void> {
  for (const [i, { pictureUrl }] of products.entries())
    await keep(trx, pictureUrl, organisationId, `body.products.${i}.pictureUrl`);
}

async function keep(
  trx: Transaction,
  coverUrl: string | null,
  organisationId: OrganisationId,
  path: string,
): Promise<void> {
  const id = pictureFolder(coverUrl)?.split('/')[2] as PictureId | undefined;
  if (!id || (await keepPicture(trx, id, organisationId))) return;
  const message = 'is no picture of this organisation: upload it first';
  throw new Refused('invalid_request', {
    detail: `${path}: ${message}`,
    issues: [{ path, message }],
  });
}
