/**
 * Draws the covers of the demo's events into web/public/covers. Each cover is an SVG computed from its own name, so every
 * run gives the same picture. Chromium renders it and encodes it as WebP, in full size and in a size for cards
 * (web/src/ui/cover-set.ts).
 *
 *   node tools/make-covers.ts [name …]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cardCoverFolder, cardCoverWidth } from '../web/src/ui/cover-set.ts';
import { height, width } from './covers/draw.ts';
import { covers } from './covers/scenes.ts';
import { launchChromium } from './launch-chromium.ts';

const folder = new URL('../web/public/covers/', import.meta.url);
/** WebP qualities, the best first. The first one that fits the size limit is used. Above 0.8 nobody sees a difference. */
const qualities = [0.78, 0.7, 0.6, 0.5, 0.4];
const sizes = [
  { folder, width, height, maxBytes: 64 * 1024 },
  {
    folder: new URL(`../web/public${cardCoverFolder}`, import.meta.url),
    width: cardCoverWidth,
    height: Math.round((cardCoverWidth / width) * height),
    maxBytes: 24 * 1024,
  },
];

for (const size of sizes) mkdirSync(size.folder, { recursive: true });
const wanted = process.argv.slice(2);
const browser = await launchChromium();
try {
  const page = await browser.newPage();
  let total = 0;
  for (const [name, scene] of Object.entries(covers)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const size of sizes) {
      const svg = scene(name);
      const encoded = await page.evaluate(encode, { svg, width: size.width, height: size.height, qualities });
      const tried = encoded.map((base64) => Buffer.from(base64, 'base64'));
      const webp = tried.find((each) => each.length <= size.maxBytes) ?? (tried.at(-1) as Buffer);
      writeFileSync(new URL(`${name}.webp`, size.folder), webp);
      total += webp.length;
      console.log(`${name}.webp, ${size.width} wide: ${Math.round(webp.length / 1024)} KB`);
    }
  }
  console.log(`${Math.round(total / 1024)} KB in all`);
} finally {
  await browser.close();
}

/** Runs in the browser. Returns the picture in each quality, as base64. */
async function encode(given: {
  svg: string;
  width: number;
  height: number;
  qualities: number[];
}): Promise<string[]> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(given.svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = given.width;
  canvas.height = given.height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, given.width, given.height);
  return given.qualities.map((quality) => canvas.toDataURL('image/webp', quality).split(',')[1] ?? '');
}
