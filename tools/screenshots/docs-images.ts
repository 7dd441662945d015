import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { settle } from './camera.ts';

const folder = new URL('../../docs/images/', import.meta.url);
const maxBytes = 200 * 1024;

/** What the README shows. */
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
  { name: 'explore-phone-arabic', path: '/', width: 390, height: 844, colorScheme: 'dark', locale: 'ar' },
] as const satisfies { name: string; path: string; width: number; height: number; [more: string]: unknown }[];

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
    await page.goto(path, { waitUntil: 'networkidle' });
    await settle(page);
    const png = await page.screenshot();
    const webp = Buffer.from(await page.evaluate(encode, png.toString('base64')), 'base64');
    if (webp.length > maxBytes) throw new Error(`${name}.webp has ${webp.length} bytes`);
    writeFileSync(new URL(`${name}.webp`, folder), webp);
    await context.close();
  }
}

/** Runs in the browser: a PNG as WebP, both as base64. */
async function encode(png: string): Promise<string> {
  const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  const reader = new FileReader();
  await new Promise((done) => {
    reader.onload = done;
    reader.readAsDataURL(webp);
  });
  return String(reader.result).split(',')[1] ?? '';
}
