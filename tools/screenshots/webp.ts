import { writeFileSync } from 'node:fs';
import sharp from 'sharp';

/** WebP qualities. The first that fits the size limit is used. */
const qualities = [80, 65, 50, 35];

/** Writes a screenshot as WebP. Fails if no quality fits the limit. */
export async function writeWebp(png: Buffer, to: URL, maxBytes: number): Promise<void> {
  for (const quality of qualities) {
    const webp = await sharp(png).webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
    if (webp.length <= maxBytes) return writeFileSync(to, webp);
  }
  throw new Error(`${to.pathname} has too much in it for ${maxBytes} bytes`);
}
