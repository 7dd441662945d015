import type { PictureId } from '../../../contract/ids.ts';

export const picturesFolder = 'pictures';
/** The keys of a picture's files (adapters/files/files.ts). */
export const folderOf = (id: PictureId): string => `${picturesFolder}/${id}`;
export const fileOf = (id: PictureId, name: string): string => `${folderOf(id)}/${name}`;

/** What an event says as its `coverUrl` (contract/picture-address.ts). */
export const addressOf = (id: PictureId): string => `/pictures/${id}/1600`;
