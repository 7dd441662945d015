import { pictureWidths, previewWidth } from '../../../contract/picture-address.ts';
import {
  leastPictureHeight,
  leastPictureWidth,
  mostPicturePixels,
  mostPictureShape,
  type pictureFaults,
} from '../../../contract/pictures.ts';

type PictureFault = (typeof pictureFaults)[number];

export type Encoded =
  | { fault: PictureFault }
  | {
      /** In pixels, upright. */
      width: number;
      height: number;
      /** By name: `720.webp`, `1200.jpg`. */
      files: Record<string, Buffer>;
    };

const kinds: { name: string; is: (bytes: Buffer) => boolean }[] = [
  { name: 'jpeg', is: (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) },
  { name: 'png', is: (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) },
  {
    name: 'webp',
    is: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  },
  { name: 'avif', is: (bytes) => /^ftyp(avif|mif1|miaf)/.test(bytes.toString('latin1', 4, 12)) },
];
/** The loaders of libvips for these kinds. It has many others, and none of them ever sees a stranger's file. */
const loaders = ['Jpeg', 'Png', 'Webp', 'Heif'].map((name) => `VipsForeignLoad${name}`);

/**
 * Reads a picture that a stranger sent, and writes it anew in the widths of pages, without metadata. The decoders are C programs, so
 * this runs in a process of its own (encoder.ts).
 */
export async function encodePicture(bytes: Buffer): Promise<Encoded> {
  if (!kinds.some(({ is }) => is(bytes))) return { fault: 'unknown_kind' };
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: loaders });
  sharp.concurrency(1);
  sharp.cache(false);
  const read = () => sharp(bytes, { limitInputPixels: mostPicturePixels, failOn: 'error', autoOrient: true });
  try {
    const { autoOrient } = await read().metadata();
    const { width, height } = autoOrient;
    if (width * height > mostPicturePixels) return { fault: 'too_many_pixels' };
    if (width < leastPictureWidth || height < leastPictureHeight) return { fault: 'too_small' };
    if (width > height * mostPictureShape.wide || height > width * mostPictureShape.high)
      return { fault: 'odd_shape' };
    const widest = { width: Math.max(...pictureWidths), withoutEnlargement: true };
    // One picture of full size is decoded once. The smaller ones come from the largest one, in the colours of screens.
    const { data, info } = await read()
      .resize(widest)
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { channels } = info;
    const drawn = (most: number) =>
      sharp(data, { raw: { width: info.width, height: info.height, channels } }).resize({
        width: most,
        withoutEnlargement: true,
      });
    const files: Record<string, Buffer> = {};
    for (const most of pictureWidths)
      files[`${most}.webp`] = await drawn(most).webp({ quality: 80 }).toBuffer();
    files[`${previewWidth}.jpg`] = await drawn(previewWidth)
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82, mozjpeg: true })
      .toBuffer();
    return { width, height, files };
  } catch (error) {
    return { fault: /pixel limit/i.test((error as Error).message) ? 'too_many_pixels' : 'damaged' };
  }
}

/** Makes the AVIF of each width of a picture that `encodePicture` made. It takes seconds, so a job does it. */
export async function encodeAvif(bytes: Buffer): Promise<Encoded> {
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  const { width, height } = await sharp(bytes).metadata();
  const files: Record<string, Buffer> = {};
  for (const most of pictureWidths)
    files[`${most}.avif`] = await sharp(bytes)
      .resize({ width: most, withoutEnlargement: true })
      .avif({ quality: 55, effort: 3 })
      .toBuffer();
  return { width, height, files };
}
