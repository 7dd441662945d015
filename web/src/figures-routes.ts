import { createRoute } from '@tanstack/react-router';
import { meQuery, requireMe } from './api/session.ts';
import { later, optional } from './page.ts';
import { paths } from './paths.ts';
import { at, type Context } from './root-route.ts';

export const teamFigures = createRoute({
  ...at(paths.teamFigures),
  validateSearch: optional('org'),
  loader: ({ context }: { context: Context }) => context.queryClient.ensureQueryData(meQuery),
  component: later('TeamFiguresPage'),
});

export const eventFigures = createRoute({
  ...at(paths.eventFigures),
  loader: async ({ context: { queryClient }, params }) => {
    const [{ managedEventQuery }] = await Promise.all([
      import('./features/organise/queries.ts'),
      requireMe(queryClient),
    ]);
    await queryClient.fetchQuery(managedEventQuery(params.eventId));
  },
  component: later('EventFiguresPage'),
});
