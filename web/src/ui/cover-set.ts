/**
 * The sizes of covers. Uploaded pictures have four widths (contract/picture-address.ts), and our own covers two (tools/make-covers.ts draws
 * them). Pictures on other sites have only one. The server preloads the first covers (server/pages/cover.ts) with the same values, so
 * that the browser uses the preloaded picture.
 */
export const cardCoverWidth = 720;
export const cardCoverFolder = '/covers/720/';

/** The event's own page has it wide. In shelves, cards are 15 or 16 rem wide. In the list, they fill a phone's screen. */
export const coverSizes = {
  page: '(min-width: 80rem) 76rem, 100vw',
  shelf: '16rem',
  list: '(min-width: 64rem) 24rem, (min-width: 40rem) 50vw, calc(100vw - 2rem)',
} as const;

/** A cover's `srcset`; undefined if there is only one size. */
export function coverSet(url: string | null): string | undefined {
  const [, uploaded, own] = /^(\/pictures\/\w+\/)|^\/covers\/([^/]+\.webp)$/.exec(url ?? '') ?? [];
  if (uploaded) return [480, 720, 1200, 1600].map((width) => `${uploaded}${width} ${width}w`).join();
  return own && `${cardCoverFolder}${own} ${cardCoverWidth}w, ${url} 1600w`;
}
