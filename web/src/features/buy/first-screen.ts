/**
 * The layout of the top of an event's page. The server renders it before the program has loaded
 * (server/pages/event-screen.ts), and EventPage replaces it. Both use these classes, so that nothing moves.
 */
export const firstScreen = {
  page: 'pb-24 sm:pt-8 lg:pb-0',
  frame: 'sm:page',
  cover: 'aspect-[3/2] w-full sm:aspect-[5/2] sm:rounded-3xl lg:aspect-[3/1]',
  columns:
    'page mt-8 grid grid-cols-1 gap-x-16 gap-y-10 lg:mt-12 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]',
  title: 'text-display font-extrabold',
  summary: 'mt-4 max-w-2xl text-xl text-muted',
} as const;
