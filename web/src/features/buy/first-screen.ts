/**
 * How the top of an event's page is laid out. The server paints it before the program is there
 * (server/pages/event-screen.ts) and EventPage takes its place; both look here, so that nothing moves.
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
