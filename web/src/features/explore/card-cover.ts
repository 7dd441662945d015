/**
 * Our own covers come in a second size, which is enough for a card (tools/make-covers.ts draws both); a picture that
 * stands elsewhere has only its own. The server names the first of them in the page (server/pages/front-page.ts), in
 * the same words, so that what is fetched early is what is shown.
 */
export const cardCoverWidth = 720;
export const cardCoverFolder = '/covers/720/';
const ownWidth = 1600;

/** In the shelves, where cards are 15 or 16 rem wide; in the list, where they fill a phone's screen. */
export const coverSizes = {
  shelf: '16rem',
  list: '(min-width: 64rem) 24rem, (min-width: 40rem) 50vw, calc(100vw - 2rem)',
} as const;

/** What `srcset` says of a cover; undefined where there is one size only. */
export function coverSet(url: string | null): string | undefined {
  const own = url && /^\/covers\/([^/]+\.webp)$/.exec(url)?.[1];
  return own ? `${cardCoverFolder}${own} ${cardCoverWidth}w, ${url} ${ownWidth}w` : undefined;
}
