/**
 * The pictures of cards. Our own covers have a second size for cards (tools/make-covers.ts draws both). Other
 * pictures have only one size. The server preloads the first covers (server/pages/front-page.ts) with the same
 * values, so that the browser uses the preloaded picture.
 */
export const cardCoverWidth = 720;
export const cardCoverFolder = '/covers/720/';
const ownWidth = 1600;

/** In shelves, cards are 15 or 16 rem wide. In the list, they fill a phone's screen. */
export const coverSizes = {
  shelf: '16rem',
  list: '(min-width: 64rem) 24rem, (min-width: 40rem) 50vw, calc(100vw - 2rem)',
} as const;

/** A cover's `srcset`; undefined if there is only one size. */
export function coverSet(url: string | null): string | undefined {
  const own = url && /^\/covers\/([^/]+\.webp)$/.exec(url)?.[1];
  return own ? `${cardCoverFolder}${own} ${cardCoverWidth}w, ${url} ${ownWidth}w` : undefined;
}
