import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Person, personAt } from '../../web/e2e/testing/browsers.ts';

export const devices = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
} satisfies Record<string, BrowserContextOptions>;

export type Device = keyof typeof devices;

export interface Visitor {
  person: Person;
  /** Takes the page in light and in dark: with `whole` the full height, otherwise one screen. */
  shoot(name: string, how?: 'whole' | 'screen'): Promise<void>;
}

export async function enter(
  browser: Browser,
  url: string,
  device: Device,
  { into, locale = 'en-GB' }: { into: string; locale?: string | undefined },
): Promise<Visitor> {
  const context = await browser.newContext({
    ...devices[device],
    baseURL: url,
    locale,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  return {
    person: personAt(page, () => {}),
    async shoot(name, how = 'whole') {
      const { viewport } = devices[device];
      // Makes the screen as high as the page, so that sticky footers stand at the end.
      if (how === 'whole') {
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ ...viewport, height: Math.max(viewport.height, height) });
      }
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await settle(page);
        await page.screenshot({ path: join(into, `${name}-${colorScheme}.png`) });
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(viewport);
    },
  };
}

/** Waits for fonts and pictures, also below the fold, and for the drawing that follows. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = 'eager';
    const arrived = pictures
      .filter(({ complete }) => !complete)
      .map(
        (picture) =>
          new Promise((done) => ['load', 'error'].map((end) => picture.addEventListener(end, done))),
      );
    await Promise.all([document.fonts.ready, ...arrived]);
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
  });
  await page.waitForTimeout(400);
}
