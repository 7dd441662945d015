/**
 * How much of the list was shown, for a page that is loaded anew: a reload then finds it as Back does. Kept for the
 * tab, and of its last list only.
 */
const KEY = 'admit.list';
/** Each is fetched after the one before it. */
const mostPages = 20;

/** True where the browser comes back to a page that it had, by a reload or from another site. */
export function isReopened(): boolean {
  const [opened] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return opened !== undefined && opened.type !== 'navigate';
}

export function notePages(list: string, pages: number): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([list, pages]));
  } catch {
    // Storage may be forbidden or full; then a reload begins with the first page.
  }
}

/** How many pages of this list to begin with. */
export function pagesToLoad(list: string): number {
  if (!isReopened()) return 1;
  try {
    const [known, pages] = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as unknown[];
    return known === list && Number.isInteger(pages) ? Math.min(Math.max(Number(pages), 1), mostPages) : 1;
  } catch {
    return 1;
  }
}
