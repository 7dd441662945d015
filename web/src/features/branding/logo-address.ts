import { pictureFolder } from '../../../../contract/picture-address.ts';

/** A logo is shown small, so its smallest file is enough. */
export const logoAddress = (url: string): string => {
  const folder = pictureFolder(url);
  return folder ? `${folder}480` : url;
};
