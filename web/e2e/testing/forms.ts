import type { Person } from './browsers.ts';

/** The errors by their field's label, as assistive technology connects the two. */
export const faults = ({ page }: Person): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const invalid = document.querySelectorAll<HTMLInputElement>('main [aria-invalid="true"]');
    return Object.fromEntries(
      [...invalid].map((field) => [
        field.labels?.[0]?.textContent ?? '',
        document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent ?? '',
      ]),
    );
  });

/** The label of the focused field. */
export const focused = ({ page }: Person): Promise<string> =>
  page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? '');
