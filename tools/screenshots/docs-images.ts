import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { personAt } from '../../web/e2e/testing/browsers.ts';
import { settle } from './camera.ts';
import { buy } from './journeys.ts';

const folder = new URL('../../docs/images/', import.meta.url);
const maxBytes = 200 * 1024;
/** WebP qualities. The first that fits the size limit is used. */
const qualities = [0.8, 0.65, 0.5, 0.35];

/** The README's pictures. */
const images = [
  { name: 'explore', path: '/', width: 1440, height: 900, colorScheme: 'light' },
  {
    name: 'seats',
    path: '/e/the-cartographer-s-daughter/seats',
    width: 1440,
    height: 900,
    colorScheme: 'dark',
  },
  { name: 'event-phone', path: '/e/night-shift', width: 390, height: 844, colorScheme: 'light' },
  // This one shows an order that the script places.
  { name: 'ticket-phone', path: null, width: 390, height: 844, colorScheme: 'dark' },
  { name: 'explore-phone-arabic', path: '/', width: 390, height: 844, colorScheme: 'dark', locale: 'ar' },
] as const satisfies {
  name: string;
  path: string | null;
  width: number;
  height: number;
  [more: string]: unknown;
}[];

export async function writeDocsImages(browser: Browser, url: string): Promise<void> {
  for (const { name, path, width, height, ...more } of images) {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      viewport: { width, height },
      deviceScaleFactor: 2,
      reducedMotion: 'reduce',
      ...more,
    });
    const page = await context.newPage();
    if (path !== null) {
      await page.goto(path, { waitUntil: 'networkidle' });
    } else {
      const buyer = personAt(page, () => {});
      await buy(buyer);
      await buyer.press('Show large');
    }
    await settle(page);
    const png = await page.screenshot();
    const sizes = await page.evaluate(encode, { png: png.toString('base64'), qualities });
    const webp = sizes
      .map((base64) => Buffer.from(base64, 'base64'))
      .find(({ length }) => length <= maxBytes);
    if (!webp) throw new Error(`${name} has too much in it for ${maxBytes} bytes`);
    writeFileSync(new URL(`${name}.webp`, folder), webp);
    await context.close();
  }
}

/** Runs in the browser. Returns a PNG as WebP in each quality, as base64. */
async function encode(given: { png: string; qualities: number[] }): Promise<string[]> {
  const bytes = Uint8Array.from(atob(given.png), (char) => char.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return given.qualities.map((quality) => canvas.toDataURL('image/webp', quality).split(',')[1] ?? '');
}
