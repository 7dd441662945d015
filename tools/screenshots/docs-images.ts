import type { Browser } from 'playwright-core';
import { personAt } from '../../web/e2e/testing/browsers.ts';
import { settle } from './camera.ts';
import { buy } from './journeys.ts';
import { writeWebp } from './webp.ts';

const folder = new URL('../../docs/images/', import.meta.url);
const maxBytes = 200 * 1024;

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
    await writeWebp(await page.screenshot(), new URL(`${name}.webp`, folder), maxBytes);
    await context.close();
  }
}
