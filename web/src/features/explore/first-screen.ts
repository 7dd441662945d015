/**
 * The layout of the top of the front page. The server renders it before the program has loaded
 * (server/pages/front-screen.ts), and ExplorePage replaces it. Both use these classes, so that nothing moves.
 */
export const firstScreen = {
  page: 'page pb-8 pt-6 sm:pt-10',
  title: 'text-display font-extrabold',
  lead: 'mt-3 max-w-xl text-lg text-muted',
  shelf: 'mt-10',
  shelfHead: 'flex min-h-11 flex-wrap items-center justify-between gap-x-4',
  shelfTitle: 'text-2xl font-bold tracking-tight',
  shelfList:
    'scroll-plain page-bleed mt-3 flex snap-x gap-4 overflow-x-auto py-1 sm:-mx-1 sm:scroll-px-1 sm:px-1',
  shelfItem: 'w-60 shrink-0 snap-start sm:w-64',
  shelfFrame: 'overflow-hidden rounded-card bg-sunken',
  cover: 'aspect-[3/2] w-full',
  shelfName: 'mt-3 font-bold leading-snug tracking-tight',
} as const;

/** Only the server's screen has these, in the places of what the program draws there. */
export const placeholders = {
  /** Without JavaScript nothing would replace the screen: the page then has a list for that (without-program.ts). */
  screen: 'noscript:hidden',
  hint: 'mb-8 min-h-39 rounded-field bg-accent-soft sm:min-h-17',
  search: 'mt-6 min-h-14 max-w-2xl rounded-full border border-line-strong/60 bg-raised',
  filters: 'mt-6 min-h-40 sm:min-h-27',
  /** A row of category names: chips without words. */
  chips: 'page-bleed flex gap-2 overflow-hidden py-1 sm:mx-0 sm:px-0',
  chip: 'min-h-11 w-24 shrink-0 rounded-full border border-line',
} as const;
