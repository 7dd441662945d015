import type { EventSummary } from '../../contract/events.ts';
import { type Language, languages } from '../../contract/languages.ts';
import ar from '../../web/src/features/explore/ar.ts';
import de from '../../web/src/features/explore/de.ts';
import en from '../../web/src/features/explore/en.ts';
import es from '../../web/src/features/explore/es.ts';
import { firstScreen, placeholders } from '../../web/src/features/explore/first-screen.ts';
import fr from '../../web/src/features/explore/fr.ts';
import { coverSizes } from '../../web/src/ui/cover-set.ts';
import { coverImage } from './cover.ts';
import { escapeHtml } from './head.ts';

const words: Record<Language, Record<'title' | 'lead' | 'trending', string>> = { ar, de, en, es, fr };

/**
 * What the front page shows until the program has loaded: its heading, and the first events that many want, with the first
 * one's picture. On a slow connection a visitor sees them a second or two earlier. One page is cached for readers of all
 * languages, so it has the words in all of them, and the stylesheet shows those of the reader's (`data-in`).
 */
export function frontScreen(wanted: EventSummary[], hasHint: boolean): string {
  const chips = `<div class="${placeholders.chip}"></div>`.repeat(12);
  return `<div class="border-b border-line"><div class="min-h-16"></div></div>
<div class="${placeholders.screen} ${firstScreen.page}">${hasHint ? `<div class="${placeholders.hint}"></div>` : ''}
<h1 class="${firstScreen.title}">${inAll('title')}</h1><p class="${firstScreen.lead}">${inAll('lead')}</p>
<div class="${placeholders.search}"></div>
<div class="${placeholders.filters}"><div class="${placeholders.chips}">${chips}</div></div>${wanted.length > 0 ? shelf(wanted) : ''}</div>`;
}

const inAll = (key: 'title' | 'lead' | 'trending'): string =>
  (Object.keys(languages) as Language[])
    .map((language) => {
      const text = escapeHtml(words[language][key]);
      return `<span lang="${language}" data-in="${language}">${text}</span>`;
    })
    .join('');

/** The first card has its picture. The others' would take its time on a slow line. */
function shelf(events: EventSummary[]): string {
  const cards = events.map(({ title, coverUrl }, index) => {
    const cover =
      index === 0 && coverUrl
        ? coverImage(coverUrl, { sizes: coverSizes.shelf, className: firstScreen.cover })
        : `<div class="${firstScreen.cover}"></div>`;
    return `<li class="${firstScreen.shelfItem}"><div class="${firstScreen.shelfFrame}">${cover}</div><h3 class="${firstScreen.shelfName} line-clamp-2"><bdi>${escapeHtml(title)}</bdi></h3></li>`;
  });
  return `<section class="${firstScreen.shelf}"><div class="${firstScreen.shelfHead}"><h2 class="${firstScreen.shelfTitle}">${inAll('trending')}</h2></div>
<ul class="${firstScreen.shelfList}">${cards.join('')}</ul></section>`;
}
