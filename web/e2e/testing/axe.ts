import type { AnyRouter } from '@tanstack/react-router';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Person } from './browsers.ts';

/**
 * What axe finds wrong with a person's page, each element for itself. Of this document only: a mail is another document, in
 * which no script may run.
 */
export async function findBarriers({ page }: Person, options: axe.RunOptions = {}): Promise<string[]> {
  await arrives(page);
  // Axe is half a megabyte of source, so a document gets it once.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(
    async (given) => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(given);
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
      );
    },
    // Axe need not describe what passes.
    { ...options, iframes: false, resultTypes: ['violations' as const] },
  );
}

/** Waits until the page that was asked for has replaced the page before it. A document without the app has arrived. */
const arrives = (page: Page) =>
  page.waitForFunction(
    () =>
      (globalThis as unknown as { __TSR_ROUTER__?: AnyRouter }).__TSR_ROUTER__?.state.status !== 'pending',
  );

/** What axe finds in light and in dark. The dark theme differs only in its colours. */
export async function findBarriersInBothThemes(person: Person): Promise<{ light: string[]; dark: string[] }> {
  await person.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const light = await findBarriers(person);
  await person.page.emulateMedia({ colorScheme: 'dark' });
  const dark = await findBarriers(person, { runOnly: ['color-contrast', 'link-in-text-block'] });
  await person.page.emulateMedia({ colorScheme: 'light' });
  return { light, dark };
}

/** Expects that axe finds nothing, in light and in dark. */
export async function isAccessible(person: Person): Promise<void> {
  expect(await findBarriersInBothThemes(person)).toEqual({ light: [], dark: [] });
}
