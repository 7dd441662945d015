import { createRoute } from '@tanstack/react-router';
import { later, optional } from './page.ts';
import { paths } from './paths.ts';
import { at } from './root-route.ts';

/** Repeats the draw and says whether it was right. */
export const queueDraw = createRoute({
  ...at(paths.queueDraw),
  component: later('DrawPage'),
});

/** `why` is the reason of a refusal that has led to the queue. */
export const queue = createRoute({
  ...at(paths.queue),
  staticData: { page: 'task' },
  validateSearch: optional('why'),
  loader: async ({ context, params }) =>
    (await import('./features/queue/load.ts')).loadQueue(context.queryClient, params.slug),
  component: later('QueuePage'),
});
