import type { Event } from '../../contract/events.ts';
import { firstScreen } from '../../web/src/features/buy/first-screen.ts';
import { coverSizes } from '../../web/src/ui/cover-set.ts';
import { coverImage } from './cover.ts';
import { escapeHtml } from './head.ts';

/**
 * What an event's page shows until the program has loaded: picture, title and summary, which are the same in every
 * language. On a slow connection a visitor reads them a second or two earlier.
 */
export function eventScreen({ title, summary, coverUrl, coverAlt }: Event): string {
  const { cover } = firstScreen;
  const picture = coverUrl
    ? coverImage(coverUrl, { alt: coverAlt, sizes: coverSizes.page, className: cover })
    : `<div class="bg-sunken object-cover ${cover}"></div>`;
  const under = summary && `<p class="${firstScreen.summary}"><bdi>${escapeHtml(summary)}</bdi></p>`;
  // An empty header comes first, with the app's own class names, because the stylesheet has no others.
  return `<div class="border-b border-line"><div class="min-h-16"></div></div>
<main class="${firstScreen.page}"><div class="${firstScreen.frame}">${picture}</div>
<div class="${firstScreen.columns}"><div><h1 class="${firstScreen.title}"><bdi>${escapeHtml(title)}</bdi></h1>${under}</div></div></main>`;
}
