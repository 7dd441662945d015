import type { Person } from './browsers.ts';

/** What is said to be wrong, by the label of its field, as assistive technology puts the two together. */
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

/** The label of what has the focus. */
export const focused = ({ page }: Person): Promise<string> =>
  page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? '');
