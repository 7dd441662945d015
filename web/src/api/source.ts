import type { Source } from '../../../contract/source.ts';

const key = (eventId: string) => `admit.link.${eventId}`;

/** Notes by which link this tab came to an event: `via`, `ref` or `utm_source` in its address. */
export function rememberLink(eventId: string): void {
  // The router drops parameters that it does not know from the address bar. The browser keeps the address that was opened.
  const opened = new URL(performance.getEntriesByType('navigation')[0]?.name ?? location.href);
  if (opened.pathname !== location.pathname) return;
  const search = opened.searchParams;
  const link = search.get('via') ?? search.get('ref') ?? search.get('utm_source');
  try {
    if (link && /^[\w .:@+-]{1,60}$/.test(link)) sessionStorage.setItem(key(eventId), link);
  } catch {
    // If storage is forbidden, the organiser does not see which link it was.
  }
}

/** Where this visitor comes from, for the figures of the organiser. It names nobody. */
export function sourceOf(eventId: string): Source {
  let link: string | null = null;
  try {
    link = sessionStorage.getItem(key(eventId));
  } catch {
    // See above.
  }
  const touch = matchMedia('(pointer: coarse)').matches;
  return {
    ...(link && { link }),
    device: !touch ? 'desktop' : Math.min(screen.width, screen.height) < 600 ? 'phone' : 'tablet',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
