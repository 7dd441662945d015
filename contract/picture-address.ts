/**
 * The address of an uploaded picture. It is apart from the schemas, because pages read it and load no schemas.
 *
 * `/pictures/pic_…/1600` is the picture in one of the widths; the server answers with AVIF or WebP, as the browser takes. `?f=25-75` names
 * the point that stays visible when a page cuts the picture: 25 % from the left and 75 % from the top. The page's stylesheet knows steps
 * of 25, because no page has inline styles.
 */
export const pictureWidths = [480, 720, 1200, 1600] as const;
/** Link previews of other sites take only JPEG. */
export const previewWidth = 1200;

export const pictureAddress =
  /^(\/pictures\/pic_[0-9A-HJKMNP-TV-Z]{26}\/)1600(?:\?f=(0|25|50|75|100)-(0|25|50|75|100))?$/;

/** What an event may have as its cover: an uploaded picture, one of the demo's covers, or a picture on another site. */
export const coverAddress =
  /^(\/pictures\/pic_[0-9A-HJKMNP-TV-Z]{26}\/1600(\?f=(0|25|50|75|100)-(0|25|50|75|100))?|\/covers\/[a-z0-9-]+\.(webp|jpg|png|svg)|https:\/\/[^\s"'<>]+)$/;

/** The folder of a picture's address, in which each width has an address of its own; null for any other address. */
export const pictureFolder = (url: string | null): string | null =>
  (url && pictureAddress.exec(url)?.[1]) || null;

/** The point that stays visible, in percent from the left and from the top. */
export function focusOf(url: string): [across: number, down: number] {
  const [, , across = 50, down = 50] = pictureAddress.exec(url) ?? [];
  return [Number(across), Number(down)];
}
