import axe from 'axe-core';
import { expect } from 'vitest';
import type { Person } from './browsers.ts';

/**
 * What axe finds wrong with a person's page, each element for itself. Of this document only: a mail is another document, in
 * which no script may run.
 */
export async function findBarriers({ page }: Person, options: axe.RunOptions = {}): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    async (given) => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(given);
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
      );
    },
    { ...options, iframes: false },
  );
}

/** Expects that axe finds nothing, in light and in dark. */
export async function isAccessible(person: Person): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await person.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    expect(await findBarriers(person), scheme).toEqual([]);
  }
  await person.page.emulateMedia({ colorScheme: 'light' });
}
