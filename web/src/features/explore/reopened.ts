/**
 * Stores how much of the list was shown, so that a reload restores it as Back does. It is stored per tab, for the
 * last list only.
 */
const KEY = 'admit.list';
/** Each page loads after the one before it, so this is limited. */
const mostPages = 20;

/** True if the browser returns to a page by a reload or from another site. */
export function isReopened(): boolean {
  const [opened] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return opened !== undefined && opened.type !== 'navigate';
}

export function notePages(list: string, pages: number): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([list, pages]));
  } catch {
    // If storage is forbidden or full, a reload begins with the first page.
  }
}

/** How many pages of this list to load at the start. */
export function pagesToLoad(list: string): number {
  if (!isReopened()) return 1;
  try {
    const [known, pages] = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as unknown[];
    return known === list && Number.isInteger(pages) ? Math.min(Math.max(Number(pages), 1), mostPages) : 1;
  } catch {
    return 1;
  }
}
