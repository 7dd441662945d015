import { createRoute } from '@tanstack/react-router';
import { later } from './page.ts';
import { paths } from './paths.ts';
import { at } from './root-route.ts';

const mailboxQueries = () => import('./features/mailbox/queries.ts');

export const mailbox = createRoute({
  ...at(paths.mailbox),
  loader: async ({ context }) => context.queryClient.fetchQuery((await mailboxQueries()).mailboxQuery),
  component: later('MailboxPage'),
});

export const message = createRoute({
  ...at(paths.message),
  loader: async ({ context, params }) => {
    const { messageQuery } = await mailboxQueries();
    await context.queryClient.ensureQueryData(messageQuery(params.messageId));
  },
  component: later('MessagePage'),
});
